//! Machines of many shapes, as Frame systems and by hand: what the workloads of `instructions`
//! leave out. The lowering was there before them; they show what it does where nobody looked.

#![forbid(unsafe_code)]

#[macro_use]
mod drive;
mod machines;

pub use machines::ALL;
