frame_runtime::frame_system! {
    @@[stak(3)]
    @@system Lamp {
        interface:
            @@[off(Switch)]
            toggle()
        machine:
            @@[retian]
            $Off {
                @@[allow(W999)]
                toggle() { }
            }
    }
}

fn main() {}
