frame_runtime::frame_system! {
    @@sytem Lamp {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
