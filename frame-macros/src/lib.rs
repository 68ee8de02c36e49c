//! The compiler behind `frame_system!`. Use it through the `frame-runtime` crate, which
//! re-exports the macro together with what expanded code stands on.

mod expand;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod pages;

use frame_macros_model::quote;

/// Compiles Frame systems; called by `frame_runtime::frame_system!`, which puts the path of
/// the runtime crate before the input.
#[proc_macro]
pub fn frame_system(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::expand(input.into()).into()
}
