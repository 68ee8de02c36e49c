//! Where a type ends, and whether syn takes it for one.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::cursor::Cursor;
use crate::ast::{Piece, Type};
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;

const NUMBERS: [&str; 14] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64",
];

/// Takes one type. Reports E002 where none stands.
pub fn take(cur: &mut Cursor, diag: &Diag) -> Type {
    let (span, gap) = (cur.span(), cur.gap());
    let start = cur.position();
    if !begins_next_item(cur) {
        cur.skip(length(cur));
    }
    let tokens = cur.since(start).iter().cloned().joined();
    if cur.punct(0, '<') && cur.behind_angles(0).is_none() && cur.position() > start {
        diag.error(codes::E002, cur.span(), "this `<` is not closed", None);
        while !cur.is_end() && !cur.on_new_line(0) && !cur.punct(0, ',') && !cur.punct(0, '=') {
            cur.skip(1);
        }
        return Type::unknown(&diag.system(), span);
    }
    match syn::parse2::<syn::Type>(tokens) {
        Ok(ty) => return Type { tokens: seen(ty).into_token_stream(), span, unknown: false },
        Err(_) if cur.position() == start => {
            diag.error(codes::E002, gap, "a type is expected here", None);
        }
        Err(error) => {
            let place = inside(&error, cur.since(start)).unwrap_or_else(|| cur.gap());
            diag.error(codes::E002, place, "this is not a whole type", None);
        }
    }
    Type::unknown(&diag.system(), span)
}

/// The token that syn blames; what is missing at the end has no place of its own.
pub fn inside(error: &syn::Error, tokens: &[TokenTree]) -> Option<Span> {
    let blamed = error.span();
    let at_end = error.to_string().starts_with("unexpected end of input");
    (!at_end && !tokens.is_empty()).then_some(blamed)
}

/// Whether a word is one of Rust's own types.
pub fn is_primitive(word: &str) -> bool {
    matches!(word, "bool" | "char" | "str") || NUMBERS.contains(&word)
}

/// Whether a word cannot be a name.
pub fn is_keyword(word: &Ident) -> bool {
    syn::parse2::<Ident>(word.to_token_stream()).is_err()
}

/// Whether the keyword can be a name behind `r#`.
pub fn can_be_raw(word: &Ident) -> bool {
    !["self", "Self", "super", "crate", "_"].iter().any(|never| word == never)
}

/// A type without the invisible delimiters of a `$ty:ty`.
fn seen(ty: syn::Type) -> syn::Type {
    match ty {
        syn::Type::Group(group) => seen(*group.elem),
        ty => ty,
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
    measured(cur, true)
}

/// The same behind `as`, where a `+` adds.
pub fn cast_length(cur: &Cursor) -> usize {
    measured(cur, false)
}

fn measured(cur: &Cursor, bounds: bool) -> usize {
    let mut at = 0;
    let mut complete = false;
    while let Some(token) = cur.peek(at) {
        match (complete, token) {
            (false, TokenTree::Punct(p)) => match p.as_char() {
                '<' => match cur.behind_angles(at) {
                    Some(behind) => {
                        at = behind;
                        complete = true;
                        continue;
                    }
                    None => return at,
                },
                '!' => complete = true,
                '&' | '*' | '?' | '~' | ':' | '\'' => {}
                _ => return at,
            },
            (false, TokenTree::Ident(ident)) => {
                let word = ident.to_string();
                // A lifetime comes as `'` and an identifier; `&'a T` goes on behind it.
                let lifetime = at > 0 && cur.punct(at - 1, '\'');
                let bound = lifetime && at > 1 && cur.punct(at - 2, '+');
                let prefix = ["mut", "const", "dyn", "impl", "for", "unsafe", "extern"];
                complete = bound || !lifetime && !prefix.contains(&word.as_str());
                if word == "for" && cur.punct(at + 1, '<') {
                    at = cur.behind_angles(at + 1).unwrap_or(at + 1);
                    continue;
                }
            }
            (false, TokenTree::Literal(_)) => {} // the ABI in `extern "C" fn()`
            (false, TokenTree::Group(group)) => {
                if group.delimiter() == Delimiter::Brace {
                    return at;
                }
                complete = true;
            }
            (true, TokenTree::Punct(p)) => match p.as_char() {
                ':' if p.spacing() == Spacing::Joint && cur.punct(at + 1, ':') => {
                    at += 2;
                    complete = cur.punct(at, '<');
                    continue;
                }
                '<' if !cur.punct(at + 1, '$') => match cur.behind_angles(at) {
                    Some(behind) => {
                        at = behind;
                        continue;
                    }
                    None => return at,
                },
                '+' if bounds => complete = false,
                '-' if cur.op(at, "->")
                    && at > 0
                    && cur.group(at - 1, Delimiter::Parenthesis).is_some()
                    && at > 1 =>
                {
                    at += 2;
                    complete = false;
                    continue;
                }
                '!' => {} // a macro in type position, its group follows
                _ => return at,
            },
            (true, TokenTree::Group(group)) => {
                let call =
                    group.delimiter() == Delimiter::Parenthesis && cur.ident(at - 1).is_some();
                let makro = cur.punct(at.wrapping_sub(1), '!') && at > 0;
                if !(call || makro) || cur.on_new_line(at) {
                    return at;
                }
            }
            (true, TokenTree::Ident(_) | TokenTree::Literal(_)) => return at,
        }
        at += 1;
    }
    at
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
    // `Vec::<u8>::new()` is made by the type `Vec<u8>`, which syn reads as it stands.
    let path: TokenStream = tokens[..end].iter().map(|token| token.to_token_stream()).joined();
    syn::parse2::<syn::TypePath>(path).ok().map(ToTokens::into_token_stream)
}
