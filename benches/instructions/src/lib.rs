//! The same machines twice, as Frame systems and by hand, and what drives them.
//!
//! `cargo run -p instructions --release` counts instructions per event with valgrind,
//! `cargo test -p instructions` counts allocations.
//!
//! A workload drives whatever implements its trait, such as [`w2::Switch`]: so a machine
//! that was made in yet another way takes part by implementing it.

#![forbid(unsafe_code)]

#[macro_use]
mod mode;
#[macro_use]
mod workload;

pub mod compare;
pub mod measure;
mod modes;
pub mod random;
mod workloads;

pub use modes::{MODES, Mode};
pub use workload::{Goal, Machine, Run, Workload, perform};
pub use workloads::*;
