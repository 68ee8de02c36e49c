//! The machines with smlang's macro.
//!
//! It has no superstates and no stack, and does not enter the first state; an event that a
//! state does not handle is an error, which is left out of account.

pub(crate) mod w1;
pub(crate) mod w2;
pub(crate) mod w3;
pub(crate) mod w4;
pub(crate) mod w5;
pub(crate) mod w6;
pub(crate) mod w7;
pub(crate) mod w8;
