//! Systems that nobody outside of the crate sees, and what is made of them.

use frame_runtime::frame_system;

frame_system! {
    #[derive(Debug)]
    @@system private Sensor {
        interface:
            read(): u32
        machine:
            $Cold {
                read(): u32 {
                    -> $Warm(20)
                    @@:(10)
                }
            }
            $Warm(degrees: u32) {
                read(): u32 { degrees }
            }
    }

    #[derive(Debug)]
    pub(crate) @@system Heater(target: u32) {
        interface:
            step(): bool
        machine:
            $Off => $Plugged {
                step(): bool {
                    => $^
                    let now = self.sensor.read();
                    if now < self.target {
                        -> $On
                        @@:(true)
                    }
                    @@:(false)
                }
            }
            $On => $Plugged {
                step(): bool {
                    => $^
                    if self.sensor.read() >= self.target {
                        -> $Off
                    }
                    @@:(true)
                }
            }
            @@[retain]
            $Plugged {
                $.steps: u32 = 0
                step(): bool {
                    $.steps += 1;
                    @@:($.steps > self.target)
                }
            }
        domain:
            target: u32
            sensor: Sensor = @@Sensor()
    }
}

/// Heats up to `target`, and tells how many steps that took.
#[must_use]
pub fn heat(target: u32) -> usize {
    let mut heater = Heater::new(target);
    let steps = (0..5).filter(|_| heater.step()).count();
    match heater.state() {
        HeaterState::Off => steps,
        HeaterState::On | HeaterState::Plugged => usize::MAX,
    }
}
