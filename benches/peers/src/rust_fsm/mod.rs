//! The machines with rust-fsm: with its macro where states and events have no data, else by
//! its trait.
//!
//! A machine is a table of transitions and outputs: what a transition does is done outside,
//! by who gets the output or compares the states before and after. There are no superstates,
//! no stack and no entering of the first state.

pub(crate) mod w1;
pub(crate) mod w2;
pub(crate) mod w3;
pub(crate) mod w4;
pub(crate) mod w5;
pub(crate) mod w7;
pub(crate) mod w8;
