//! The state tree.

use crate::codes;
use crate::diag::Diag;
use crate::model::Model;

/// `$A => $B { }  $B => $A { }`
pub fn cycles(model: &Model, diag: &Diag) {
    for (id, state) in model.states.iter().enumerate() {
        let mut at = state.parent;
        let mut steps = 0;
        while let Some(parent) = at {
            steps += 1;
            if parent == id {
                let name = &state.ast.name;
                let message = format!("`${name}` is its own ancestor");
                let help = "let one of the states on the way have no parent".to_owned();
                diag.error_once("cycle", codes::E413, name.span(), message, Some(help));
                break;
            }
            if steps > model.states.len() {
                break;
            }
            at = model.states[parent].parent;
        }
    }
}

/// `=> $^` among the handlers of a state without a parent.
pub fn parents(model: &Model, diag: &Diag) {
    for state in &model.states {
        if let (Some(span), None) = (state.ast.default_forward, &state.ast.parent) {
            let name = &state.ast.name;
            let message = format!("`${name}` has no parent to forward to");
            let help = format!("declare one: `${name} => $Parent {{ … }}`");
            diag.error_once(format!("parent of {name}"), codes::E403, span, message, Some(help));
        }
    }
}
