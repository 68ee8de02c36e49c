// What is right goes on being compiled: imports are used, the API is whole, and what Rust has
// to tell of it is told. Of what is wrong, nothing follows.
use std::collections::BTreeMap;
use std::fmt::Display;

trait Switch {
    fn toggle(&mut self);
    fn level(&self) -> u8;
}

frame_runtime::frame_system! {
    @@system Lamp<K: Ord>(size: usize, : u8) : Switch {
        interface:
            toggle()
            level(&self):
            put(key: K, : u8)
            all() -> impl Iterator<Item = u8>

        machine:
            $Off {
                toggle() { -> $Onn }
                level() { self.level }
                put(key: K, by: u8) { self.seen.insert(key, by); }
                all() { self.seen.values().copied().map(twice) }
                dim(by: impl Display) { let text: u8 = by.to_string(); }
            }
            $On {
                $.steps = helper()

                toggle() { $.setps += 1; self.blink($.steps, 3).twice(); self.missing(); -> $Off }
                put(key: K, by: u8) { let wrong: String = by; nothing(); }
            }

        actions:
            blink(by: ) { self.count += @@:self.cuont; self.seen.clear(by); }
            blink() { }

        domain:
            level:
            seen: BTreeMap<K, u8> = BTreeMap::new()
            size: usize
    }

    fn twice(by: u8) -> u8 {
        by + @@Lamp(1)
    }
}

fn main() {
    let mut lamp = Lamp::<u8>::new(1, 2, 3);
    lamp.toggle();
    lamp.put(1, 2);
    lamp.blnik();
    let sum: u8 = lamp.level() + lamp.all().sum::<u8>() + lamp.count;
    match lamp.state() {
        LampState::Off => lamp.dim(sum),
        LampState::On => lamp.toggle(),
    };
    let state: u8 = lamp.state();
}
