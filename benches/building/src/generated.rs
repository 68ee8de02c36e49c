//! Machines of any size, in each way that can express them.

pub(crate) mod frame;
pub(crate) mod hand;
mod ring;
pub(crate) mod rust_fsm;
pub(crate) mod smlang;
pub(crate) mod statig;
mod text;

pub(crate) use ring::Ring;
