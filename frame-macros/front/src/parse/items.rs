//! What stands in sections: methods, functions and fields, and the parts they are made of.

use std::fmt::Display;

use frame_macros_model::types::is_primitive;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, open_span};
use super::generics::{generics, method_where_clause, where_clause};
use super::system::{check_reserved, visibility};
use super::{params, types};
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::keywords::{can_be_raw, is_keyword};
use crate::quote::quote;
use crate::suggest::nearest;

pub fn method(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Method> {
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
    generics.predicates = method_where_clause(cur, diag);
    let mut default = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    if stray_behind(cur, &name, diag) {
        diag.fail(format!("event {name}"));
        default = None;
        ret = ret.or(Some(Type::unknown(&diag.system(), name.span())));
    }
    Some(Method { attrs, is_async, name, generics, query, params, ret, default })
}

/// An action or an operation.
pub fn function(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Function> {
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
    generics.predicates = where_clause(cur, diag);
    let body = body(cur, format!("{name}()"), name.span(), diag);
    let stray = false;
    Some(Function { attrs, stray, is_static, is_async, name, generics, query, params, ret, body })
}

pub fn field(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<Field> {
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
    let init = initial_value(cur, &name, Some(&ty), diag);
    Some(Field { attrs, vis, constant, name, ty, init })
}

/// `= expression` of a field or variable, when one stands here. Beside a mistake it may be part
/// of what was meant otherwise, and no expression.
pub fn initial_value(
    cur: &mut Cursor,
    name: &Ident,
    ty: Option<&Type>,
    diag: &Diag,
) -> Option<Code> {
    let value = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    let stray = stray_behind(cur, name, diag);
    let doubtful = value.is_some() && ty.is_some_and(|ty| ty.unknown);
    if stray || doubtful { Some(broken_value(name.span())) } else { value }
}

/// What stands for a value that was misread.
pub fn broken_value(span: Span) -> Code {
    vec![Piece::Access(Access::Broken(span))]
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
    let is_type = word.starts_with(char::is_uppercase) || is_primitive(&word);
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
    let meant = nearest(&word.to_string(), &["pub", "const"]);
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
        // `on open() { … }`
        let help = match strays {
            [TokenTree::Ident(name), TokenTree::Group(_), ..] => {
                Some(format!("its name stands first: `{name}() {{ … }}`"))
            }
            _ => None,
        };
        diag.error(code, open_span(stray), format!("unexpected behind `{head}`"), help);
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
    ["let", "match", "if", "else", "while", "for", "loop"].iter().any(|keyword| word == keyword)
}

pub fn item_name(cur: &mut Cursor, what: &str, diag: &Diag) -> Option<Ident> {
    let Some(name) = cur.eat_ident().cloned() else {
        let span = cur.peek(0).map_or(cur.span(), open_span);
        diag.error(codes::E002, span, format!("the name of {what} is expected here"), None);
        return None;
    };
    if is_keyword(&name) {
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
        .filter(|next| !cur.on_new_line(0) && !is_keyword(next) && !begins_statement(word));
    // What stands behind `match` is no body.
    let raw = can_be_raw(word) && !begins_statement(word);
    let help = match named {
        Some(_) => Some(format!("leave `{word}` out")),
        None if word == "_" => Some("a name may begin with `_`, as in `_unused`".to_owned()),
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
