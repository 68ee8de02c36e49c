//! What the tokens of a type tell without knowing what its names stand for.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::ast;
use crate::gather::Gather;
use crate::quote::ToTokens;

/// The types of numbers, which a literal may end with.
pub const NUMBERS: [&str; 14] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64",
];

/// Whether a word is one of Rust's own types.
pub fn is_primitive(word: &str) -> bool {
    matches!(word, "bool" | "char" | "str") || NUMBERS.contains(&word)
}

impl ast::Param {
    /// Whether it is declared with the type `ty`.
    pub fn is(&self, ty: &ast::Type) -> bool {
        self.ty.as_ref().is_some_and(|own| own.same(ty))
    }
}

impl ast::Type {
    /// As people write it, for messages.
    pub fn text(&self) -> String {
        if self.unknown { "Type".to_owned() } else { tidy(&self.tokens.to_string()) }
    }

    /// Whether it is written alike; a type that is not known is like any other.
    pub fn same(&self, other: &ast::Type) -> bool {
        self.unknown || other.unknown || self.tokens.to_string() == other.tokens.to_string()
    }

    /// Whether it is hardly a type at all, as `u23` and `tSring` are.
    pub fn is_mistyped(&self) -> bool {
        let text = self.tokens.to_string();
        let lower = text.starts_with(|c: char| c.is_lowercase());
        lower && text.chars().all(char::is_alphanumeric) && !is_primitive(&text)
    }

    /// Whether it is `()`, which is the same as none.
    pub fn is_unit(&self) -> bool {
        self.tokens.to_string().replace(' ', "") == "()"
    }

    /// Whether this is an `Option`, by any of its usual paths.
    pub fn is_option(&self) -> bool {
        let text = self.tokens.to_string().replace(' ', "");
        let path = text.split('<').next().unwrap_or_default();
        path == "Option" || path.ends_with("::Option")
    }

    /// Whether a lifetime or a borrow without one stands in it.
    pub fn borrows(&self) -> bool {
        self.tokens.to_string().contains(['&', '\''])
    }

    /// Whether this is `String`, by any of its usual paths.
    pub fn is_string(&self) -> bool {
        let text = self.tokens.to_string().replace(' ', "");
        matches!(
            text.trim_start_matches("::"),
            "String" | "std::string::String" | "alloc::string::String"
        )
    }

    /// Whether it is known to be `Copy` by its name alone.
    pub fn is_copy(&self) -> bool {
        let text = self.tokens.to_string();
        let word = matches!(text.as_str(), "bool" | "char") || NUMBERS.contains(&text.as_str());
        word || text.starts_with('&') && !self.is_mut_reference()
    }

    /// `&mut T`, with a lifetime or without.
    pub fn is_mut_reference(&self) -> bool {
        let text = self.tokens.to_string();
        let Some(behind) = text.strip_prefix('&').map(str::trim_start) else { return false };
        let named = behind.strip_prefix('\'').and_then(|rest| rest.split_once(' '));
        named.map_or(behind, |(_, rest)| rest).starts_with("mut ")
    }

    /// Whether a value allocates and an empty one, which is left in its place, does not.
    pub fn is_takeable(&self) -> bool {
        let text = self.tokens.to_string();
        text == "String" || text.starts_with("Vec <") || text.starts_with("Vec<")
    }

    /// Whether to copy one does nothing that can be seen: a `String`, or a `Vec` of those or of
    /// numbers.
    pub fn clones_silently(&self) -> bool {
        let text = self.tokens.to_string().replace(' ', "");
        let item = text.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>'));
        let item = item.unwrap_or(&text);
        item == "String" || item != text && (item != "str" && is_primitive(item))
    }

    /// The `T` of `&[T]`; `&[T; 2]` is no slice.
    pub fn slice_item(&self) -> Option<TokenStream> {
        let tokens: Vec<TokenTree> = self.tokens.clone().into_iter().listed();
        let [TokenTree::Punct(borrow), TokenTree::Group(group)] = tokens.as_slice() else {
            return None;
        };
        let is_array = || {
            let is_semicolon = |token| matches!(token, TokenTree::Punct(p) if p.as_char() == ';');
            group.stream().into_iter().any(is_semicolon)
        };
        (borrow.as_char() == '&' && group.delimiter() == Delimiter::Bracket && !is_array())
            .then(|| group.stream())
    }

    /// Whether an event can hold one that outlives its call: `&str`, `&[T]` and types without
    /// elided or `&mut` borrows.
    pub fn is_storable(&self) -> bool {
        let text = self.tokens.to_string();
        let tokens: Vec<TokenTree> = self.tokens.clone().into_iter().listed();
        if text == "& str" || text == "&str" || self.slice_item().is_some() {
            return true;
        }
        !text.starts_with("impl ") && !borrows_for_a_while(&tokens)
    }
}

impl ToTokens for ast::Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// Whether a borrow stands in the type that is not `'static` and not a parameter of the system.
fn borrows_for_a_while(tokens: &[TokenTree]) -> bool {
    let punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => borrows_for_a_while(&group.stream().into_iter().listed()),
        TokenTree::Punct(p) if p.as_char() == '&' => {
            let mutable =
                |at| matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "mut");
            !punct(at + 1, '\'') || mutable(at + 3)
        }
        TokenTree::Ident(word) => word == "_" && at > 0 && punct(at - 1, '\''),
        _ => false,
    })
}

/// Type text without the spaces that printing tokens puts in.
fn tidy(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in
        [(" < ", "<"), (" >", ">"), (" ,", ","), ("& ", "&"), (" :: ", "::"), ("< ", "<")]
    {
        out = out.replace(from, to);
    }
    out
}
