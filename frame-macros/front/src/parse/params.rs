//! Parameter lists.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, trees};
use super::items::item_name;
use super::types;
use crate::ast::{MISSING, Param, ParamKind, SystemParam};
use crate::codes;
use crate::diag::Diag;

/// A list without a receiver.
pub fn list(group: &Group, diag: &Diag) -> Vec<Param> {
    with_receiver(group, diag).1
}

/// A list that may begin with `&self`, and whether it did.
pub fn with_receiver(group: &Group, diag: &Diag) -> (bool, Vec<Param>) {
    let tokens = trees(group.stream());
    let mut cur = Cursor::new(&tokens, group.span_close());
    let query = cur.punct(0, '&') && cur.keyword(1, "self");
    let changes = cur.punct(0, '&') && cur.keyword(1, "mut") && cur.keyword(2, "self");
    cur.skip(if query {
        2
    } else if changes {
        3
    } else {
        0
    });
    if query || changes {
        cur.eat(',');
    }
    (query, params(&mut cur, diag))
}

/// The parameters of a system, state and enter parameters behind their sigils.
pub fn system(group: &Group, diag: &Diag) -> Vec<SystemParam> {
    let tokens = trees(group.stream());
    let mut cur = Cursor::new(&tokens, group.span_close());
    let mut found = Vec::new();
    while !cur.is_end() {
        one(&mut cur, diag, |cur| system_param(cur, &mut found, diag));
    }
    found
}

/// One parameter, or the several inside `$(…)` and `$>(…)`.
fn system_param(cur: &mut Cursor, found: &mut Vec<SystemParam>, diag: &Diag) {
    if cur.punct(0, '>') && cur.group(1, Delimiter::Parenthesis).is_some() {
        let help = "enter parameters stand in `$>(…)`".to_owned();
        diag.error(codes::E002, cur.span(), "a parameter is expected here", Some(help));
        let TokenTree::Group(inner) = &cur.ahead(2)[1] else { return };
        cur.skip(2);
        let inner = list(inner, diag).into_iter();
        found.extend(inner.map(|param| SystemParam { kind: ParamKind::Enter, param }));
        return;
    }
    let enter = cur.punct(0, '$') && cur.punct(1, '>');
    let sigil = if enter { 2 } else { usize::from(cur.punct(0, '$')) };
    match cur.group(sigil, Delimiter::Parenthesis) {
        Some(inner) if sigil > 0 => {
            cur.skip(sigil + 1);
            let kind = if enter { ParamKind::Enter } else { ParamKind::State };
            let inner = list(inner, diag).into_iter();
            found.extend(inner.map(|param| SystemParam { kind, param }));
        }
        _ => {
            let param = param(cur, diag);
            found.extend(param.map(|param| SystemParam { kind: ParamKind::Domain, param }));
        }
    }
}

fn params(cur: &mut Cursor, diag: &Diag) -> Vec<Param> {
    let mut found = Vec::new();
    while !cur.is_end() {
        one(cur, diag, |cur| found.extend(param(cur, diag)));
    }
    found
}

/// One parameter through `take`, and the `,` behind it, past what belongs to none:
/// `(a: u8 b: u8)`.
fn one(cur: &mut Cursor, diag: &Diag, take: impl FnOnce(&mut Cursor)) {
    let errors = diag.count();
    take(cur);
    if cur.is_end() || cur.eat(',') {
        return;
    }
    if diag.count() == errors {
        diag.error(codes::E002, cur.span(), "a `,` is expected between parameters", None);
    }
    while !cur.is_end() && !begins_next(cur) && !cur.eat(',') {
        cur.skip(1);
    }
}

/// `slow: bool`, which a `,` is missing before.
fn begins_next(cur: &Cursor) -> bool {
    cur.ident(0).is_some() && cur.punct(1, ':') && !cur.op(1, "::")
}

/// A name for a parameter that has none, different from other such names.
fn missing(span: Span) -> Ident {
    let start = span.start();
    Ident::new(&format!("{MISSING}_{}_{}", start.line, start.column), span)
}

fn param(cur: &mut Cursor, diag: &Diag) -> Option<Param> {
    let mutable = cur.eat_keyword("mut").cloned();
    let span = cur.span();
    let nameless = cur.keyword(0, "_");
    let name = match item_name(cur, "a parameter", diag) {
        // Without it, those behind would be taken for others.
        None if nameless || cur.punct(0, ':') => missing(span),
        name => name?,
    };
    let ty = cur.eat(':').then(|| types::take(cur, diag));
    let default = cur.punct(0, '=').then(|| {
        cur.skip(1);
        Scanner::new(diag).whole(cur, Stop { comma: true, ..Stop::default() }, false)
    });
    Some(Param { mutable, name, ty, default })
}
