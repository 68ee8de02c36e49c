frame_runtime::frame_system! {
    @@system Lamp(size) {
        interface:
            dim(by)
            level() = 3
            off()
            on()
        machine:
            $Off {
                dim(by) { @@:(by) -> $On }
                off() { @@:return(3) }
            }
            $On {
                on() = 3 { }
            }
        actions:
            log(text) { }
            set() { @@:(3) }
        domain:
            size: u8
    }
}

fn main() {}
