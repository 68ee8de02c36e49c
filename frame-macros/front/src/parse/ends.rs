//! Where an expression ends.

use proc_macro2::{Delimiter, TokenTree};

use super::body::Stop;
use super::cursor::Cursor;
use super::{frame, slips};
use crate::ast::*;

/// Whether the expression is over in front of a complete operand's next token.
pub fn is_reached(cur: &Cursor, stop: Stop) -> bool {
    if hard_end(cur, stop) || frame_begins(cur) {
        return true;
    }
    let enter = cur.on_new_line(0) && slips::begins_misspelt_enter(cur);
    if (stop.line || stop.body) && (enter || is_no_operator(cur)) {
        return true;
    }
    stop.line && (cur.on_new_line(0) || begins_item(cur)) && !continues(cur)
}

/// What cannot continue an operand: `3 3`, `a b`, `1 @`, `0: u8`.
fn is_no_operator(cur: &Cursor) -> bool {
    match cur.peek(0) {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Ident(word)) => word != "as" && word != "else",
        Some(TokenTree::Punct(p)) => {
            matches!(p.as_char(), '@' | '$' | '#' | '~' | ':') && !cur.op(0, "::")
        }
        _ => false,
    }
}

/// Whether `return`, `break` or `a..` stands without an operand.
pub fn nothing_follows(cur: &Cursor, stop: Stop) -> bool {
    let line = stop.line && cur.on_new_line(0) && !frame::begins_accessor(cur);
    hard_end(cur, stop) || frame::begins_statement(cur) || line
}

/// What ends an expression even where an operand is missing.
pub fn hard_end(cur: &Cursor, stop: Stop) -> bool {
    let body = stop.body
        && cur.group(0, Delimiter::Brace).is_some()
        && cur.group(1, Delimiter::Brace).is_none();
    cur.is_end()
        || cur.punct(0, ';')
        || stop.comma && cur.punct(0, ',')
        || stop.arrow && cur.op(0, "=>")
        || stop.brace && cur.group(0, Delimiter::Brace).is_some()
        || body
}

/// Whether Frame text begins that cannot continue an operand.
pub fn frame_begins(cur: &Cursor) -> bool {
    cur.punct(0, '@') && cur.punct(1, '@')
        || cur.punct(0, '$') && (cur.punct(1, '.') || cur.punct(1, '>') || cur.ident(1).is_some())
        || cur.punct(0, '<') && cur.punct(1, '$') && !cur.punct(2, '.')
        || frame::begins_statement(cur)
            && (cur.group(0, Delimiter::Parenthesis).is_none() || cur.on_new_line(0))
}

/// `3 { … }`: only behind a path a block goes on as a struct literal.
pub fn begins_other_block(cur: &Cursor, code: &Code) -> bool {
    let path = matches!(code.last(), Some(Piece::Token(TokenTree::Ident(_) | TokenTree::Punct(_))));
    cur.group(0, Delimiter::Brace).is_some() && !path
}

/// Whether a token can only begin the next item, even on the same line.
fn begins_item(cur: &Cursor) -> bool {
    cur.ident(0).is_some() || cur.punct(0, '#')
}

/// Whether a token on a new line can only continue the operand before it.
fn continues(cur: &Cursor) -> bool {
    match cur.peek(0) {
        Some(TokenTree::Punct(p)) => match p.as_char() {
            '&' => cur.op(0, "&&"),
            '-' | '*' | '|' | '#' | '\'' | '@' | '$' | '<' => {
                cur.op(0, "-=")
                    || cur.op(0, "*=")
                    || cur.op(0, "|=")
                    || cur.op(0, "<=")
                    || cur.op(0, "||")
            }
            '!' => cur.op(0, "!="),
            _ => true,
        },
        Some(TokenTree::Ident(ident)) => ident == "as" || ident == "else",
        _ => false,
    }
}

pub fn begins_block(cur: &Cursor) -> bool {
    cur.group(0, Delimiter::Brace).is_some()
        || ["if", "while", "match", "for", "loop"].iter().any(|word| cur.keyword(0, word))
        || cur.keyword(0, "unsafe") && cur.group(1, Delimiter::Brace).is_some()
}

/// How many tokens before a statement only belong to it: attributes, a label.
pub fn prefix_length(cur: &Cursor) -> usize {
    let mut at = 0;
    while cur.punct(at, '#') && cur.group(at + 1, Delimiter::Bracket).is_some() {
        at += 2;
    }
    let label = cur.punct(at, '\'') && cur.ident(at + 1).is_some() && cur.punct(at + 2, ':');
    if label { at + 3 } else { at }
}

/// Whether the last token may stand without an operand behind it: `break`, `a..`.
pub fn is_optional_operand(code: &Code) -> bool {
    match code.last() {
        Some(Piece::Token(TokenTree::Ident(ident))) => {
            let before = code.len().checked_sub(2).map(|at| &code[at]);
            let label =
                matches!(before, Some(Piece::Token(TokenTree::Punct(p))) if p.as_char() == '\'');
            label || ident == "break" || ident == "continue" || ident == "return"
        }
        Some(Piece::Token(TokenTree::Punct(p))) => p.as_char() == '.',
        _ => false,
    }
}
