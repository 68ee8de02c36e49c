//! Parameter lists.

use proc_macro2::{Delimiter, Group};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, open_span, trees};
use super::system::check_reserved;
use super::types;
use crate::ast::{Param, ParamKind, SystemParam};
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
    while !cur.is_end() && !cur.eat(',') {
        cur.skip(1);
    }
}

fn param(cur: &mut Cursor, diag: &Diag) -> Option<Param> {
    let mutable = cur.eat_keyword("mut").cloned();
    let Some(name) = cur.eat_ident().cloned() else {
        let span = cur.peek(0).map_or(cur.span(), open_span);
        diag.error(codes::E002, span, "the name of a parameter is expected here", None);
        return None;
    };
    check_reserved(&name, diag);
    let ty = match cur.eat(':') {
        true => Some(types::take(cur, diag)?),
        false => None,
    };
    let default = cur.punct(0, '=').then(|| {
        cur.skip(1);
        Scanner::new(diag).whole(cur, Stop { comma: true, ..Stop::default() }, false)
    });
    Some(Param { mutable, name, ty, default })
}
