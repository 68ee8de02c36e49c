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
        let exit = self.exit_args(scope);
        let enter = self.enter_args(scope, forward, (!pop).then_some(state));
        let target =
            if pop { Target::Pop } else { Target::State(state, self.state_args(scope, state)) };
        Transition { push, exit, forward, enter, label: self.chance(2), target, then }
    }

    fn exit_args(&mut self, scope: &mut Scope) -> Vec<Expr> {
        let most = if scope.body == Body::Exit { 0 } else { self.exit_arity(scope.state) };
        self.some_args(scope, most)
    }

    /// For `-> pop$` all or none: whether saved args fill up those that are given is open.
    fn enter_args(
        &mut self,
        scope: &mut Scope,
        forward: bool,
        state: Option<StateId>,
    ) -> Option<Vec<Expr>> {
        let args = match state {
            _ if forward && scope.body == Body::Enter => Vec::new(),
            Some(state) => self.some_args(scope, self.enter_arity(state)),
            None if self.chance(5) => self.args(scope, self.pop_enter_arity()),
            None => Vec::new(),
        };
        Some(args).filter(|args| !args.is_empty())
    }

    fn state_args(&mut self, scope: &mut Scope, state: StateId) -> Vec<Expr> {
        let chain = self.machine.lineage(state);
        let arity = chain.map(|above| self.machine.states[above].params.len()).max();
        self.some_args(scope, arity.unwrap_or(0))
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

    fn some_args(&mut self, scope: &mut Scope, most: usize) -> Vec<Expr> {
        let count = self.rng.usize(..=most);
        self.args(scope, count)
    }

    fn args(&mut self, scope: &mut Scope, count: usize) -> Vec<Expr> {
        let calls = self.has(Feature::CallsInTransitions);
        let owned: Vec<String> =
            scope.names.iter().filter(|name| self.machine.is_owned(name)).cloned().collect();
        let arg = |generator: &mut Self, scope: &mut Scope| {
            if !owned.is_empty() && generator.chance(5) {
                Expr::Name(owned[generator.rng.usize(..owned.len())].clone())
            } else if calls && generator.chance(2) {
                generator.value(scope)
            } else {
                generator.pure(scope, 1)
            }
        };
        (0..count).map(|_| arg(self, scope)).collect()
    }
}
