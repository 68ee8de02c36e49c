//! Which transitions can be followed by another whose source is known: behind `$>` of the
//! target, what it queued leaves the target. Following it there keeps the source a
//! constant; only cycles, pops and calls that leave the state need the general loop.

use std::collections::BTreeSet;

use super::{Forward, JumpId, Plan};
use crate::model::{EventId, HandlerId, StateId};

/// For each leaf the targets whose next transition is followed. They make no cycle, so that
/// the functions that perform them do not recurse.
pub fn edges(plan: &Plan) -> Vec<BTreeSet<StateId>> {
    let found = vec![BTreeSet::new(); plan.states.len()];
    let mut search = Search { plan, open: BTreeSet::new(), done: BTreeSet::new(), found };
    for leaf in plan.leaves() {
        search.visit(leaf);
    }
    search.found
}

struct Search<'p, 'a> {
    plan: &'p Plan<'a>,
    /// The leaves on the way to the current one.
    open: BTreeSet<StateId>,
    done: BTreeSet<StateId>,
    found: Vec<BTreeSet<StateId>>,
}

impl Search<'_, '_> {
    fn visit(&mut self, leaf: StateId) {
        if !self.done.insert(leaf) {
            return;
        }
        self.open.insert(leaf);
        for jump in &self.plan.states[leaf].jumps {
            let Some(target) = self.plan.jumps[*jump].target else { continue };
            if self.plan.queues_more(leaf, *jump)
                && !self.plan.may_move_on(*jump)
                && !self.open.contains(&target)
            {
                self.found[leaf].insert(target);
                self.visit(target);
            }
        }
        self.open.remove(&leaf);
    }
}

impl Plan<'_> {
    /// Whether performing a transition out of `leaf` can queue another.
    pub fn queues_more(&self, leaf: StateId, jump: JumpId) -> bool {
        let queues = |handler: Option<HandlerId>| {
            handler.is_some_and(|id| !self.handlers[id].jumps.is_empty())
        };
        let jump = &self.jumps[jump];
        let enters = match jump.target {
            Some(target) => queues(self.states[target].enter),
            None => self.leaves().any(|leaf| queues(self.states[leaf].enter)),
        };
        let forwarded = jump.forward.is_some_and(|forward| match (forward, jump.target) {
            (Forward::Event(event), Some(target)) if self.stays_entered(target) => {
                queues(self.route(target, event))
            }
            _ => true,
        });
        queues(self.states[leaf].exit) || enters || forwarded
    }

    /// Whether an event is handed on to a state that is not known where that happens.
    pub fn is_routed(&self, event: EventId) -> bool {
        let unknown = |target: Option<StateId>| !target.is_some_and(|id| self.stays_entered(id));
        self.jumps
            .iter()
            .any(|jump| jump.forward == Some(Forward::Event(event)) && unknown(jump.target))
    }

    /// Whether a state that was entered is the leaf for certain until its `$>` has ended.
    pub fn stays_entered(&self, state: StateId) -> bool {
        self.states[state].enter.is_none_or(|id| !self.handlers[id].can_be_moved)
    }

    /// Whether a self-call may leave the target before what it queued is performed.
    fn may_move_on(&self, jump: JumpId) -> bool {
        let jump = &self.jumps[jump];
        let moves =
            |handler: Option<HandlerId>| handler.is_some_and(|id| self.handlers[id].can_be_moved);
        let Some(target) = jump.target else { return true };
        let forwarded = match jump.forward {
            Some(Forward::Event(event)) => moves(self.route(target, event)),
            Some(Forward::Exit(_)) => moves(self.states[target].exit),
            None => false,
        };
        moves(self.states[target].enter) || forwarded
    }

    /// Whether what a transition queues is followed where it is performed.
    pub fn follows(&self, leaf: StateId, jump: JumpId) -> Option<StateId> {
        let target = self.jumps[jump].target?;
        let followed = self.followed[leaf].contains(&target)
            && self.queues_more(leaf, jump)
            && !self.may_move_on(jump)
            && !self.states[target].jumps.is_empty();
        followed.then_some(target)
    }

    /// Whether all that can come of a transition is followed.
    pub fn is_covered(&self, leaf: StateId, jump: JumpId) -> bool {
        self.covered[leaf].contains(&jump)
    }
}

/// For each leaf the transitions of which all that can come is followed.
pub fn covered(plan: &Plan) -> Vec<BTreeSet<JumpId>> {
    let mut cover =
        Cover { plan, done: BTreeSet::new(), found: vec![BTreeSet::new(); plan.states.len()] };
    plan.leaves().for_each(|leaf| cover.visit(leaf));
    cover.found
}

struct Cover<'p, 'a> {
    plan: &'p Plan<'a>,
    done: BTreeSet<StateId>,
    found: Vec<BTreeSet<JumpId>>,
}

impl Cover<'_, '_> {
    fn visit(&mut self, leaf: StateId) {
        if !self.done.insert(leaf) {
            return;
        }
        for jump in &self.plan.states[leaf].jumps {
            let covered = match self.plan.follows(leaf, *jump) {
                Some(target) => {
                    self.visit(target);
                    self.found[target].len() == self.plan.states[target].jumps.len()
                }
                None => !self.plan.queues_more(leaf, *jump),
            };
            if covered {
                self.found[leaf].insert(*jump);
            }
        }
    }
}
