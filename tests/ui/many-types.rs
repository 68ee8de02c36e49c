frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle(by)
            level(step: u8): u8
            level(step: u16): u8
            name(): String
        machine:
            $Off {
                $.step
                $.size: u8
                toggle(by) { -> $On(by, 1) }
                level(step: u16): u16 { @@:(3) }
                name() { @@:self.level(1, 2); }
            }
            $On(level: u8) {
                $>(by: u8) { @@:(3) }
                toggle() { (1) -> (2, 3) $Off }
            }
        domain:
            count
            count: u8
            const limit: u8 = 3
    }
}

fn main() {}
