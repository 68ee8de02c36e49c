frame_runtime::frame_system! {
    @@[create(toggle)]
    @@system Lamp {
        operations:
            new(): u8 { 3 }
        interface:
            toggle()
        machine:
            $Off { toggle() { } }
        actions:
            toggle() { }
            log() { }
            log() { }
    }

    @@system Lamp {
        machine:
            $Off { toggle() { } }
    }
}

fn main() {}
