//! Section 6: what the modes add to the language. That they change nothing of it is what the
//! behaviour suite shows, which runs in each.

#![forbid(unsafe_code)]

// A file that is a crate's root would look for these beside it.
#[path = "modes/event_enum.rs"]
mod event_enum;
#[path = "modes/overflow.rs"]
mod overflow;
#[path = "modes/types.rs"]
mod types;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The message `call` panics with.
fn panic_message<T>(call: impl FnOnce() -> T) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(call)) else {
        panic!("the call should panic")
    };
    payload.downcast::<String>().map_or_else(|_| String::new(), |message| *message)
}
