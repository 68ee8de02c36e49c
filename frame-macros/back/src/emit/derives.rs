//! The derives on a system, which hold for what it owns too.

use proc_macro2::{TokenStream, TokenTree};

use super::{Emit, first_words};
use crate::gather::Gather;
use crate::quote::quote;
use crate::tokens::separated;
use crate::walk;

/// `#[derive(…)]`, or one in `#[cfg_attr(condition, derive(…))]`.
struct Derive {
    condition: Option<TokenStream>,
    paths: Vec<TokenStream>,
}

impl Emit<'_, '_> {
    /// The attributes of the struct, without a `Default` that the macro provides itself.
    pub fn struct_attrs(&self) -> Vec<TokenStream> {
        self.plan.model.ast.attrs.rust.iter().map(without_default).listed()
    }

    pub fn compartment_derives(&self) -> TokenStream {
        let derives: Vec<Derive> = self.plan.model.ast.attrs.rust.iter().flat_map(derives).listed();
        let saves = self.clones_retained()
            || self.plan.handlers.iter().any(|handler| handler.facts.bare_push);
        let clone = saves.then(|| clone_beside(&derives));
        let derives = derives.iter().map(|derive| {
            let list = derive_list(&derive.paths);
            match &derive.condition {
                None => quote!(#[#list]),
                Some(condition) => quote!(#[cfg_attr(#condition, #list)]),
            }
        });
        quote!(#(#derives)* #clone)
    }
}

/// `Clone`, where none of the derives is it.
fn clone_beside(derives: &[Derive]) -> TokenStream {
    let is_clone = |path: &TokenStream| matches!(path.clone().into_iter().last(), Some(TokenTree::Ident(word)) if word == "Clone");
    let mut conditions = Vec::new();
    for derive in derives.iter().filter(|derive| derive.paths.iter().any(is_clone)) {
        match &derive.condition {
            None => return TokenStream::new(),
            Some(condition) => conditions.push(condition),
        }
    }
    match conditions.is_empty() {
        true => quote!(#[derive(Clone)]),
        false => quote!(#[cfg_attr(not(any(#(#conditions),*)), derive(Clone))]),
    }
}

fn derives(attr: &TokenStream) -> Vec<Derive> {
    let Some((word, Some(args))) = first_words(attr) else { return Vec::new() };
    let parts = at_commas(args);
    if word == "derive" {
        return vec![Derive { condition: None, paths: parts }];
    }
    if word != "cfg_attr" {
        return Vec::new();
    }
    let [condition, attrs @ ..] = parts.as_slice() else { return Vec::new() };
    let lists = attrs.iter().filter_map(derived);
    lists.map(|paths| Derive { condition: Some(condition.clone()), paths }).listed()
}

/// The paths in `derive(…)`.
fn derived(attr: &TokenStream) -> Option<Vec<TokenStream>> {
    let mut tokens = attr.clone().into_iter();
    match (tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(word), TokenTree::Group(list)) if word == "derive" => {
            Some(at_commas(list.stream()))
        }
        _ => None,
    }
}

fn is_derive(attr: &TokenStream) -> bool {
    !derives(attr).is_empty()
}

/// `#[derive(Default, Debug)]` → `#[derive(Debug)]`: a system constructs itself.
fn without_default(attr: &TokenStream) -> TokenStream {
    if !is_derive(attr) || !walk::mentions_any(attr, "Default") {
        return attr.clone();
    }
    let Some((word, Some(args))) = first_words(attr) else { return attr.clone() };
    let parts = at_commas(args);
    if word == "derive" {
        let list = derive_list(&parts);
        return quote!(#[#list]);
    }
    let parts = parts.iter().map(|part| match derived(part) {
        Some(paths) => derive_list(&paths),
        None => part.clone(),
    });
    quote!(#[cfg_attr(#(#parts),*)])
}

fn derive_list(paths: &[TokenStream]) -> TokenStream {
    let kept = paths.iter().filter(|path| path.to_string() != "Default");
    quote!(derive(#(#kept),*))
}

fn at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    separated(&tokens, ',').into_iter().map(|part| part.iter().joined()).listed()
}
