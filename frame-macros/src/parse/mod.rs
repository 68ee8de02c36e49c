//! Tokens to AST: the grammar of the language, with recovery, so that one mistake
//! costs one item.

mod body;
mod cursor;
mod frame;
mod params;
mod sections;
mod state;
mod system;
mod types;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::ast::{Input, Item};
use crate::diag::Diag;
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
        let start = behind_native(&tokens, native_from, at);
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
    cur.punct(0, '@') && cur.punct(1, '@') && cur.keyword(2, "system")
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
        } else {
            return start;
        }
    }
}

fn push_native(diag: &Diag, tokens: &[TokenTree], items: &mut Vec<Item>) {
    let rest = system::file_attributes(tokens, diag);
    if !rest.is_empty() {
        items.push(Item::Native(body::native(diag, &rest)));
    }
}

pub use system::check_target;

/// The keys of `@@[data(k: T = init, …)]`.
pub fn data_keys(group: &proc_macro2::Group, diag: &Diag) -> Vec<crate::model::DataKey> {
    let tokens = trees(group.stream());
    let mut cur = Cursor::new(&tokens, group.span_close());
    let mut keys = Vec::new();
    while let Some(name) = cur.eat_ident() {
        let ty = if cur.eat(':') { types::take(&mut cur, diag) } else { None };
        let Some(ty) = ty else {
            let message = format!("the type of `{name}` is missing");
            diag.error(
                crate::codes::E606,
                name.span(),
                message,
                Some(format!("write `{name}: Type`")),
            );
            break;
        };
        let start = cur.position() + usize::from(cur.punct(0, '='));
        while !cur.is_end() && !cur.punct(0, ',') {
            cur.skip(1);
        }
        let init: TokenStream =
            tokens[start.min(cur.position())..cur.position()].iter().cloned().collect();
        let init = (!init.is_empty()).then_some(init);
        keys.push(crate::model::DataKey { name: name.clone(), ty: ty.tokens, init });
        cur.eat(',');
    }
    keys
}
