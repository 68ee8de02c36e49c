//! The same machines twice, as Frame systems and by hand, and what drives them.
//!
//! `cargo run -p instructions --release` counts instructions per event with valgrind,
//! `cargo test -p instructions` counts allocations.

#![forbid(unsafe_code)]

#[macro_use]
mod mode;
mod random;
mod workloads;

pub use workloads::ALL;

/// Performs this many operations, and returns a checksum of what they did.
pub type Run = fn(operations: u64) -> u64;

/// One machine, written twice, and the events it is given.
pub struct Workload {
    pub name: &'static str,
    pub what: &'static str,
    pub frame: Run,
    pub hand: Run,
    pub frame_size: usize,
    pub hand_size: usize,
    pub goal: Goal,
}

/// How far above the hand-written machine the Frame system may be, per operation.
#[derive(Clone, Copy)]
pub enum Goal {
    Instructions(f64),
    Percent(f64),
}

impl Goal {
    #[must_use]
    pub fn is_met(self, frame: f64, hand: f64) -> bool {
        // The longer number of operations costs a few instructions to read.
        const NOISE: f64 = 0.01;
        let most = match self {
            Goal::Instructions(more) => hand + more,
            Goal::Percent(more) => hand * (1.0 + more / 100.0),
        };
        frame <= most + NOISE
    }
}

/// Compiles the same driver against `frame::*` and against `hand::*`, and makes a
/// [`Workload`] of the two.
macro_rules! workload {
    ($name:literal, $what:literal, $machine:ident, $goal:expr; $($driver:item)*) => {
        mod by_frame {
            use super::{frame::*, *};
            pub(super) const SIZE: usize = size_of::<$machine>();
            $($driver)*
        }

        mod by_hand {
            use super::{hand::*, *};
            pub(super) const SIZE: usize = size_of::<$machine>();
            $($driver)*
        }

        pub const WORKLOAD: $crate::Workload = $crate::Workload {
            name: $name,
            what: $what,
            frame: by_frame::run,
            hand: by_hand::run,
            frame_size: by_frame::SIZE,
            hand_size: by_hand::SIZE,
            goal: $goal,
        };
    };
}
use workload;
