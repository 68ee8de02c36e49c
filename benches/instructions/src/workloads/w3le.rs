use super::w3e::{Dispatch, drive};
use super::w3l::{EVENTS, PERIOD};
use super::w3v::{frame, hand};
use crate::{Goal, Workload};

pub const WORKLOAD: Workload = crate::workload! {
    "W3Le", "W3L, events as values", Ring, run, PERIOD, Goal::Percent(5.0)
};

pub fn run<R: Dispatch>(operations: u64) -> u64 {
    drive::<R>(&EVENTS, operations)
}
