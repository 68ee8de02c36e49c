//! What systems do, one module per chapter of the language's contract. Every test names the rule it
//! pins (`r12_…`), or the section where it has no rule of its own (`s5_…`).
//!
//! The modules call `frame_system!` without importing it: each root file (`tests/direct.rs` …)
//! defines a macro of that name, which sets the mode, and then includes this module. So the same
//! text runs in every mode, and nothing here may depend on one.

mod construction;
mod data;
mod dispatch;
mod forwarded;
mod hierarchy;
mod panics;
mod returns;
mod sections;
mod self_calls;
mod stack;
mod statements;
mod types;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The message `call` panics with.
fn panic_message(call: impl FnOnce()) -> String {
    let payload = catch_unwind(AssertUnwindSafe(call)).expect_err("the call should panic");
    match payload.downcast::<String>() {
        Ok(message) => *message,
        Err(payload) => {
            payload.downcast::<&str>().map_or_else(|_| String::new(), |message| message.to_string())
        }
    }
}
