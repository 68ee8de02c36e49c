//! How return values travel: the shape of each handler's function, who takes the slot,
//! and where a value can be missing at the end.

use super::{Forward, Plan, Shape};
use crate::ast::*;
use crate::facts;
use crate::gather::Gather;
use crate::model::{EventId, HandlerId, StateId, Trigger};
use crate::sets::Ids;
use crate::tail::{self, Tail};

pub fn compute(plan: &mut Plan) {
    for id in 0..plan.handlers.len() {
        plan.handlers[id].shape = shape(plan, id);
    }
    // A forward sets what its target sets, which may be written later.
    loop {
        let sets = |id| always_sets(plan, id);
        let found: Vec<bool> = (0..plan.handlers.len()).map(sets).listed();
        let known = plan.handlers.iter().map(|handler| handler.always_sets);
        if known.eq(found.iter().copied()) {
            break;
        }
        for (handler, sets) in plan.handlers.iter_mut().zip(found) {
            handler.always_sets = sets;
        }
    }
    lifecycle_slots(plan);
    event_slots(plan);
    for event in 0..plan.events.len() {
        plan.events[event].can_end_unset = can_end_unset(plan, event);
    }
}

fn shape(plan: &Plan, id: HandlerId) -> Shape {
    let handler = &plan.model.handlers[id];
    if handler.ret.is_none() {
        return Shape::Unit;
    }
    let facts = &plan.handlers[id].facts;
    let question = facts::asks(&handler.ast.body);
    let tail = tail::of_block(&handler.ast.body);
    if returns_with_transitions(plan, id, tail) {
        return Shape::Value;
    }
    let native = facts.returns_value
        || question
        || facts.leaves_with_value && matches!(tail, Tail::Value | Tail::Call | Tail::Mixed)
        || match tail {
            Tail::Value | Tail::Mixed => true,
            Tail::Call => !returns_nothing(plan, &handler.ast.body),
            Tail::Unit | Tail::Never => false,
        };
    if !native {
        return Shape::Unit;
    }
    let touches_slot =
        facts.sets_return || facts.reads_return || facts.forwards || handler.ast.default.is_some();
    let leaves_without = facts.leaves_bare
        || !facts.transitions.is_empty()
        || plan.handlers[id].can_be_moved
        || matches!(tail, Tail::Unit | Tail::Mixed)
        || tail == Tail::Call && plan.model.has_default(handler.trigger);
    let option = question && handler.ret.is_some_and(Type::is_option);
    match touches_slot || leaves_without {
        true if option => Shape::MixedOption,
        true => Shape::Mixed,
        false => Shape::Value,
    }
}

/// Whether a handler with transitions can return its value on every path, which the slot would
/// have copied: each transition has its own `@@:(e)`, and nothing else leaves without a value.
/// A value that borrows would hold the machine while the transition is performed.
fn returns_with_transitions(plan: &Plan, id: HandlerId, tail: Tail) -> bool {
    let (handler, own) = (&plan.model.handlers[id], &plan.handlers[id]);
    let facts = &own.facts;
    let ends_with_value = match tail {
        Tail::Never | Tail::Value => true,
        Tail::Call => {
            !plan.model.has_default(handler.trigger) && !returns_nothing(plan, &handler.ast.body)
        }
        Tail::Unit | Tail::Mixed => false,
    };
    let needs_slot = facts.reads_return || facts.forwards || handler.ast.default.is_some();
    !facts.transitions.is_empty()
        && ends_with_value
        && !needs_slot
        && !facts.leaves_bare
        && !own.can_be_moved
        && !handler.ret.is_some_and(Type::borrows)
        && !plan.model.mistakes.handlers.contains(id)
        && facts::sets_in_transitions(&handler.ast.body)
}

/// Whether a body's tail is a call of something of ours that returns nothing.
fn returns_nothing(plan: &Plan, body: &Block) -> bool {
    let Some(Stmt { kind: StmtKind::Native(code), semi: None }) = body.stmts.last() else {
        return false;
    };
    plan.model.is_unit_call(code)
}

fn always_sets(plan: &Plan, id: HandlerId) -> bool {
    let own = &plan.handlers[id];
    own.shape == Shape::Value
        || plan.model.mistakes.handlers.contains(id)
        || plan.model.handlers[id].ast.default.is_some()
        || !own.can_be_moved && sets_in(plan, id, &plan.model.handlers[id].ast.body) == Some(true)
}

/// Whether a block sets the value before anything can leave it: `None` when control goes
/// on behind it without.
fn sets_in(plan: &Plan, id: HandlerId, block: &Block) -> Option<bool> {
    let last = block.stmts.len().saturating_sub(1);
    for (at, stmt) in block.stmts.iter().enumerate() {
        match &stmt.kind {
            StmtKind::Item(_) => {}
            StmtKind::Frame(
                FrameStmt::SetReturn { .. } | FrameStmt::Leave { value: Some(_), .. },
            ) => {
                return Some(true);
            }
            StmtKind::Frame(FrameStmt::Transition(transition)) => {
                return Some(transition_sets(plan, id, transition));
            }
            StmtKind::Frame(FrameStmt::Leave { value: None, .. }) => return Some(false),
            StmtKind::Frame(FrameStmt::Forward(_)) => {
                if parent_sets(plan, id) {
                    return Some(true);
                }
            }
            StmtKind::Frame(FrameStmt::Push(_) | FrameStmt::Pop(_) | FrameStmt::Broken(_)) => {}
            StmtKind::Native(code) => {
                if let Some(sets) = sets_in_code(plan, id, code) {
                    return Some(sets);
                }
                let value = tail::of_code(code) == Tail::Value;
                if at == last && stmt.semi.is_none() && value {
                    return Some(true);
                }
            }
        }
    }
    None
}

/// Whether a transition brings a value, or takes the event to where it is always set. In a
/// state that `$>` may have left by then, that is not known.
fn transition_sets(plan: &Plan, id: HandlerId, transition: &Transition) -> bool {
    if transition.value.is_some() {
        return true;
    }
    let Some(jump) = plan.queued_by(id, transition) else { return false };
    let sets = |event, state: StateId| {
        let handler = plan.route(state, event);
        plan.states[state].stays_entered && handler.is_some_and(|id| plan.handlers[id].always_sets)
    };
    match (plan.jumps[jump].forward, plan.jumps[jump].target) {
        (Some(Forward::Event(event)), Some(target)) => sets(event, target),
        (Some(Forward::Event(event)), None) => pushable(plan).all(|state| sets(event, state)),
        (Some(Forward::Exit(_)) | None, _) => false,
    }
}

/// Whether `=> $^` sets the value. Where the parent only takes the event along, a transition
/// that is queued behind it replaces that one, and a call would perform it for itself.
fn parent_sets(plan: &Plan, id: HandlerId) -> bool {
    let own = &plan.handlers[id];
    let Some(parent) = own.forward.map(|parent| &plan.handlers[parent]) else { return false };
    let takes_along = parent.jumps.iter().any(|jump| plan.jumps[jump].forward.is_some());
    let is_last = own.facts.transitions.is_empty() && own.facts.calls.is_empty();
    parent.always_sets && (is_last || !takes_along)
}

fn sets_in_code(plan: &Plan, id: HandlerId, code: &[Piece]) -> Option<bool> {
    match code {
        [Piece::Return { value, .. }] => Some(value.is_some()),
        [Piece::Frame(stmt)] => match &**stmt {
            FrameStmt::SetReturn { .. } | FrameStmt::Leave { value: Some(_), .. } => Some(true),
            FrameStmt::Transition(transition) => Some(transition_sets(plan, id, transition)),
            _ => None,
        },
        [Piece::Token(_), Piece::Head(_), Piece::Block(then), rest @ ..] => {
            let otherwise = match rest {
                [Piece::Token(_), Piece::Block(block)] => sets_in(plan, id, block),
                [Piece::Token(_), rest @ ..] => sets_in_code(plan, id, rest),
                _ => None,
            };
            both(sets_in(plan, id, then), otherwise)
        }
        [Piece::Token(_), Piece::Head(_), Piece::Arms { arms, .. }] => {
            let mut arms = arms.iter().map(|arm| sets_in_code(plan, id, &arm.body));
            let first = arms.next()?;
            arms.fold(first, both)
        }
        [Piece::Block(block)] => sets_in(plan, id, block),
        code => leaves_unset(plan, id, code).then_some(false),
    }
}

/// Two branches: each must set, and one that leaves unset spoils both.
fn both(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Whether some path in the code leaves the handler without a value.
fn leaves_unset(plan: &Plan, id: HandlerId, code: &[Piece]) -> bool {
    code.iter().any(|piece| match piece {
        Piece::Group { inner, .. } | Piece::Head(inner) => leaves_unset(plan, id, inner),
        Piece::Block(block) => sets_in(plan, id, block) == Some(false),
        Piece::Arms { arms, .. } => {
            arms.iter().any(|arm| sets_in_code(plan, id, &arm.body) == Some(false))
        }
        Piece::Return { value, .. } => value.is_none(),
        Piece::Frame(stmt) => match &**stmt {
            FrameStmt::Transition(transition) => !transition_sets(plan, id, transition),
            FrameStmt::Leave { value, .. } => value.is_none(),
            _ => false,
        },
        Piece::Token(_) | Piece::Closure(_) | Piece::Access(_) => false,
    })
}

/// Lifecycle handlers that touch the return value do so for the one type that the calls
/// reaching them return.
fn lifecycle_slots(plan: &mut Plan) {
    let touching: Vec<HandlerId> = (0..plan.handlers.len())
        .filter(|id| matches!(plan.model.handlers[*id].trigger, Trigger::Enter | Trigger::Exit))
        .filter(|id| touches_slot(plan, *id))
        .listed();
    for event in 0..plan.events.len() {
        let Some(ret) = plan.model.events[event].ret else { continue };
        for handler in reachable_lifecycle(plan, event).iter() {
            // What it forwards to works on the same slot.
            let mut at = Some(handler);
            while let Some(handler) = at.filter(|handler| touching.contains(handler)) {
                plan.handlers[handler].slot.get_or_insert(ret);
                at = plan.handlers[handler].forward;
            }
        }
    }
    let any = !touching.is_empty();
    for event in 0..plan.events.len() {
        let Some(ret) = plan.model.events[event].ret else { continue };
        let needed = plan.events[event].forwarded
            || any && reachable_lifecycle(plan, event).iter().any(|id| touching.contains(&id));
        if needed && !plan.lanes.iter().any(|lane| lane.same(ret)) {
            plan.lanes.push(ret);
        }
    }
}

fn touches_slot(plan: &Plan, id: HandlerId) -> bool {
    let mut at = Some(id);
    while let Some(handler) = at {
        let facts = &plan.handlers[handler].facts;
        if facts.sets_return || facts.leaves_with_value || facts.reads_return {
            return true;
        }
        at = plan.handlers[handler].forward;
    }
    false
}

/// The lifecycle handlers that run in the context of a call of `event`.
pub fn reachable_lifecycle(plan: &Plan, event: EventId) -> Ids {
    let mut handlers = Ids::new();
    let mut open: Vec<(StateId, usize)> = Vec::new();
    for leaf in plan.reached() {
        if let Some(route) = plan.route(leaf, event) {
            open.extend(plan.handlers[route].jumps.iter().map(|jump| (leaf, jump)));
        }
        // A call from within performs what its caller had queued as well.
        if plan.events[event].called && !plan.model.events[event].query {
            open.extend(plan.pending.iter().map(|jump| (leaf, jump)));
        }
    }
    let mut seen: Vec<Ids> = vec![Ids::new(); plan.states.len()];
    while let Some((leaf, jump)) = open.pop() {
        if !seen[leaf].insert(jump) {
            continue;
        }
        let targets: Vec<StateId> = match plan.jumps[jump].target {
            Some(target) => vec![target],
            None => pushable(plan).listed(),
        };
        let exit = plan.states[leaf].exit;
        handlers.extend(exit);
        for target in targets {
            let enter = plan.states[target].enter;
            handlers.extend(enter);
            let forwarded = match plan.jumps[jump].forward {
                Some(Forward::Event(event)) => plan.route(target, event),
                _ => None,
            };
            for handler in [exit, enter, forwarded].into_iter().flatten() {
                let jumps = plan.handlers[handler].jumps.iter();
                open.extend(jumps.map(|jump| (target, jump)));
            }
        }
    }
    handlers
}

/// The states that `-> pop$` can lead to.
fn pushable(plan: &Plan) -> impl Iterator<Item = StateId> {
    plan.leaves().filter(|leaf| plan.states[*leaf].pushable)
}

/// Event handlers take the slot when they read or write it, or hand it on.
fn event_slots(plan: &mut Plan) {
    for id in 0..plan.handlers.len() {
        let handler = &plan.model.handlers[id];
        let Some(ret) = handler.ret else { continue };
        let own = &plan.handlers[id];
        let writes = own.facts.sets_return && own.shape != Shape::Value
            || own.facts.reads_return
            || own.facts.forwards && own.forward.is_some()
            || own.facts.leaves_with_value && own.shape == Shape::Unit
            || handler.ast.default.is_some();
        if writes {
            plan.handlers[id].slot = Some(ret);
        }
    }
}

fn can_end_unset(plan: &Plan, event: EventId) -> bool {
    let event_model = &plan.model.events[event];
    if event_model.ret.is_none() || event_model.default.is_some() {
        return false;
    }
    plan.leaves().count() == 0 || plan.leaves().any(|leaf| plan.leaves_unset(leaf, event))
}
