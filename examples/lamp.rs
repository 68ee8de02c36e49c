//! A lamp that remembers how bright it was, and counts how often it was switched on.

use frame_runtime::frame_system;

frame_system! {
    /// A lamp with a dimmer.
    #[derive(Debug)]
    pub @@system Lamp {
        interface:
            /// Switches the lamp on.
            turn_on(level: u8)
            /// Switches the lamp off.
            turn_off()
            /// How bright it is, in percent.
            brightness(): u8 = 0

        machine:
            $Off {
                turn_on(level: u8) { -> (level) $On }
            }

            $On {
                $.level: u8 = 100

                $>(level: u8) {
                    $.level = level.min(100);
                    self.switched_on += 1;
                }
                turn_on(level: u8) { $.level = level.min(100); }
                turn_off() { -> $Off }
                brightness(): u8 { @@:($.level) }
            }

        domain:
            /// How often the lamp was switched on.
            pub switched_on: u32 = 0
    }
}

fn main() {
    let mut lamp = Lamp::new();
    println!("{:?}: {} %", lamp.state(), lamp.brightness());
    lamp.turn_on(60);
    println!("{:?}: {} %", lamp.state(), lamp.brightness());
    lamp.turn_on(250);
    println!("{:?}: {} %", lamp.state(), lamp.brightness());
    lamp.turn_off();
    println!("{:?}: {} %, switched on {}×", lamp.state(), lamp.brightness(), lamp.switched_on);
}
