use super::w3::PERIOD;
use super::w3e::run;
use super::w3v::{frame, hand};
use crate::{Goal, Workload};

pub const WORKLOAD: Workload = crate::workload! {
    "W3ve", "W3v, events as values", Ring, run, PERIOD, Goal::Percent(5.0)
};
