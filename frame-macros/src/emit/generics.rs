//! The part of a system's generics that a private type needs.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericParam, Generics};

/// The parameters that `tokens` mention, with whatever their bounds mention.
pub fn used_by(generics: &Generics, tokens: &TokenStream) -> Generics {
    if generics.params.is_empty() {
        return Generics::default();
    }
    let mut words = BTreeSet::new();
    collect(tokens.clone(), &mut words);
    let mut kept: BTreeSet<String> = BTreeSet::new();
    loop {
        let before = kept.len();
        for param in &generics.params {
            if words.contains(&name(param)) && kept.insert(name(param)) {
                collect(param.to_token_stream(), &mut words);
            }
        }
        if kept.len() == before {
            break;
        }
    }
    let all: BTreeSet<String> = generics.params.iter().map(name).collect();
    let mut used = generics.clone();
    used.params = generics.params.iter().filter(|param| kept.contains(&name(param))).cloned().collect();
    if let Some(clause) = &mut used.where_clause {
        clause.predicates = clause
            .predicates
            .iter()
            .filter(|predicate| {
                let mut words = BTreeSet::new();
                collect(predicate.to_token_stream(), &mut words);
                words.intersection(&all).all(|word| kept.contains(word))
            })
            .cloned()
            .collect();
    }
    for param in &mut used.params {
        match param {
            GenericParam::Type(param) => param.default = None,
            GenericParam::Const(param) => param.default = None,
            GenericParam::Lifetime(_) => {}
        }
    }
    used
}

fn name(param: &GenericParam) -> String {
    match param {
        GenericParam::Type(param) => param.ident.to_string(),
        GenericParam::Const(param) => param.ident.to_string(),
        GenericParam::Lifetime(param) => param.lifetime.ident.to_string(),
    }
}

fn collect(tokens: TokenStream, words: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                words.insert(word.to_string());
            }
            TokenTree::Group(group) => collect(group.stream(), words),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
