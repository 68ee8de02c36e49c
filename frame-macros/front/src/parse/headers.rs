//! The headers of sections, and what was meant as one.

use proc_macro2::{Delimiter, Ident, TokenTree};

use super::cursor::Cursor;
use crate::codes;
use crate::diag::Diag;
use crate::suggest::nearest;

pub const ORDER: [&str; 5] = ["operations", "interface", "machine", "actions", "domain"];
pub const INTERFACE: usize = 1;
pub const MACHINE: usize = 2;
pub const DOMAIN: usize = 4;

/// `name:`, or an error and as many tokens skipped as belong to no section.
pub fn header<'t>(cur: &mut Cursor<'t>, seen: &[usize], diag: &Diag) -> Option<(usize, &'t Ident)> {
    if let Some(found) = at_header(cur) {
        cur.skip(2);
        return Some(found);
    }
    if let Some((index, name)) = near_header(cur).or_else(|| foreign_header(cur)) {
        let help = format!("did you mean `{}:`?", ORDER[index]);
        diag.error(codes::E002, name.span(), format!("there is no section `{name}:`"), Some(help));
        cur.skip(2);
        return Some((index, name));
    }
    if let Some((index, name)) = bare_header(cur, seen) {
        let help = format!("write `{name}:`");
        diag.error(codes::E002, name.span(), "a `:` is expected behind this", Some(help));
        cur.skip(1);
        return Some((index, name));
    }
    let help = format!("the sections are {}", ORDER.map(|name| format!("`{name}:`")).join(", "));
    diag.error(codes::E002, cur.span(), "a section is expected here", Some(help));
    diag.fail("item that could not be read");
    while !cur.is_end() && !begins_section(cur, seen) {
        cur.skip(1);
    }
    None
}

pub fn begins_section(cur: &Cursor, seen: &[usize]) -> bool {
    let behind = |index: usize| seen.iter().all(|seen| *seen < index);
    at_header(cur).is_some()
        || near_header(cur).is_some()
        || bare_header(cur, seen).is_some()
        || braced_header(cur).is_some()
        || foreign_header(cur).is_some_and(|(index, _)| behind(index))
}

/// `machine { … }`, whose block is no section yet.
pub fn braced_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
    let name = cur.ident(0)?;
    let index = ORDER.iter().position(|section| name == section)?;
    cur.group(1, Delimiter::Brace).map(|_| (index, name))
}

/// `machine` alone on its line, where there is no such section yet.
fn bare_header<'t>(cur: &Cursor<'t>, seen: &[usize]) -> Option<(usize, &'t Ident)> {
    let name = cur.ident(0)?;
    let index = ORDER.iter().position(|section| name == section)?;
    let alone =
        cur.on_new_line(0) && cur.on_new_line(1) || cur.position() == 0 && cur.on_new_line(1);
    (alone && !seen.contains(&index)).then_some((index, name))
}

/// `machin:` alone on its line.
fn near_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
    let name = lone_header(cur)?;
    let near = nearest(&name.to_string(), &ORDER)?;
    Some((ORDER.iter().position(|section| *section == near)?, name))
}

/// `states:` alone on its line, where only a section can stand: what follows tells which.
fn foreign_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
    let name = lone_header(cur)?;
    let field = 2 + usize::from(cur.ident(3).is_some()); // behind `pub`
    let typed = cur.punct(field + 1, ':') && !cur.op(field + 1, "::");
    let in_brackets = |at: usize| cur.group(at, Delimiter::Parenthesis).is_some();
    let line_end = (3..).find(|at| cur.peek(*at).is_none() || cur.on_new_line(*at))?;
    let section = match cur.peek(2)? {
        TokenTree::Punct(p) if p.as_char() == '$' => "machine",
        TokenTree::Ident(_) if typed => "domain",
        TokenTree::Ident(_) if in_brackets(3) => {
            match cur.group(line_end - 1, Delimiter::Brace).is_some() {
                true => "actions",
                false => "interface",
            }
        }
        _ => return None,
    };
    Some((ORDER.iter().position(|known| *known == section)?, name))
}

fn lone_header<'t>(cur: &Cursor<'t>) -> Option<&'t Ident> {
    let alone = cur.punct(1, ':') && (cur.peek(2).is_none() || cur.on_new_line(2));
    cur.ident(0).filter(|_| alone)
}

/// A section name with its colon; `::` does not count.
fn at_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
    let name = cur.ident(0)?;
    let index = ORDER.iter().position(|section| name == section)?;
    (cur.punct(1, ':') && !cur.op(1, "::")).then_some((index, name))
}

/// `machine:` and then `interface:`. What it stands behind is forgotten, so that one section
/// in the wrong place is told once.
pub fn check_order(index: usize, name: &Ident, order: &mut Vec<usize>, diag: &Diag) {
    if let Some(later) = order.iter().filter(|other| **other > index).min() {
        let message = format!("the section `{}:` stands behind `{}:`", ORDER[index], ORDER[*later]);
        let help = format!("the order is {}", ORDER.join(", "));
        diag.error(codes::E113, name.span(), message, Some(help));
    }
    order.retain(|other| *other < index);
    order.push(index);
}
