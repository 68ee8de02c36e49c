//! Draws expressions.

use crate::ast::*;
use crate::features::Feature;
use crate::walk::{callees_of_args, targets_of_block};

use super::Generator;
use super::scope::{Body, Scope};

impl Generator {
    pub(super) fn vars(&self, scope: &Scope) -> usize {
        match scope.body {
            Body::Action(_) => 0,
            _ => self.machine.states[scope.state].vars.len(),
        }
    }

    /// Whether the body is a function with a result.
    pub(super) fn returns(&self, scope: &Scope) -> bool {
        match scope.body {
            Body::Method(method) => self.machine.methods[method].returns,
            Body::Action(_) => true,
            Body::Enter | Body::Exit => false,
        }
    }

    /// Whether `@@:return` has a meaning.
    pub(super) fn has_return_value(&self, scope: &Scope) -> bool {
        match scope.body {
            Body::Method(method) => self.machine.methods[method].returns,
            Body::Action(_) => false,
            Body::Enter | Body::Exit => {
                self.has(Feature::LifecycleReturns)
                    && self.machine.methods.iter().any(|method| method.returns)
            }
        }
    }

    /// In an enter or exit handler the value has a type if a call that returns one gets there.
    fn reads_return_value(&self, scope: &Scope) -> bool {
        let returning = |from: &StateId| self.targets(*from, |method| method.returns);
        let reached = match scope.body {
            Body::Method(_) | Body::Action(_) => true,
            Body::Enter => self.reachable().iter().flat_map(returning).any(|to| to == scope.state),
            Body::Exit => {
                self.reachable().contains(&scope.state) && !returning(&scope.state).is_empty()
            }
        };
        reached && self.has_return_value(scope)
    }

    /// States that can be reached from the start; not all, but enough to know that they can be.
    fn reachable(&self) -> Vec<StateId> {
        let mut found = vec![self.machine.start];
        let mut next = 0;
        while let Some(&state) = found.get(next) {
            for target in self.targets(state, |_| true) {
                if !found.contains(&target) {
                    found.push(target);
                }
            }
            next += 1;
        }
        found
    }

    /// Where the state's own handlers of such methods go.
    fn targets(&self, state: StateId, such: impl Fn(&Method) -> bool) -> Vec<StateId> {
        let handlers = self.machine.states[state].handlers.iter().zip(&self.machine.methods);
        let such =
            handlers.filter(|(_, method)| such(method)).filter_map(|(handler, _)| handler.as_ref());
        such.flat_map(|handler| targets_of_block(&handler.body)).collect()
    }

    /// Any expression.
    pub(super) fn value(&mut self, scope: &mut Scope) -> Expr {
        if self.callees(scope, false).is_empty() || self.chance(5) {
            return self.pure(scope, 2);
        }
        match self.rng.u8(..6) {
            0 => self.pair(scope, Self::called, |generator, scope| generator.pure(scope, 1)),
            1 => self.pair(scope, |generator, scope| generator.pure(scope, 1), Self::called),
            2 => self.pair(scope, Self::called, Self::called),
            _ => self.called(scope),
        }
    }

    /// What a control statement is decided by: at most one call, and nothing evaluated behind it.
    pub(super) fn head(&mut self, scope: &mut Scope) -> Expr {
        scope.called = false;
        if self.callees(scope, false).is_empty() || self.chance(6) {
            return self.pure(scope, 1);
        }
        let mut call = self.call(scope, false);
        if !callees_of_args(&call.args).is_empty() {
            call.args.iter_mut().for_each(|arg| *arg = Expr::Int(1));
        }
        match self.rng.u8(..3) {
            0 => {
                scope.called = false;
                Expr::Pair(
                    Pairing::Function,
                    Box::new(self.pure(scope, 0)),
                    Box::new(Expr::Call(call)),
                )
            }
            _ => Expr::Call(call),
        }
    }

    pub(super) fn condition(&mut self, scope: &mut Scope) -> Condition {
        Condition { value: self.head(scope), below: self.rng.i32(1..=3) }
    }

    pub(super) fn called(&mut self, scope: &mut Scope) -> Expr {
        Expr::Call(self.call(scope, false))
    }

    fn pair(
        &mut self,
        scope: &mut Scope,
        left: impl FnOnce(&mut Self, &mut Scope) -> Expr,
        right: impl FnOnce(&mut Self, &mut Scope) -> Expr,
    ) -> Expr {
        let left = Box::new(left(self, scope));
        let right = Box::new(right(self, scope));
        let pairing = match self.rng.u8(..10) {
            0..5 => Pairing::Function,
            5 => Pairing::Macro,
            6 | 7 => Pairing::Operator,
            // The macro cannot know that the method takes its receiver by value, thus before its args.
            _ if matches!(*left, Expr::Var(_)) && scope.called => Pairing::Function,
            _ => Pairing::Method,
        };
        Expr::Pair(pairing, left, right)
    }

    /// An expression without calls.
    pub(super) fn pure(&mut self, scope: &mut Scope, depth: usize) -> Expr {
        if depth > 0 && self.chance(4) {
            let inner = |generator: &mut Self, scope: &mut Scope| generator.pure(scope, depth - 1);
            return self.pair(scope, inner, inner);
        }
        let leaves = self.leaves(scope);
        leaves[self.rng.usize(..leaves.len())].clone()
    }

    fn leaves(&mut self, scope: &Scope) -> Vec<Expr> {
        let mut leaves = vec![Expr::Int(self.int())];
        leaves.extend(scope.names.iter().map(|name| Expr::Name(name.clone())));
        leaves.extend((0..self.machine.fields.len()).map(Expr::Field));
        if self.chance(2) {
            leaves.push(Expr::StateName);
        }
        if self.has(Feature::Stack) {
            leaves.push(Expr::Depth);
        }
        if matches!(scope.body, Body::Action(_)) {
            return leaves;
        }
        if !scope.called {
            leaves.extend((0..self.vars(scope)).flat_map(|var| [Expr::Var(var), Expr::Var(var)]));
        }
        leaves.extend((0..self.machine.data.len()).map(Expr::Data));
        if self.chance(2) {
            leaves.push(Expr::Event);
        }
        if self.reads_return_value(scope) {
            leaves.push(Expr::ReturnValue);
        }
        if let Body::Method(method) = scope.body {
            leaves.extend((0..self.machine.methods[method].params).map(Expr::Param));
        }
        leaves
    }
}
