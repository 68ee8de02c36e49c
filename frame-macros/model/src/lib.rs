//! What the stages of the compiler speak of with each other: the [`ast`] that parsing makes, the
//! [`model`] that checking makes of it, and what every stage asks of these or tells by the way.
//! Nothing here is a stage.
//!
//! An inner part of `frame-runtime`, which promises nothing of its own.

pub mod ast;
pub mod codes;
pub mod diag;
pub mod facts;
pub mod gather;
pub mod generics;
pub mod keywords;
pub mod model;
pub mod modes;
pub mod plan;
pub mod quote;
pub mod runtime;
pub mod sets;
pub mod tail;
pub mod tokens;
pub mod types;
pub mod variables;
pub mod walk;
