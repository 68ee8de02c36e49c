//! Tokens of the macros' own.

use proc_macro::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Code in which names are the macro's own.
pub fn code(text: &str) -> TokenStream {
    let tokens: TokenStream = text.parse().expect("written by this macro");
    own(tokens)
}

fn own(tokens: TokenStream) -> TokenStream {
    let own = |mut token: TokenTree| {
        if let TokenTree::Group(inner) = &token {
            token = TokenTree::from(Group::new(inner.delimiter(), own(inner.stream())));
        }
        token.set_span(Span::mixed_site());
        token
    };
    tokens.into_iter().map(own).collect()
}

pub fn group(delimiter: Delimiter, inner: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(delimiter, inner)).into()
}

pub fn braces(inner: TokenStream) -> TokenStream {
    group(Delimiter::Brace, inner)
}

/// Tokens one behind the other.
pub trait And {
    fn and(self, next: impl IntoIterator<Item = TokenTree>) -> TokenStream;
}

impl And for TokenStream {
    fn and(mut self, next: impl IntoIterator<Item = TokenTree>) -> TokenStream {
        self.extend(next);
        self
    }
}

pub fn is(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == c)
}
