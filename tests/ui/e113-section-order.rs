frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { } }
        interface:
            toggle()
    }
}

fn main() {}
