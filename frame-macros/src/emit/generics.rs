//! The part of a system's generics that a private type needs.

use std::collections::BTreeSet;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{
    GenericArgument, GenericParam, Generics, PathArguments, PredicateType, Token, Type,
    TypeParamBound, WherePredicate,
};

use crate::ast;
use crate::gather::Gather;

/// The parameters that `tokens` mention, with as much of their bounds as a type made of these
/// tokens needs: a type must use each of its parameters.
///
/// ```text
/// <'w, W: World<'w>>          holding W:         <W>
///                             holding W::Entity: <'w, W: World<'w>>
/// <I: Iterator<Item = T>, T>  holding I:         <I: Iterator<Item = T>, T>
/// ```
pub fn used_by(generics: &Generics, tokens: &TokenStream) -> Generics {
    if generics.params.is_empty() {
        return Generics::default();
    }
    let mut used = Used::default();
    used.all.extend(generics.params.iter().map(name));
    used.mention(tokens);
    loop {
        let before = (used.kept.len(), used.projected.len());
        bounds(generics, |param, bound| used.follow(&param, bound));
        if (used.kept.len(), used.projected.len()) == before {
            break;
        }
    }
    used.part_of(generics)
}

/// All bounds on a parameter itself, among the parameters and in the `where` clause.
fn bounds(generics: &Generics, mut each: impl FnMut(String, &TypeParamBound)) {
    for param in generics.type_params() {
        param.bounds.iter().for_each(|bound| each(param.ident.to_string(), bound));
    }
    for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
        if let Some((param, predicate)) = on_param(predicate) {
            predicate.bounds.iter().for_each(|bound| each(param.clone(), bound));
        }
    }
}

/// `T: …` in a `where` clause.
fn on_param(predicate: &WherePredicate) -> Option<(String, &PredicateType)> {
    let WherePredicate::Type(predicate) = predicate else { return None };
    let Type::Path(path) = &predicate.bounded_ty else { return None };
    Some((path.path.get_ident()?.to_string(), predicate))
}

#[derive(Default)]
struct Used {
    all: BTreeSet<String>,
    kept: BTreeSet<String>,
    /// Those of which an associated type is mentioned, `T::Item`.
    projected: BTreeSet<String>,
}

impl Used {
    fn mention(&mut self, tokens: &TokenStream) {
        let mut words = BTreeSet::new();
        collect(tokens.clone(), &mut words);
        words.retain(|word| self.all.contains(word));
        self.kept.append(&mut words);
        self.project(tokens.clone());
    }

    fn project(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().listed();
        let colon =
            |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.project(group.stream()),
                // `T::Item`, `<T as Trait>::Item`
                TokenTree::Ident(word)
                    if colon(at + 1) && colon(at + 2)
                        || matches!(tokens.get(at + 1), Some(TokenTree::Ident(next)) if next == "as") =>
                {
                    self.projected.insert(word.to_string());
                }
                _ => {}
            }
        }
    }

    /// Takes in what a bound mentions, where the type needs it for that.
    fn follow(&mut self, param: &str, bound: &TypeParamBound) {
        if self.kept.contains(param)
            && (self.projected.contains(param) || self.is_determined(bound))
        {
            self.mention(&bound.to_token_stream());
        }
    }

    /// Whether the other parameters that a bound mentions follow from it, as `T` does from
    /// `Iterator<Item = T>`.
    fn is_determined(&self, bound: &TypeParamBound) -> bool {
        let TypeParamBound::Trait(bound) = bound else { return false };
        let Some(last) = bound.path.segments.last() else { return false };
        match &last.arguments {
            PathArguments::None => true,
            PathArguments::Parenthesized(args) => self.is_within(&args.inputs.to_token_stream()),
            PathArguments::AngleBracketed(args) => args.args.iter().all(|arg| {
                matches!(arg, GenericArgument::AssocType(_))
                    || self.is_within(&arg.to_token_stream())
            }),
        }
    }

    /// Whether the tokens mention no parameter but kept ones.
    fn is_within(&self, tokens: &TokenStream) -> bool {
        let mut words = BTreeSet::new();
        collect(tokens.clone(), &mut words);
        words.iter().all(|word| self.kept.contains(word) || !self.all.contains(word))
    }

    fn part_of(&self, generics: &Generics) -> Generics {
        let mut part = generics.clone();
        let kept = |param: &&GenericParam| self.kept.contains(&name(param));
        part.params = generics.params.iter().filter(kept).cloned().collect();
        for param in &mut part.params {
            match param {
                GenericParam::Type(param) => {
                    param.default = None;
                    param.bounds = self.bounds_within(&param.bounds);
                }
                GenericParam::Const(param) => param.default = None,
                GenericParam::Lifetime(param) => {
                    let bounds = param.bounds.iter();
                    let within = bounds.filter(|bound| self.is_within(&bound.to_token_stream()));
                    param.bounds = within.cloned().collect();
                }
            }
        }
        if let Some(clause) = &mut part.where_clause {
            let predicates = clause.predicates.iter();
            clause.predicates = predicates.filter_map(|one| self.predicate_within(one)).collect();
        }
        part
    }

    fn predicate_within(&self, predicate: &WherePredicate) -> Option<WherePredicate> {
        match on_param(predicate) {
            Some((param, on)) if self.kept.contains(&param) => {
                let bounds = self.bounds_within(&on.bounds);
                let part = PredicateType { bounds, ..on.clone() };
                (!part.bounds.is_empty()).then_some(WherePredicate::Type(part))
            }
            _ => self.is_within(&predicate.to_token_stream()).then(|| predicate.clone()),
        }
    }

    fn bounds_within(&self, bounds: &Bounds) -> Bounds {
        bounds.iter().filter(|bound| self.is_within(&bound.to_token_stream())).cloned().collect()
    }
}

type Bounds = Punctuated<TypeParamBound, Token![+]>;

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
    let own = own.map(|own| own.params.iter().map(ToTokens::to_token_stream).listed());
    let all: Vec<TokenStream> = lifetimes.chain(own.unwrap_or_default()).listed();
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
pub fn has_elided(ty: &ast::Type) -> bool {
    name_elided(ty, &quote!('__any)).to_string() != ty.tokens.to_string()
}

/// `&T` → `&'name T` and `'_` → `'name`.
pub fn name_elided(ty: &ast::Type, name: &TokenStream) -> TokenStream {
    name_in(ty.tokens.clone(), name)
}

fn name_in(tokens: TokenStream, name: &TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
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
