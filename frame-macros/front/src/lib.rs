//! Tokens to plan: [`header`] is what the wrapper macro says, [`parse`] makes the AST, [`mod@cfg`]
//! decides what of it there is, [`mend`] makes every name of it mean one thing,
//! [`resolve`] gives each name its meaning and reads the attributes, [`mod@plan`] finds the facts
//! that decide the code, and [`check`] asks the rules, one after the other.
//!
//! An inner part of `frame-runtime`, which promises nothing of its own.

pub mod cfg;
pub mod check;
pub mod header;
pub mod mend;
pub mod parse;
pub mod plan;
mod resolve;
mod settings;
mod suggest;

// What both ends of the compiler share is named as if it were part of each.
use frame_macros_model::{
    ast, codes, diag, facts, gather, keywords, model, modes, quote, sets, tail, tokens, variables,
    walk,
};

pub use resolve::resolve;
