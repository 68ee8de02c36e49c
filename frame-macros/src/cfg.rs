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
    let mut found = BTreeMap::new();
    for item in &input.items {
        if let Item::System(system) = item {
            predicates(system, &mut |attrs| {
                for predicate in &attrs.cfg {
                    found.insert(predicate.to_string(), predicate.clone());
                }
            });
        }
    }
    let known: BTreeSet<&String> = decided.keys().collect();
    found.into_iter().find(|(text, _)| !known.contains(text)).map(|(_, predicate)| predicate)
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
