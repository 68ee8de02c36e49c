frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            + 3
        machine:
            $Off ! { toggle() { -> $On } }
            $On { toggle() { -> $Off } }
    }
}

fn main() {}
