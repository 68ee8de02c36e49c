#![deny(deprecated)]

frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            level(): u8
            toggle()
            dim(): u8
        machine:
            $Off {
                level(): u8 { 3 }
                toggle() {
                    @@:self.level();
                    let _ = @@:self.level();
                    if @@:self.level() > 2 {
                        @@:self.level();
                    }
                    @@:self.toggle();
                    -> $On
                }
                dim(): u8 { @@:self.level() }
            }
            $On {
                @@[allow(W601)]
                toggle() { @@:self.level(); -> $Off }
            }
    }
}

fn main() {}
