//! What a body being drawn has in scope.

use crate::ast::{ActionId, MethodId, StateId};

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Body {
    Method(MethodId),
    Enter,
    Exit,
    Action(ActionId),
}

/// What may be written at the place that is being filled.
pub(super) struct Scope {
    pub(super) body: Body,
    pub(super) state: StateId,
    /// What is written before a number to label a note.
    pub(super) label: String,
    pub(super) notes: usize,
    /// All readable names, then in `locals` those that are variables.
    pub(super) names: Vec<String>,
    pub(super) locals: Vec<String>,
    /// How many locals there were so far: their names are never used twice.
    pub(super) declared: usize,
    pub(super) in_loop: bool,
    /// How many methods may be called: the first ones, lest most machines do nothing but recur.
    pub(super) reach: usize,
    pub(super) forwards: bool,
    /// Whether there may be calls on the system itself.
    pub(super) calls: bool,
    /// Whether the statement so far contains a self-call, behind which the state may be gone.
    pub(super) called: bool,
}

impl Scope {
    pub(super) fn fresh(&mut self, prefix: &str) -> String {
        self.declared += 1;
        format!("{prefix}{}", self.declared)
    }

    pub(super) fn declare(&mut self) -> String {
        let name = self.fresh("l");
        self.names.push(name.clone());
        self.locals.push(name.clone());
        name
    }
}
