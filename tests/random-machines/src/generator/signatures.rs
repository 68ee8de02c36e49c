//! Draws the topology: what there is, and with which params.

use crate::ast::*;
use crate::features::Feature;

use super::Generator;

impl Generator {
    pub(super) fn signatures(&mut self) {
        let fields = self.rng.usize(1..=2);
        self.machine.fields = self.ints(fields);
        self.machine.methods = (0..self.rng.usize(2..=3)).map(|index| self.method(index)).collect();
        if self.has(Feature::Actions) {
            self.machine.actions =
                (0..self.rng.usize(1..=2)).map(|index| self.action(index)).collect();
        }
        if self.has(Feature::Data) {
            self.machine.data = self.ints(1);
        }
        self.machine.owned_params = self.has(Feature::OwnedParams);
        self.machine.stack = self.has(Feature::Stack);
        self.machine.stack_bound = self.has(Feature::StackBound).then(|| self.rng.usize(1..=3));
        for index in 0..self.rng.usize(2..=4) {
            let state = self.state(index);
            self.machine.states.push(state);
            let quiet = self.chance(5);
            self.quiet.push(quiet);
        }
        self.retain_parents();
        self.start();
    }

    fn method(&mut self, index: usize) -> Method {
        let query = self.has(Feature::Queries) && self.chance(2);
        let returns = query || self.chance(6);
        let default = self.maybe_int(3).filter(|_| returns);
        Method { name: format!("m{index}"), params: self.rng.usize(..=2), returns, default, query }
    }

    fn action(&mut self, index: usize) -> Action {
        let operation = self.chance(4);
        let name = format!("{}{index}", if operation { "o" } else { "f" });
        Action { name, operation, params: self.rng.usize(..=2), body: Vec::new() }
    }

    pub(super) fn params(&mut self, of_ten: u8) -> Vec<Param> {
        if !self.chance(of_ten) {
            return Vec::new();
        }
        let with_default = if self.has(Feature::OwnedParams) { 1 } else { 4 };
        (0..self.rng.usize(1..=2)).map(|_| self.maybe_int(with_default)).collect()
    }

    pub(super) fn state(&mut self, index: usize) -> State {
        let parent = if index > 0 && self.chance(7) { Some(self.rng.usize(..index)) } else { None };
        let params = self.params(if self.has(Feature::OwnedParams) { 8 } else { 4 });
        let vars = (0..self.rng.usize(..=2)).map(|_| self.initialiser(params.len())).collect();
        State {
            name: format!("S{index}"),
            parent,
            params,
            vars,
            retain: false,
            default_forward: parent.is_some() && self.chance(4),
            handlers: vec![None; self.machine.methods.len()],
            enter: self.lifecycle(6),
            // What owns memory is moved out of states without.
            exit: self.lifecycle(if self.has(Feature::OwnedParams) { 2 } else { 6 }),
        }
    }

    fn lifecycle(&mut self, of_ten: u8) -> Option<Lifecycle> {
        let params = self.params(4);
        self.chance(of_ten).then_some(Lifecycle { params, body: Vec::new() })
    }

    fn initialiser(&mut self, params: usize) -> Expr {
        if self.has(Feature::OwnedParams) && self.chance(8) {
            // Nothing is moved into a state whose variables could panic.
            return Expr::Int(self.int());
        }
        match self.rng.u8(..3) {
            0 if params > 0 => Expr::Name(format!("s{}", self.rng.usize(..params))),
            1 => {
                let field = self.rng.usize(..self.machine.fields.len());
                Expr::Pair(
                    Pairing::Function,
                    Box::new(Expr::Field(field)),
                    Box::new(Expr::Int(self.int())),
                )
            }
            _ => Expr::Int(self.int()),
        }
    }

    fn retain_parents(&mut self) {
        for state in 0..self.machine.states.len() {
            let parent = self.machine.subtree(state).count() > 1;
            let retain = self.chance(6);
            self.machine.states[state].retain = parent && retain && self.has(Feature::Retain);
        }
    }

    /// A start state with params needs a system with the same.
    fn start(&mut self) {
        self.machine.start = self.rng.usize(..self.machine.states.len());
        let start = &mut self.machine.states[self.machine.start];
        if self.features.has(Feature::SystemParams) {
            let enter_params = start.enter.as_ref().map_or(0, |enter| enter.params.len());
            let params = start.params.len();
            self.machine.start_args = self.ints(params);
            self.machine.start_enter_args = self.ints(enter_params);
            self.machine.domain_param = self.chance(5);
        } else {
            start
                .vars
                .iter_mut()
                .filter(|value| matches!(value, Expr::Name(_)))
                .for_each(|value| *value = Expr::Int(1));
            start.params.clear();
            start.enter.iter_mut().for_each(|enter| enter.params.clear());
        }
    }
}
