frame_runtime::frame_system! {
    @@[create(make)]
    @@[create(build)]
    @@system Lamp {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
