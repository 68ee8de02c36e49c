frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            + 3
        machine:
            $Off ! { toggle() { -> $On } }
            $On {
                on toggle() { -> $Off }
            }
    }
}

fn main() {}
