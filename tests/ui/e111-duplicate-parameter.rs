frame_runtime::frame_system! {
    @@system Lamp(level: u8, level: u16) {
        domain:
            level: u8
    }
}

fn main() {}
