//! Who can queue a transition, who can have one performed under it, who needs the run's
//! record: fixpoints over forwards, calls and transitions.

use proc_macro2::{Ident, Span};

use super::{DataField, EventPlan, Forward, FunctionPlan, HandlerPlan, JumpId, Plan, Shape};
use crate::ast::{Call, Transition};
use crate::facts::{self, Facts};
use crate::gather::Gather;
use crate::model::*;
use crate::sets::Ids;

pub fn compute(plan: &mut Plan, queues: Vec<Vec<Option<JumpId>>>) {
    handlers(plan, queues);
    moving(plan);
    state_jumps(plan);
    data(plan);
    records(plan);
}

fn handlers(plan: &mut Plan, queues: Vec<Vec<Option<JumpId>>>) {
    let model = plan.model;
    for ((id, handler), queues) in model.handlers.iter().enumerate().zip(queues) {
        let facts = facts::of_block(&handler.ast.body);
        let mut jumps = Ids::new();
        jumps.extend(queues.iter().flatten().copied());
        let forward = if facts.forwards { model.forward_target(id) } else { None };
        plan.handlers.push(HandlerPlan {
            facts,
            queues,
            params: Vec::new(),
            forward,
            called_by_forward: false,
            jumps,
            moving_calls: false,
            can_be_moved: false,
            run: false,
            slot: None,
            shape: Shape::Unit,
            always_sets: false,
        });
    }
    for id in 0..plan.handlers.len() {
        if let Some(target) = plan.handlers[id].forward {
            plan.handlers[target].called_by_forward = true;
        }
        let mut jumps = Ids::new();
        let mut at = Some(id);
        while let Some(handler) = at {
            jumps.join(&plan.handlers[handler].jumps);
            at = plan.handlers[handler].forward;
        }
        plan.handlers[id].jumps = jumps;
    }
}

/// Events and functions during which a transition can be performed.
fn moving(plan: &mut Plan) {
    let model = plan.model;
    let function_facts: Vec<Facts> =
        model.functions.iter().map(|function| facts::of_block(&function.ast.body)).listed();
    plan.functions = model.functions.iter().map(|_| FunctionPlan { moving: false }).listed();
    let queues = |plan: &Plan, event| {
        plan.leaves().any(|leaf| {
            plan.route(leaf, event).is_some_and(|id| !plan.handlers[id].jumps.is_empty())
        })
    };
    plan.events = (0..model.events.len())
        .map(|event| EventPlan {
            moving: queues(plan, event) && !model.events[event].query,
            called: false,
            forwarded: plan.jumps.iter().any(|jump| jump.forward == Some(Forward::Event(event))),
            routed: false,
            can_end_unset: false,
            unbounded: false,
            room: 0,
        })
        .listed();
    // A call performs what its caller has queued, even if it queues nothing itself.
    // Event objects are made by the kernel, so every call goes through it.
    plan.pending = pending_in_calls(plan);
    if plan.has_pending_calls() || model.settings.modes.has_event_objects() && calls_at_all(plan) {
        for (event, plan) in model.events.iter().zip(&mut plan.events) {
            plan.moving = !event.query;
        }
    }
    loop {
        let mut changed = false;
        for (id, facts) in function_facts.iter().enumerate() {
            if !plan.functions[id].moving && facts.calls.iter().any(|call| plan.call_moves(call)) {
                plan.functions[id].moving = true;
                changed = true;
            }
        }
        for id in 0..plan.handlers.len() {
            let own = plan.handlers[id].facts.calls.iter().any(|call| plan.call_moves(call));
            let forward = plan.handlers[id].forward;
            let moved = own || forward.is_some_and(|target| plan.handlers[target].can_be_moved);
            if moved && !plan.handlers[id].can_be_moved {
                plan.handlers[id].can_be_moved = true;
                changed = true;
            }
            plan.handlers[id].moving_calls = own;
        }
        for event in 0..plan.events.len() {
            let moved = plan.leaves().any(|leaf| {
                plan.route(leaf, event).is_some_and(|id| plan.handlers[id].can_be_moved)
            });
            if moved && !plan.events[event].moving && !model.events[event].query {
                plan.events[event].moving = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    for state in &mut plan.states {
        state.stays_entered = state.enter.is_none_or(|id| !plan.handlers[id].can_be_moved);
    }
    reached(plan, &function_facts);
}

fn calls_at_all(plan: &Plan) -> bool {
    let model = plan.model;
    let calls = plan.handlers.iter().flat_map(|handler| &handler.facts.calls);
    calls
        .into_iter()
        .any(|call| model.event_id(&call.name).is_some() || model.function_id(&call.name).is_some())
}

/// What can be pending when a handler calls something: what its forward queued or, in a
/// lifecycle handler or that of an event which was handed on, what those before it did.
fn pending_in_calls(plan: &Plan) -> Ids {
    let (mut exits, mut enters) = (Ids::new(), Ids::new());
    for state in &plan.states {
        exits.join(jumps_of(plan, state.exit));
        enters.join(jumps_of(plan, state.enter));
    }
    let forwards: Vec<Forward> = plan.jumps.iter().filter_map(|jump| jump.forward).listed();
    let inherited =
        plan.handlers.iter().any(|child| child.forward.is_some() && child.facts.forwards);
    let mut pending = Ids::new();
    for child in plan.handlers.iter().filter(|child| child.facts.forwards_again) {
        // What the first `=> $^` queued is pending in the second.
        let mut handlers = std::iter::successors(child.forward, |at| plan.handlers[*at].forward);
        if handlers.any(|id| !plan.handlers[id].facts.calls.is_empty()) {
            pending.join(jumps_of(plan, child.forward));
        }
    }
    for (handler, own) in plan.model.handlers.iter().zip(&plan.handlers) {
        if own.facts.calls.is_empty() {
            continue;
        }
        pending.join(jumps_of(plan, own.forward));
        if handler.trigger == Trigger::Enter || inherited {
            pending.join(&exits);
        }
        for forward in &forwards {
            match forward {
                Forward::Event(event) if handler.trigger != Trigger::Event(*event) => {}
                Forward::Event(_) | Forward::Exit(_) => {
                    pending.join(&exits);
                    pending.join(&enters);
                }
            }
        }
    }
    pending
}

/// What handlers call, directly or through functions. A function that only code outside
/// calls, and a method that only such functions call, concern no handler.
fn reached(plan: &mut Plan, function_facts: &[Facts]) {
    let mut functions = Ids::new();
    let mut events = Ids::new();
    let mut open: Vec<&Call> = Vec::new();
    for handler in &plan.handlers {
        open.extend(&handler.facts.calls);
    }
    while let Some(call) = open.pop() {
        events.extend(plan.model.event_id(&call.name));
        if let Some(id) = plan.model.function_id(&call.name)
            && functions.insert(id)
        {
            open.extend(&function_facts[id].calls);
        }
    }
    for (id, function) in plan.functions.iter_mut().enumerate() {
        function.moving &= functions.contains(id);
    }
    for event in events.iter() {
        plan.events[event].called = true;
    }
}

/// What a handler can queue, where there is one.
fn jumps_of<'p>(plan: &'p Plan, handler: Option<HandlerId>) -> &'p Ids {
    const NONE: &Ids = &Ids::new();
    handler.map_or(NONE, |id| &plan.handlers[id].jumps)
}

/// What can be pending in each leaf: what its handlers queue, what an exit handler queued
/// on the way there.
fn state_jumps(plan: &mut Plan) {
    let mut anywhere = Ids::new();
    for leaf in plan.leaves() {
        anywhere.join(jumps_of(plan, plan.states[leaf].exit));
    }
    // The arguments of a transition may leave the state before it is queued.
    for (id, handler) in plan.handlers.iter().enumerate() {
        for transition in &handler.facts.transitions {
            if handler.moving_calls && transition_calls(plan, transition) {
                anywhere.extend(plan.queued_by(id, transition));
            }
        }
    }
    for leaf in 0..plan.states.len() {
        if !plan.states[leaf].leaf {
            continue;
        }
        let mut jumps = anywhere.clone();
        let events = (0..plan.events.len()).filter_map(|event| plan.route(leaf, event));
        for handler in events.chain(plan.states[leaf].enter) {
            jumps.join(&plan.handlers[handler].jumps);
        }
        plan.states[leaf].jumps = jumps;
    }
}

/// Whether evaluating a transition's arguments can have a transition performed.
fn transition_calls(plan: &Plan, transition: &Transition) -> bool {
    let moves = |code| facts::of_code(code).calls.iter().any(|call| plan.call_moves(call));
    transition.codes().any(moves)
}

/// The declared data keys, and those that are only used: `String`s.
fn data(plan: &mut Plan) {
    let declared = plan.model.settings.data.iter().map(|key| DataField {
        name: key.name.clone(),
        ty: Some(key.ty.clone()),
        init: key.init.clone(),
    });
    let mut fields: Vec<DataField> = declared.listed();
    for name in plan.handlers.iter().flat_map(|handler| &handler.facts.data) {
        if !fields.iter().any(|field| field.name == **name) {
            let mut name = Ident::clone(name);
            name.set_span(Span::mixed_site());
            fields.push(DataField { name, ty: None, init: None });
        }
    }
    if plan.handlers.iter().any(|handler| !handler.facts.data.is_empty()) {
        plan.run.data = fields;
    }
}

/// Which handlers take the run's record, and what it holds.
fn records(plan: &mut Plan) {
    for id in 0..plan.handlers.len() {
        let mut at = Some(id);
        while let (Some(handler), false) = (at, plan.handlers[id].run) {
            let own = &plan.handlers[handler];
            let needed = !own.jumps.is_empty() || own.can_be_moved || !own.facts.data.is_empty();
            at = own.forward;
            plan.handlers[id].run = needed;
        }
    }
    plan.run.next = !plan.jumps.is_empty();
    plan.run.moved = plan.handlers.iter().any(|handler| handler.can_be_moved);
}
