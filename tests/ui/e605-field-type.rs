frame_runtime::frame_system! {
    @@system Lamp {
        machine:
            $Off {
                $.level = helper()
                toggle() { $.level += 1; self.count += 1; }
            }
        domain:
            count = 3
    }

    fn helper() -> u8 {
        3
    }
}

fn main() {}
