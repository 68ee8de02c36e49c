//! Params that a transition hands on past a `<$`, which may look at them: they are moved when it
//! has run, so that no copy is made.

use super::{panics, taking};
use crate::ast::{Args, Code, Transition};
use crate::gather::Gather;
use crate::model::*;
use crate::plan::{Carried, JumpId, NamedParam, Payload, PayloadField, Place, Plan};

/// Of the arguments that could be carried, keeps those for which all agree that queue the same
/// transition in the same state.
pub fn compute(plan: &mut Plan) {
    let candidates =
        candidates(plan).into_iter().filter(|(state, jump)| goes_on(plan, *state, *jump));
    let found = candidates.flat_map(|(state, jump)| agreed(plan, state, jump)).listed();
    let kept: Vec<Place> = found.iter().flat_map(|(_, _, places)| places).copied().listed();
    for named in plan.handlers.iter_mut().flat_map(|handler| &mut handler.params) {
        if let Some(lent) = &mut named.lent {
            lent.carried.retain(|place| kept.contains(place));
        }
    }
    for (leaf, carried, _) in found {
        plan.states[leaf].carried.push(carried);
    }
}

/// The states whose handlers hand a param on as it is, with their transitions.
fn candidates(plan: &Plan) -> Vec<(StateId, JumpId)> {
    let carries =
        |named: &NamedParam| named.lent.as_ref().is_some_and(|lent| !lent.carried.is_empty());
    let mut found = Vec::new();
    for (model, handler) in plan.model.handlers.iter().zip(&plan.handlers) {
        if handler.params.iter().any(carries) {
            found.extend(handler.jumps.iter().map(|jump| (model.state, jump)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What is carried out of the leaves of a state by a transition of its handlers, and the arguments
/// that say so.
fn agreed<'a>(
    plan: &Plan<'a>,
    state: StateId,
    jump: JumpId,
) -> Vec<(StateId, Carried<'a>, Vec<Place>)> {
    let mut found = Vec::new();
    let queued = queued(plan, state, jump);
    for (role, fields) in roles(&plan.payloads[jump]) {
        for (at, field) in fields.iter().enumerate() {
            let arg = |transition: &'a Transition| role(transition)?.items.get(at);
            let Some((named, places)) = same_param(plan, &queued, arg) else { continue };
            if !moves(plan, named, field, jump) {
                continue;
            }
            let carried = |holder| Carried {
                jump,
                field: field.name.clone(),
                param: named.param.name,
                holder,
            };
            found.extend(plan.leaves_of(state).filter_map(|leaf| {
                let mut chain = plan.states[leaf].chain.iter();
                let holder = chain.find(|state| named.holders.contains(state))?;
                Some((leaf, carried(*holder), places.clone()))
            }));
        }
    }
    found
}

/// The param that an argument is in all of these transitions, and where.
fn same_param<'p, 'a>(
    plan: &'p Plan<'a>,
    queued: &[(HandlerId, &'a Transition)],
    arg: impl Fn(&'a Transition) -> Option<&'a Code>,
) -> Option<(&'p NamedParam<'a>, Vec<Place>)> {
    let mut found: Option<&NamedParam> = None;
    let mut places = Vec::new();
    for (id, transition) in queued {
        let code = arg(transition)?;
        let mut params = plan.handlers[*id].params.iter();
        let named = params.find(|named| named.is_carried_by(code))?;
        if found.is_some_and(|other| other.param.name != named.param.name) {
            return None;
        }
        found = Some(named);
        places.push(Place::code(code));
    }
    Some((found?, places))
}

type Role = fn(&Transition) -> Option<&Args>;

/// What goes past a `<$`: where it is written, and where it ends.
fn roles<'p, 'a>(payload: &'p Payload<'a>) -> [(Role, &'p [PayloadField<'a>]); 2] {
    [
        (|transition| transition.enter_args.as_ref(), &payload.enter),
        (|transition| transition.state_args(), &payload.state),
    ]
}

/// The transitions of that kind in the handlers of a state.
fn queued<'a>(plan: &Plan<'a>, state: StateId, jump: JumpId) -> Vec<(HandlerId, &'a Transition)> {
    let handlers = plan.model.states[state].handlers.clone();
    let transitions = handlers.flat_map(|id| {
        let handler = &plan.handlers[id];
        let queued = handler.facts.transitions.iter().zip(&handler.queues);
        queued
            .filter(|(_, queued)| **queued == Some(jump))
            .map(move |(transition, _)| (id, *transition))
    });
    transitions.listed()
}

/// Whether a param can be moved into a field.
fn moves(plan: &Plan, named: &NamedParam, field: &PayloadField, jump: JumpId) -> bool {
    let holders = &named.holders;
    named.param.ty.same(field.param.ty)
        && !field.optional
        && named.always_held
        && !holders.iter().any(|holder| taking::outlasts(plan, *holder, jump))
}

/// Whether a transition of a state's handlers surely changes the state that they ran in, with
/// nothing but `<$` in between.
fn goes_on(plan: &Plan, state: StateId, jump: JumpId) -> bool {
    let Some(target) = plan.jumps[jump].target.filter(|_| !plan.jumps[jump].push) else {
        return false;
    };
    let queue = |id: &HandlerId| plan.handlers[*id].queues.contains(&Some(jump));
    let mut queuing = (0..plan.handlers.len()).filter(queue);
    let alone = queuing.all(|id| {
        let (handler, model) = (&plan.handlers[id], &plan.model.handlers[id]);
        let apart = || {
            plan.leaves_of(model.state).all(|leaf| !plan.leaves_of(state).any(|own| own == leaf))
        };
        matches!(model.trigger, Trigger::Event(_))
            && !handler.can_be_moved
            && !handler.called_by_forward
            && (model.state == state || apart())
    });
    let exits = plan.leaves_of(state).filter_map(|leaf| plan.states[leaf].exit);
    let quiet =
        |id: HandlerId| plan.handlers[id].jumps.is_empty() && !plan.handlers[id].can_be_moved;
    alone && exits.listed().into_iter().all(quiet) && panics::is_made_plainly(plan, target)
}
