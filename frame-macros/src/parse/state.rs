//! `$Name(params) => $Parent { … }` with state variables and handlers.

use proc_macro2::{Delimiter, Group, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, open_span, trees};
use super::sections::{block, default_value, item_name, return_type};
use super::system::attributes;
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
    let body = block(cur, format!("${name}"), name.span(), codes::E002, diag);
    let mut state = State {
        attrs,
        name,
        params,
        parent,
        vars: Vec::new(),
        handlers: Vec::new(),
        default_forward: None,
    };
    members(&body, &mut state, diag);
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
        let (before, errors) = (cur.position(), diag.count());
        if member(&mut cur, state, diag).is_none() {
            cur.skip_item(before);
        }
        if diag.count() > errors {
            remember(state, cur.since(before), diag);
        }
    }
}

/// What a member was to be, when it could not be read, so that its uses stay silent.
fn remember(state: &State, tokens: &[TokenTree], diag: &Diag) {
    let cur = Cursor::new(tokens, state.name.span());
    let Some(name) = cur.name_ahead() else { return };
    if cur.punct(0, '$') && cur.punct(1, '.') {
        diag.fail(format!("variable {}.{name}", state.name));
    } else {
        diag.fail(format!("event {name}"));
    }
}

fn member(cur: &mut Cursor, state: &mut State, diag: &Diag) -> Option<()> {
    let attrs = attributes(cur, diag);
    if cur.punct(0, '$') && cur.punct(1, '.') {
        cur.skip(2);
        if cur.is_end() || cur.on_new_line(0) {
            let message = "the name of a state variable is expected here";
            diag.error(codes::E002, cur.gap(), message, None);
            return None;
        }
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
    let name = item_name(cur, "a state variable", diag)?;
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
    let ret = return_type(cur, diag);
    let default = default_value(cur, Stop { body: true, ..Stop::default() }, diag);
    let head = match &trigger {
        Trigger::Event(name) => format!("{name}()"),
        Trigger::Enter(_) => "$>".to_owned(),
        Trigger::Exit(_) => "<$".to_owned(),
    };
    let group = block(cur, head, trigger.span(), codes::E002, diag);
    let body = Scanner::new(diag).block(&group);
    Some(Handler { attrs, trigger, params, ret, default, body })
}
