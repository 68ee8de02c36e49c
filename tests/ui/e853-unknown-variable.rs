frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                $.level: u8 = 0
                toggle() { $.levle += 1; }
                dim() { $.levle += 1; $.elsewhere = 3; }
            }
    }
}

fn main() {}
