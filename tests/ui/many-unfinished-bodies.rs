frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            dim(by: u8)
            level(): u8
        machine:
            $Off {
                toggle() {
                    let a = ;
                    -> $On
                }
                dim(by: u8) {
                    self.
                    -> $On
                }
                level(): u8 {
                    @@:(3 + )
                }
            }
            $On {
                toggle() { self.count += }
                dim(by: u8) { if by { -> $Off } }
            }
        domain:
            count: u8
    }

    fn kept() -> u8 {
        3
    }
}

fn main() {
    kept();
    Lamp::new().toggle();
}
