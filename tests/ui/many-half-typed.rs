frame_runtime::frame_system! {
    @@system Lamp {
        operations:
            static parse
        machine:
            $A { }
    }
}

fn main() {}
