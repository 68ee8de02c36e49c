frame_runtime::frame_system! {
    @@[stak(3)]
    @@[derive(Debug)]
    @@[crate("machines")]
    @@[event_enum(LampEvent)]
    @@system Lamp {
        interface:
            @@[off(Switch)]
            toggle()
            @@[cfg(test)]
            reset()
        machine:
            @@[retian]
            $Off {
                @@[allow(W999)]
                toggle() { }
            }
    }
}

fn main() {}
