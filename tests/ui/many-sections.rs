frame_runtime::frame_system! {
    @@system Lamp {
        domain:
            count: u8
        intrface:
            toggle()
            static level(): u8
        machine:
            $Off { toggle() { -> $On } }
            $On { toggle() { -> $Of } }
        actoins:
            log() { }
            pub note() { }
        machine:
            $Off { toggle() { } }
            $Dim { dim() { } }
    }
}

fn main() {}
