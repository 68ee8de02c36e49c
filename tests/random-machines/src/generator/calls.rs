//! Draws calls on the system itself.

use crate::ast::*;
use crate::features::Feature;
use crate::walk::callees_of_block;

use super::Generator;
use super::scope::{Body, Scope};

impl Generator {
    /// What may be called here; a query or an action without self-calls is no self-call.
    pub(super) fn callees(&self, scope: &Scope, statement: bool) -> Vec<Callee> {
        let query =
            matches!(scope.body, Body::Method(method) if self.machine.methods[method].query);
        if query || !scope.calls {
            return Vec::new();
        }
        let method = |id: &MethodId| {
            let method = &self.machine.methods[*id];
            (*id < scope.reach || method.query && self.has(Feature::Calls))
                && (statement || method.returns)
        };
        let actions = match scope.body {
            Body::Action(action) => action,
            _ => self.machine.actions.len(),
        };
        let action = |id: &ActionId| scope.reach > 0 || !self.is_self_call(Callee::Action(*id));
        let methods = (0..self.machine.methods.len()).filter(method).map(Callee::Method);
        methods.chain((0..actions).filter(action).map(Callee::Action)).collect()
    }

    /// R19.
    fn is_self_call(&self, callee: Callee) -> bool {
        match callee {
            Callee::Method(method) => !self.machine.methods[method].query,
            Callee::Action(action) => callees_of_block(&self.machine.actions[action].body)
                .into_iter()
                .any(|callee| self.is_self_call(callee)),
        }
    }

    pub(super) fn call(&mut self, scope: &mut Scope, statement: bool) -> Call {
        let callees = self.callees(scope, statement);
        let callee = callees[self.rng.usize(..callees.len())];
        let native = self.chance(4);
        let params = match callee {
            Callee::Method(method) => self.machine.methods[method].params,
            Callee::Action(action) => self.machine.actions[action].params,
        };
        // Rust itself forbids `self.m(self.n())`.
        let nested = !native && self.has(Feature::NestedCalls);
        let args = (0..params)
            .map(|_| if nested && self.chance(2) { self.value(scope) } else { self.pure(scope, 1) })
            .collect();
        scope.called |= self.is_self_call(callee);
        Call { callee, native, args }
    }
}
