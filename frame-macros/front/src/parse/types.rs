//! Types as they are written, and as values tell them.

use frame_macros_model::types::NUMBERS;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::cursor::{Cursor, trees};
use super::grammar::{self, Found};
use crate::ast::{Piece, Type};
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::quote::{ToTokens, quote};

/// Takes one type. Reports E002 where none stands.
pub fn take(cur: &mut Cursor, diag: &Diag) -> Type {
    let (span, gap) = (cur.span(), cur.gap());
    let start = cur.position();
    let found = if begins_next_item(cur) { Found::Part } else { grammar::ty(cur) };
    let tokens = cur.since(start);
    if cur.punct(0, '<') && cur.behind_angles(0).is_none() && cur.position() > start {
        diag.error(codes::E002, cur.span(), "this `<` is not closed", None);
        while !cur.is_end() && !cur.on_new_line(0) && !cur.punct(0, ',') && !cur.punct(0, '=') {
            cur.skip(1);
        }
        return Type::unknown(&diag.system(), span);
    }
    let (place, message) = match found {
        Found::Whole => return Type { tokens: seen(tokens), span, unknown: false },
        _ if tokens.is_empty() => (gap, "a type is expected here"),
        Found::Part => (cur.gap(), "this is not a whole type"),
        Found::Wrong(place) => (place, "this is not a whole type"),
    };
    diag.error(codes::E002, place, message, None);
    Type::unknown(&diag.system(), span)
}

/// A type without the invisible delimiters of a `$ty:ty`.
fn seen(ty: &[TokenTree]) -> TokenStream {
    match ty {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
            seen(&trees(group.stream()))
        }
        tokens => tokens.iter().joined(),
    }
}

/// Whether the next line already begins another item: `count:` and then `limit: u32`.
fn begins_next_item(cur: &Cursor) -> bool {
    let header = cur.punct(1, ':') && !cur.op(1, "::");
    let call = cur.group(1, Delimiter::Parenthesis).is_some();
    cur.on_new_line(0) && cur.ident(0).is_some() && (header || call)
}

/// How many tokens from here on belong to a type: it ends before the first token that
/// cannot continue it.
pub fn length(cur: &Cursor) -> usize {
    measured(cur, grammar::ty)
}

/// The same behind `as`, where a `+` adds.
pub fn cast_length(cur: &Cursor) -> usize {
    measured(cur, grammar::cast)
}

fn measured(cur: &Cursor, walk: fn(&mut Cursor) -> Found) -> usize {
    let mut ahead = cur.clone();
    walk(&mut ahead);
    ahead.position() - cur.position()
}

/// The type that the form of an initial value tells: a literal's, or the path before the
/// last segment in `String::new()`, `Mode::Idle` and `Point { x: 0 }`.
pub fn of_value(value: &[Piece]) -> Option<Type> {
    let (first, rest) = value.split_first()?;
    let span = match first {
        Piece::Token(token) => token.span(),
        _ => return None,
    };
    let tokens = match (first, rest) {
        (Piece::Token(TokenTree::Punct(minus)), [literal]) if minus.as_char() == '-' => {
            of_literal(literal)?
        }
        (literal, []) => of_literal(literal)?,
        _ => of_path(value)?,
    };
    Some(Type { tokens, span, unknown: false })
}

fn of_literal(piece: &Piece) -> Option<TokenStream> {
    let Piece::Token(token) = piece else { return None };
    let text = token.to_string();
    let number = text.starts_with(|c: char| c.is_ascii_digit());
    if let Some(suffix) = NUMBERS.iter().find(|suffix| number && text.ends_with(**suffix)) {
        return suffix.parse().ok();
    }
    Some(match text.as_str() {
        "true" | "false" => quote!(bool),
        _ if number && text.contains(['.', 'e']) && !text.starts_with("0x") => quote!(f64),
        _ if number => quote!(i32),
        _ if text.starts_with('"') => quote!(&'static str),
        _ if text.starts_with('\'') => quote!(char),
        _ => return None,
    })
}

fn of_path(value: &[Piece]) -> Option<TokenStream> {
    let tokens: Vec<&TokenTree> = value
        .iter()
        .map_while(|piece| match piece {
            Piece::Token(token) => Some(token),
            _ => None,
        })
        .take_while(|token| !matches!(token, TokenTree::Group(_)))
        .listed();
    let struct_literal = match value.get(tokens.len()) {
        Some(Piece::Token(TokenTree::Group(group)) | Piece::Group { group, .. }) => {
            group.delimiter() == Delimiter::Brace
        }
        _ => false,
    };
    let is_colon = |token: &&TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ':');
    let end = match struct_literal {
        true => tokens.len(),
        false => tokens.iter().rposition(is_colon)?.checked_sub(1)?,
    };
    let path = tokens[..end].iter().map(|token| token.to_token_stream()).joined();
    grammar::whole_path(path, Span::call_site()).ok()
}
