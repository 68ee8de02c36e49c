use std::hint::black_box;

use super::w2::{frame, hand};
use crate::{Goal, random};

crate::workload! {
    "W2x", "two states, events from data", Switch, Goal::Instructions(1.0);

    #[inline(never)]
    fn on(switch: &mut Switch) {
        switch.on();
    }

    #[inline(never)]
    fn off(switch: &mut Switch) {
        switch.off();
    }

    pub(super) fn run(operations: u64) -> u64 {
        let events = random::sequence(4096, 2);
        let mut switch = Switch::new();
        for _ in 0..operations / 4096 {
            for event in &events {
                match *event {
                    0 => on(black_box(&mut switch)),
                    _ => off(black_box(&mut switch)),
                }
            }
        }
        let Switch { off_entered, off_left, on_entered, on_left, .. } = switch;
        off_entered + 3 * off_left + 5 * on_entered + 7 * on_left
    }
}
