//! `Self` in the types of events and states, which go into types of their own: there it would
//! mean these.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::ast::{Param, System, Type};
use crate::gather::Gather;
use crate::quote::{ToTokens, quote, quote_spanned};

/// Writes the system's name out.
pub fn settle(system: &mut System) {
    let (_, args, _) = system.generics.split_for_impl();
    let name = &system.name;
    let name = quote!(#name #args);
    let mut types: Vec<&mut Type> = Vec::new();
    for method in system.interface.iter_mut().flatten() {
        types.extend(of(&mut method.params).chain(&mut method.ret));
    }
    for state in &mut system.states {
        types.extend(of(&mut state.params));
        types.extend(state.vars.iter_mut().filter_map(|var| var.ty.as_mut()));
        for handler in &mut state.handlers {
            types.extend(of(handler.params.iter_mut().flatten()).chain(&mut handler.ret));
        }
    }
    for ty in types.into_iter().filter(|ty| mentions_self(ty.tokens.clone())) {
        ty.tokens = written_out(ty.tokens.clone(), &name);
    }
}

fn of<'p>(params: impl IntoIterator<Item = &'p mut Param>) -> impl Iterator<Item = &'p mut Type> {
    params.into_iter().filter_map(|param| param.ty.as_mut())
}

fn mentions_self(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "Self",
        TokenTree::Group(group) => mentions_self(group.stream()),
        _ => false,
    })
}

/// `Self` → `Name<T>`, `Self::LENGTH` → `<Name<T>>::LENGTH`
fn written_out(tokens: TokenStream, name: &TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut out = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "Self" => {
                let name = respanned(name.clone(), word.span());
                let path = matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == ':');
                out.extend(if path { quote_spanned!(word.span()=> <#name>) } else { name });
            }
            TokenTree::Group(group) => {
                let inner = written_out(group.stream(), name);
                let mut made = Group::new(group.delimiter(), inner);
                made.set_span(group.span());
                made.to_tokens(&mut out);
            }
            token => token.to_tokens(&mut out),
        }
    }
    out
}

/// The compiler is to blame the `Self` that was written.
fn respanned(tokens: TokenStream, span: proc_macro2::Span) -> TokenStream {
    let respan = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.into_iter().map(respan).joined()
}
