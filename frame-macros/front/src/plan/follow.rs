//! Which transitions can be followed by another whose source is known: behind `$>` of the
//! target, what it queued leaves the target. Following it there keeps the source a
//! constant; only cycles, pops and calls that leave the state need the general loop.

use super::{Forward, JumpId, Plan};
use crate::gather::Gather;
use crate::model::{EventId, HandlerId, StateId};
use crate::sets::Ids;

pub fn compute(plan: &mut Plan) {
    plan.settles = settles(plan);
    for event in 0..plan.events.len() {
        plan.events[event].routed = is_routed(plan, event);
    }
    for (leaf, followed) in followed(plan).into_iter().enumerate() {
        plan.states[leaf].followed = followed;
    }
    for (leaf, covered) in covered(plan).into_iter().enumerate() {
        plan.states[leaf].covered = covered;
    }
}

/// Whether lifecycle handlers can queue something, or the handlers that an event is handed on to.
fn settles(plan: &Plan) -> bool {
    let lifecycle =
        |leaf: StateId| plan.states[leaf].enter.into_iter().chain(plan.states[leaf].exit);
    (0..plan.states.len()).flat_map(lifecycle).any(|id| queues(plan, id))
        || plan.jumps.iter().any(|jump| match jump.forward {
            Some(Forward::Event(event)) => {
                plan.leaves().filter_map(|leaf| plan.route(leaf, event)).any(|id| queues(plan, id))
            }
            Some(Forward::Exit(_)) => true,
            None => false,
        })
}

/// Whether an event is handed on to a state that is not known where that happens.
fn is_routed(plan: &Plan, event: EventId) -> bool {
    let unknown = |target: StateId| !plan.states[target].stays_entered;
    let handing = plan.jumps.iter().filter(|jump| jump.forward == Some(Forward::Event(event)));
    handing.map(|jump| jump.target).any(|target| target.is_none_or(unknown))
}

/// For each leaf the transitions behind which the next is followed. Their targets make no cycle,
/// so that the functions that perform them do not recurse.
fn followed(plan: &Plan) -> Vec<Ids> {
    let targets = vec![Ids::new(); plan.states.len()];
    let mut search = Search { plan, open: Ids::new(), done: Ids::new(), targets };
    plan.leaves().for_each(|leaf| search.visit(leaf));
    let of_leaf = |(leaf, targets): (StateId, Ids)| {
        let mut followed = Ids::new();
        for jump in plan.states[leaf].jumps.iter() {
            let target = plan.jumps[jump].target.filter(|target| targets.contains(*target));
            let queues = |target: StateId| !plan.states[target].jumps.is_empty();
            if target.is_some_and(queues) && can_be_followed(plan, leaf, jump) {
                followed.insert(jump);
            }
        }
        followed
    };
    search.targets.into_iter().enumerate().map(of_leaf).listed()
}

struct Search<'p, 'a> {
    plan: &'p Plan<'a>,
    /// The leaves on the way to the current one.
    open: Ids,
    done: Ids,
    /// For each leaf those whose next transition is followed.
    targets: Vec<Ids>,
}

impl Search<'_, '_> {
    fn visit(&mut self, leaf: StateId) {
        if !self.done.insert(leaf) {
            return;
        }
        self.open.insert(leaf);
        for jump in self.plan.states[leaf].jumps.iter() {
            let Some(target) = self.plan.jumps[jump].target else { continue };
            if can_be_followed(self.plan, leaf, jump) && !self.open.contains(target) {
                self.targets[leaf].insert(target);
                self.visit(target);
            }
        }
        self.open.remove(leaf);
    }
}

/// Whether performing a transition can queue another, which leaves its target for certain.
fn can_be_followed(plan: &Plan, leaf: StateId, jump: JumpId) -> bool {
    queues_more(plan, leaf, jump) && !may_move_on(plan, jump)
}

/// Whether performing a transition out of `leaf` can queue another.
fn queues_more(plan: &Plan, leaf: StateId, jump: JumpId) -> bool {
    let jump = &plan.jumps[jump];
    let handler = |id: Option<HandlerId>| id.is_some_and(|id| queues(plan, id));
    let enters = match jump.target {
        Some(target) => handler(plan.states[target].enter),
        None => plan.leaves().any(|leaf| handler(plan.states[leaf].enter)),
    };
    let forwarded = jump.forward.is_some_and(|forward| match (forward, jump.target) {
        (Forward::Event(event), Some(target)) if plan.states[target].stays_entered => {
            handler(plan.route(target, event))
        }
        _ => true,
    });
    handler(plan.states[leaf].exit) || enters || forwarded
}

fn queues(plan: &Plan, handler: HandlerId) -> bool {
    !plan.handlers[handler].jumps.is_empty()
}

/// Whether a self-call may leave the target before what it queued is performed.
fn may_move_on(plan: &Plan, jump: JumpId) -> bool {
    let jump = &plan.jumps[jump];
    let moves =
        |handler: Option<HandlerId>| handler.is_some_and(|id| plan.handlers[id].can_be_moved);
    let Some(target) = jump.target else { return true };
    let forwarded = match jump.forward {
        Some(Forward::Event(event)) => moves(plan.route(target, event)),
        Some(Forward::Exit(_)) => moves(plan.states[target].exit),
        None => false,
    };
    !plan.states[target].stays_entered || forwarded
}

/// For each leaf the transitions of which all that can come is followed.
fn covered(plan: &Plan) -> Vec<Ids> {
    let mut cover = Cover { plan, done: Ids::new(), found: vec![Ids::new(); plan.states.len()] };
    plan.leaves().for_each(|leaf| cover.visit(leaf));
    cover.found
}

struct Cover<'p, 'a> {
    plan: &'p Plan<'a>,
    done: Ids,
    found: Vec<Ids>,
}

impl Cover<'_, '_> {
    fn visit(&mut self, leaf: StateId) {
        if !self.done.insert(leaf) {
            return;
        }
        for jump in self.plan.states[leaf].jumps.iter() {
            let covered = match self.plan.follows(leaf, jump) {
                Some(target) => {
                    self.visit(target);
                    self.found[target].len() == self.plan.states[target].jumps.len()
                }
                None => !queues_more(self.plan, leaf, jump),
            };
            if covered {
                self.found[leaf].insert(jump);
            }
        }
    }
}
