//! What a system may not be. One function for each rule, with the input it rejects.

mod arguments;
mod bodies;
mod names;
mod returns;
mod topology;

use crate::diag::Diag;
use crate::model::Model;
use crate::plan::Plan;

/// Rules that need nothing but names, before anything is planned.
pub fn names(model: &Model, diag: &Diag) {
    names::duplicates(model, diag);
    names::clashes(model, diag);
    names::fields(model, diag);
    topology::cycles(model, diag);
    topology::parents(model, diag);
    bodies::check(model, diag);
    arguments::transitions(model, diag);
    arguments::start(model, diag);
}

/// Rules about what can happen.
pub fn effects(plan: &Plan, diag: &Diag) {
    returns::lifecycle(plan, diag);
}
