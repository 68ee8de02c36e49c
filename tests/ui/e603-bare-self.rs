frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { let me = @@:self; } }
    }
}

fn main() {}
