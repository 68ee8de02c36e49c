//! Lists of tokens with `<…>` in them, which is no group to Rust.

use proc_macro2::{Spacing, TokenTree};

/// The position behind the `<…>` that opens at `at`, or `None` where none opens or it never
/// closes.
pub fn behind_angles(tokens: &[TokenTree], at: usize) -> Option<usize> {
    let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == sign);
    if !is(at, '<') {
        return None;
    }
    let mut depth = 0_usize;
    let mut i = at;
    while let Some(token) = tokens.get(i) {
        if let TokenTree::Punct(p) = token {
            match p.as_char() {
                '<' => depth += 1,
                '-' | '=' if p.spacing() == Spacing::Joint && is(i + 1, '>') => i += 1,
                '>' => depth -= 1,
                ';' => return None,
                _ => {}
            }
        }
        i += 1;
        if depth == 0 {
            return Some(i);
        }
    }
    None
}

/// What stands between the `separator`s that are not inside of `<…>`; behind the last one
/// something has to stand.
pub fn separated(tokens: &[TokenTree], separator: char) -> Vec<&[TokenTree]> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(token) = tokens.get(at) {
        let sign = match token {
            TokenTree::Punct(p) => p.as_char(),
            _ => ' ',
        };
        at = match sign {
            '<' => behind_angles(tokens, at).unwrap_or(at + 1),
            _ => at + 1,
        };
        if sign == separator {
            parts.push(&tokens[start..at - 1]);
            start = at;
        }
    }
    if start < tokens.len() {
        parts.push(&tokens[start..]);
    }
    parts
}
