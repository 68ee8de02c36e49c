frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
        machine:
            $Off {
                togle() { }
                elsewhere() { }
            }
            $On { togle() { } }
    }
}

fn main() {}
