//! Tokens to AST: the grammar of the language, with recovery, so that one mistake
//! costs one item.

mod accessors;
mod body;
mod cursor;
mod ends;
mod expressions;
mod frame;
mod generics;
mod grammar;
mod headers;
mod items;
mod native;
mod params;
mod sections;
mod self_type;
mod slips;
mod state;
mod system;
mod types;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::ast::{Input, Item, Type};
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use cursor::{Cursor, trees};

/// Splits the input into systems and the native items between them.
pub fn input(tokens: TokenStream, diag: &Diag) -> Input {
    let tokens = trees(tokens);
    let mut items = Vec::new();
    let mut native_from = 0;
    let mut at = 0;
    while at < tokens.len() {
        if !begins_system(&tokens, at) {
            at += 1;
            continue;
        }
        let start = behind_native(&tokens, native_from, behind_signs(&tokens, native_from, at));
        push_native(diag, &tokens[native_from..start], &mut items);
        let mut cur = Cursor::new(&tokens, Span::call_site());
        cur.skip(start);
        if let Some(system) = system::take(&mut cur, diag) {
            items.push(Item::System(Box::new(system)));
        }
        diag.enter("");
        at = cur.position();
        native_from = at;
    }
    push_native(diag, &tokens[native_from..], &mut items);
    Input { items }
}

fn begins_system(tokens: &[TokenTree], at: usize) -> bool {
    let mut cur = Cursor::new(tokens, Span::call_site());
    cur.skip(at);
    system::head(&cur).is_some()
}

/// The position of stray signs directly before what was meant as `@@system`: `@$ system Lamp`.
fn behind_signs(tokens: &[TokenTree], from: usize, at: usize) -> usize {
    let is_sign = |token: &&TokenTree| matches!(token, TokenTree::Punct(p) if matches!(p.as_char(), '@' | '$'));
    at - tokens[from..at].iter().rev().take_while(is_sign).count()
}

/// The position where attributes and visibility of the system at `at` begin.
fn behind_native(tokens: &[TokenTree], from: usize, at: usize) -> usize {
    let is_punct =
        |i: usize, c: char| matches!(&tokens[i], TokenTree::Punct(p) if p.as_char() == c);
    let is_group = |i: usize, delimiter| crate::ast::is_delimited(&tokens[i], delimiter);
    let is_pub = |i: usize| matches!(&tokens[i], TokenTree::Ident(word) if word == "pub");
    let mut start = at;
    if start > from && is_pub(start - 1) {
        start -= 1;
    } else if start > from + 1 && is_group(start - 1, Delimiter::Parenthesis) && is_pub(start - 2) {
        start -= 2;
    }
    loop {
        let bracket = start > from + 1 && is_group(start - 1, Delimiter::Bracket);
        if bracket && is_punct(start - 2, '#') {
            start -= 2;
        } else if bracket
            && start > from + 2
            && is_punct(start - 2, '@')
            && is_punct(start - 3, '@')
        {
            start -= 3;
        } else if bracket && is_punct(start - 2, '@') {
            start -= 2; // `@[stack(4)]`
        } else {
            return start;
        }
    }
}

fn push_native(diag: &Diag, tokens: &[TokenTree], items: &mut Vec<Item>) {
    let mut rest = system::file_attributes(tokens, diag);
    let complete = complete(&rest);
    if let Some(last) = rest[complete..].last() {
        let help = "an item ends with `;` or a block".to_owned();
        diag.error(codes::E002, last.span(), "this item is not complete", Some(help));
        rest.truncate(complete);
    }
    if !rest.is_empty() {
        items.push(Item::Native(native::native(diag, &rest)));
    }
}

/// How many tokens make whole items: what follows would run into the next system.
fn complete(tokens: &[TokenTree]) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Punct(p) => p.as_char() == ';',
        token => crate::ast::is_delimited(token, Delimiter::Brace),
    };
    tokens.iter().rposition(ends).map_or(0, |last| last + 1)
}

pub use grammar::whole_path;
pub use system::check_target;

/// The keys of `@@[data(k: T = init, …)]`.
pub fn data_keys(group: &proc_macro2::Group, diag: &Diag) -> Vec<crate::model::DataKey> {
    let tokens = trees(group.stream());
    let mut cur = Cursor::new(&tokens, group.span_close());
    let mut keys = Vec::new();
    while let Some(name) = cur.eat_ident() {
        let ty = match cur.eat(':') {
            true => types::take(&mut cur, diag),
            false => {
                crate::mend::untyped(name, diag);
                Type::unknown(&diag.system(), name.span())
            }
        };
        let start = cur.position() + usize::from(cur.punct(0, '='));
        while !cur.is_end() && !cur.punct(0, ',') {
            cur.skip(1);
        }
        let init: TokenStream =
            tokens[start.min(cur.position())..cur.position()].iter().cloned().joined();
        let init = (!init.is_empty()).then_some(init);
        keys.push(crate::model::DataKey { name: name.clone(), ty: ty.tokens, init });
        cur.eat(',');
    }
    keys
}
