frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            @@[create(make)]
            $Off { toggle() { } }
    }
}

fn main() {}
