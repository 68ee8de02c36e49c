//! The five sections of a system, in their order.

use std::fmt::Display;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, open_span, trees};
use super::system::{
    attributes, check_reserved, generics, method_where_clause, visibility, where_clause,
};
use super::{params, state, types};
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::suggest::nearest;

const ORDER: [&str; 5] = ["operations", "interface", "machine", "actions", "domain"];

/// What the items of each section are remembered as when they cannot be read.
const KINDS: [&str; 5] = ["function", "event", "state", "function", "field"];

pub fn take(body: &Group, system: &mut System, diag: &Diag) {
    let tokens = trees(body.stream());
    let mut cur = Cursor::new(&tokens, body.span_close());
    let mut seen: Vec<usize> = Vec::new();
    let mut order: Vec<usize> = Vec::new();
    while !cur.is_end() {
        let Some((index, name)) = header(&mut cur, diag) else { continue };
        if seen.contains(&index) {
            let message = format!("the section `{}:` stands twice", ORDER[index]);
            let help = "move its items together".to_owned();
            diag.error(codes::E114, name.span(), message, Some(help));
        } else {
            check_order(index, name, &mut order, diag);
        }
        seen.push(index);
        section(index, &mut cur, system, diag);
    }
}

/// `name:`, or an error and as many tokens skipped as belong to no section.
fn header<'t>(cur: &mut Cursor<'t>, diag: &Diag) -> Option<(usize, &'t Ident)> {
    if let Some(found) = at_header(cur) {
        cur.skip(2);
        return Some(found);
    }
    if let Some((index, name)) = near_header(cur) {
        let help = format!("did you mean `{}:`?", ORDER[index]);
        diag.error(codes::E002, name.span(), format!("there is no section `{name}:`"), Some(help));
        cur.skip(2);
        return Some((index, name));
    }
    let help = format!("the sections are {}", ORDER.map(|name| format!("`{name}:`")).join(", "));
    diag.error(codes::E002, cur.span(), "a section is expected here", Some(help));
    while !cur.is_end() && !begins_section(cur) {
        cur.skip(1);
    }
    None
}

fn begins_section(cur: &Cursor) -> bool {
    at_header(cur).is_some() || near_header(cur).is_some()
}

/// `machin:` alone on its line.
fn near_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
    let name = cur.ident(0)?;
    let alone = cur.punct(1, ':') && (cur.peek(2).is_none() || cur.on_new_line(2));
    let near = nearest(&name.to_string(), ORDER).filter(|_| alone)?;
    Some((ORDER.iter().position(|section| *section == near)?, name))
}

/// A section name with its colon; `::` does not count.
fn at_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
    let name = cur.ident(0)?;
    let index = ORDER.iter().position(|section| name == section)?;
    (cur.punct(1, ':') && !cur.op(1, "::")).then_some((index, name))
}

/// `machine:` and then `interface:`. What it stands behind is forgotten, so that one section
/// in the wrong place is told once.
fn check_order(index: usize, name: &Ident, order: &mut Vec<usize>, diag: &Diag) {
    if let Some(later) = order.iter().filter(|other| **other > index).min() {
        let message = format!("the section `{}:` stands behind `{}:`", ORDER[index], ORDER[*later]);
        let help = format!("the order is {}", ORDER.join(", "));
        diag.error(codes::E113, name.span(), message, Some(help));
    }
    order.retain(|other| *other < index);
    order.push(index);
}

fn section(index: usize, cur: &mut Cursor, system: &mut System, diag: &Diag) {
    let interface = index == 1;
    if interface {
        system.interface.get_or_insert_default();
    }
    while !cur.is_end() && !begins_section(cur) {
        if cur.eat(',') || cur.eat(';') {
            continue;
        }
        let (before, errors) = (cur.position(), diag.count());
        let attrs = attributes(cur, diag);
        let name = cur.name_ahead();
        let taken = match index {
            0 => function(cur, attrs, diag).map(|op| system.operations.push(op)),
            1 => method(cur, attrs, diag)
                .map(|method| system.interface.get_or_insert_default().push(method)),
            2 => state::take(cur, attrs, diag).map(|state| system.states.push(state)),
            3 => function(cur, attrs, diag).map(|action| system.actions.push(action)),
            _ => field(cur, attrs, diag).map(|field| system.fields.push(field)),
        };
        if let (Some(name), true) = (name, diag.count() > errors) {
            diag.fail(format!("{} {name}", KINDS[index]));
        }
        if taken.is_none() && !begins_section(cur) {
            cur.skip_item(before);
        }
    }
}

fn method(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Method> {
    if cur.keyword(0, "static") && cur.ident(1).is_some() {
        let message = "an interface method cannot be `static`: it is an event for one machine";
        let help = "static functions are declared under `operations:`".to_owned();
        diag.error(codes::E420, cur.span(), message, Some(help));
        cur.skip(1);
    }
    reject_public(cur, diag);
    let is_async = eat_async(cur);
    let name = item_name(cur, "an interface method", diag)?;
    let mut generics = generics(cur, diag);
    let group = cur.eat_group(Delimiter::Parenthesis);
    let (query, params) = group.map(|group| params::with_receiver(group, diag)).unwrap_or_default();
    let ret = return_type(cur, diag);
    generics.where_clause = method_where_clause(cur, diag);
    let default = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    Some(Method { attrs, is_async, name, generics, query, params, ret, default })
}

/// An action or an operation.
fn function(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Function> {
    reject_public(cur, diag);
    let is_static = cur.keyword(0, "static").then(|| cur.span());
    cur.skip(usize::from(is_static.is_some()));
    let is_async = eat_async(cur);
    let name = item_name(cur, "a function", diag)?;
    let mut generics = generics(cur, diag);
    let group = params_group(cur, &name, diag);
    let (query, params) = group.map(|group| params::with_receiver(group, diag)).unwrap_or_default();
    let ret = return_type(cur, diag);
    generics.where_clause = where_clause(cur, diag);
    let group = block(cur, format!("{name}()"), name.span(), codes::E002, diag);
    let body = Scanner::new(diag).block(&group);
    Some(Function { attrs, is_static, is_async, name, generics, query, params, ret, body })
}

fn field(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Field> {
    let vis = visibility(cur, diag);
    let constant = cur.keyword(0, "const").then(|| cur.span());
    cur.skip(usize::from(constant.is_some()));
    let name = item_name(cur, "a field", diag)?;
    if !cur.eat(':') {
        let message = format!("the type of the field `{name}` is missing");
        diag.error(codes::E605, name.span(), message, Some(format!("write `{name}: Type`")));
        default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
        return None;
    }
    let ty = types::take(cur, diag)?;
    let init = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    Some(Field { attrs, vis, constant, name, ty, init })
}

/// The block of what begins with `head`, past stray tokens on its line; an empty one
/// where none stands, so that the item is known all the same.
pub fn block(
    cur: &mut Cursor,
    head: impl Display,
    span: Span,
    code: codes::Code,
    diag: &Diag,
) -> Group {
    let start = cur.position();
    while !cur.is_end() && !cur.on_new_line(0) && cur.group(0, Delimiter::Brace).is_none() {
        cur.skip(1);
    }
    let Some(group) = cur.eat_group(Delimiter::Brace) else {
        cur.rewind(start);
        let help = format!("write `{head} {{ }}`");
        diag.error(code, span, format!("`{head}` has no block"), Some(help));
        let mut empty = Group::new(Delimiter::Brace, TokenStream::new());
        empty.set_span(span);
        return empty;
    };
    if let [stray, _, ..] = cur.since(start) {
        diag.error(code, open_span(stray), format!("unexpected behind `{head}`"), None);
    }
    group.clone()
}

pub fn item_name(cur: &mut Cursor, what: &str, diag: &Diag) -> Option<Ident> {
    let Some(name) = cur.eat_ident().cloned() else {
        let span = cur.peek(0).map_or(cur.span(), open_span);
        diag.error(codes::E002, span, format!("the name of {what} is expected here"), None);
        return None;
    };
    check_reserved(&name, diag);
    Some(name)
}

fn params_group<'t>(cur: &mut Cursor<'t>, name: &Ident, diag: &Diag) -> Option<&'t Group> {
    let group = cur.eat_group(Delimiter::Parenthesis);
    if group.is_none() {
        let message = format!("`{name}` has no list of parameters");
        diag.error(codes::E002, name.span(), message, Some(format!("write `{name}()`")));
    }
    group
}

/// `: Type` or `-> Type`, when one stands here.
pub fn return_type(cur: &mut Cursor, diag: &Diag) -> Option<Type> {
    if cur.op(0, "->") {
        cur.skip(2);
    } else if !cur.eat(':') {
        return None;
    }
    types::take(cur, diag)
}

/// `= expression`, when one stands here.
pub fn default_value(cur: &mut Cursor, stop: Stop, diag: &Diag) -> Option<Code> {
    if !cur.punct(0, '=') || cur.op(0, "=>") {
        return None;
    }
    cur.skip(1);
    Some(Scanner::new(diag).whole(cur, stop, false))
}

fn eat_async(cur: &mut Cursor) -> Option<Span> {
    cur.ident(1)?;
    cur.eat_keyword("async").map(Ident::span)
}

/// Methods and operations are public and actions private without a word of it.
fn reject_public(cur: &mut Cursor, diag: &Diag) {
    let word = ["public", "pub"].into_iter().find(|word| cur.keyword(0, word));
    if let (Some(word), Some(_)) = (word, cur.ident(1)) {
        let message = format!("`{word}` is not written here: the section says who may call");
        diag.error(codes::E408, cur.span(), message, Some(format!("remove `{word}`")));
        cur.skip(1);
    }
}
