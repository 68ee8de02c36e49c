frame_runtime::frame_system! {
    @@[retain]
    @@system Lamp {
        interface:
            @@[stack(3)]
            toggle()
        machine:
            @@[of(Switch)]
            $Off { toggle() { } }
    }

    @@[overflow(grow)]
    @@[event_id(string)]
    @@[stack(3)]
    @@[stack(4)]
    @@system Fan { }

    @@[persist]
    fn native() {}
}

fn main() {}
