frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle(
                by: u8,
                : u8,
                fast: bool slow: bool
            )
            level()
            name() -> 
        machine:
            toggle() { }
            $Off {
                $
                toggle(by: u8, wrong: u8, fast: bool, slow: bool) { }
                level { }
                level()
            }
            $On { level() { -> $Off } }
    }
}

fn main() {}
