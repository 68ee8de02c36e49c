//! Draws handlers and actions as a whole.

use crate::ast::*;
use crate::features::Feature;
use crate::walk::contains;

use super::scope::{Body, Scope};
use super::{Generator, ends, numbered};

impl Generator {
    pub(super) fn bodies(&mut self) {
        for action in 0..self.machine.actions.len() {
            self.machine.actions[action].body = self.action_body(action);
        }
        // Enter and exit handlers come last: they can read a return value only where there is one.
        for state in 0..self.machine.states.len() {
            self.handlers(state);
        }
        for state in 0..self.machine.states.len() {
            self.lifecycle_handlers(state);
        }
    }

    fn handlers(&mut self, state: StateId) {
        for method in 0..self.machine.methods.len() {
            if self.chance(6) {
                let handler = self.handler(state, method);
                self.machine.states[state].handlers[method] = Some(handler);
            }
        }
    }

    fn lifecycle_handlers(&mut self, state: StateId) {
        if let Some(enter) = self.machine.states[state].enter.clone() {
            let body = self.lifecycle_body(state, Body::Enter, &enter);
            self.machine.states[state].enter = Some(Lifecycle { body, ..enter });
        }
        if let Some(exit) = self.machine.states[state].exit.clone() {
            let body = self.lifecycle_body(state, Body::Exit, &exit);
            self.machine.states[state].exit = Some(Lifecycle { body, ..exit });
        }
    }

    fn action_body(&mut self, id: ActionId) -> Block {
        let action = &self.machine.actions[id];
        let scope = Scope {
            body: Body::Action(id),
            state: usize::MAX,
            label: action.name.clone(),
            notes: 0,
            names: numbered("a", action.params),
            locals: Vec::new(),
            declared: 0,
            in_loop: false,
            reach: self.reach(),
            forwards: false,
            calls: true,
            called: false,
        };
        let mut body = self.noted_body(scope, 2);
        if !body.last().is_some_and(ends) {
            let value = Expr::Int(self.int());
            body.push(if self.chance(5) {
                Stmt::Tail(value)
            } else {
                Stmt::SetReturn(Setter::Short, value)
            });
        }
        body
    }

    fn handler(&mut self, state: StateId, method: MethodId) -> Handler {
        let renamed = self.chance(3);
        let Method { name, params, returns, query, .. } = self.machine.methods[method].clone();
        let names = numbered(if renamed { "b" } else { "a" }, params);
        let mut scope = self.handler_scope(state, Body::Method(method), &name, names);
        // Whose call is the return value of a forwarded event when a later self-call performs the
        // transition?
        let parent = self.machine.states[state].parent;
        if parent.is_some_and(|parent| self.forwards_event(parent, method)) {
            if self.chance(5) {
                scope.forwards = false;
            } else {
                scope.reach = 0;
            }
        }
        if self.chance(9) {
            scope.reach = scope.reach.min(method);
        }
        let body = if query { self.query_body(scope) } else { self.noted_body(scope, 3) };
        Handler {
            renamed,
            typed: self.chance(5),
            default: self.maybe_int(2).filter(|_| returns),
            body,
        }
    }

    fn lifecycle_body(&mut self, state: StateId, body: Body, handler: &Lifecycle) -> Block {
        let (name, prefix) = if body == Body::Enter { ("enter", "e") } else { ("exit", "x") };
        let mut scope =
            self.handler_scope(state, body, name, numbered(prefix, handler.params.len()));
        let calls = match body {
            Body::Enter => !(self.has(Feature::ForwardedEvents) && self.quiet[state]),
            _ => self.has(Feature::CallsInExit),
        };
        if !calls {
            scope.reach = 0;
        }
        self.noted_body(scope, 2)
    }

    pub(super) fn reach(&mut self) -> usize {
        if self.has(Feature::Calls) { self.rng.usize(..=self.machine.methods.len()) } else { 0 }
    }

    fn handler_scope(
        &mut self,
        state: StateId,
        body: Body,
        event: &str,
        mut names: Vec<String>,
    ) -> Scope {
        let reach = match body {
            Body::Method(_) if self.has(Feature::Calls) => self.machine.methods.len(),
            _ => self.reach(),
        };
        // Params that own memory are borrowed, and moved out of the state, where nothing else of it
        // is used.
        let alone = self.has(Feature::OwnedParams) && self.chance(6);
        let owner = &self.machine.states[state];
        let params = if self.sees_descendants(state) {
            self.machine.params_seen_from(state)
        } else {
            owner.params.len()
        };
        names.extend(numbered("s", params));
        let has_parent = owner.parent.is_some();
        Scope {
            body,
            state,
            label: format!("{}.{event}", owner.name),
            notes: 0,
            names,
            locals: Vec::new(),
            declared: 0,
            in_loop: false,
            reach,
            forwards: has_parent && !alone,
            calls: !alone,
            called: false,
        }
    }

    /// Only where no path to a leaf has two states that declare params: which one's an ancestor
    /// sees is open.
    fn sees_descendants(&self, state: StateId) -> bool {
        let declaring = |leaf: StateId| {
            let path = self.machine.lineage(leaf).take_while(|&above| above != state);
            path.filter(|&above| !self.machine.states[above].params.is_empty()).count()
        };
        self.has(Feature::DescendantParams)
            && self.machine.subtree(state).all(|leaf| declaring(leaf) <= 1)
    }

    /// Whether what handles the method in the state may forward the event through a transition.
    fn forwards_event(&self, state: StateId, method: MethodId) -> bool {
        let State { handlers, parent, default_forward, .. } = &self.machine.states[state];
        let above = || parent.is_some_and(|parent| self.forwards_event(parent, method));
        match &handlers[method] {
            None => *default_forward && above(),
            Some(handler) => {
                contains(&handler.body, &|stmt| {
                    matches!(stmt, Stmt::Transition(Transition { forward: true, .. }))
                }) || contains(&handler.body, &|stmt| matches!(stmt, Stmt::Forward)) && above()
            }
        }
    }

    /// A body that burns fuel and notes everything it can see when it begins.
    fn noted_body(&mut self, mut scope: Scope, size: usize) -> Block {
        let mut body = Vec::new();
        if !matches!(scope.body, Body::Action(_)) {
            body.push(Stmt::Fuel);
        }
        let mut seen = scope.names.iter().map(|name| Expr::Name(name.clone())).collect::<Vec<_>>();
        seen.extend((0..self.vars(&scope)).map(Expr::Var));
        let seen = seen
            .into_iter()
            .reduce(|left, right| Expr::Pair(Pairing::Function, Box::new(left), Box::new(right)));
        body.push(Stmt::Note(Label::Text(scope.label.clone()), seen.unwrap_or(Expr::Int(0))));
        body.extend(self.block(&mut scope, size, 2));
        let ended = body.last().is_some_and(ends);
        if self.returns(&scope) && !ended && self.chance(3) {
            scope.called = false;
            let value = self.value(&mut scope);
            body.push(Stmt::Tail(value));
        }
        body
    }

    /// A query cannot write, so it has no trace; it ends with a value more often than not.
    fn query_body(&mut self, mut scope: Scope) -> Block {
        let mut body = Vec::new();
        if scope.forwards && self.chance(4) {
            body.push(Stmt::Forward);
        }
        if self.chance(4) {
            let condition =
                Condition { value: self.pure(&mut scope, 1), below: self.rng.i32(1..=3) };
            let value = self.pure(&mut scope, 1);
            body.push(Stmt::If(condition, vec![Stmt::ReturnWith(Some(value))], Vec::new()));
        }
        if self.chance(7) {
            let value = self.pure(&mut scope, 2);
            body.push(Stmt::SetReturn(self.setter(), value));
        }
        body
    }
}
