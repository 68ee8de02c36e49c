frame_runtime::frame_system! {
    @@system Lamp($(level: u16), $>(by: u8, fast: bool), unused: u8) {
        interface:
            toggle(by: u8)
        machine:
            $Off(level: u8) {
                $>(by: u8) { }
                toggle(by: u8) {
                    (by) -> (by, by) $On(by)
                    @@:self.toggle();
                }
            }
            $On {
                toggle(by: u8) { -> pop$(by) }
            }
    }
}

fn main() {}
