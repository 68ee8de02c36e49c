frame_runtime::frame_system! {
    @@system Lamp {
        domain:
            count: u8
            count: u16
    }
}

fn main() {}
