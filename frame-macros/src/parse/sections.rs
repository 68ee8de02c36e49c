//! The five sections of a system, in their order.

use std::fmt::Display;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use quote::quote;

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

const INTERFACE: usize = 1;
const MACHINE: usize = 2;
const DOMAIN: usize = 4;

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

/// `name:`, or an error and as many tokens skipped as belong to no section.
fn header<'t>(cur: &mut Cursor<'t>, seen: &[usize], diag: &Diag) -> Option<(usize, &'t Ident)> {
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

fn begins_section(cur: &Cursor, seen: &[usize]) -> bool {
    let behind = |index: usize| seen.iter().all(|seen| *seen < index);
    at_header(cur).is_some()
        || near_header(cur).is_some()
        || bare_header(cur, seen).is_some()
        || braced_header(cur).is_some()
        || foreign_header(cur).is_some_and(|(index, _)| behind(index))
}

/// `machine { … }`, whose block is no section yet.
fn braced_header<'t>(cur: &Cursor<'t>) -> Option<(usize, &'t Ident)> {
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
    let near = nearest(&name.to_string(), ORDER)?;
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
fn check_order(index: usize, name: &Ident, order: &mut Vec<usize>, diag: &Diag) {
    if let Some(later) = order.iter().filter(|other| **other > index).min() {
        let message = format!("the section `{}:` stands behind `{}:`", ORDER[index], ORDER[*later]);
        let help = format!("the order is {}", ORDER.join(", "));
        diag.error(codes::E113, name.span(), message, Some(help));
    }
    order.retain(|other| *other < index);
    order.push(index);
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
    let errors = diag.count();
    let mut generics = generics(cur, diag);
    let group = cur.eat_group(Delimiter::Parenthesis);
    let (query, params) = group.map(|group| params::with_receiver(group, diag)).unwrap_or_default();
    if diag.count() > errors {
        diag.fail(format!("event {name}"));
    }
    let mut ret = return_type(cur, diag).or_else(|| bare_type(cur, &name, diag));
    generics.where_clause = method_where_clause(cur, diag);
    let mut default = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    if stray_behind(cur, &name, diag) {
        diag.fail(format!("event {name}"));
        default = None;
        ret = ret.or(Some(Type::unknown(&diag.system(), name.span())));
    }
    Some(Method { attrs, is_async, name, generics, query, params, ret, default })
}

/// An action or an operation.
fn function(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Function> {
    reject_public(cur, diag);
    let is_static = cur.keyword(0, "static").then(|| cur.span());
    cur.skip(usize::from(is_static.is_some()));
    let is_async = eat_async(cur);
    let name = item_name(cur, "a function", diag)?;
    let errors = diag.count();
    let mut generics = generics(cur, diag);
    let group = params_group(cur, &name, diag);
    let (query, params) = group.map(|group| params::with_receiver(group, diag)).unwrap_or_default();
    if diag.count() > errors {
        diag.fail(format!("function {name}"));
    }
    let ret = return_type(cur, diag);
    generics.where_clause = where_clause(cur, diag);
    let body = body(cur, format!("{name}()"), name.span(), diag);
    let stray = false;
    Some(Function { attrs, stray, is_static, is_async, name, generics, query, params, ret, body })
}

fn field(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Field> {
    let mut vis = visibility(cur, diag);
    let mut constant = cur.keyword(0, "const").then(|| cur.span());
    cur.skip(usize::from(constant.is_some()));
    match stray_word(cur, diag) {
        Some("pub") => vis = Vis::Written(quote!(pub)),
        Some("const") => constant = Some(cur.span()),
        _ => {}
    }
    let name = item_name(cur, "a field", diag)?;
    let ty = match cur.eat(':') {
        true => types::take(cur, diag),
        false => untyped(cur, &name, diag),
    };
    let init = initial_value(cur, &name, diag);
    Some(Field { attrs, vis, constant, name, ty, init })
}

/// `= expression` of a field or variable, when one stands here.
pub fn initial_value(cur: &mut Cursor, name: &Ident, diag: &Diag) -> Option<Code> {
    let value = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    match stray_behind(cur, name, diag) {
        true => Some(vec![Piece::Access(Access::Broken(name.span()))]),
        false => value,
    }
}

/// Tells of what stands behind an item, on its line, and can begin no other.
fn stray_behind(cur: &mut Cursor, name: &Ident, diag: &Diag) -> bool {
    let begins_next = match cur.peek(0) {
        None | Some(TokenTree::Ident(_)) => true,
        Some(TokenTree::Punct(p)) => matches!(p.as_char(), ',' | ';' | '#' | '@' | '$' | '<'),
        Some(TokenTree::Group(_) | TokenTree::Literal(_)) => false,
    };
    let arrow = cur.op(0, "=>") && cur.punct(2, '$');
    if begins_next || arrow || cur.on_new_line(0) {
        return false;
    }
    diag.error(codes::E002, cur.span(), format!("unexpected behind `{name}`"), None);
    while !cur.is_end() && !cur.on_new_line(0) {
        cur.skip(1);
    }
    true
}

/// `level() u8`, which lacks its `:`. A method of that name would have parentheses.
fn bare_type(cur: &mut Cursor, name: &Ident, diag: &Diag) -> Option<Type> {
    let word = cur.ident(0)?.to_string();
    let is_type = word.starts_with(char::is_uppercase) || types::is_primitive(&word);
    if cur.on_new_line(0) || !is_type || cur.group(1, Delimiter::Parenthesis).is_some() {
        return None;
    }
    let span = cur.span();
    let ty = types::take(cur, diag);
    let help = format!("write `{name}(): {}`", ty.text());
    diag.error(codes::E002, span, "a `:` is expected before the return type", Some(help));
    Some(ty)
}

/// `upb count: u32`: tells of the word before the name, and which it was to be.
fn stray_word(cur: &mut Cursor, diag: &Diag) -> Option<&'static str> {
    let word = cur.ident(0)?;
    let named = !cur.on_new_line(1) && cur.punct(2, ':') && !cur.op(2, "::");
    cur.ident(1).filter(|_| named)?;
    let meant = nearest(&word.to_string(), ["pub", "const"]);
    let help = meant.map(|meant| format!("did you mean `{meant}`?"));
    diag.error(codes::E002, word.span(), "the name of a field is expected here", help);
    cur.skip(1);
    meant
}

/// `count = 3` and `count u32 = 3`.
fn untyped(cur: &mut Cursor, name: &Ident, diag: &Diag) -> Type {
    let message = format!("the type of the field `{name}` is missing");
    let blame = |ty: &str| {
        let help = format!("write `{name}: {ty}`");
        diag.error(codes::E605, name.span(), &message, Some(help));
    };
    if cur.on_new_line(0) || types::length(cur) == 0 {
        blame("Type");
        return Type::unknown(&diag.system(), name.span());
    }
    let ty = types::take(cur, diag);
    blame(&ty.text());
    ty
}

/// The statements of what begins with `head`.
pub fn body(cur: &mut Cursor, head: impl Display, span: Span, diag: &Diag) -> Block {
    match block(cur, head, span, codes::E002, diag) {
        Some(group) => Scanner::new(diag).block(&group),
        None => {
            let kind = StmtKind::Frame(FrameStmt::Broken(span));
            Block { group: empty_block(span), stmts: vec![Stmt { kind, semi: None }] }
        }
    }
}

/// Stands for a block that is missing, so that its item is known all the same.
pub fn empty_block(span: Span) -> Group {
    let mut empty = Group::new(Delimiter::Brace, TokenStream::new());
    empty.set_span(span);
    empty
}

/// The block of what begins with `head`, past stray tokens on its line.
pub fn block(
    cur: &mut Cursor,
    head: impl Display,
    span: Span,
    code: codes::Code,
    diag: &Diag,
) -> Option<Group> {
    let start = cur.position();
    while !cur.is_end() && !cur.on_new_line(0) && cur.group(0, Delimiter::Brace).is_none() {
        cur.skip(1);
    }
    let Some(group) = cur.eat_group(Delimiter::Brace) else {
        cur.rewind(start);
        let help = format!("write `{head} {{ }}`");
        diag.error(code, span, format!("`{head}` has no block"), Some(help));
        return None;
    };
    if let [strays @ .., _] = cur.since(start)
        && let [stray, ..] = strays
    {
        diag.error(code, open_span(stray), format!("unexpected behind `{head}`"), None);
        // `turn_on() match level { … }`: the braces are those of a statement.
        if strays.iter().any(is_in_statement) {
            return None;
        }
    }
    Some(group.clone())
}

/// Whether a token cannot stand in the head of an item, but in a statement.
fn is_in_statement(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(punct) => matches!(punct.as_char(), ';' | '='),
        TokenTree::Ident(word) => begins_statement(word),
        _ => false,
    }
}

fn begins_statement(word: &Ident) -> bool {
    ["match", "if", "else", "while", "for", "loop"].iter().any(|keyword| word == keyword)
}

pub fn item_name(cur: &mut Cursor, what: &str, diag: &Diag) -> Option<Ident> {
    let Some(name) = cur.eat_ident().cloned() else {
        let span = cur.peek(0).map_or(cur.span(), open_span);
        diag.error(codes::E002, span, format!("the name of {what} is expected here"), None);
        return None;
    };
    if types::is_keyword(&name) {
        return instead_of(&name, cur, what, diag);
    }
    check_reserved(&name, diag);
    Some(name)
}

/// `pub pub count: u8` and `type: u8`, of which the one has a name behind the keyword, and
/// the other can be one itself.
fn instead_of(word: &Ident, cur: &mut Cursor, what: &str, diag: &Diag) -> Option<Ident> {
    let named = cur
        .ident(0)
        .filter(|next| !cur.on_new_line(0) && !types::is_keyword(next) && !begins_statement(word));
    // What stands behind `match` is no body.
    let raw = !["self", "Self", "super", "crate"].iter().any(|path| word == path)
        && !begins_statement(word);
    let help = match named {
        Some(_) => Some(format!("leave `{word}` out")),
        None => raw.then(|| format!("write `r#{word}`")),
    };
    let message = format!("the name of {what} is expected here, and `{word}` is a keyword");
    diag.error(codes::E002, word.span(), message, help);
    match named {
        Some(_) => cur.eat_ident().cloned(),
        None => raw.then(|| Ident::new_raw(&word.to_string(), word.span())),
    }
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
    Some(types::take(cur, diag))
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
