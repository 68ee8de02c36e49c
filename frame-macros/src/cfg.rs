//! `#[cfg(…)]` on parts of a system. A macro cannot evaluate a predicate, but the compiler
//! does so before it expands an item macro: the input is handed on in two branches, one
//! for each truth value, until every predicate is decided.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use crate::ast::*;
use crate::expand::Header;

/// The first predicate in the systems that is not decided yet.
pub fn undecided(input: &Input, decided: &BTreeMap<String, bool>) -> Option<TokenStream> {
    let known: BTreeSet<&String> = decided.keys().collect();
    let open = |(text, predicate): &(String, TokenStream)| {
        !known.contains(text) && is_predicate(predicate)
    };
    all(input).into_iter().find(open).map(|(_, predicate)| predicate)
}

fn all(input: &Input) -> BTreeMap<String, TokenStream> {
    let mut found = BTreeMap::new();
    for system in input.systems() {
        predicates(system, &mut |attrs| {
            for predicate in &attrs.cfg {
                found.insert(predicate.to_string(), predicate.clone());
            }
        });
    }
    found
}

/// `#[cfg(ont(unix))]` would be an error in both branches, and both would be kept. It is
/// taken for true, and told by the compiler where it does no harm.
pub fn misspelt(input: &Input) -> TokenStream {
    let wrong = all(input).into_values().filter(|predicate| !is_predicate(predicate));
    wrong
        .map(|predicate| {
            quote!(
                #[cfg(#predicate)]
                const _: () = ();
            )
        })
        .collect()
}

/// Whether the compiler can tell its value: `unix`, `feature = "x"`, `not(…)`, all the way down.
fn is_predicate(predicate: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = predicate.clone().into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
    match tokens.as_slice() {
        [TokenTree::Ident(_)] => true,
        [TokenTree::Ident(_), TokenTree::Punct(p), TokenTree::Literal(_)] => p.as_char() == '=',
        [TokenTree::Ident(word), TokenTree::Group(group)] => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let known = ["all", "any", "not"].iter().any(|known| word == known);
            let mut parts = inner.split(is_comma).filter(|part| !part.is_empty());
            known && parts.all(|part| is_predicate(&part.iter().cloned().collect()))
        }
        _ => false,
    }
}

fn predicates(system: &System, visit: &mut impl FnMut(&Attrs)) {
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

/// The same input twice, once for each value of the predicate.
pub fn branch(header: &Header, predicate: &TokenStream, body: &TokenStream) -> TokenStream {
    let (krate, head) = (&header.krate, &header.tokens);
    quote! {
        #[cfg(#predicate)]
        #krate::__private::frame_system! { (#head; (#predicate) = true) #body }
        #[cfg(not(#predicate))]
        #krate::__private::frame_system! { (#head; (#predicate) = false) #body }
    }
}

/// `(predicate) = true`
pub fn read_decision(part: TokenStream, decided: &mut BTreeMap<String, bool>) {
    let tokens: Vec<TokenTree> = part.into_iter().collect();
    if let [TokenTree::Group(predicate), _, TokenTree::Ident(value)] = tokens.as_slice()
        && predicate.delimiter() == Delimiter::Parenthesis
    {
        decided.insert(predicate.stream().to_string(), *value == "true");
    }
}

/// Removes what its predicates exclude.
pub fn strip(input: &mut Input, decided: &BTreeMap<String, bool>) {
    let holds = |attrs: &Attrs| {
        attrs
            .cfg
            .iter()
            .all(|predicate| decided.get(&predicate.to_string()).copied().unwrap_or(true))
    };
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
