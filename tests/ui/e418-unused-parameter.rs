frame_runtime::frame_system! {
    @@system Lamp(level: u8) {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
