frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { } }
    }

    fn make() -> Lamp {
        @@!Lamp(3)
    }
}

fn main() {
    make();
}
