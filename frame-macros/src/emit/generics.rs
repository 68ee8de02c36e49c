//! The part of a system's generics that a private type needs.

use std::collections::BTreeSet;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{GenericParam, Generics};

use crate::ast::Type;

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
    used.params =
        generics.params.iter().filter(|param| kept.contains(&name(param))).cloned().collect();
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

/// `<'a, T: Bound>` from lifetimes of ours and a method's own parameters.
pub fn list(lifetimes: impl Iterator<Item = TokenStream>, own: Option<&Generics>) -> TokenStream {
    let own = own.map(|own| own.params.iter().map(ToTokens::to_token_stream).collect::<Vec<_>>());
    let all: Vec<TokenStream> = lifetimes.chain(own.unwrap_or_default()).collect();
    if all.is_empty() { TokenStream::new() } else { quote!(<#(#all),*>) }
}

/// The parameters with a lifetime of ours before them.
pub fn with_lifetime(mut generics: Generics, lifetime: Option<TokenStream>) -> Generics {
    if let Some(lifetime) = lifetime {
        let lifetime = syn::parse2(lifetime).expect("a lifetime of ours parses");
        generics.params.insert(0, GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
    }
    generics
}

/// The parameters by name, as arguments.
pub fn arguments(generics: &Generics) -> impl Iterator<Item = TokenStream> + '_ {
    generics.params.iter().map(|param| match param {
        GenericParam::Type(param) => param.ident.to_token_stream(),
        GenericParam::Const(param) => param.ident.to_token_stream(),
        GenericParam::Lifetime(param) => param.lifetime.to_token_stream(),
    })
}

/// Whether a type borrows for a lifetime that is left to elision.
pub fn has_elided(ty: &Type) -> bool {
    name_elided(ty, &quote!('__any)).to_string() != ty.tokens.to_string()
}

/// `&T` → `&'name T` and `'_` → `'name`.
pub fn name_elided(ty: &Type, name: &TokenStream) -> TokenStream {
    name_in(ty.tokens.clone(), name)
}

fn name_in(tokens: TokenStream, name: &TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
    let is_elided =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "_");
    let mut out = TokenStream::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Punct(p) if p.as_char() == '&' && !is_punct(at + 1, '\'') => {
                out.extend(quote!(&#name));
            }
            TokenTree::Punct(p) if p.as_char() == '\'' && is_elided(at + 1) => {
                out.extend(name.clone());
                at += 1;
            }
            TokenTree::Group(group) => {
                let mut made = Group::new(group.delimiter(), name_in(group.stream(), name));
                made.set_span(group.span());
                out.extend([TokenTree::Group(made)]);
            }
            token => out.extend([token.clone()]),
        }
        at += 1;
    }
    out
}
