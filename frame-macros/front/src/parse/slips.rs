//! Slips of the pen inside bodies: what is neither Frame nor Rust, and what was meant by it.

use proc_macro2::{Delimiter, Group, Span, TokenTree};

use super::body::Scanner;
use super::cursor::{Cursor, trees};
use super::frame::{as_name, begins_statement, behind_arrow, leads_to_target};
use crate::ast::*;
use crate::codes;
use crate::keywords::is_keyword;

/// `> { … }` and `>(by: u8) …`, which is an enter handler that lacks its `$`.
pub fn begins_misspelt_enter(cur: &Cursor) -> bool {
    let params = cur.group(1, Delimiter::Parenthesis);
    let body = cur.group(1 + usize::from(params.is_some()), Delimiter::Brace);
    cur.punct(0, '>') && (body.is_some() || params.is_some_and(declares))
}

/// Whether what stands in parentheses is a list of parameters, and no expression.
fn declares(group: &Group) -> bool {
    let tokens = trees(group.stream());
    let cur = Cursor::new(&tokens, group.span_close());
    cur.ident(0).is_some() && cur.punct(1, ':') && !cur.op(1, "::")
}

/// Takes what was meant as a Frame statement but is none: `-> Idle`, `-> `, `=> $Parent`,
/// `$Idle`. No statement of Rust begins like that.
pub fn broken_statement(scanner: &mut Scanner, cur: &mut Cursor) -> Option<FrameStmt> {
    if begins_statement(cur) {
        return None;
    }
    if let Some(length) = nested_head(cur) {
        let message = "a handler or state cannot stand in a handler";
        let help = "a `}` is missing before this".to_owned();
        let span = cur.span();
        scanner.diag.error(codes::E002, span, message, Some(help));
        cur.skip(length + 1);
        return Some(FrameStmt::Broken(span));
    }
    let span = cur.span();
    let line = line(cur);
    if let Some(signs) = misspelt_arrow(cur) {
        let exit_args = cur.eat_group(Delimiter::Parenthesis).map(|group| scanner.args(group));
        let (span, help) = (cur.span(), "a transition has `->` before its state".to_owned());
        scanner.diag.error(codes::E002, span, "this is no transition", Some(help));
        cur.skip(signs);
        let made = behind_arrow(scanner, cur, span, exit_args);
        return Some(FrameStmt::Transition(Box::new(made)));
    }
    let (message, help) = if cur.op(0, "->") {
        ("a state is expected behind `->`", write_target(line))
    } else if cur.op(0, "=>") {
        ("this is not a forward", "an event is forwarded to the parent by `=> $^`".to_owned())
    } else if cur.punct(0, '$') && is_place(cur) {
        let name = name_in(line, "x");
        ("a state is no place to store in", format!("a state variable is `$.{name}`"))
    } else if cur.punct(0, '$') && cur.ident(1).is_some() {
        let name = name_in(line, "State");
        ("a state is no statement", format!("write `-> ${name}` for a transition to it"))
    } else {
        return None;
    };
    scanner.diag.error(codes::E002, span, message, Some(help));
    cur.skip(line.len());
    Some(meant(scanner, span, line).unwrap_or(FrameStmt::Broken(span)))
}

/// `$count += 1` and `$list.push(1)`
fn is_place(cur: &Cursor) -> bool {
    cur.ident(1).is_some()
        && ['=', '+', '-', '*', '/', '.', '[', '&', '|'].iter().any(|sign| cur.punct(2, *sign))
        && !cur.on_new_line(2)
}

/// `> $Idle`, `(2) --> (1) $Idle`: how many signs stand where an arrow is expected.
fn misspelt_arrow(cur: &Cursor) -> Option<usize> {
    let sign = |at: usize| ['-', '>', '=', '~'].iter().any(|sign| cur.punct(at, *sign));
    let exit = usize::from(cur.group(0, Delimiter::Parenthesis).is_some());
    let signs = (exit..).take_while(|at| sign(*at)).count();
    let forward = signs == 2 && cur.op(0, "=>");
    let target = leads_to_target(cur, exit + signs).filter(|_| signs > 0 && !forward)?;
    let state = cur.keyword(target, "pop") || cur.ident(target + 1).is_some();
    let one_line = !(1..=target).any(|at| cur.on_new_line(at));
    (state && one_line).then_some(signs)
}

/// `-> Idle` and `$Idle` for `-> $Idle`: nothing else can have been meant.
fn meant(scanner: &mut Scanner, span: Span, line: &[TokenTree]) -> Option<FrameStmt> {
    let [.., TokenTree::Ident(name)] = line else { return None };
    if name == "pop" {
        return None;
    }
    let before = &line[..line.len() - 1];
    if !before.iter().all(|token| matches!(token, TokenTree::Punct(_))) {
        return None;
    }
    let name = as_name(name);
    scanner.diag.fail(format!("state {name}"));
    Some(FrameStmt::Transition(Box::new(Transition {
        span,
        push: false,
        forwards: false,
        exit_args: None,
        enter_args: None,
        target: Target::State { name, args: None },
        value: None,
    })))
}

/// `open() {`, `level(): u8 {` and `$On {`, which no statement begins with: how many tokens
/// stand before the block.
fn nested_head(cur: &Cursor) -> Option<usize> {
    let word = |at: usize| cur.ident(at).is_some_and(|word| !is_keyword(word));
    let mut at = match cur.punct(0, '$') {
        true if cur.ident(1).is_some() => 2,
        false if word(0) && cur.group(1, Delimiter::Parenthesis).is_some() => 2,
        _ => return None,
    };
    if cur.op(at, "->") || cur.op(at, "=>") {
        at += 2;
    } else if cur.punct(at, ':') {
        at += 1;
    }
    while cur.peek(at).is_some()
        && !cur.on_new_line(at)
        && cur.group(at, Delimiter::Brace).is_none()
    {
        let type_token = !cur.punct(at, ';') && !cur.punct(at, '.') && !cur.punct(at, '?');
        if at == 2 || !type_token {
            return None;
        }
        at += 1;
    }
    (cur.group(at, Delimiter::Brace).is_some() && !cur.on_new_line(at)).then_some(at)
}

/// The tokens up to the end of the line or statement, without a block.
pub fn line<'t>(cur: &Cursor<'t>) -> &'t [TokenTree] {
    let ends = |at: usize| {
        cur.peek(at).is_none()
            || cur.punct(at, ';')
            || cur.punct(at, ',')
            || cur.group(at, Delimiter::Brace).is_some()
            || at > 0 && cur.on_new_line(at)
    };
    let length = (0..).find(|at| ends(*at)).unwrap_or(0);
    cur.ahead(length)
}

fn write_target(line: &[TokenTree]) -> String {
    match name_in(line, "State").as_str() {
        "pop" => "write `-> pop$`".to_owned(),
        name => format!("write `-> ${name}`"),
    }
}

fn name_in(tokens: &[TokenTree], otherwise: &str) -> String {
    let name = tokens.iter().find_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    name.unwrap_or_else(|| otherwise.to_owned())
}

/// `$Idle`, `@x` or `> 3` where an expression is expected.
pub fn misplaced_sign(scanner: &mut Scanner, cur: &mut Cursor) -> Access {
    let (message, help) = match cur.peek(0) {
        Some(TokenTree::Punct(p)) if p.as_char() == '$' => {
            ("a state is no value", Some("a state variable is `$.name`"))
        }
        Some(TokenTree::Punct(p)) if p.as_char() == '@' => {
            ("`@` begins no expression", Some("Frame's accessors begin with `@@`"))
        }
        _ => ("an expression is expected here", None),
    };
    let span = cur.span();
    scanner.diag.error(codes::E002, span, message, help.map(str::to_owned));
    cur.skip(line(cur).len());
    Access::Broken(span)
}
