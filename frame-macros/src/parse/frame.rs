//! Frame text inside bodies: its statements and its accessors.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, trees};
use crate::ast::*;
use crate::codes;

/// Whether a Frame statement begins here.
pub fn begins_statement(cur: &Cursor) -> bool {
    // `(e)` on a line of its own is a statement of Rust.
    let exit_args = cur.group(0, Delimiter::Parenthesis).is_some() && !cur.on_new_line(1);
    begins_transition(cur)
        || exit_args && begins_transition_at(cur, 1)
        || is_stack_word(cur, "push")
        || is_stack_word(cur, "pop")
        || is_forward(cur)
        || is_return_statement(cur)
}

/// `-> $S`, `-> pop$`, with anything a transition may hold between them.
pub fn begins_transition(cur: &Cursor) -> bool {
    begins_transition_at(cur, 0)
}

fn begins_transition_at(cur: &Cursor, ahead: usize) -> bool {
    if !cur.op(ahead, "->") {
        return false;
    }
    let mut at = ahead + 2;
    loop {
        if cur.op(at, "=>") {
            at += 2;
        } else if cur.group(at, Delimiter::Parenthesis).is_some() || cur.is_string(at) {
            at += 1;
        } else {
            return cur.punct(at, '$') || cur.keyword(at, "pop") && cur.punct(at + 1, '$');
        }
    }
}

/// Whether a `$.x` or `@@…` accessor begins here.
pub fn begins_accessor(cur: &Cursor) -> bool {
    cur.punct(0, '$') && cur.punct(1, '.') || cur.punct(0, '@') && cur.punct(1, '@')
}

fn is_stack_word(cur: &Cursor, word: &str) -> bool {
    cur.keyword(0, word) && cur.punct(1, '$')
}

fn is_forward(cur: &Cursor) -> bool {
    cur.op(0, "=>") && cur.punct(2, '$') && cur.punct(3, '^')
}

/// `@@:(…)`, `@@:return(…)` or `@@:return = …`.
fn is_return_statement(cur: &Cursor) -> bool {
    let context = is_context(cur);
    context && cur.group(3, Delimiter::Parenthesis).is_some()
        || context
            && cur.keyword(3, "return")
            && (cur.group(4, Delimiter::Parenthesis).is_some()
                || cur.punct(4, '=') && !cur.op(4, "==") && !cur.op(4, "=>"))
}

fn is_context(cur: &Cursor) -> bool {
    cur.punct(0, '@') && cur.punct(1, '@') && cur.punct(2, ':')
}

/// Takes a Frame statement, when one stands here.
pub fn statement(scanner: &mut Scanner, cur: &mut Cursor) -> Option<FrameStmt> {
    if !begins_statement(cur) {
        return None;
    }
    let span = cur.span();
    if is_stack_word(cur, "push") {
        cur.skip(2);
        return Some(FrameStmt::Push(span));
    }
    if is_stack_word(cur, "pop") {
        cur.skip(2);
        return Some(FrameStmt::Pop(span));
    }
    if is_forward(cur) {
        cur.skip(4);
        return Some(FrameStmt::Forward(span));
    }
    if is_context(cur) {
        return Some(return_statement(scanner, cur, span));
    }
    Some(FrameStmt::Transition(Box::new(transition(scanner, cur))))
}

fn return_statement(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> FrameStmt {
    cur.skip(3);
    if let Some(group) = cur.eat_group(Delimiter::Parenthesis) {
        return FrameStmt::SetReturn { span, value: inside(scanner, group) };
    }
    cur.skip(1);
    if let Some(group) = cur.eat_group(Delimiter::Parenthesis) {
        let value = (!group.stream().is_empty()).then(|| inside(scanner, group));
        return FrameStmt::Leave { span, value };
    }
    cur.skip(1);
    let value = scanner.expr(cur, Stop { line: true, comma: true, ..Stop::default() }, false);
    FrameStmt::SetReturn { span, value }
}

/// The one value between parentheses; several make the tuple they look like.
fn inside(scanner: &mut Scanner, group: &Group) -> Code {
    let mut args = scanner.args(group);
    match args.items.len() {
        1 => args.items.remove(0),
        _ => vec![scanner.group(group)],
    }
}

fn transition(scanner: &mut Scanner, cur: &mut Cursor) -> Transition {
    let exit_args = cur.eat_group(Delimiter::Parenthesis).map(|group| scanner.args(group));
    let span = cur.span();
    cur.skip(2);
    let mut forwards = false;
    let mut enter_args = None;
    loop {
        if cur.op(0, "=>") {
            cur.skip(2);
            forwards = true;
        } else if let Some(group) = cur.eat_group(Delimiter::Parenthesis) {
            enter_args = Some(scanner.args(group));
        } else if cur.is_string(0) {
            cur.skip(1);
        } else {
            break;
        }
    }
    let target = target(scanner, cur);
    Transition { span, push: false, forwards, exit_args, enter_args, target, value: None }
}

fn target(scanner: &mut Scanner, cur: &mut Cursor) -> Target {
    if is_stack_word(cur, "pop") {
        let span = cur.span();
        cur.skip(2);
        if let Some(group) = same_line_args(cur) {
            let message = "`-> pop$` takes no state arguments: the popped state has its own";
            let help = "give enter arguments before it, as in `-> (args) pop$`".to_owned();
            scanner.diag.error(codes::E607, group.span(), message, Some(help));
        }
        return Target::Pop(span);
    }
    let dollar = cur.span();
    cur.skip(1);
    let Some(name) = cur.eat_ident() else {
        scanner.diag.error(
            codes::E002,
            cur.span(),
            "the name of a state is expected after `$`",
            None,
        );
        return Target::State { name: Ident::new("__missing", dollar), args: None };
    };
    let args = same_line_args(cur).map(|group| scanner.args(group));
    Target::State { name: name.clone(), args }
}

fn same_line_args<'t>(cur: &mut Cursor<'t>) -> Option<&'t Group> {
    if cur.on_new_line(0) {
        return None;
    }
    cur.eat_group(Delimiter::Parenthesis)
}

/// Takes an accessor, when one stands here.
pub fn accessor(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Access> {
    let span = cur.span();
    if cur.punct(0, '$') && cur.punct(1, '.') {
        let name = cur.ident(2)?.clone();
        cur.skip(3);
        return Some(Access::StateVar { span, name });
    }
    if cur.keyword(0, "self") {
        return native_call(scanner, cur).map(Access::Call);
    }
    if is_context(cur) {
        return Some(context_accessor(scanner, cur, span));
    }
    construct(scanner, cur).map(Access::Construct)
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
    Some(Call { native: None, name: name.clone(), turbofish, args })
}

fn context_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    cur.skip(3);
    let word = cur.ident(0).map(Ident::to_string).unwrap_or_default();
    match word.as_str() {
        "return" => {
            cur.skip(1);
            Access::ReturnValue(span)
        }
        "event" => {
            cur.skip(1);
            Access::EventName(span)
        }
        "params" | "data" if cur.punct(1, '.') && cur.ident(2).is_some() => {
            let name = cur.ident(2).expect("just seen").clone();
            cur.skip(3);
            match word.as_str() {
                "params" => Access::Param { name },
                _ => Access::Data { span, name },
            }
        }
        "self" => self_accessor(scanner, cur, span),
        "system" => system_accessor(scanner, cur, span),
        _ => {
            let message = "this is not a Frame accessor";
            let help = "the accessors are `@@:return`, `@@:params.x`, `@@:event`, `@@:data.k`, \
                        `@@:self.x` and `@@:system.state.name`";
            scanner.diag.error(codes::E002, cur.span(), message, Some(help.to_owned()));
            Access::EventName(span)
        }
    }
}

fn self_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    cur.skip(1);
    let (true, Some(name)) = (cur.punct(0, '.'), cur.ident(1)) else {
        let help = "name a method, an action or a field, as in `@@:self.count`".to_owned();
        scanner.diag.error(codes::E603, span, "`@@:self` does not stand on its own", Some(help));
        return Access::EventName(span);
    };
    cur.skip(2);
    match call(scanner, cur, name) {
        Some(call) => Access::Call(call),
        None => Access::Field { span, name: name.clone() },
    }
}

fn system_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
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
    scanner.diag.error(codes::E604, span, "`@@:system` does not stand on its own", Some(help));
    Access::StateName(span)
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
    let generics = (at..behind).filter_map(|i| cur.peek(i).cloned()).collect();
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
    let value = scanner.expr(cur, Stop { comma: true, ..Stop::default() }, false);
    SystemArg { kind: None, name, value }
}
