//! Plan to tokens: [`emit`] writes the code. What the systems of one macro call have to know of
//! each other is in [`signatures`].
//!
//! An inner part of `frame-runtime`, which promises nothing of its own.

pub mod emit;
pub mod signatures;

// What both ends of the compiler share is named as if it were part of each.
use frame_macros_model::{
    ast, codes, diag, facts, gather, keywords, model, modes, plan, quote, runtime, sets, tail,
    tokens, variables, walk,
};
