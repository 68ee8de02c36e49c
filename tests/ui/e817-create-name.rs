frame_runtime::frame_system! {
    @@[create("make")]
    @@system Lamp {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
