//! A sequence too long for a branch predictor to learn.

use std::sync::LazyLock;

use super::w3::{Ring, drive};
use super::w3v::{frame, hand};
use crate::{Goal, Workload, random};

pub(super) const PERIOD: u64 = 1 << 20;

/// Made once, because making it takes as long as reading it.
pub(super) static EVENTS: LazyLock<Vec<u8>> = LazyLock::new(|| random::sequence(PERIOD, 4));

pub const WORKLOAD: Workload = crate::workload! {
    "W3L", "the same, a sequence of 2^20", Ring, run, PERIOD, Goal::Percent(5.0)
};

pub fn run<R: Ring>(operations: u64) -> u64 {
    drive::<R>(&EVENTS, operations)
}
