frame_runtime::frame_system! {
    @@[target("python_3")]
    @@system Lamp {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
