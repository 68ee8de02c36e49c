//! Where a type ends, and whether syn takes it for one.

use proc_macro2::{Delimiter, Spacing, TokenTree};

use super::cursor::Cursor;
use crate::ast::Type;
use crate::codes;
use crate::diag::Diag;

/// Takes one type. Reports E002 and returns `None` where none stands.
pub fn take(cur: &mut Cursor, diag: &Diag) -> Option<Type> {
    let span = cur.span();
    let start = cur.position();
    cur.skip(length(cur));
    let tokens = cur.since(start).iter().cloned().collect();
    match syn::parse2::<syn::Type>(tokens) {
        Ok(ty) => Some(Type { tokens: quote::ToTokens::into_token_stream(ty), span }),
        Err(_) if cur.position() == start => {
            diag.error(codes::E002, span, "a type is expected here", None);
            None
        }
        Err(error) => {
            diag.syn(codes::E002, &error);
            None
        }
    }
}

/// How many tokens from here on belong to a type: it ends before the first token that
/// cannot continue it.
pub fn length(cur: &Cursor) -> usize {
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
                '+' => complete = false,
                '-' if cur.op(at, "->") && at > 0 && cur.group(at - 1, Delimiter::Parenthesis).is_some() && at > 1 => {
                    at += 2;
                    complete = false;
                    continue;
                }
                '!' => {} // a macro in type position, its group follows
                _ => return at,
            },
            (true, TokenTree::Group(group)) => {
                let call = group.delimiter() == Delimiter::Parenthesis && cur.ident(at - 1).is_some();
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
