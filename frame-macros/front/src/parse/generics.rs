//! `<'a, T: Bound, const N: usize>` and `where` clauses.

use frame_macros_model::generics::{GenericKind, GenericParam, Generics, Predicate};
use proc_macro2::{Delimiter, Span, TokenStream};

use super::cursor::Cursor;
use super::grammar::{self, Found};
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::keywords::is_keyword;
use crate::quote::quote;

/// What stands in `<…>`, which may be absent. Of a parameter that cannot be read the name
/// is left.
pub fn generics(cur: &mut Cursor, diag: &Diag) -> Generics {
    let mut generics = Generics::default();
    if !cur.punct(0, '<') {
        return generics;
    }
    let Some(behind) = cur.behind_angles(0) else {
        diag.error(codes::E002, cur.span(), "this `<` is not closed", None);
        cur.skip(1);
        return generics;
    };
    let tokens = cur.ahead(behind);
    cur.skip(behind);
    let [_, inner @ .., close] = tokens else { return generics };
    let mut cur = Cursor::new(inner, close.span());
    while !cur.is_end() {
        let mut wrong = None;
        generics.params.extend(param(&mut cur, &mut wrong));
        if wrong.is_none() && !cur.is_end() && !cur.punct(0, ',') {
            wrong = Some(cur.span());
        }
        if let Some(place) = wrong {
            let message = "a parameter such as `T: Bound` is expected here";
            diag.error(codes::E002, place, message, None);
        }
        while !cur.is_end() && !cur.eat(',') {
            cur.skip(1);
        }
    }
    generics
}

/// `'a: 'b`, `T: Bound = u8`, `const N: usize = 4`
fn param(cur: &mut Cursor, wrong: &mut Option<Span>) -> Option<GenericParam> {
    let constant = cur.eat_keyword("const").is_some();
    let start = cur.position();
    let lifetime = !constant && cur.eat('\'');
    if cur.ident(0).is_none_or(is_keyword) {
        *wrong = Some(cur.gap());
        return None;
    }
    cur.skip(1);
    let name = cur.since(start).iter().joined();
    let typed = cur.eat(':');
    let kind = match (lifetime, constant) {
        (true, _) => GenericKind::Lifetime,
        (_, true) => GenericKind::Const(const_type(cur, typed, wrong)),
        _ => GenericKind::Type,
    };
    let bounds = if typed && !constant { bounds(cur, wrong) } else { Vec::new() };
    let given = !lifetime && cur.eat('=');
    let default = given.then(|| taken(cur, grammar::given, wrong)).flatten();
    Some(GenericParam { kind, name, bounds, default })
}

fn const_type(cur: &mut Cursor, typed: bool, wrong: &mut Option<Span>) -> TokenStream {
    if !typed {
        *wrong = Some(cur.gap());
    }
    let ty = typed.then(|| taken(cur, grammar::ty, wrong)).flatten();
    ty.unwrap_or_else(|| quote!(usize))
}

/// A `where` clause, up to the block behind it.
pub fn where_clause(cur: &mut Cursor, diag: &Diag) -> Vec<Predicate> {
    let errors = diag.count();
    let predicates = predicates(cur, |_| true, diag);
    while diag.count() > errors && !cur.is_end() && cur.group(0, Delimiter::Brace).is_none() {
        cur.skip(1);
    }
    predicates
}

/// A `where` clause behind which no block but another item stands.
pub fn method_where_clause(cur: &mut Cursor, diag: &Diag) -> Vec<Predicate> {
    predicates(cur, begins_predicate, diag)
}

/// `where …`; `goes_on` tells whether a predicate stands behind the `,` that is next.
fn predicates(cur: &mut Cursor, goes_on: impl Fn(&Cursor) -> bool, diag: &Diag) -> Vec<Predicate> {
    let mut found = Vec::new();
    if cur.eat_keyword("where").is_none() {
        return found;
    }
    while !cur.is_end() && cur.group(0, Delimiter::Brace).is_none() {
        let mut wrong = None;
        found.extend(predicate(cur, &mut wrong));
        if let Some(place) = wrong {
            let message = "a bound such as `T: Copy` is expected here";
            diag.error(codes::E002, place, message, None);
            break;
        }
        if !cur.punct(0, ',') || !goes_on(cur) {
            break;
        }
        cur.skip(1);
    }
    found
}

/// `'a: 'b`, `T: Copy`, `for<'a> &'a T: Add<&'a T>`
fn predicate(cur: &mut Cursor, wrong: &mut Option<Span>) -> Option<Predicate> {
    let start = cur.position();
    let quantified = cur.keyword(0, "for") && cur.punct(1, '<');
    cur.skip(if quantified { cur.behind_angles(1).unwrap_or(1) } else { 0 });
    let walk = if cur.punct(0, '\'') { grammar::bound } else { grammar::ty };
    taken(cur, walk, wrong)?;
    let bounded = cur.since(start).iter().joined();
    if !cur.eat(':') {
        *wrong = Some(cur.gap());
        return None;
    }
    Some(Predicate { bounded, bounds: bounds(cur, wrong) })
}

/// Whether a predicate stands behind the `,`: `T: Copy`, and not `next(): u8` or `size: u8`.
fn begins_predicate(cur: &Cursor) -> bool {
    match cur.ident(1) {
        Some(name) if cur.punct(2, ':') && !cur.op(2, "::") => {
            name.to_string().starts_with(char::is_uppercase)
        }
        Some(name) => name == "for" || cur.op(2, "::") || cur.punct(2, '<'),
        None => {
            ['\'', '<', '&'].iter().any(|sign| cur.punct(1, *sign))
                || cur.group(1, Delimiter::Parenthesis).is_some()
                || cur.group(1, Delimiter::Bracket).is_some()
        }
    }
}

/// `A + B`, of which none has to stand.
fn bounds(cur: &mut Cursor, wrong: &mut Option<Span>) -> Vec<TokenStream> {
    let mut found = Vec::new();
    let ends = |cur: &Cursor| {
        cur.is_end()
            || cur.punct(0, ',')
            || cur.punct(0, '=')
            || cur.group(0, Delimiter::Brace).is_some()
    };
    while !ends(cur) {
        found.extend(taken(cur, grammar::bound, wrong));
        if wrong.is_some() || !cur.eat('+') {
            break;
        }
    }
    found
}

/// What `walk` finds, or else where it fails.
fn taken(
    cur: &mut Cursor,
    walk: fn(&mut Cursor) -> Found,
    wrong: &mut Option<Span>,
) -> Option<TokenStream> {
    let start = cur.position();
    let place = match walk(cur) {
        Found::Whole => return Some(cur.since(start).iter().joined()),
        Found::Part => cur.gap(),
        Found::Wrong(span) => span,
    };
    wrong.get_or_insert(place);
    None
}
