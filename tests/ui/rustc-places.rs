//! Generated code is told where the author's stands that it is for.

frame_runtime::frame_system! {
    @@system Lamp {
        interface:
            on(bright: bool): u32
            off(): u32
            burn(): u32
        machine:
            $Off {
                on(bright: bool): u32 {
                    if self.hours == 3 { -> $On }
                    bright
                }
                off(): u32 {
                    -> $On
                    self.hours
                }
                burn(): u32 {
                    self.hours += 1;
                    let hours = &mut self.hours;
                    let burnt = @@:self.off();
                    *hours += burnt;
                    let hours = &mut self.hours;
                    @@:self.hours += 1;
                    *hours
                }
            }
            $On {}
        domain:
            hours: u32
    }
}

fn main() {}
