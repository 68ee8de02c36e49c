//! The ring of W3 given events as values, by one entry point.

use std::hint::black_box;

use super::w3::{PERIOD, frame, hand};
use super::w3v;
use crate::{Goal, Machine, Workload, random};

/// A ring that takes its events as values.
pub trait Dispatch: Machine {
    /// One of the four events.
    type Event: Clone;

    /// The events a, b, c and d.
    const EVENTS: [Self::Event; 4];

    fn dispatch(&mut self, event: Self::Event);
}

macro_rules! dispatch {
    ($machine:path, $event:path) => {
        impl Dispatch for $machine {
            type Event = $event;

            const EVENTS: [$event; 4] = {
                use $event::*;
                [A, B, C, D]
            };

            #[inline]
            fn dispatch(&mut self, event: $event) {
                <$machine>::dispatch(self, event);
            }
        }
    };
}

dispatch! { frame::Ring, frame::RingEvent }
dispatch! { hand::Ring, hand::RingEvent }
dispatch! { w3v::frame::Ring, w3v::frame::RingEvent }
dispatch! { w3v::hand::Ring, w3v::hand::RingEvent }

pub const WORKLOAD: Workload = crate::workload! {
    "W3e", "W3, events as values", Ring, run, PERIOD, Goal::Percent(5.0)
};

#[inline(never)]
fn dispatch<R: Dispatch>(ring: &mut R, event: R::Event) {
    ring.dispatch(event);
}

pub fn run<R: Dispatch>(operations: u64) -> u64 {
    drive::<R>(&random::sequence(PERIOD, 4), operations)
}

pub(super) fn drive<R: Dispatch>(numbers: &[u8], operations: u64) -> u64 {
    let number = |number: &u8| R::EVENTS[usize::from(*number)].clone();
    let events: Vec<R::Event> = numbers.iter().map(number).collect();
    let mut ring = R::new();
    for _ in 0..operations / events.len() as u64 {
        for event in &events {
            dispatch(black_box(&mut ring), event.clone());
        }
    }
    ring.checksum()
}
