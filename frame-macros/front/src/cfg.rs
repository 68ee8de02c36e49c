//! `#[cfg(…)]` on parts of a system. A macro cannot evaluate a predicate, but the compiler
//! does so before it expands an item macro: the input is handed on in two branches, one
//! for each truth value, until every predicate is decided.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::ast::*;
use crate::gather::Gather;

/// The first predicate in the systems that is not decided yet.
pub fn undecided(input: &Input, decided: &[Decision]) -> Option<TokenStream> {
    all(input).into_iter().find(|predicate| {
        let text = predicate.to_string();
        decided.iter().all(|known| known.predicate != text) && is_predicate(predicate)
    })
}

/// What is known of one predicate.
pub struct Decision {
    predicate: String,
    holds: bool,
}

fn all(input: &Input) -> Vec<TokenStream> {
    let mut found: Vec<TokenStream> = Vec::new();
    for system in input.systems() {
        predicates(system, &mut |attrs| found.extend_from_slice(&attrs.cfg));
    }
    found
}

/// Those that are none, such as `ont(unix)`: they would be errors in both branches, and both would
/// be kept. So they are taken for true, and the compiler tells them where that does no harm.
pub fn misspelt(input: &Input) -> Vec<TokenStream> {
    all(input).into_iter().filter(|predicate| !is_predicate(predicate)).listed()
}

/// Whether the compiler can tell its value: `unix`, `feature = "x"`, `not(…)`, all the way down.
fn is_predicate(predicate: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = predicate.clone().into_iter().listed();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
    match tokens.as_slice() {
        [TokenTree::Ident(_)] => true,
        [TokenTree::Ident(_), TokenTree::Punct(p), TokenTree::Literal(_)] => p.as_char() == '=',
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            let inner: Vec<TokenTree> = group.stream().into_iter().listed();
            let known = ["all", "any", "not"].iter().any(|known| word == known);
            let mut parts = inner.split(is_comma).filter(|part| !part.is_empty());
            known && parts.all(|part| is_predicate(&part.iter().cloned().joined()))
        }
        _ => false,
    }
}

fn predicates(system: &System, visit: &mut dyn FnMut(&Attrs)) {
    visit(&system.attrs);
    system.operations.iter().chain(&system.actions).for_each(|function| visit(&function.attrs));
    system.interface.iter().flatten().for_each(|method| visit(&method.attrs));
    system.fields.iter().for_each(|field| visit(&field.attrs));
    for state in &system.states {
        visit(&state.attrs);
        state.vars.iter().for_each(|var| visit(&var.attrs));
        state.handlers.iter().for_each(|handler| visit(&handler.attrs));
    }
}

/// `(predicate) = true`
pub fn read_decision(part: &[TokenTree]) -> Option<Decision> {
    if let [TokenTree::Group(predicate), _, TokenTree::Ident(value)] = part
        && predicate.delimiter() == Delimiter::Parenthesis
    {
        let predicate = predicate.stream().to_string();
        return Some(Decision { predicate, holds: *value == "true" });
    }
    None
}

/// Removes what its predicates exclude.
pub fn strip(input: &mut Input, decided: &[Decision]) {
    let excluded = |predicate: &TokenStream| {
        let text = predicate.to_string();
        decided.iter().any(|known| known.predicate == text && !known.holds)
    };
    let holds = |attrs: &Attrs| !attrs.cfg.iter().any(excluded);
    input.items.retain(|item| match item {
        Item::System(system) => holds(&system.attrs),
        Item::Native(_) => true,
    });
    for item in &mut input.items {
        let Item::System(system) = item else { continue };
        system.operations.retain(|function| holds(&function.attrs));
        system.actions.retain(|function| holds(&function.attrs));
        system
            .interface
            .iter_mut()
            .for_each(|methods| methods.retain(|method| holds(&method.attrs)));
        system.fields.retain(|field| holds(&field.attrs));
        system.states.retain(|state| holds(&state.attrs));
        for state in &mut system.states {
            state.vars.retain(|var| holds(&var.attrs));
            state.handlers.retain(|handler| holds(&handler.attrs));
        }
    }
}
