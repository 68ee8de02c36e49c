//! How handlers have the state params that their bodies name: as a borrow from the state wherever
//! that will do, since a copy costs what the type's `clone` does.
//!
//! [`places`] finds where a borrow does not do, by what [`needs`] tells of code, [`taking`] which
//! transitions take the param out of the state, and [`carrying`] which let it stay until `<$` has
//! run; in both cases nothing may panic meanwhile, which [`panics`] tells.

mod carrying;
mod flat;
mod needs;
mod panics;
mod places;
mod taking;

use crate::ast::{Access, Block, FrameStmt};
use crate::gather::Gather;
use crate::model::*;
use crate::plan::{Change, Lent, NamedParam, Plan};
use crate::variables::Variables;
use crate::walk::{self, Visit};
use taking::Takes;

pub fn compute(plan: &mut Plan) {
    for id in 0..plan.handlers.len() {
        let mut params = in_sight(plan, id);
        let lent = lent(plan, id, &params);
        for (param, lent) in params.iter_mut().zip(lent) {
            param.lent = lent;
        }
        plan.handlers[id].params = params;
    }
    carrying::compute(plan);
    note_given_up(plan);
}

/// Tells states which of their params a transition moves out of them.
fn note_given_up(plan: &mut Plan) {
    let taken = |lent: &Lent| {
        let changes = || lent.changes.iter().map(|(_, change)| change);
        !lent.taken.is_empty() || changes().any(|change| matches!(change, Change::Taken(_)))
    };
    let params = plan.handlers.iter().flat_map(|handler| &handler.params);
    let params = params.filter(|named| named.lent.as_ref().is_some_and(taken));
    let taken = params.flat_map(|named| named.holders.iter().map(|at| (*at, named.param.name)));
    let carried = plan.states.iter().flat_map(|state| &state.carried);
    let carried = carried.map(|carried| (carried.holder, carried.param));
    for (holder, name) in taken.chain(carried).listed() {
        let given_up = &mut plan.states[holder].given_up;
        if !given_up.contains(&name) {
            given_up.push(name);
        }
    }
}

/// The params that a body names: those of its state or, where that declares none, those of its
/// descendants on whose type all agree.
fn in_sight<'a>(plan: &Plan<'a>, id: HandlerId) -> Vec<NamedParam<'a>> {
    let handler = &plan.model.handlers[id];
    let state = &plan.model.states[handler.state];
    let holders = if state.params.is_empty() { &state.below } else { &vec![handler.state] };
    let mut found: Vec<NamedParam<'a>> = Vec::new();
    for &holder in holders {
        for param in &plan.states[holder].storage.params {
            if !handler.reads(&param.name.to_string()) {
                continue;
            }
            match found.iter_mut().find(|known| known.param.name == param.name) {
                Some(known) => known.holders.push(holder),
                None => found.push(NamedParam {
                    param: param.clone(),
                    holders: vec![holder],
                    always_held: false,
                    lent: None,
                }),
            }
        }
    }
    found.retain(|named| {
        named.holders.iter().all(|holder| {
            let mut params = plan.states[*holder].storage.params.iter();
            params.any(|other| other.name == named.param.name && other.ty.same(named.param.ty))
        })
    });
    for named in &mut found {
        named.always_held = always_held(plan, handler.state, &named.holders);
    }
    found
}

/// Whether one of `holders` is current whenever a handler of `state` runs.
fn always_held(plan: &Plan, state: StateId, holders: &[StateId]) -> bool {
    let mut leaves = plan.leaves_of(state);
    leaves.all(|leaf| plan.states[leaf].chain.iter().any(|at| holders.contains(at)))
}

/// For each of its params, how a handler borrows it. Beside the state's variables all are
/// borrowed, or none; without them, nothing else may change the state meanwhile.
fn lent(plan: &Plan, id: HandlerId, params: &[NamedParam]) -> Vec<Option<Lent>> {
    let handler = &plan.model.handlers[id];
    let body = &handler.ast.body;
    let none = || params.iter().map(|_| None).listed();
    if params.iter().all(|named| named.param.ty.is_copy()) {
        return none();
    }
    let beside = Variables::of(|found| walk::block(body, found));
    let beside = beside.is_some_and(|variables| !variables.names.is_empty());
    if handler.ast.default.is_some() || !beside && touches_state(body) {
        return none();
    }
    let takes = Takes { plan, handler: id, params };
    let lent = params.iter().map(|NamedParam { param, holders, always_held, .. }| {
        let there = if beside { *holders == [handler.state] } else { *always_held };
        let lent = there && !param.ty.is_copy();
        lent.then(|| places::of(body, param.name, beside, &takes)).flatten()
    });
    let lent = lent.listed();
    let all =
        || params.iter().zip(&lent).all(|(named, lent)| lent.is_some() || named.param.ty.is_copy());
    if !beside || all() { lent } else { none() }
}

/// Whether a body uses the state in other ways than by its params.
fn touches_state(body: &Block) -> bool {
    struct Touches(bool);
    impl<'a> Visit<'a> for Touches {
        fn access(&mut self, access: &'a Access, _: bool) {
            self.0 |= matches!(access, Access::StateVar { .. } | Access::Call(_));
        }
        fn frame(&mut self, stmt: &'a FrameStmt, _: bool) {
            self.0 |= matches!(stmt, FrameStmt::Forward(_) | FrameStmt::Push(_));
        }
    }
    let mut touches = Touches(false);
    walk::block(body, &mut touches);
    touches.0
}
