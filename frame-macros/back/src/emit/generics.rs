//! The part of a system's generics that a private type needs.

use frame_macros_model::generics::{GenericParam, Generics, Predicate};
use proc_macro2::{Group, TokenStream, TokenTree};

use crate::ast;
use crate::gather::Gather;
use crate::quote::{ToTokens, quote};
use crate::sets::Words;
use crate::tokens::{behind_angles, separated};

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
    for param in &generics.params {
        used.all.insert(param.word());
    }
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
fn bounds(generics: &Generics, mut each: impl FnMut(String, &TokenStream)) {
    for param in generics.params.iter().filter(|param| param.is_type()) {
        param.bounds.iter().for_each(|bound| each(param.word(), bound));
    }
    for predicate in &generics.predicates {
        if let Some(param) = on_param(predicate) {
            predicate.bounds.iter().for_each(|bound| each(param.clone(), bound));
        }
    }
}

/// The `T` of `T: …` in a `where` clause.
fn on_param(predicate: &Predicate) -> Option<String> {
    let mut bounded = predicate.bounded.clone().into_iter();
    match (bounded.next(), bounded.next()) {
        (Some(TokenTree::Ident(param)), None) => Some(param.to_string()),
        _ => None,
    }
}

#[derive(Default)]
struct Used {
    all: Words,
    kept: Words,
    /// Those of which an associated type is mentioned, `T::Item`.
    projected: Words,
}

impl Used {
    fn mention(&mut self, tokens: &TokenStream) {
        let mut words = Words::new();
        collect(tokens.clone(), &mut words);
        for word in words.iter().filter(|word| self.all.contains(word)) {
            self.kept.insert(word.clone());
        }
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
    fn follow(&mut self, param: &str, bound: &TokenStream) {
        if self.kept.contains(param)
            && (self.projected.contains(param) || self.is_determined(bound))
        {
            self.mention(bound);
        }
    }

    /// Whether the other parameters that a bound mentions follow from it, as `T` does from
    /// `Iterator<Item = T>` and from `Fn(u8) -> T`.
    fn is_determined(&self, bound: &TokenStream) -> bool {
        let tokens: Vec<TokenTree> = bound.clone().into_iter().listed();
        let given = |arg: &[TokenTree]| self.is_within(&arg.iter().joined());
        match arguments(&tokens) {
            Arguments::None => true,
            Arguments::Inputs(inputs) => self.is_within(&inputs),
            Arguments::Angles(args) => separated(args, ',')
                .into_iter()
                .all(|arg| separated(arg, '=').len() > 1 || given(arg)),
            Arguments::Lifetime => false,
        }
    }

    /// Whether the tokens mention no parameter but kept ones.
    fn is_within(&self, tokens: &TokenStream) -> bool {
        let mut words = Words::new();
        collect(tokens.clone(), &mut words);
        words.iter().all(|word| self.kept.contains(word) || !self.all.contains(word))
    }

    fn part_of(&self, generics: &Generics) -> Generics {
        let params = generics.params.iter();
        let params = params.filter(|param| self.kept.contains(&param.word()));
        let params = params.map(|param| GenericParam {
            bounds: self.bounds_within(&param.bounds),
            default: None,
            ..param.clone()
        });
        let predicates = generics.predicates.iter();
        Generics {
            params: params.listed(),
            predicates: predicates.filter_map(|one| self.predicate_within(one)).listed(),
        }
    }

    fn predicate_within(&self, predicate: &Predicate) -> Option<Predicate> {
        match on_param(predicate) {
            Some(param) if self.kept.contains(&param) => {
                let bounds = self.bounds_within(&predicate.bounds);
                let bounded = predicate.bounded.clone();
                (!bounds.is_empty()).then_some(Predicate { bounded, bounds })
            }
            _ => self.is_within(&predicate.to_token_stream()).then(|| predicate.clone()),
        }
    }

    fn bounds_within(&self, bounds: &[TokenStream]) -> Vec<TokenStream> {
        bounds.iter().filter(|bound| self.is_within(bound)).cloned().listed()
    }
}

/// What a bound gives its trait.
enum Arguments<'t> {
    None,
    /// `Fn(A) -> B` gives `A`.
    Inputs(TokenStream),
    Angles(&'t [TokenTree]),
    /// It is no trait.
    Lifetime,
}

fn arguments(bound: &[TokenTree]) -> Arguments<'_> {
    let is =
        |at: usize, c: char| matches!(bound.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
    if is(0, '\'') {
        return Arguments::Lifetime;
    }
    let quantified = matches!(bound.first(), Some(TokenTree::Ident(word)) if word == "for");
    let start = if quantified { behind_angles(bound, 1).unwrap_or(1) } else { 0 };
    for (at, token) in bound.iter().enumerate().skip(start) {
        match token {
            TokenTree::Punct(_) if is(at, '<') => {
                let behind = behind_angles(bound, at).unwrap_or(bound.len());
                return Arguments::Angles(&bound[at + 1..behind - 1]);
            }
            TokenTree::Group(group) => return Arguments::Inputs(group.stream()),
            _ => {}
        }
    }
    Arguments::None
}

fn collect(tokens: TokenStream, words: &mut Words) {
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
    let own = own.map(|own| own.params.iter().map(GenericParam::bounded).listed());
    let all: Vec<TokenStream> = lifetimes.chain(own.unwrap_or_default()).listed();
    if all.is_empty() { TokenStream::new() } else { quote!(<#(#all),*>) }
}

/// The parameters with a lifetime of ours before them.
pub fn with_lifetime(mut generics: Generics, lifetime: Option<TokenStream>) -> Generics {
    if let Some(lifetime) = lifetime {
        generics.params.insert(0, GenericParam::lifetime(lifetime));
    }
    generics
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
