//! `$Name(params) => $Parent { … }` with state variables and handlers.

use proc_macro2::{Delimiter, Group};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, open_span, trees};
use super::sections::{default_value, item_name, return_type};
use super::system::{attributes, check_reserved};
use super::{params, types};
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;

pub fn take(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<State> {
    if !cur.eat('$') {
        let span = cur.peek(0).map_or(cur.span(), open_span);
        let help = "a state begins with `$`, as in `$Idle { … }`".to_owned();
        diag.error(codes::E002, span, "a state is expected here", Some(help));
        return None;
    }
    let name = item_name(cur, "a state", diag)?;
    let mut params = state_params(cur, diag);
    let mut parent = None;
    if cur.op(0, "=>") {
        cur.skip(2);
        cur.eat('$');
        parent = Some(item_name(cur, "the parent state", diag)?);
        if let Some(group) = cur.group(0, Delimiter::Parenthesis) {
            if !params.is_empty() {
                let message =
                    "the parameters of a state stand before or after its parent, not both";
                diag.error(codes::E002, group.span(), message, None);
            }
            params.extend(state_params(cur, diag));
        }
    }
    let Some(body) = cur.eat_group(Delimiter::Brace) else {
        let message = format!("the handlers of `${name}` are expected in braces here");
        diag.error(codes::E002, cur.span(), message, Some(format!("write `${name} {{ }}`")));
        return None;
    };
    let mut state = State {
        attrs,
        name,
        params,
        parent,
        vars: Vec::new(),
        handlers: Vec::new(),
        default_forward: None,
    };
    members(body, &mut state, diag);
    Some(state)
}

fn state_params(cur: &mut Cursor, diag: &Diag) -> Vec<Param> {
    cur.eat_group(Delimiter::Parenthesis).map(|group| params::list(group, diag)).unwrap_or_default()
}

fn members(body: &Group, state: &mut State, diag: &Diag) {
    let tokens = trees(body.stream());
    let mut cur = Cursor::new(&tokens, body.span_close());
    while !cur.is_end() {
        if cur.eat(',') || cur.eat(';') {
            continue;
        }
        let before = cur.position();
        if member(&mut cur, state, diag).is_none() {
            recover(&mut cur, before);
        }
    }
}

/// Skips what is left of a member that could not be read: to behind its block, or to the
/// next line.
fn recover(cur: &mut Cursor, before: usize) {
    if cur.position() == before {
        cur.skip(1);
    }
    while !cur.is_end() && !cur.on_new_line(0) {
        cur.skip(1);
    }
}

fn member(cur: &mut Cursor, state: &mut State, diag: &Diag) -> Option<()> {
    let attrs = attributes(cur, diag);
    if cur.punct(0, '$') && cur.punct(1, '.') {
        cur.skip(2);
        state.vars.push(variable(cur, attrs, diag)?);
    } else if cur.punct(0, '$') && cur.punct(1, '>') {
        let trigger = Trigger::Enter(cur.span());
        cur.skip(2);
        state.handlers.push(handler(cur, attrs, trigger, diag)?);
    } else if cur.punct(0, '<') && cur.punct(1, '$') {
        let trigger = Trigger::Exit(cur.span());
        cur.skip(2);
        state.handlers.push(handler(cur, attrs, trigger, diag)?);
    } else if cur.op(0, "=>") && cur.punct(2, '$') && cur.punct(3, '^') {
        state.default_forward = Some(cur.span());
        cur.skip(4);
    } else {
        let name = item_name(cur, "a handler", diag)?;
        state.handlers.push(handler(cur, attrs, Trigger::Event(name), diag)?);
    }
    Some(())
}

fn variable(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<StateVar> {
    let name = cur.eat_ident().cloned()?;
    check_reserved(&name, diag);
    let ty = match cur.eat(':') {
        true => Some(types::take(cur, diag)?),
        false => None,
    };
    let init = default_value(cur, Stop { line: true, comma: true, ..Stop::default() }, diag);
    let ty = ty.or_else(|| types::of_value(init.as_deref()?));
    Some(StateVar { attrs, name, ty, init })
}

fn handler(cur: &mut Cursor, attrs: Attrs, trigger: Trigger, diag: &Diag) -> Option<Handler> {
    let params = cur.eat_group(Delimiter::Parenthesis).map(|group| params::list(group, diag));
    let ret = return_type(cur, diag)?;
    let default = default_value(cur, Stop { body: true, ..Stop::default() }, diag);
    let Some(group) = cur.eat_group(Delimiter::Brace) else {
        diag.error(
            codes::E002,
            cur.span(),
            "the body of a handler is expected in braces here",
            None,
        );
        return None;
    };
    let body = Scanner::new(diag).block(group);
    Some(Handler { attrs, trigger, params, ret, default, body })
}
