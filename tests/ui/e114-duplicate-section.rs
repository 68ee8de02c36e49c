frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { -> $On } }
        machine:
            $On { toggle() { -> $Off } }
    }
}

fn main() {}
