//! What a system may not do. One function for each rule, with the input it rejects.

mod modes;
mod returns;

use crate::diag::Diag;
use crate::plan::Plan;

/// The rules about what can happen.
pub fn effects(plan: &Plan, diag: &Diag) {
    returns::lifecycle(plan, diag);
    modes::capacity(plan, diag);
    modes::stored(plan, diag);
    modes::variants(plan, diag);
    modes::no_alloc(plan, diag);
}
