//! What a system may not be, and what it hardly should. One function for each rule, with
//! the input it rejects.

mod arguments;
mod bodies;
mod constants;
mod constructions;
mod modes;
mod names;
mod returns;
mod warnings;

use crate::diag::Diag;
use crate::model::Model;
use crate::plan::Plan;

pub use constructions::check as constructions;

/// The rules that need nothing but the model.
pub fn model(model: &mut Model, diag: &Diag) {
    names::parameters(model, diag);
    names::defaults(model, diag);
    bodies::check(model, diag);
    names::traits(model, diag);
    arguments::transitions(model, diag);
    arguments::start(model, diag);
    warnings::check(model, diag);
}

/// The rules about what can happen.
pub fn effects(plan: &Plan, diag: &Diag) {
    returns::lifecycle(plan, diag);
    modes::capacity(plan, diag);
    modes::stored(plan, diag);
    modes::variants(plan, diag);
    modes::no_alloc(plan, diag);
}
