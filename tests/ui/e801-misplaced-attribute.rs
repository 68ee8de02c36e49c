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

    @@[persist]
    fn native() {}
}

fn main() {}
