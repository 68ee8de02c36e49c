#![deny(deprecated)]

frame_runtime::frame_system! {
    @@system Lamp(size: u8) {
        domain:
            const size: u8
            const limit: u8
            const most: u8 = 3
    }
}

fn main() {}
