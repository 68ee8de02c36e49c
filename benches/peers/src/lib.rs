//! The workloads of `benches/instructions`, with the same machines made by other means: with
//! statig, smlang and rust-fsm, and by framec from Frame source.
//!
//! `README.md` tells how to run what, and how fair it is.

#![forbid(unsafe_code)]

mod counts;
mod framec;
mod races;
mod rust_fsm;
mod smlang;
mod statig;
pub mod table;
pub mod times;

pub use races::{CONTENDERS, RACES, Race, chosen};
