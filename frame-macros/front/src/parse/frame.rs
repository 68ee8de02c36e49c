//! Frame's statements inside bodies.

use proc_macro2::{Delimiter, Group, Ident, Span};

use super::body::{Scanner, Stop};
use super::cursor::Cursor;
use crate::ast::*;
use crate::codes;
use crate::keywords::{can_be_raw, is_keyword};

/// Whether a Frame statement begins here.
pub fn begins_statement(cur: &Cursor) -> bool {
    begins_decorated_transition(cur)
        || is_stack_word(cur, "push")
        || is_stack_word(cur, "pop")
        || is_forward(cur)
        || is_return_statement(cur)
}

/// `-> $S`, `-> pop$`, with anything a transition may hold between them.
pub fn begins_transition(cur: &Cursor) -> bool {
    begins_transition_at(cur, 0)
}

/// The same, exit args included.
fn begins_decorated_transition(cur: &Cursor) -> bool {
    // `(e)` on a line of its own is a statement of Rust.
    let exit_args = cur.group(0, Delimiter::Parenthesis).is_some() && !cur.on_new_line(1);
    begins_transition(cur) || exit_args && begins_transition_at(cur, 1)
}

fn begins_transition_at(cur: &Cursor, ahead: usize) -> bool {
    if !cur.op(ahead, "->") {
        return false;
    }
    leads_to_target(cur, ahead + 2).is_some()
}

/// Where the target stands behind what may stand between an arrow and it.
pub fn leads_to_target(cur: &Cursor, mut at: usize) -> Option<usize> {
    loop {
        if cur.op(at, "=>") {
            at += 2;
        } else if cur.group(at, Delimiter::Parenthesis).is_some() || cur.is_string(at) {
            at += 1;
        } else {
            let target = cur.punct(at, '$') || cur.keyword(at, "pop") && cur.punct(at + 1, '$');
            return target.then_some(at);
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

pub fn is_context(cur: &Cursor) -> bool {
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
        if begins_decorated_transition(cur) {
            let mut transition = transition(scanner, cur);
            transition.push = true;
            return Some(FrameStmt::Transition(Box::new(transition)));
        }
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
    let value = scanner.whole(cur, Stop { line: true, comma: true, ..Stop::default() }, false);
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
    behind_arrow(scanner, cur, span, exit_args)
}

pub fn behind_arrow(
    scanner: &mut Scanner,
    cur: &mut Cursor,
    span: Span,
    exit_args: Option<Args>,
) -> Transition {
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
    let value = value_behind(scanner, cur);
    Transition { span, push: false, forwards, exit_args, enter_args, target, value }
}

/// The `@@:(e)` or `@@:return(e)` directly behind a transition.
fn value_behind(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Code> {
    if !is_return_statement(cur) {
        return None;
    }
    let (start, span) = (cur.position(), cur.span());
    match return_statement(scanner, cur, span) {
        FrameStmt::SetReturn { value, .. } | FrameStmt::Leave { value: Some(value), .. } => {
            Some(value)
        }
        _ => {
            cur.rewind(start);
            None
        }
    }
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
        let message = "the name of a state is expected behind `$`";
        scanner.diag.error(codes::E002, dollar, message, None);
        let args = same_line_args(cur).map(|group| scanner.args(group));
        return Target::State { name: Ident::new(MISSING, dollar), args };
    };
    let args = same_line_args(cur).map(|group| scanner.args(group));
    Target::State { name: as_name(name), args }
}

/// A word as a name: a keyword is none, whatever it stands for.
pub fn as_name(word: &Ident) -> Ident {
    match is_keyword(word) && can_be_raw(word) {
        true => Ident::new_raw(&word.to_string(), word.span()),
        false => word.clone(),
    }
}

fn same_line_args<'t>(cur: &mut Cursor<'t>) -> Option<&'t Group> {
    if cur.on_new_line(0) {
        return None;
    }
    cur.eat_group(Delimiter::Parenthesis)
}
