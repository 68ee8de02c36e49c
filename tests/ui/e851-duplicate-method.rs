frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            toggle(by: u8)
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
