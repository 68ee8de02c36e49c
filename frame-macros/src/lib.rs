//! The compiler behind `frame_system!`. Use it through the `frame-runtime` crate, which
//! re-exports the macro together with what expanded code stands on.

mod cfg;
mod expand;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod pages;
mod signatures;

// What the stages share is named as if it were part of each.
#[cfg(test)]
use frame_macros_model::codes;
use frame_macros_model::{ast, diag, gather, model, modes, runtime, walk};
use frame_macros_parse::{self as parse, mend};
use {frame_macros_check as check, frame_macros_emit as emit, frame_macros_plan as plan};

/// Compiles Frame systems; called by `frame_runtime::frame_system!`, which puts the path of
/// the runtime crate before the input.
#[proc_macro]
pub fn frame_system(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::expand(input.into()).into()
}
