frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle(by: u8, fast: bool): u8
            reset()
        machine:
            $Off {
                toggle(by: u8): u8 { @@:(by) }
                reset(): bool { }
            }
            $On {
                toggle(by: u16, fast: bool): u16 { @@:(1) }
                reset(now: bool) { }
            }
    }
}

fn main() {}
