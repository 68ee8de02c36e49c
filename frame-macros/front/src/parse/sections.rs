//! The five sections of a system, in their order.

use proc_macro2::{Delimiter, Group};

use super::cursor::{Cursor, trees};
use super::headers::{
    DOMAIN, INTERFACE, MACHINE, ORDER, begins_section, braced_header, check_order, header,
};
use super::items::{field, function, method};
use super::state;
use super::system::attributes;
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;

/// What the items of each section are remembered as when they cannot be read.
const KINDS: [&str; 5] = ["function", "event", "state", "function", "field"];

pub fn take(body: &Group, system: &mut System, diag: &Diag) {
    let tokens = trees(body.stream());
    let mut cur = Cursor::new(&tokens, body.span_close());
    let mut seen: Vec<usize> = Vec::new();
    let mut order: Vec<usize> = Vec::new();
    while !cur.is_end() {
        if let Some((index, name)) = braced_header(&cur) {
            let help = format!("write `{name}:` and no braces");
            diag.error(codes::E002, name.span(), "a `:` is expected behind this", Some(help));
            cur.skip(1);
            seen.push(index);
            let Some(group) = cur.eat_group(Delimiter::Brace) else { continue };
            let tokens = trees(group.stream());
            let mut inner = Cursor::new(&tokens, group.span_close());
            section(index, &mut inner, &seen, system, diag);
            continue;
        }
        let Some((index, name)) = header(&mut cur, &seen, diag) else { continue };
        if seen.contains(&index) {
            let message = format!("the section `{}:` stands twice", ORDER[index]);
            let help = "move its items together".to_owned();
            diag.error(codes::E114, name.span(), message, Some(help));
        } else {
            check_order(index, name, &mut order, diag);
        }
        seen.push(index);
        section(index, &mut cur, &seen, system, diag);
    }
}

fn section(index: usize, cur: &mut Cursor, seen: &[usize], system: &mut System, diag: &Diag) {
    if index == INTERFACE {
        system.interface.get_or_insert_default();
    }
    let mut index = index;
    while !cur.is_end() && !begins_section(cur, seen) {
        if cur.eat(',') || cur.eat(';') {
            continue;
        }
        if index == MACHINE && begins_field(cur) && !seen.contains(&DOMAIN) {
            let help = "fields stand under `domain:`, behind the machine".to_owned();
            diag.error(codes::E002, cur.span(), "a state is expected here", Some(help));
            index = DOMAIN;
        }
        let before = cur.position();
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
        if taken.is_some() {
            continue;
        }
        diag.fail("item that could not be read");
        if let Some(name) = name {
            diag.fail(format!("{} {name}", KINDS[index]));
        }
        if !begins_section(cur, seen) {
            cur.skip_item(before);
        }
    }
}

/// `count: u32`, which no state begins with.
fn begins_field(cur: &Cursor) -> bool {
    let name = usize::from(cur.keyword(0, "pub"));
    cur.ident(name).is_some() && cur.punct(name + 1, ':') && !cur.op(name + 1, "::")
}
