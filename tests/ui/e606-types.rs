frame_runtime::frame_system! {
    @@system Lamp(size) {
        interface:
            dim(by)
            level() = 3
            off()
        machine:
            $Off {
                dim(by) { @@:(by) }
                off() { @@:return(3) }
            }
        actions:
            log(text) { }
            set() { @@:(3) }
        domain:
            size: u8
    }
}

fn main() {}
