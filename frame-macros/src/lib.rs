//! The compiler behind `frame_system!`. Use it through the `frame-runtime` crate, which
//! re-exports the macro together with what expanded code stands on.

mod ast;
mod cfg;
mod check;
mod codes;
mod diag;
mod distinct;
mod emit;
mod expand;
mod facts;
#[cfg(test)]
mod fuzz;
mod gather;
mod generics;
mod keywords;
mod mend;
mod model;
mod modes;
mod parse;
mod plan;
mod resolve;
mod runtime;
mod settings;
mod signatures;
mod suggest;
mod tail;
mod tokens;
mod walk;

/// Compiles Frame systems; called by `frame_runtime::frame_system!`, which puts the path of
/// the runtime crate before the input.
#[proc_macro]
pub fn frame_system(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::expand(input.into()).into()
}
