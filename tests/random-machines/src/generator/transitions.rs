//! Draws transitions.

use crate::ast::*;
use crate::features::Feature;

use super::Generator;
use super::scope::{Body, Scope};

impl Generator {
    pub(super) fn transition(&mut self, scope: &mut Scope) -> Transition {
        let pop = self.has(Feature::Pop) && self.may_use_stack(scope) && self.chance(4);
        let push = !pop && self.may_use_stack(scope) && self.chance(4);
        let state = self.rng.usize(..self.machine.states.len());
        let forward = self.chance(4) && self.may_forward(scope, (!pop).then_some(state));
        let then = (self.has(Feature::ReturnBehindTransition)
            && self.has_return_value(scope)
            && self.chance(2))
        .then(|| {
            (if self.chance(5) { self.setter() } else { Setter::Leaving }, self.pure(scope, 1))
        });
        let exit = if scope.body == Body::Exit { 0 } else { self.exit_arity(scope.state) };
        let exit = self.transition_args(scope, exit);
        let enter = if pop { self.pop_enter_arity() } else { self.enter_arity(state) };
        let enter = if forward && scope.body == Body::Enter { 0 } else { enter };
        let enter = Some(self.transition_args(scope, enter)).filter(|args| !args.is_empty());
        let target = if pop {
            Target::Pop
        } else {
            let arity = self
                .machine
                .lineage(state)
                .map(|above| self.machine.states[above].params.len())
                .max();
            Target::State(state, self.transition_args(scope, arity.unwrap_or(0)))
        };
        Transition { push, exit, forward, enter, label: self.chance(2), target, then }
    }

    /// Not from an exit handler, whose event is over; and only to where `$>` makes no self-calls,
    /// since the state that the event is meant for could be left before it arrives.
    fn may_forward(&self, scope: &Scope, target: Option<StateId>) -> bool {
        let quiet = |state: StateId| self.machine.lineage(state).all(|above| self.quiet[above]);
        self.has(Feature::ForwardedEvents)
            && scope.body != Body::Exit
            && match target {
                Some(state) => quiet(state),
                None => (0..self.machine.states.len()).all(quiet),
            }
    }

    /// What an exit handler does to the stack while a `-> pop$` is in progress, or a bounded push,
    /// is open.
    pub(super) fn may_use_stack(&self, scope: &Scope) -> bool {
        let in_exit = !self.has(Feature::Pop) && !self.has(Feature::StackBound);
        match scope.body {
            Body::Method(_) | Body::Enter => self.has(Feature::Stack),
            Body::Exit => self.has(Feature::Stack) && in_exit,
            Body::Action(_) => false,
        }
    }

    /// The most params that an exit handler of a chain has that a handler of the state can leave.
    fn exit_arity(&self, state: StateId) -> usize {
        let chains = self.machine.subtree(state).flat_map(|leaf| self.machine.lineage(leaf));
        let exits = chains.filter_map(|above| self.machine.states[above].exit.as_ref());
        exits.map(|exit| exit.params.len()).max().unwrap_or(0)
    }

    fn enter_arity(&self, state: StateId) -> usize {
        let enters = self
            .machine
            .lineage(state)
            .filter_map(|above| self.machine.states[above].enter.as_ref());
        enters.map(|enter| enter.params.len()).max().unwrap_or(0)
    }

    fn pop_enter_arity(&self) -> usize {
        (0..self.machine.states.len()).map(|state| self.enter_arity(state)).max().unwrap_or(0)
    }

    fn transition_args(&mut self, scope: &mut Scope, most: usize) -> Vec<Expr> {
        let calls = self.has(Feature::CallsInTransitions);
        (0..self.rng.usize(..=most))
            .map(|_| if calls && self.chance(2) { self.value(scope) } else { self.pure(scope, 1) })
            .collect()
    }
}
