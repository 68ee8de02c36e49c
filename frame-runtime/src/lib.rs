//! State machines in the Frame language, inline in Rust.
//!
//! ```
//! use frame_runtime::frame_system;
//!
//! frame_system! {
//!     /// A lamp with a switch.
//!     @@system Lamp {
//!         interface:
//!             toggle()
//!         machine:
//!             $Off { toggle() { -> $On } }
//!             $On { toggle() { -> $Off } }
//!     }
//! }
//!
//! let mut lamp = Lamp::new();
//! lamp.toggle();
//! assert_eq!(lamp.state(), LampState::On);
//! ```
//!
//! A system becomes a struct with a method for each event; see [`frame_system!`]. What the
//! language offers, and what each rule means, is told in the repository's `docs/language.md`.
//!
//! The crate is `no_std`. Its feature `alloc`, on by default, is needed by events on the heap
//! and by pools that grow, by a state stack without a bound, by call data that is not declared,
//! and where a `&str` or `&[T]` is stored in an event. A system that needs it says so.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "alloc")]
extern crate alloc;

mod beside;
mod event;
mod held;
mod returns;
mod stack;
#[cfg(not(feature = "alloc"))]
mod without_alloc;

// The code blocks of the documents run as doctests.
#[cfg(all(doctest, feature = "alloc"))]
#[doc = include_str!("../../README.md")]
mod readme {}
#[cfg(all(doctest, feature = "alloc"))]
#[doc = include_str!("../../docs/language.md")]
mod language {}

#[cfg(feature = "alloc")]
pub use event::GrowingEventPool;
pub use event::{EventHandle, EventPool, PoolFull, StaleHandle};
pub use stack::BoundedStack;
#[cfg(feature = "alloc")]
pub use stack::GrowingStack;

/// Compiles the Frame systems in its input, and passes the Rust items between them through.
///
/// A system expands to a struct of its name with a method for each event of its interface,
/// an enum `<Name>State` of its states, and the methods `new()`, `state()` and `state_name()`.
/// In the items between systems, `@@Name(…)` constructs one.
///
/// The macro stands where an item may. A mistake is reported under a code such as `E402`, at
/// the token to blame, and the API of the system is there all the same.
///
/// ```
/// # use frame_runtime::frame_system;
/// frame_system! {
///     @@system Turnstile {
///         interface:
///             coin()
///             push(): bool
///         machine:
///             $Locked {
///                 coin() { -> $Unlocked }
///                 push(): bool { @@:(false) }
///             }
///             $Unlocked {
///                 push(): bool { @@:(true) -> $Locked }
///             }
///     }
/// }
///
/// let mut turnstile = Turnstile::new();
/// turnstile.coin();
/// assert!(turnstile.push());
/// assert!(!turnstile.push());
/// assert_eq!(turnstile.state_name(), "Locked");
/// ```
#[macro_export]
macro_rules! frame_system {
    ($($input:tt)*) => {
        $crate::__private::frame_system! { ($crate) $($input)* }
    };
}

/// No error, since the feature `alloc` is on.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_alloc {
    ($($error:tt)*) => {};
}

/// What expanded code names. Not part of the API.
#[doc(hidden)]
pub mod __private {
    pub use crate::beside::Unfinished;
    pub use crate::event::nested::NestedEvents;
    pub use crate::event::store::{Events, Kept, Machine, Named, Scope, Signal, pool_is_full};
    pub use crate::event::{EventHandle, PoolFull, full};
    pub use crate::held::{Borrowed, Field, Held, Looked, Moved, Stuck, Taken};
    pub use crate::returns::{Settle, Tail, returned, state_was_left};
    pub use crate::stack::{BoundedStack, stack_is_empty, stack_is_full};
    pub use frame_macros::frame_system;

    #[cfg(feature = "alloc")]
    pub use crate::event::{heap::HeapEvents, nested::GrowingNestedEvents};
    #[cfg(feature = "alloc")]
    pub use crate::stack::GrowingStack;
    #[cfg(feature = "alloc")]
    pub use alloc::string::String;
    #[cfg(feature = "alloc")]
    pub use alloc::vec::Vec;

    pub use crate::__beside_errors as beside_errors;
    pub use crate::__needs_alloc as needs_alloc;
    #[cfg(not(feature = "alloc"))]
    pub use crate::without_alloc::{
        GrowingNestedEvents, GrowingStack, HeapEvents, String, Vec, string,
    };

    /// A literal where a `String` is declared.
    #[cfg(feature = "alloc")]
    #[must_use]
    pub fn string(text: &str) -> String {
        String::from(text)
    }
}
