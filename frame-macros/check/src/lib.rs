//! AST to model, and what is wrong with it: [`resolve`] gives each name its meaning and reads
//! the attributes, then the rules are asked one after the other. Takes the AST of a system, and
//! gives its model; of the plan it asks what can happen.
//!
//! An inner part of `frame-runtime`, which promises nothing of its own.

mod resolve;
mod rules;
mod settings;

// What the stages share is named as if it were part of each.
use frame_macros_model::{ast, codes, diag, facts, gather, model, modes, suggest, tail, walk};
use frame_macros_parse::{self as parse, mend};
use frame_macros_plan as plan;

pub use resolve::resolve;
pub use rules::{constructions, effects, names};
