//! What each state holds: variables, the params that someone reads, saved enter args.

use super::{Plan, StatePlan, Storage, given, lifecycle};
use crate::ast;
use crate::facts;
use crate::gather::Gather;
use crate::model::*;
use crate::sets::Ids;
use crate::walk;

/// Chains, lifecycle handlers and compartments.
pub fn states(plan: &mut Plan) {
    let model = plan.model;
    let (given, pushers) = (given::of_states(model), pushers(model));
    for (id, given) in given.into_iter().enumerate() {
        let chain = model.chain(id);
        let state_args = positional(chain.iter().map(|s| model.states[*s].params.as_slice()));
        plan.states.push(StatePlan {
            leaf: false,
            leaves: Vec::new(),
            reached: false,
            storage: Storage {
                params: read_params(model, id),
                vars: model.states[id].ast.vars.iter().listed(),
                saves_enter: false,
            },
            pushable: chain.iter().any(|state| pushers.contains(*state)),
            enter: model.resolve(id, Trigger::Enter),
            exit: model.resolve(id, Trigger::Exit),
            enter_args: positional(
                chain.iter().map(|s| handler_params(model, model.states[*s].enter)),
            ),
            exit_args: positional(
                chain.iter().map(|s| handler_params(model, model.states[*s].exit)),
            ),
            own_defaults: (0..state_args.len())
                .map(|at| have_own_defaults(model, &chain, at))
                .listed(),
            state_args,
            given,
            chain,
            jumps: Ids::new(),
            followed: Ids::new(),
            covered: Ids::new(),
            given_up: Vec::new(),
            carried: Vec::new(),
            stays_entered: true,
        });
    }
}

/// The states with a handler that saves what is current then.
fn pushers(model: &Model) -> Ids {
    let mut pushers = Ids::new();
    for handler in &model.handlers {
        if facts::of_block(&handler.ast.body).pushes {
            pushers.insert(handler.state);
        }
    }
    pushers
}

fn handler_params<'m, 'a>(model: &'m Model<'a>, handler: Option<HandlerId>) -> &'m [Param<'a>] {
    handler.map(|id| model.handlers[id].params.as_slice()).unwrap_or_default()
}

/// One parameter for each position, as the state nearest to the leaf declares it.
fn positional<'m, 'a: 'm>(levels: impl Iterator<Item = &'m [Param<'a>]>) -> Vec<Param<'a>> {
    let mut found: Vec<Param<'a>> = Vec::new();
    for level in levels {
        found.extend(level.iter().skip(found.len()).cloned());
    }
    found
}

/// Whether the states of a chain that declare a param at this position would not all put the same
/// in its place.
fn have_own_defaults(model: &Model, chain: &[StateId], at: usize) -> bool {
    let declared = chain.iter().filter_map(|id| model.states[*id].params.get(at)).listed();
    lifecycle::differ(&declared)
}

/// The state's params that its handlers, or its ancestors' handlers, read by name.
fn read_params<'a>(model: &Model<'a>, id: StateId) -> Vec<Param<'a>> {
    let state = &model.states[id];
    let mut readers = model.chain(id);
    readers.retain(|reader| *reader == id || model.states[*reader].params.is_empty());
    let read = |param: &Param| {
        let mut handlers = readers.iter().flat_map(|reader| model.handlers_of(*reader));
        handlers.any(|handler| handler.reads(&param.name.to_string()))
    };
    state.params.iter().filter(|param| read(param)).cloned().listed()
}

/// Which states can be current, which can be pushed, and what follows from that.
pub fn leaves(plan: &mut Plan) {
    let model = plan.model;
    let targets: Vec<StateId> = plan.jumps.iter().filter_map(|jump| jump.target).listed();
    for (id, state) in plan.states.iter_mut().enumerate() {
        state.reached = id == 0 || targets.contains(&id);
        // A state that nothing leads to yet is compiled all the same: its author may be
        // about to write the transition. A parent is not meant to be entered itself.
        state.leaf = state.reached || model.states.iter().all(|other| other.parent != Some(id));
    }
    plan.leaves = (0..plan.states.len()).filter(|state| plan.states[*state].leaf).listed();
    for leaf in plan.leaves.clone() {
        for state in plan.states[leaf].chain.clone() {
            plan.states[state].leaves.push(leaf);
        }
    }
    plan.routes = (0..plan.states.len())
        .map(|state| {
            (0..model.events.len())
                .map(|event| model.resolve(state, Trigger::Event(event)))
                .listed()
        })
        .listed();
    for state in &mut plan.states {
        state.pushable &= state.leaf;
        state.storage.saves_enter = state.pushable && !state.enter_args.is_empty();
    }
    plan.stack = model
        .handlers
        .iter()
        .map(|handler| facts::of_block(&handler.ast.body))
        .any(|facts| facts.pushes || facts.pops || facts.depth)
        || plan.jumps.iter().any(|jump| jump.target.is_none())
        || model.functions.iter().any(|function| facts::of_block(&function.ast.body).depth);
    plan.start_reads_self = start_reads_self(plan);
    plan.nowhere = model.states.iter().any(|state| state.retain) || plan.start_reads_self;
}

/// Whether the start state's initialisers read the system they are part of.
fn start_reads_self(plan: &Plan) -> bool {
    let chain = plan.states.first().map(|start| start.chain.as_slice()).unwrap_or_default();
    let vars = chain.iter().flat_map(|state| &plan.states[*state].storage.vars);
    vars.filter_map(|var| var.init.as_ref()).any(uses_self)
}

fn uses_self(code: &ast::Code) -> bool {
    struct UsesSelf(bool);
    impl<'a> walk::Visit<'a> for UsesSelf {
        fn access(&mut self, access: &'a ast::Access, _: bool) {
            self.0 |= matches!(
                access,
                ast::Access::Call(_)
                    | ast::Access::Field { .. }
                    | ast::Access::StateName(_)
                    | ast::Access::StackDepth(_)
            );
        }
        fn token(&mut self, token: &'a proc_macro2::TokenTree, _: bool) {
            self.0 |= walk::mentions(token, "self");
        }
    }
    let mut found = UsesSelf(false);
    walk::code(code, &mut found);
    found.0
}
