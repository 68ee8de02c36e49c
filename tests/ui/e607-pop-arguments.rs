frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off { toggle() { push$ -> $On } }
            $On { toggle() { -> pop$(3) } }
    }
}

fn main() {}
