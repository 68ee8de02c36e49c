frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            toggle(by: u8)
        machine:
            $Off {
                toggle(by: u8) {
                    self.limit = 3;
                    @@:self.limit += by;
                    let limit = &mut self.limit;
                    match by {
                        0 => self.limits[0] = 1,
                        _ => swap(&mut self.limit, limit),
                    }
                    if self.limit == 3 && self.limits[0] <= 4 { }
                }
            }
        actions:
            set() { self.pair.0 -= 1; }
        domain:
            const limit: u8 = 1
            const limits: [u8; 2] = [1, 2]
            const pair: (u8, u8) = (1, 2)
    }
}

fn main() {}
