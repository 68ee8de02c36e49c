frame_runtime::frame_system! {
    @@system Lamp($(level: u8, colour: u8)) {
        machine:
            $Off(level: u16) { toggle() { } }
    }
}

fn main() {}
