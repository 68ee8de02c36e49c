//! The machines as `frame/*.frs`, which framec compiles in the build script.
//!
//! Its output is included as it is. `__create` is what it makes of constructing a system.
//! Events are methods only: it has no events as values.

/// A module with the system of a file.
macro_rules! generated {
    ($module:ident, $file:literal) => {
        mod $module {
            // An arm `_ => {}` also follows where every event is handled.
            #![allow(unreachable_patterns)]

            include!(concat!(env!("OUT_DIR"), "/", $file));
        }
    };
}

pub(crate) mod w1;
pub(crate) mod w2;
pub(crate) mod w3;
pub(crate) mod w4;
pub(crate) mod w5;
pub(crate) mod w6;
pub(crate) mod w7;
pub(crate) mod w8;
