frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { -> $On } }
            $On { toggle() { -> $Off } }
            $Off { dim() { } }
    }
}

fn main() {}
