frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                $.level: u8 = 0
                $.level: u8 = 1
                toggle() { $.level += 1; }
            }
    }
}

fn main() {}
