//! The machines with statig's attribute macro.
//!
//! Each is initialised once, so that no event has to ask whether it is.

pub(crate) mod w1;
pub(crate) mod w2;
pub(crate) mod w3;
pub(crate) mod w4;
pub(crate) mod w5;
pub(crate) mod w6;
pub(crate) mod w7;
pub(crate) mod w8;
