//! How many arguments go with a transition.

use proc_macro2::Span;

use crate::ast::{Args, ParamKind, Target, Transition};
use crate::codes::{self, Code};
use crate::diag::Diag;
use crate::facts;
use crate::gather::Gather;
use crate::model::{Model, Param, StateId};
use crate::resolve::counted;

pub fn transitions(model: &Model, diag: &Diag) {
    for handler in &model.handlers {
        for transition in facts::of_block(&handler.ast.body).transitions {
            exit_args(model, handler.state, transition, diag);
            target_args(model, transition, diag);
        }
    }
}

/// `(a, b) -> $S` where no `<$` takes two.
fn exit_args(model: &Model, state: StateId, transition: &Transition, diag: &Diag) {
    let Some(args) = &transition.exit_args else { return };
    let related = model.chain(state).into_iter().chain(model.states[state].below.iter().copied());
    let related: Vec<StateId> = related.listed();
    if related.iter().any(|id| model.states[*id].misread) {
        return;
    }
    let exits = related.into_iter().filter_map(|id| model.states[id].exit);
    let taken = exits.map(|id| model.handlers[id].params.len());
    let what = format!("`<$` of `${}`", model.state_name(state));
    too_many(args, taken.max().unwrap_or(0), &what, codes::E419, diag);
}

/// `-> (a) $S(b)` where `$S` takes neither.
fn target_args(model: &Model, transition: &Transition, diag: &Diag) {
    let Target::State { name, args } = &transition.target else { return };
    let Some(target) = model.state_id(name) else { return };
    let chain = model.chain(target);
    if chain.iter().any(|id| model.states[*id].misread) {
        return;
    }
    if let Some(given) = &transition.enter_args {
        let taken = chain.iter().filter_map(|id| model.states[*id].enter);
        let taken = taken.map(|id| model.handlers[id].params.len()).max().unwrap_or(0);
        too_many(given, taken, &format!("`$>` of `${name}`"), codes::E417, diag);
    }
    if let Some(given) = args {
        let taken = chain.iter().map(|id| model.states[*id].params.len()).max().unwrap_or(0);
        too_many(given, taken, &format!("`${name}`"), codes::E405, diag);
    }
}

fn too_many(args: &Args, taken: usize, what: &str, code: Code, diag: &Diag) {
    let given = args.items.len();
    if given > taken {
        let verb = if given == 1 { "is" } else { "are" };
        let message =
            format!("{what} takes {}, and {given} {verb} given", counted(taken, "argument"));
        let help = match taken {
            0 => "leave them out, or declare parameters for them".to_owned(),
            _ => "leave out what is too much, or declare parameters for it".to_owned(),
        };
        diag.error(code, args.span, message, Some(help));
    }
}

/// `@@system S($(x: u8)) { machine: $A { } }`: the start state takes no such parameter.
pub fn start(model: &Model, diag: &Diag) {
    let params = |kind| model.ast.params.iter().filter(move |param| param.kind == kind);
    let chain = if model.states.is_empty() { Vec::new() } else { model.chain(0) };
    if chain.iter().any(|id| model.states[*id].misread) {
        return;
    }
    let longest = |of: &dyn Fn(StateId) -> usize| chain.iter().map(|id| of(*id)).max().unwrap_or(0);
    let state_params = longest(&|id| model.states[id].params.len());
    let enter_params =
        longest(&|id| model.states[id].enter.map_or(0, |enter| model.handlers[enter].params.len()));
    let name =
        model.states.first().map_or("the start state".to_owned(), |s| format!("`${}`", s.ast.name));
    if let Some(extra) = params(ParamKind::State).nth(state_params) {
        let message = format!("{name} takes {}", counted(state_params, "parameter"));
        let help = "the parameters in `$(…)` are those of the start state".to_owned();
        diag.error(codes::E416, extra.param.name.span(), message, Some(help));
    }
    if let Some(extra) = params(ParamKind::Enter).nth(enter_params) {
        let message = format!("`$>` of {name} takes {}", counted(enter_params, "parameter"));
        diag.error(codes::E417, extra.param.name.span(), message, None);
    }
    start_types(model, state_params, diag);
}

fn start_types(model: &Model, count: usize, diag: &Diag) {
    let Some(start) = model.states.first() else { return };
    let given = model.ast.params.iter().filter(|param| param.kind == ParamKind::State);
    for (given, declared) in given.zip(&start.params).take(count) {
        if !given.param.is(declared.ty) {
            let span: Span = given.param.ty.as_ref().map_or(given.param.name.span(), |ty| ty.span);
            diag.error(codes::E416, span, mismatch(declared, &start.ast.name.to_string()), None);
        }
    }
}

fn mismatch(declared: &Param, state: &str) -> String {
    format!("`${state}` declares `{}: {}`", declared.name, declared.ty.text())
}
