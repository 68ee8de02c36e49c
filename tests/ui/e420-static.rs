frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            static toggle()
        machine:
            $Off { toggle() { } }
        actions:
            static log() { }
    }
}

fn main() {}
