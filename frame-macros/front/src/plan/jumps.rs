//! Finds the kinds of transitions that a system can queue, and what they carry.

use proc_macro2::Ident;

use super::{Forward, Jump, JumpId, Payload, PayloadField, Plan};
use crate::ast::{self, Target};
use crate::facts;
use crate::gather::Gather;
use crate::model::*;
use crate::sets::{Table, Words};

/// Collects the kinds, in the order they are written, and gives those of each handler's
/// transitions: none where there can be no such transition, which check has told.
pub fn collect(plan: &mut Plan) -> Vec<Vec<Option<JumpId>>> {
    let model = plan.model;
    let mut ids: Table = Table::new();
    let mut queues = Vec::new();
    for (id, handler) in model.handlers.iter().enumerate() {
        let mut queued = Vec::new();
        for transition in facts::of_block(&handler.ast.body).transitions {
            let jump = kind(plan, id, transition);
            queued.push(jump.map(|jump| {
                let next = plan.jumps.len();
                let known = ids.insert(&key(model, &jump), next);
                if known == next {
                    plan.jumps.push(jump);
                }
                known
            }));
        }
        queues.push(queued);
    }
    name(plan);
    queues
}

/// `$Pop` beside `-> pop$`, `$On` beside `$ON`: their variants and functions are told apart.
fn name(plan: &mut Plan) {
    let mut taken = Words::new();
    for jump in &plan.jumps {
        let mut name = key(plan.model, jump).replace("pop$", "Pop").replace(' ', "");
        while !taken.insert(name.replace('_', "").to_lowercase()) {
            name.push_str("Too");
        }
        plan.jump_names.push(name);
    }
}

/// The kind of a handler's transition.
fn kind(plan: &Plan, handler: HandlerId, transition: &ast::Transition) -> Option<Jump> {
    let model = plan.model;
    let popped = matches!(transition.target, Target::Pop(_));
    let stays = transition.forwards && model.is_generic(handler);
    if model.is_query(handler) || popped && transition.push || stays {
        return None;
    }
    let target = match &transition.target {
        Target::State { name, .. } => Some(model.state_id(name)?),
        Target::Pop(_) => None,
    };
    let given = |args: &Option<ast::Args>| args.as_ref().map_or(0, |args| args.items.len());
    let exit_args = given(&transition.exit_args);
    let state = model.handlers[handler].state;
    let forward = match model.handlers[handler].trigger {
        _ if !transition.forwards => None,
        Trigger::Event(event) => Some(Forward::Event(event)),
        Trigger::Exit => Some(Forward::Exit(handler)),
        // The event in hand is `$>` itself: its args become the enter args.
        Trigger::Enter | Trigger::Nothing => None,
    };
    let hands_on = target.is_none()
        && transition.forwards
        && model.handlers[handler].trigger == Trigger::Enter;
    let popped_with = match target {
        Some(_) => 0,
        None if hands_on => plan.args[handler].len().max(given(&transition.enter_args)),
        None => given(&transition.enter_args),
    };
    Some(Jump {
        target,
        push: transition.push,
        exit: (exit_args > 0).then_some((state, exit_args)),
        popped_with,
        hands_on,
        forward,
    })
}

/// A text that no other jump of the system has.
fn key(model: &Model, jump: &Jump) -> String {
    let mut name = jump.target.map_or("pop$".to_owned(), |state| unraw(model.state_name(state)));
    if jump.push {
        name.push_str(" Pushing");
    }
    if let Some((state, count)) = jump.exit {
        name.push_str(&format!(" Leaving{}With{count}", unraw(model.state_name(state))));
    }
    if jump.popped_with > 0 {
        name.push_str(&format!(" With{}", jump.popped_with));
    }
    if jump.hands_on {
        name.push_str(" HandedOn");
    }
    match jump.forward {
        Some(Forward::Event(event)) => {
            name.push_str(&format!(" Forwarding_{}", unraw(model.events[event].name)));
        }
        Some(Forward::Exit(handler)) => name.push_str(&format!(" ForwardingExit{handler}")),
        None => {}
    }
    name
}
/// Finds what each kind carries.
pub fn payloads(plan: &mut Plan) {
    plan.payloads = plan.jumps.iter().map(|jump| payload(plan, jump)).listed();
}

/// Types of the exit args that handlers of `state` give: by position, as the nearest `<$` around
/// it declares them.
fn exit_args_from<'a>(plan: &Plan<'a>, state: StateId) -> Vec<Param<'a>> {
    let mut found = plan.states[state].exit_args.clone();
    // Of states that are never current as well: what is given is evaluated in any case.
    let below = (0..plan.states.len()).filter(|other| plan.model.is_ancestor(state, *other));
    for other in below {
        let args = &plan.states[other].exit_args;
        found.extend(args.iter().skip(found.len()).cloned());
    }
    found
}

/// Types of the enter args that go with `-> pop$`: as any state that can be popped declares
/// them.
fn popped_args<'a>(plan: &Plan<'a>) -> Vec<Param<'a>> {
    let mut found: Vec<Param<'a>> = Vec::new();
    for state in plan.states.iter().filter(|state| state.pushable) {
        found.extend(state.enter_args.iter().skip(found.len()).cloned());
    }
    found
}

/// Whether an enter arg that goes with a `-> pop$` may be missing.
fn popped_may_miss(plan: &Plan, at: usize) -> bool {
    plan.args.iter().filter_map(|args| args.get(at)).any(|passed| passed.optional)
}

fn payload<'a>(plan: &Plan<'a>, jump: &Jump) -> Payload<'a> {
    let exit = match jump.exit {
        Some((state, count)) => exit_args_from(plan, state).into_iter().take(count).listed(),
        None => Vec::new(),
    };
    let (enter, state) = match jump.target {
        Some(target) => {
            let target = &plan.states[target];
            (target.enter_args.clone(), target.state_args.clone())
        }
        None => (popped_args(plan).into_iter().take(jump.popped_with).listed(), Vec::new()),
    };
    let mut payload = Payload {
        exit: fields("exit", exit),
        enter: fields("enter", enter),
        state: fields("state", state),
        event: event_fields(plan, jump.forward),
    };
    for (at, field) in payload.enter.iter_mut().enumerate() {
        field.optional = match jump.target {
            Some(target) => plan.enter_passed(target).get(at).is_some_and(|passed| passed.optional),
            None => popped_may_miss(plan, at),
        };
    }
    for (at, field) in payload.state.iter_mut().enumerate() {
        field.optional = jump.target.is_some_and(|target| plan.states[target].own_defaults[at]);
    }
    payload
}

/// What `-> =>` takes along.
fn event_fields<'a>(plan: &Plan<'a>, forward: Option<Forward>) -> Vec<PayloadField<'a>> {
    match forward {
        None => Vec::new(),
        Some(Forward::Event(event)) => fields("event", plan.model.events[event].params.clone()),
        Some(Forward::Exit(handler)) => {
            let args = &plan.args[handler];
            let params = args.iter().map(|passed| passed.param.clone()).listed();
            let mut made = fields("event", params);
            for (field, passed) in made.iter_mut().zip(args) {
                field.optional = passed.optional;
            }
            made
        }
    }
}

fn fields<'a>(role: &str, params: Vec<Param<'a>>) -> Vec<PayloadField<'a>> {
    let unique = |at: usize| {
        let name = params[at].name;
        params.iter().filter(|other| other.name == name).count() == 1
    };
    let name = |at: usize| match unique(at) {
        true => format!("{role}_{}", unraw(params[at].name)),
        false => format!("{role}_{at}"),
    };
    let names: Vec<_> = (0..params.len()).map(name).listed();
    let field = |(name, param): (String, Param<'a>)| PayloadField {
        name: Ident::new(&name, proc_macro2::Span::mixed_site()),
        param,
        optional: false,
    };
    names.into_iter().zip(params).map(field).listed()
}
