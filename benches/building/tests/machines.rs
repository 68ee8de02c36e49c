//! The templates whose libraries this repository has: they compile, and are the same machine.

#![forbid(unsafe_code)]
// They are written as files of a package of their own.
#![allow(missing_docs, unreachable_pub)]

#[path = "../machines/lamp/frame.rs"]
mod frame_lamp;
#[path = "../machines/ring/frame.rs"]
mod frame_ring;
#[path = "../machines/lamp/hand.rs"]
mod hand_lamp;
#[path = "../machines/ring/hand.rs"]
mod hand_ring;

/// The trace of a machine after all sequences of six events, one after the other.
macro_rules! trace {
    ($machine:ident, $events:literal) => {{
        let mut machine = $machine::start();
        for number in 0..usize::pow($events, 6) {
            for place in 0..6 {
                $machine::send(&mut machine, number / usize::pow($events, place) % $events);
            }
        }
        $machine::trace(&machine)
    }};
}

#[test]
fn the_lamps_are_alike() {
    assert_eq!(trace!(frame_lamp, 2), trace!(hand_lamp, 2));
}

#[test]
fn the_rings_are_alike() {
    assert_eq!(trace!(frame_ring, 4), trace!(hand_ring, 4));
}
