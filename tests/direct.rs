//! The behaviour suite under `events(direct)`, the default.

#![forbid(unsafe_code)]

macro_rules! frame_system {
    ($($source:tt)*) => { frame_runtime::frame_system! { $($source)* } };
}

mod behaviour;

#[path = "behaviour/unbounded.rs"]
mod unbounded;
