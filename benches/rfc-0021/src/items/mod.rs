//! The items of the RFC: each is measured, and says what it found.

pub mod compartments;
pub mod events;
pub mod ids;
pub mod inlining;
pub mod tags;
