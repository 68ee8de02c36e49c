//! Systems that use every feature, in a crate whose author allows nothing. What this package
//! tests is that it compiles, and that clippy has nothing to say.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    redundant_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    rust_2018_idioms,
    rust_2024_compatibility,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]

pub mod documented;
pub mod modes;
mod private;
pub mod undocumented;

pub use private::heat;
