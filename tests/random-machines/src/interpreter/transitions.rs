//! What happens to queued transitions.

use crate::ast::*;
use crate::subject::Outcome;

use super::{
    Compartment, Configuration, Event, EventKind, Interpreter, Queued, QueuedTarget, Run, bind,
    named,
};

impl Interpreter<'_> {
    pub(super) fn perform_queued(&mut self) -> Run<()> {
        while let Some(queued) = self.queued.take() {
            self.perform(queued)?;
        }
        Ok(())
    }

    /// R4, with the stack's part of it (R21, R22).
    fn perform(&mut self, queued: Queued) -> Run<()> {
        // R23: before anything has changed.
        if matches!(queued.target, QueuedTarget::Pop) && self.stack.is_empty() {
            return Err(Outcome::StackPanic);
        }
        if queued.push {
            self.check_capacity()?;
        }
        let args = if self.is_below_or_around(queued.by) { queued.exit_args } else { Vec::new() };
        self.dispatch(&Event { kind: EventKind::Exit, args })?;
        let next = match queued.target {
            QueuedTarget::State(state, args) => {
                self.build(state, &args, &queued.enter_args.unwrap_or_default())
            }
            QueuedTarget::Pop => {
                let saved =
                    self.stack.pop().expect("nothing but this pops while there is a `-> pop$`");
                let mut enter_args = queued.enter_args.unwrap_or(saved.enter_args);
                enter_args.truncate(self.enter_params(saved.leaf));
                Configuration { enter_args, ..saved }
            }
        };
        let left = std::mem::replace(&mut self.current, next);
        if queued.push {
            self.stack.push(left);
        }
        self.performed += 1;
        self.arrive(queued.event)
    }

    /// R25: the event in hand follows `$>`, unless it is a `$>` itself: then it is the one that is
    /// dispatched.
    fn arrive(&mut self, forwarded: Option<Event>) -> Run<()> {
        match forwarded {
            None => self.enter(),
            Some(event) if event.kind == EventKind::Enter => {
                self.current.enter_args = event.args;
                self.enter()
            }
            Some(event) => {
                self.enter()?;
                self.dispatch(&event)
            }
        }
    }

    /// R13: exit args are for the branch of the tree whose handler gives them; its own args may have
    /// led to another.
    fn is_below_or_around(&self, state: StateId) -> bool {
        let (leaf, machine) = (self.current.leaf, self.machine);
        machine.lineage(leaf).any(|id| id == state) || machine.lineage(state).any(|id| id == leaf)
    }

    /// R22: a state has the args that a `$>` of its chain declares; an arg beyond them goes nowhere.
    fn enter_params(&self, leaf: StateId) -> usize {
        let enters =
            self.machine.lineage(leaf).filter_map(|id| self.machine.states[id].enter.as_ref());
        enters.map(|enter| enter.params.len()).max().unwrap_or(0)
    }

    pub(super) fn enter(&mut self) -> Run<()> {
        let args = self.current.enter_args.clone();
        self.dispatch(&Event { kind: EventKind::Enter, args })
    }

    pub(super) fn check_capacity(&self) -> Run<()> {
        let full = self.machine.stack_bound.is_some_and(|bound| self.stack.len() >= bound);
        if full { Err(Outcome::StackPanic) } else { Ok(()) }
    }

    /// R12, R13: the whole chain anew, root first, but for the ancestors that are retained.
    pub(super) fn build(
        &mut self,
        leaf: StateId,
        args: &[i32],
        enter_args: &[i32],
    ) -> Configuration {
        let mut chain: Vec<StateId> = self.machine.lineage(leaf).collect();
        chain.reverse();
        let compartments = chain.into_iter().map(|state| match self.retained(state, leaf) {
            Some(kept) => (state, kept),
            None => (state, self.compartment(state, args)),
        });
        Configuration {
            leaf,
            compartments: compartments.collect(),
            enter_args: enter_args.to_vec(),
        }
    }

    /// R12: kept on transitions from one of its descendants to another, or to itself.
    fn retained(&self, state: StateId, target: StateId) -> Option<Compartment> {
        let leaf = self.current.leaf;
        let kept = self.machine.states[state].retain && state != leaf && state != target;
        if kept { self.current.compartments.get(&state).cloned() } else { None }
    }

    /// R4: an initialiser may use `self` and the state's params.
    fn compartment(&self, id: StateId, args: &[i32]) -> Compartment {
        let state = &self.machine.states[id];
        let args = bind(&state.params, args);
        let vars = state
            .vars
            .iter()
            .map(|value| self.initialise(value, &named("s", args.iter().copied())))
            .collect();
        Compartment { args, vars }
    }

    fn initialise(&self, value: &Expr, params: &[(String, i32)]) -> i32 {
        match value {
            Expr::Int(value) => *value,
            Expr::Field(index) => self.fields[*index],
            Expr::Name(name) => {
                params.iter().find(|(known, _)| known == name).expect("a param of the state").1
            }
            Expr::Pair(pairing, left, right) => {
                pairing.apply(self.initialise(left, params), self.initialise(right, params))
            }
            other => unreachable!("{other:?} in an initialiser"),
        }
    }
}
