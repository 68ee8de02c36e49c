use std::hint::black_box;

use super::w2::{Switch, frame, hand, off, on};
use crate::{Goal, Workload, random};

const PERIOD: u64 = 4096;

pub const WORKLOAD: Workload = crate::workload! {
    "W2x", "two states, events from data", Switch, run, PERIOD, Goal::Instructions(1.0)
};

pub fn run<S: Switch>(operations: u64) -> u64 {
    let events = random::sequence(PERIOD, 2);
    let mut switch = S::new();
    for _ in 0..operations / PERIOD {
        for event in &events {
            match *event {
                0 => on(black_box(&mut switch)),
                _ => off(black_box(&mut switch)),
            }
        }
    }
    switch.checksum()
}
