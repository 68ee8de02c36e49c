//! Frame's expressions inside bodies: what begins with `$.` or `@@`.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, trees};
use super::frame::{as_name, begins_accessor, is_context};
use super::slips::line;
use crate::ast::*;
use crate::codes;
use crate::gather::Gather;
use crate::keywords::is_keyword;
use crate::suggest::nearest;

/// Takes an accessor, when one stands here.
pub fn accessor(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Access> {
    let span = cur.span();
    if cur.punct(0, '$') && cur.punct(1, '.') {
        return Some(state_var(scanner, cur, span));
    }
    if cur.keyword(0, "self") {
        return native_call(scanner, cur).map(Access::Call);
    }
    if is_context(cur) {
        cur.skip(3);
        return Some(context_accessor(scanner, cur, span));
    }
    if lacks_colon(cur) {
        let word = cur.ident(2).map(Ident::to_string).unwrap_or_default();
        let help = format!("write `@@:{word}`");
        scanner.diag.error(codes::E002, span, "a `:` is expected behind `@@`", Some(help));
        cur.skip(2);
        // Not the value set so far, called with the one to return.
        if word == "return" && cur.group(1, Delimiter::Parenthesis).is_some() {
            cur.skip(2);
            return Some(Access::Broken(span));
        }
        return Some(context_accessor(scanner, cur, span));
    }
    if let Some(construct) = construct(scanner, cur) {
        return Some(Access::Construct(construct));
    }
    (cur.punct(0, '@') && cur.punct(1, '@')).then(|| broken_accessor(scanner, cur))
}

fn state_var(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    cur.skip(2);
    if let Some(name) = cur.eat_ident() {
        return Access::StateVar { span, name: as_name(name) };
    }
    let message = "the name of a state variable is expected behind `$.`";
    scanner.diag.error(codes::E002, span, message, None);
    Access::StateVar { span, name: Ident::new(MISSING, span) }
}

/// `@@Counter` without its arguments, or `@@` before anything else.
pub fn broken_accessor(scanner: &mut Scanner, cur: &mut Cursor) -> Access {
    let span = cur.span();
    cur.skip(2);
    cur.eat('!');
    match cur.ident(0).filter(|name| !is_keyword(name)) {
        Some(name) => {
            cur.skip(1);
            let message = format!("the arguments of `@@{name}` are missing");
            let help = match constructor(cur) {
                Some(function) => format!("write `@@{name}(…)`, or `{name}::{function}(…)`"),
                None => format!("write `@@{name}()`"),
            };
            scanner.diag.error(codes::E003, name.span(), message, Some(help));
        }
        None => {
            let message = "a Frame accessor or the name of a system is expected behind `@@`";
            let value = cur.group(0, Delimiter::Parenthesis).is_some();
            let help = value.then(|| "a value is returned by `@@:(…)`".to_owned());
            scanner.diag.error(codes::E002, span, message, help);
            cur.skip(line(cur).len());
        }
    }
    Access::Broken(span)
}

/// Takes the `::new(…)` of `@@Lamp::new(…)`.
fn constructor<'t>(cur: &mut Cursor<'t>) -> Option<&'t Ident> {
    let function = cur.ident(2).filter(|_| cur.op(0, "::"))?;
    cur.skip(3);
    cur.eat_group(Delimiter::Parenthesis);
    Some(function)
}

/// `self.m(…)`: only a call's name tells later whether it concerns the machine.
fn native_call(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Call> {
    if !cur.punct(1, '.') {
        return None;
    }
    let this = cur.ident(0)?;
    let name = cur.ident(2)?;
    let start = cur.position();
    cur.skip(3);
    match call(scanner, cur, name) {
        Some(call) => Some(Call { native: Some(this.clone()), ..call }),
        None => {
            cur.rewind(start);
            None
        }
    }
}

/// `::<…>(…)` behind the name of a method.
fn call(scanner: &mut Scanner, cur: &mut Cursor, name: &Ident) -> Option<Call> {
    let start = cur.position();
    if cur.op(0, "::") && cur.punct(2, '<') {
        cur.skip(cur.behind_angles(2)?);
    }
    let turbofish = cur.since(start).to_vec();
    let args = scanner.args(cur.eat_group(Delimiter::Parenthesis)?);
    Some(Call { native: None, name: as_name(name), turbofish, args })
}

/// `@@self.count` for `@@:self.count`.
fn lacks_colon(cur: &Cursor) -> bool {
    cur.punct(0, '@')
        && cur.punct(1, '@')
        && cur.ident(2).is_some_and(|word| ACCESSORS.iter().any(|known| word == known))
}

const ACCESSORS: [&str; 6] = ["return", "event", "params", "data", "self", "system"];

/// What stands behind `@@:`.
fn context_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    let word = cur.ident(0).map(Ident::to_string).unwrap_or_default();
    match word.as_str() {
        "return" => {
            cur.skip(1);
            if begins_value(cur) {
                let help = "write `@@:return(…)`".to_owned();
                let message = "the value to return stands in parentheses";
                scanner.diag.error(codes::E002, cur.span(), message, Some(help));
                cur.skip(line(cur).len());
                return Access::Broken(span);
            }
            Access::ReturnValue(span)
        }
        "event" => {
            cur.skip(1);
            Access::EventName(span)
        }
        "params" | "data" if cur.punct(1, '.') && cur.ident(2).is_some() => {
            let name = as_name(cur.ident(2).expect("just seen"));
            cur.skip(3);
            match word.as_str() {
                "params" => Access::Param { name },
                _ => Access::Data { span, name },
            }
        }
        "self" => self_accessor(scanner, cur, span),
        "system" => system_accessor(scanner, cur, span),
        _ => unknown_accessor(scanner, cur, &word, span),
    }
}

/// `@@:return 5`: what stands behind it goes on with no expression.
fn begins_value(cur: &Cursor) -> bool {
    let begins = match cur.peek(0) {
        Some(TokenTree::Ident(word)) => word != "as" && word != "else",
        Some(TokenTree::Literal(_)) => true,
        _ => begins_accessor(cur),
    };
    begins && !cur.on_new_line(0)
}

/// `@@:retrun`, `@@:params` without a name.
fn unknown_accessor(scanner: &mut Scanner, cur: &mut Cursor, word: &str, span: Span) -> Access {
    let help = match nearest(word, &ACCESSORS) {
        Some(known @ ("params" | "data")) => format!("write `@@:{known}.name`"),
        Some(known) => format!("did you mean `@@:{known}`?"),
        None => "the accessors are `@@:return`, `@@:params.x`, `@@:event`, `@@:data.k`, \
                 `@@:self.x` and `@@:system.state.name`"
            .to_owned(),
    };
    let message = match ACCESSORS.contains(&word) {
        true => format!("`@@:{word}` does not stand on its own"),
        false => format!("`@@:{word}` is not a Frame accessor"),
    };
    let blamed = cur.ident(0).map_or(span, Ident::span);
    scanner.diag.error(codes::E002, blamed, message, Some(help));
    match cur.eat_ident() {
        Some(_) if cur.punct(0, '.') => cur.skip(2),
        Some(_) => {}
        None => cur.skip(line(cur).len()),
    }
    Access::Broken(span)
}

fn self_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    let blamed = cur.span();
    cur.skip(1);
    let (true, Some(name)) = (cur.punct(0, '.'), cur.ident(1)) else {
        let help = "name a method, an action or a field, as in `@@:self.count`".to_owned();
        scanner.diag.error(codes::E603, blamed, "`@@:self` does not stand on its own", Some(help));
        cur.eat('.');
        return Access::Field { span, name: Ident::new(MISSING, blamed) };
    };
    cur.skip(2);
    match call(scanner, cur, name) {
        Some(call) => Access::Call(call),
        None => Access::Field { span, name: as_name(name) },
    }
}

fn system_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    let blamed = cur.span();
    cur.skip(1);
    if cur.punct(0, '.') && cur.keyword(1, "state") {
        let named = cur.punct(2, '.') && cur.keyword(3, "name");
        cur.skip(if named { 4 } else { 2 });
        return Access::StateName(span);
    }
    if cur.punct(0, '.') && cur.keyword(1, "stack") && cur.punct(2, '.') && cur.keyword(3, "depth")
    {
        cur.skip(4);
        return Access::StackDepth(span);
    }
    let help = "write `@@:system.state.name` or `@@:system.stack.depth`".to_owned();
    let message = "`@@:system` is read through `.state.name` or `.stack.depth` only";
    scanner.diag.error(codes::E604, blamed, message, Some(help));
    while cur.punct(0, '.') {
        cur.skip(2);
    }
    Access::Broken(span)
}

/// `@@Name(…)` and `@@!Name()`.
pub fn construct(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Construct> {
    if !(cur.punct(0, '@') && cur.punct(1, '@')) {
        return None;
    }
    let span = cur.span();
    let uninitialized = cur.punct(2, '!');
    let mut at = 2 + usize::from(uninitialized);
    let name = cur.ident(at)?.clone();
    at += 1;
    let behind = match (cur.op(at, "::"), cur.punct(at, '<')) {
        (true, _) => cur.behind_angles(at + 2)?,
        (_, true) => cur.behind_angles(at)?,
        _ => at,
    };
    let generics = (at..behind).filter_map(|i| cur.peek(i).cloned()).listed();
    let group = cur.group(behind, Delimiter::Parenthesis)?;
    cur.skip(behind + 1);
    let args = system_args(scanner, group);
    if let (true, Some(_)) = (uninitialized, args.first()) {
        let message = format!("`@@!{name}()` takes no arguments: it makes a `{name}` to load into");
        scanner.diag.error(codes::E820, group.span(), message, None);
    }
    Some(Construct { span, name, generics, uninitialized, args, args_span: group.span() })
}

fn system_args(scanner: &mut Scanner, group: &Group) -> Vec<SystemArg> {
    let tokens = trees(group.stream());
    let mut cur = Cursor::new(&tokens, group.span_close());
    let mut args = Vec::new();
    while !cur.is_end() {
        let before = cur.position();
        sigil_args(scanner, &mut cur, &mut args);
        cur.eat(',');
        if cur.position() == before {
            cur.skip(1);
        }
    }
    args
}

/// One argument, or the several inside `$(…)` and `$>(…)`.
fn sigil_args(scanner: &mut Scanner, cur: &mut Cursor, args: &mut Vec<SystemArg>) {
    if cur.punct(0, '$') {
        let enter = cur.punct(1, '>');
        if let Some(TokenTree::Group(group)) = cur.peek(1 + usize::from(enter)) {
            cur.skip(2 + usize::from(enter));
            let kind = if enter { ParamKind::Enter } else { ParamKind::State };
            let tokens = trees(group.stream());
            let mut inner = Cursor::new(&tokens, group.span_close());
            while !inner.is_end() {
                let before = inner.position();
                args.push(SystemArg { kind: Some(kind), ..plain_arg(scanner, &mut inner) });
                inner.eat(',');
                if inner.position() == before {
                    inner.skip(1);
                }
            }
            return;
        }
    }
    args.push(plain_arg(scanner, cur));
}

fn plain_arg(scanner: &mut Scanner, cur: &mut Cursor) -> SystemArg {
    let named = cur.ident(0).is_some() && cur.punct(1, '=') && !cur.op(1, "==") && !cur.op(1, "=>");
    let name = named.then(|| {
        let name = cur.ident(0).expect("just seen").clone();
        cur.skip(2);
        name
    });
    let value = scanner.whole(cur, Stop { comma: true, ..Stop::default() }, false);
    SystemArg { kind: None, name, value }
}
