//! `$Name(params) => $Parent { … }` with state variables and handlers.

use proc_macro2::{Delimiter, Group};

use super::body::Stop;
use super::cursor::{Cursor, open_span, trees};
use super::items::{
    block, body, broken_value, default_value, empty_block, initial_value, item_name, return_type,
};
use super::slips::begins_misspelt_enter;
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
        // A capital is a state's, and a method would not be looked for here.
        cur.ident(0).filter(|name| name.to_string().starts_with(char::is_uppercase))?;
    }
    let name = item_name(cur, "a state", diag)?;
    let errors = diag.count();
    let mut params = state_params(cur, diag);
    let mut parent = None;
    if let Some(signs) = misspelt_parent(cur) {
        let help = format!("write `${name} => $Parent`");
        diag.error(codes::E002, cur.span(), "a parent stands behind `=>`", Some(help));
        cur.skip(signs);
        parent = cur.eat_ident().cloned();
    }
    if cur.op(0, "=>") {
        cur.skip(2);
        cur.eat('$');
        parent = item_name(cur, "the parent state", diag);
        if parent.is_none() {
            diag.fail(format!("parent of {name}"));
        }
        if let Some(group) = cur.group(0, Delimiter::Parenthesis) {
            if !params.is_empty() {
                let message =
                    "the parameters of a state stand before or after its parent, not both";
                diag.error(codes::E002, group.span(), message, None);
            }
            params.extend(state_params(cur, diag));
        }
    }
    let misread = diag.count() > errors;
    let body = block(cur, format!("${name}"), name.span(), codes::E002, diag);
    let body = body.unwrap_or_else(|| empty_block(name.span()));
    let mut state = State {
        attrs,
        name,
        params,
        parent,
        vars: Vec::new(),
        handlers: Vec::new(),
        default_forward: None,
        misread,
    };
    members(&body, &mut state, diag);
    Some(state)
}

/// `$On -> $Base` and `$On: $Base`: how many tokens stand before the parent's name.
fn misspelt_parent(cur: &Cursor) -> Option<usize> {
    let sign = |at: usize| ['-', '>', '=', ':', '<'].iter().any(|sign| cur.punct(at, *sign));
    let signs = (0..).take_while(|at| sign(*at)).count();
    let state = cur.punct(signs, '$') && cur.ident(signs + 1).is_some();
    (signs > 0 && state && !cur.op(0, "=>") && !cur.on_new_line(0)).then_some(signs + 1)
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
            state.misread = true;
            cur.skip_item(before);
        }
    }
}

fn member(cur: &mut Cursor, state: &mut State, diag: &Diag) -> Option<()> {
    let attrs = attributes(cur, diag);
    if cur.punct(0, '$') && cur.punct(1, '.') {
        cur.skip(2);
        if cur.is_end() || cur.on_new_line(0) {
            let message = "the name of a state variable is expected here";
            diag.error(codes::E002, cur.gap(), message, None);
            unnamed(state, diag);
            return None;
        }
        let Some(variable) = variable(cur, attrs, diag) else {
            unnamed(state, diag);
            return None;
        };
        state.vars.push(variable);
    } else if cur.punct(0, '$') && cur.punct(1, '>') {
        let trigger = Trigger::Enter(cur.span());
        cur.skip(2);
        state.handlers.push(handler(cur, attrs, trigger, diag)?);
    } else if cur.punct(0, '.') && cur.ident(1).is_some() {
        let help = "a state variable begins with `$.`".to_owned();
        diag.error(codes::E002, cur.span(), "a handler or variable is expected here", Some(help));
        cur.skip(1);
        state.vars.push(variable(cur, attrs, diag)?);
    } else if let Some(signs) = misspelt_lifecycle(cur) {
        let enters = cur.punct(0, '>');
        let trigger = match enters {
            true => Trigger::Enter(cur.span()),
            false => Trigger::Exit(cur.span()),
        };
        let help = "an enter handler begins with `$>`, an exit handler with `<$`".to_owned();
        diag.error(codes::E002, cur.span(), "a handler is expected here", Some(help));
        cur.skip(signs);
        state.handlers.push(handler(cur, attrs, trigger, diag)?);
    } else if cur.punct(0, '$')
        && cur.ident(1).is_some()
        && (cur.punct(2, ':') || cur.punct(2, '='))
    {
        let help = "a state variable begins with `$.`".to_owned();
        diag.error(codes::E002, cur.span(), "a handler or variable is expected here", Some(help));
        cur.skip(1);
        state.vars.push(variable(cur, attrs, diag)?);
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

/// `> { … }`, `>$ { … }` and `$< { … }`: how many signs begin what was to be `$>` or `<$`.
fn misspelt_lifecycle(cur: &Cursor) -> Option<usize> {
    if begins_misspelt_enter(cur) {
        return Some(1);
    }
    let swapped = cur.punct(0, '>') && cur.punct(1, '$') || cur.punct(0, '$') && cur.punct(1, '<');
    swapped.then_some(2)
}

/// A variable without a name may be any that is not known.
fn unnamed(state: &State, diag: &Diag) {
    diag.fail(format!("variable {}.{MISSING}", state.name));
}

fn variable(cur: &mut Cursor, attrs: Attrs, diag: &Diag) -> Option<StateVar> {
    let name = item_name(cur, "a state variable", diag)?;
    let ty = cur.eat(':').then(|| types::take(cur, diag));
    let init = initial_value(cur, &name, ty.as_ref(), diag);
    let ty = ty.or_else(|| types::of_value(init.as_deref()?));
    Some(StateVar { attrs, name, ty, init })
}

fn handler(cur: &mut Cursor, attrs: Attrs, trigger: Trigger, diag: &Diag) -> Option<Handler> {
    let errors = diag.count();
    let params = cur.eat_group(Delimiter::Parenthesis).map(|group| params::list(group, diag));
    let ret = return_type(cur, diag);
    let default = default_value(cur, Stop { body: true, ..Stop::default() }, diag);
    // A value that no block follows is not what was meant.
    let whole = cur.group(0, Delimiter::Brace).is_some();
    let default = default.map(|value| if whole { value } else { broken_value(trigger.span()) });
    let head = match &trigger {
        Trigger::Event(name) => format!("{name}()"),
        Trigger::Enter(_) => "$>".to_owned(),
        Trigger::Exit(_) => "<$".to_owned(),
    };
    let stray = diag.count() > errors;
    let body = body(cur, head, trigger.span(), diag);
    let broken = diag.count() > errors;
    Some(Handler { attrs, trigger, stray, broken, params, ret, default, body })
}
