frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { -> $On(1, 2) } }
            $On(level: u8) { toggle() { -> $Off(level) } }
    }
}

fn main() {}
