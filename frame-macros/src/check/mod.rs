//! What a system may not be, and what it hardly should. One function for each rule, with
//! the input it rejects.

mod arguments;
mod bodies;
mod constants;
mod constructions;
mod modes;
mod names;
mod returns;
mod topology;
mod warnings;

use crate::ast::Input;
use crate::diag::Diag;
use crate::model::Model;
use crate::plan::Plan;

/// Rules about all systems of a macro call together.
pub fn input(input: &mut Input, diag: &Diag) {
    names::systems(input, diag);
    constructions::check(input, diag);
}

/// Rules that need nothing but names, before anything is planned.
pub fn names(model: &Model, diag: &Diag) {
    names::duplicates(model, diag);
    names::variables(model, diag);
    names::clashes(model, diag);
    names::parameters(model, diag);
    names::defaults(model, diag);
    topology::cycles(model, diag);
    topology::parents(model, diag);
    bodies::check(model, diag);
    arguments::transitions(model, diag);
    arguments::start(model, diag);
}

/// Rules about what can happen.
pub fn effects(plan: &Plan, diag: &Diag) {
    returns::lifecycle(plan, diag);
    modes::capacity(plan, diag);
    modes::stored(plan, diag);
    modes::no_alloc(plan, diag);
    if diag.is_clean() {
        warnings::check(plan.model, diag);
    }
}
