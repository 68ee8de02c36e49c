//! What a system may not be, and what it hardly should. One function for each rule, with
//! the input it rejects.

mod arguments;
mod bodies;
mod constants;
mod constructions;
mod names;
mod warnings;

use crate::diag::Diag;
use crate::model::Model;

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
