frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle()
            level(): u8
        machine:
            $Off {
                toggle() {
                    let go = |by: u8| { => $^ };
                    go(1);
                    @@:(3)
                    -> $On
                    -> $Off
                }
                level(): u8 {
                    self.limit += 1;
                    return @@:(self.limit);
                }
            }
            $On {
                toggle() { -> }
                level(): u8 { @@:self }
            }
        actions:
            jump() { push$ }
        domain:
            const limit: u8 = 3
    }
}

fn main() {}
