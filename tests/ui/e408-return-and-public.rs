frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            public level(): u8
        machine:
            $Off {
                level(): u8 { return @@:(3); }
            }
    }
}

fn main() {}
