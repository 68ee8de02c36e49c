frame_runtime::frame_system! {
    @@system Lamp {
        interfce:
            toggle()
        machine:
            $Off { toggle() { -> $On } }
            $On { toggle() { -> $Off } }
    }
}

fn main() {}
