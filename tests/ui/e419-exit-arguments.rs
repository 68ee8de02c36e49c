frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                <$(why: u8) { let _ = why; }
                toggle() { (1, 2) -> $On }
            }
            $On { toggle() { (1) -> $Off } }
    }
}

fn main() {}
