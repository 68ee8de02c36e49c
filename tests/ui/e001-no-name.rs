frame_runtime::frame_system! {
    @@system {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
