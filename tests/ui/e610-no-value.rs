frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                $.level: u8
                toggle() { $.level += 1; }
            }
    }
}

fn main() {}
