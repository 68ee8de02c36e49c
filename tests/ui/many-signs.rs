frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            go(by: u8): u8
            stop()
        machine:
            $Off -> $Any {
                .count: u8 = 0
                $size: u8 = 1
                >(by: u8) { }
                $< { }
                go(by: u8): u8 {
                    match by {
                        0 -> $On,
                        1 => Off,
                        2 => --> $On,
                        3 => (1) - (2) $On,
                        4 => -> On,
                        5 => -> pop,
                        _ => {}
                    }
                    $size += 1;
                    if $.count > { -> $On }
                    @@self.stop();
                    @@:return 3
                }
                stop() {
                    if self.by == 3 { -> $On
                    self.by. += 1;
                    self.
                    let by = 3;
                    foo($.count @@:event, $Off);
                }
                go(by: u8): u8 { 3 }
                }
            }
            $On { }
            Any { }
    }
}

fn main() {}
