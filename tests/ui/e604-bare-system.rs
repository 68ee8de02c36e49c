frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            name(): String
        machine:
            $Off { name(): String { @@:(@@:system.name) } }
    }
}

fn main() {}
