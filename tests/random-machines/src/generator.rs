//! Makes random machines.
//!
//! First the topology with all signatures is drawn, then the bodies: what may stand in a body depends on the
//! signatures everywhere, and on the bodies of the ancestors, which are drawn before those of their children.

use fastrand::Rng;

use crate::ast::*;
use crate::features::{Feature, Features};

/// The machine of a seed.
pub fn generate(seed: u64, allowed: &Features) -> Machine {
    let mut rng = Rng::with_seed(seed);
    let features = allowed.draw(&mut rng);
    let machine = Machine { name: format!("Machine{seed}"), ..Machine::default() };
    let mut generator = Generator { rng, features, machine, quiet: Vec::new() };
    generator.signatures();
    generator.bodies();
    generator.machine
}

struct Generator {
    rng: Rng,
    features: Features,
    machine: Machine,
    /// States whose enter handler makes no self-call, so that events can be forwarded to them.
    quiet: Vec<bool>,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Body {
    Method(MethodId),
    Enter,
    Exit,
    Action(ActionId),
}

/// What may be written at the place that is being filled.
struct Scope {
    body: Body,
    state: StateId,
    /// What is written before a number to label a note.
    label: String,
    notes: usize,
    /// All readable names, then in `locals` those that are variables.
    names: Vec<String>,
    locals: Vec<String>,
    /// How many locals there were so far: their names are never used twice.
    declared: usize,
    in_loop: bool,
    calls: bool,
    forwards: bool,
    /// Whether the statement so far contains a self-call, behind which the state may be gone.
    called: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Note,
    Let,
    LetUnless,
    Assign,
    Bump,
    Call,
    If,
    Match,
    While,
    For,
    Push,
    Drop,
    Forward,
    SetReturn,
    Panic,
}

// Signatures

impl Generator {
    fn has(&self, feature: Feature) -> bool {
        self.features.has(feature)
    }

    /// True in so many of ten cases.
    fn chance(&mut self, of_ten: u8) -> bool {
        self.rng.u8(..10) < of_ten
    }

    fn int(&mut self) -> i32 {
        self.rng.i32(-3..8)
    }

    fn ints(&mut self, count: usize) -> Vec<i32> {
        (0..count).map(|_| self.int()).collect()
    }

    fn maybe_int(&mut self, of_ten: u8) -> Option<i32> {
        let value = self.int();
        self.chance(of_ten).then_some(value)
    }

    fn signatures(&mut self) {
        let fields = self.rng.usize(1..=2);
        self.machine.fields = self.ints(fields);
        self.machine.methods = (0..self.rng.usize(2..=4)).map(|index| self.method(index)).collect();
        if self.has(Feature::Actions) {
            self.machine.actions = (0..self.rng.usize(1..=2)).map(|index| self.action(index)).collect();
        }
        if self.has(Feature::Data) {
            self.machine.data = self.ints(1);
        }
        self.machine.stack = self.has(Feature::Stack);
        self.machine.stack_bound = self.has(Feature::StackBound).then(|| self.rng.usize(1..=3));
        for index in 0..self.rng.usize(2..=5) {
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

    fn params(&mut self, of_ten: u8) -> Vec<Param> {
        if !self.chance(of_ten) {
            return Vec::new();
        }
        (0..self.rng.usize(1..=2)).map(|_| self.maybe_int(4)).collect()
    }

    fn state(&mut self, index: usize) -> State {
        let parent = if index > 0 && self.chance(7) { Some(self.rng.usize(..index)) } else { None };
        let params = self.params(4);
        let vars = (0..self.rng.usize(..=2)).map(|_| self.initialiser(params.len())).collect();
        State {
            name: format!("S{index}"),
            parent,
            params,
            vars,
            retain: false,
            default_forward: parent.is_some() && self.chance(4),
            handlers: vec![None; self.machine.methods.len()],
            enter: self.lifecycle(),
            exit: self.lifecycle(),
        }
    }

    fn lifecycle(&mut self) -> Option<Lifecycle> {
        let params = self.params(4);
        self.chance(6).then_some(Lifecycle { params, body: Vec::new() })
    }

    fn initialiser(&mut self, params: usize) -> Expr {
        match self.rng.u8(..3) {
            0 if params > 0 => Expr::Name(format!("s{}", self.rng.usize(..params))),
            1 => {
                let field = self.rng.usize(..self.machine.fields.len());
                Expr::Mix(Box::new(Expr::Field(field)), Box::new(Expr::Int(self.int())))
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
            start.vars.iter_mut().filter(|value| matches!(value, Expr::Name(_))).for_each(|value| *value = Expr::Int(1));
            start.params.clear();
            start.enter.iter_mut().for_each(|enter| enter.params.clear());
        }
    }
}

// Bodies

impl Generator {
    fn bodies(&mut self) {
        for action in 0..self.machine.actions.len() {
            self.machine.actions[action].body = self.action_body(action);
        }
        for state in 0..self.machine.states.len() {
            for method in 0..self.machine.methods.len() {
                if self.chance(6) {
                    let handler = self.handler(state, method);
                    self.machine.states[state].handlers[method] = Some(handler);
                }
            }
            if let Some(enter) = self.machine.states[state].enter.clone() {
                let body = self.lifecycle_body(state, Body::Enter, &enter);
                self.machine.states[state].enter = Some(Lifecycle { body, ..enter });
            }
            if let Some(exit) = self.machine.states[state].exit.clone() {
                let body = self.lifecycle_body(state, Body::Exit, &exit);
                self.machine.states[state].exit = Some(Lifecycle { body, ..exit });
            }
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
            calls: self.has(Feature::Calls),
            forwards: false,
            called: false,
        };
        let mut body = self.noted_body(scope, 2);
        if !matches!(body.last(), Some(Stmt::Return(_) | Stmt::SetReturn(..))) {
            let value = Expr::Int(self.int());
            body.push(if self.chance(5) { Stmt::Tail(value) } else { Stmt::SetReturn(Setter::Short, value) });
        }
        body
    }

    fn handler(&mut self, state: StateId, method: MethodId) -> Handler {
        let renamed = self.chance(3);
        let Method { name, params, returns, query, .. } = self.machine.methods[method].clone();
        let names = numbered(if renamed { "b" } else { "a" }, params);
        let mut scope = self.handler_scope(state, Body::Method(method), &name, names);
        // Whose call is the return value of a forwarded event when a later self-call performs the transition?
        let parent = self.machine.states[state].parent;
        if parent.is_some_and(|parent| self.forwards_event(parent, method)) {
            if self.chance(5) {
                scope.forwards = false;
            } else {
                scope.calls = false;
            }
        }
        scope.calls &= !query;
        let body = if query { self.query_body(scope) } else { self.noted_body(scope, 4) };
        Handler { renamed, typed: self.chance(5), default: self.maybe_int(2).filter(|_| returns), body }
    }

    fn lifecycle_body(&mut self, state: StateId, body: Body, handler: &Lifecycle) -> Block {
        let (name, prefix) = if body == Body::Enter { ("enter", "e") } else { ("exit", "x") };
        let mut scope = self.handler_scope(state, body, name, numbered(prefix, handler.params.len()));
        scope.calls &= match body {
            Body::Enter => !(self.has(Feature::ForwardedEvents) && self.quiet[state]),
            _ => self.has(Feature::CallsInExit),
        };
        self.noted_body(scope, 3)
    }

    fn handler_scope(&self, state: StateId, body: Body, event: &str, mut names: Vec<String>) -> Scope {
        let owner = &self.machine.states[state];
        let params =
            if self.sees_descendants(state) { self.machine.params_seen_from(state) } else { owner.params.len() };
        names.extend(numbered("s", params));
        Scope {
            body,
            state,
            label: format!("{}.{event}", owner.name),
            notes: 0,
            names,
            locals: Vec::new(),
            declared: 0,
            in_loop: false,
            calls: self.has(Feature::Calls),
            forwards: owner.parent.is_some(),
            called: false,
        }
    }

    /// Only where no path to a leaf has two states that declare params: which one's an ancestor sees is open.
    fn sees_descendants(&self, state: StateId) -> bool {
        let declaring = |leaf: StateId| {
            let path = self.machine.lineage(leaf).take_while(|&above| above != state);
            path.filter(|&above| !self.machine.states[above].params.is_empty()).count()
        };
        self.has(Feature::DescendantParams) && self.machine.subtree(state).all(|leaf| declaring(leaf) <= 1)
    }

    /// Whether what handles the method in the state may forward the event through a transition.
    fn forwards_event(&self, state: StateId, method: MethodId) -> bool {
        let State { handlers, parent, default_forward, .. } = &self.machine.states[state];
        let above = || parent.is_some_and(|parent| self.forwards_event(parent, method));
        match &handlers[method] {
            None => *default_forward && above(),
            Some(handler) => {
                contains(&handler.body, &|stmt| matches!(stmt, Stmt::Transition(Transition { forward: true, .. })))
                    || contains(&handler.body, &|stmt| matches!(stmt, Stmt::Forward)) && above()
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
        let seen = seen.into_iter().reduce(|left, right| Expr::Mix(Box::new(left), Box::new(right)));
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
            let condition = Condition { value: self.pure(&mut scope, 1), below: self.rng.i32(1..=3) };
            let value = self.pure(&mut scope, 1);
            body.push(Stmt::If(condition, vec![Stmt::ReturnWith(Some(value))], Vec::new()));
        }
        if self.chance(7) {
            let value = self.pure(&mut scope, 2);
            body.push(Stmt::SetReturn(self.setter(), value));
        }
        body
    }

    fn block(&mut self, scope: &mut Scope, size: usize, depth: usize) -> Block {
        let visible = (scope.names.len(), scope.locals.len());
        let mut block = Vec::new();
        for _ in 0..self.rng.usize(1..=size) {
            let kind = self.kind(scope, depth);
            scope.called = false;
            block.push(self.stmt(scope, kind, depth));
        }
        if self.chance(4) {
            scope.called = false;
            // A `push$` directly before a transition would be part of it.
            if matches!(block.last(), Some(Stmt::Push)) {
                block.push(self.note(scope));
            }
            block.extend(self.last_stmt(scope));
        }
        if depth < 2 {
            scope.names.truncate(visible.0);
            scope.locals.truncate(visible.1);
        }
        block
    }

    fn kind(&mut self, scope: &Scope, depth: usize) -> Kind {
        let mut kinds = vec![Kind::Note, Kind::Note, Kind::Let, Kind::Assign, Kind::Assign, Kind::Assign, Kind::Bump];
        if depth > 0 {
            kinds.extend([Kind::LetUnless, Kind::If, Kind::If, Kind::If, Kind::Match, Kind::While, Kind::For]);
        }
        if !self.callees(scope, true).is_empty() {
            kinds.extend([Kind::Call, Kind::Call, Kind::Call]);
        }
        if self.may_use_stack(scope) {
            kinds.extend([Kind::Push, Kind::Push, Kind::Drop]);
        }
        if scope.forwards {
            kinds.extend([Kind::Forward, Kind::Forward]);
        }
        if self.has_return_value(scope) {
            kinds.extend([Kind::SetReturn, Kind::SetReturn]);
        }
        if self.has(Feature::Panics) && depth < 2 {
            kinds.push(Kind::Panic);
        }
        kinds[self.rng.usize(..kinds.len())]
    }

    fn stmt(&mut self, scope: &mut Scope, kind: Kind, depth: usize) -> Stmt {
        match kind {
            Kind::Note => self.note(scope),
            Kind::Let => {
                let value = self.value(scope);
                Stmt::Let(self.declare(scope), value)
            }
            Kind::LetUnless => self.let_unless(scope, depth),
            Kind::Assign => self.assign(scope),
            Kind::Bump => self.bump(scope),
            Kind::Call => Stmt::Call(self.call(scope, true)),
            Kind::If => {
                let condition = self.condition(scope);
                let then = self.block(scope, 2, depth - 1);
                let otherwise = if self.chance(5) { self.block(scope, 2, depth - 1) } else { Vec::new() };
                Stmt::If(condition, then, otherwise)
            }
            Kind::Match => {
                let value = self.head(scope);
                let arms = (0..self.rng.usize(2..=3)).map(|_| self.arm(scope, depth - 1)).collect();
                Stmt::Match(value, arms)
            }
            Kind::While => {
                let counter = self.fresh(scope, "n");
                let condition = self.condition(scope);
                Stmt::While(counter, self.rng.i32(1..=3), condition, self.loop_body(scope, depth - 1))
            }
            Kind::For => {
                let limit = self.head(scope);
                let name = self.fresh(scope, "i");
                scope.names.push(name.clone());
                let body = self.loop_body(scope, depth - 1);
                scope.names.retain(|known| *known != name);
                Stmt::For(name, limit, body)
            }
            Kind::Push => Stmt::Push,
            Kind::Drop => Stmt::Drop,
            Kind::Forward => Stmt::Forward,
            Kind::SetReturn => {
                let setter = self.setter();
                Stmt::SetReturn(setter, self.value(scope))
            }
            Kind::Panic => {
                let condition = self.condition(scope);
                Stmt::If(condition, vec![Stmt::Panic], Vec::new())
            }
        }
    }

    fn note(&mut self, scope: &mut Scope) -> Stmt {
        scope.notes += 1;
        let handler = !matches!(scope.body, Body::Action(_));
        let label = match self.rng.u8(..6) {
            0 if handler => Label::Event,
            1 => Label::StateName,
            _ => Label::Text(format!("{}:{}", scope.label, scope.notes)),
        };
        Stmt::Note(label, self.pure(scope, 1))
    }

    fn declare(&mut self, scope: &mut Scope) -> String {
        let name = self.fresh(scope, "l");
        scope.names.push(name.clone());
        scope.locals.push(name.clone());
        name
    }

    fn fresh(&mut self, scope: &mut Scope, prefix: &str) -> String {
        scope.declared += 1;
        format!("{prefix}{}", scope.declared)
    }

    fn let_unless(&mut self, scope: &mut Scope, depth: usize) -> Stmt {
        let condition = self.condition(scope);
        let mut block = self.block(scope, 1, depth - 1);
        if !block.last().is_some_and(ends) {
            scope.called = false;
            block.push(self.note(scope));
            block.extend(self.last_stmt(scope));
        }
        scope.called = false;
        let value = self.value(scope);
        Stmt::LetUnless(self.declare(scope), condition, block, value)
    }

    fn assign(&mut self, scope: &mut Scope) -> Stmt {
        let place = self.place(scope);
        let assignment = if self.chance(6) { Assignment::Plain } else { Assignment::Compound };
        // Whether a store behind a self-call reaches a variable that is retained is open.
        let retained = matches!(place, Place::Var(_)) && self.machine.states[scope.state].retain;
        let value = if retained { self.pure(scope, 1) } else { self.value(scope) };
        Stmt::Assign(place, assignment, value)
    }

    fn bump(&mut self, scope: &mut Scope) -> Stmt {
        let place = self.place(scope);
        // The place is borrowed while the arg is evaluated.
        let value = match place {
            Place::Local(_) => Expr::Field(0),
            _ => scope.names.first().map_or(Expr::Int(2), |name| Expr::Name(name.clone())),
        };
        Stmt::Bump(place, value)
    }

    fn place(&mut self, scope: &Scope) -> Place {
        let vars = self.vars(scope);
        let data = if matches!(scope.body, Body::Action(_)) { 0 } else { self.machine.data.len() };
        match self.rng.u8(..8) {
            0..4 if vars > 0 => Place::Var(self.rng.usize(..vars)),
            4 if data > 0 => Place::Data(self.rng.usize(..data)),
            5 if !scope.locals.is_empty() => Place::Local(scope.locals[self.rng.usize(..scope.locals.len())].clone()),
            _ => Place::Field(self.rng.usize(..self.machine.fields.len())),
        }
    }

    fn arm(&mut self, scope: &mut Scope, depth: usize) -> Block {
        scope.called = false;
        if self.chance(7) { self.block(scope, 2, depth) } else { self.last_stmt(scope).into_iter().collect() }
    }

    fn loop_body(&mut self, scope: &mut Scope, depth: usize) -> Block {
        let outer = std::mem::replace(&mut scope.in_loop, true);
        let body = self.block(scope, 2, depth);
        scope.in_loop = outer;
        body
    }

    /// A statement behind which nothing runs.
    fn last_stmt(&mut self, scope: &mut Scope) -> Option<Stmt> {
        let transitions = matches!(scope.body, Body::Method(_) | Body::Enter | Body::Exit);
        Some(match self.rng.u8(..10) {
            0 if scope.in_loop => Stmt::Break,
            1 if scope.in_loop => Stmt::Continue,
            2 if self.returns(scope) => Stmt::Return(Some(self.value(scope))),
            3 if self.has_return_value(scope) && transitions => Stmt::ReturnWith(Some(self.value(scope))),
            4 if transitions => Stmt::ReturnWith(None),
            5 if transitions => Stmt::Return(None),
            _ if transitions => Stmt::Transition(self.transition(scope)),
            _ => Stmt::Return(Some(self.value(scope))),
        })
    }

    fn setter(&mut self) -> Setter {
        if self.chance(6) { Setter::Short } else { Setter::Assignment }
    }
}

// Transitions

impl Generator {
    fn transition(&mut self, scope: &mut Scope) -> Transition {
        let pop = self.has(Feature::Pop) && self.may_use_stack(scope) && self.chance(4);
        let push = !pop && self.may_use_stack(scope) && self.chance(4);
        let state = self.rng.usize(..self.machine.states.len());
        let forward = self.chance(4) && self.may_forward(scope, (!pop).then_some(state));
        let then = (self.has(Feature::ReturnBehindTransition) && self.has_return_value(scope) && self.chance(2))
            .then(|| (if self.chance(5) { self.setter() } else { Setter::Leaving }, self.pure(scope, 1)));
        let exit = if scope.body == Body::Exit { 0 } else { self.exit_arity(scope.state) };
        let exit = self.transition_args(scope, exit);
        let enter = if pop { self.pop_enter_arity() } else { self.enter_arity(state) };
        let enter = if forward && scope.body == Body::Enter { 0 } else { enter };
        let enter = Some(self.transition_args(scope, enter)).filter(|args| !args.is_empty());
        let target = if pop {
            Target::Pop
        } else {
            let arity = self.machine.lineage(state).map(|above| self.machine.states[above].params.len()).max();
            Target::State(state, self.transition_args(scope, arity.unwrap_or(0)))
        };
        Transition { push, exit, forward, enter, label: self.chance(2), target, then }
    }

    /// Not from an exit handler, whose event is over; and only to where `$>` makes no self-calls, since the state
    /// that the event is meant for could be left before it arrives.
    fn may_forward(&self, scope: &Scope, target: Option<StateId>) -> bool {
        let quiet = |state: StateId| self.machine.lineage(state).all(|above| self.quiet[above]);
        self.has(Feature::ForwardedEvents)
            && scope.body != Body::Exit
            && match target {
                Some(state) => quiet(state),
                None => (0..self.machine.states.len()).all(quiet),
            }
    }

    /// What an exit handler does to the stack while a `-> pop$` is in progress, or a bounded push, is open.
    fn may_use_stack(&self, scope: &Scope) -> bool {
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
        let enters = self.machine.lineage(state).filter_map(|above| self.machine.states[above].enter.as_ref());
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

// Expressions

impl Generator {
    fn vars(&self, scope: &Scope) -> usize {
        match scope.body {
            Body::Action(_) => 0,
            _ => self.machine.states[scope.state].vars.len(),
        }
    }

    /// Whether the body is a function with a result.
    fn returns(&self, scope: &Scope) -> bool {
        match scope.body {
            Body::Method(method) => self.machine.methods[method].returns,
            Body::Action(_) => true,
            Body::Enter | Body::Exit => false,
        }
    }

    /// Whether `@@:return` has a meaning.
    fn has_return_value(&self, scope: &Scope) -> bool {
        match scope.body {
            Body::Method(method) => self.machine.methods[method].returns,
            Body::Action(_) => false,
            Body::Enter | Body::Exit => {
                self.has(Feature::LifecycleReturns) && self.machine.methods.iter().any(|method| method.returns)
            }
        }
    }

    /// What may be called here; a query or an action without self-calls is no self-call.
    fn callees(&self, scope: &Scope, statement: bool) -> Vec<Callee> {
        let query = matches!(scope.body, Body::Method(method) if self.machine.methods[method].query);
        if query {
            return Vec::new();
        }
        let method = |id: &MethodId| {
            let method = &self.machine.methods[*id];
            (scope.calls || method.query && self.has(Feature::Calls)) && (statement || method.returns)
        };
        let actions = match scope.body {
            Body::Action(action) => action,
            _ => self.machine.actions.len(),
        };
        let action = |id: &ActionId| scope.calls || !self.is_self_call(Callee::Action(*id));
        let methods = (0..self.machine.methods.len()).filter(method).map(Callee::Method);
        methods.chain((0..actions).filter(action).map(Callee::Action)).collect()
    }

    /// R19.
    fn is_self_call(&self, callee: Callee) -> bool {
        match callee {
            Callee::Method(method) => !self.machine.methods[method].query,
            Callee::Action(action) => calls_in(&self.machine.actions[action].body).any(|call| self.is_self_call(call)),
        }
    }

    fn call(&mut self, scope: &mut Scope, statement: bool) -> Call {
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

    /// Any expression.
    fn value(&mut self, scope: &mut Scope) -> Expr {
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
    fn head(&mut self, scope: &mut Scope) -> Expr {
        scope.called = false;
        if self.callees(scope, false).is_empty() || self.chance(6) {
            return self.pure(scope, 1);
        }
        let mut call = self.call(scope, false);
        if calls_in_exprs(&call.args).next().is_some() {
            call.args.iter_mut().for_each(|arg| *arg = Expr::Int(1));
        }
        match self.rng.u8(..3) {
            0 => {
                scope.called = false;
                Expr::Mix(Box::new(self.pure(scope, 0)), Box::new(Expr::Call(call)))
            }
            _ => Expr::Call(call),
        }
    }

    fn condition(&mut self, scope: &mut Scope) -> Condition {
        Condition { value: self.head(scope), below: self.rng.i32(1..=3) }
    }

    fn called(&mut self, scope: &mut Scope) -> Expr {
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
        if self.chance(7) { Expr::Mix(left, right) } else { Expr::Xor(left, right) }
    }

    /// An expression without calls.
    fn pure(&mut self, scope: &mut Scope, depth: usize) -> Expr {
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
        if self.has_return_value(scope) {
            leaves.push(Expr::ReturnValue);
        }
        if let Body::Method(method) = scope.body {
            leaves.extend((0..self.machine.methods[method].params).map(Expr::Param));
        }
        leaves
    }
}

fn numbered(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{prefix}{index}")).collect()
}

/// Whether nothing can stand behind the statement in its block.
fn ends(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::Transition(_) | Stmt::Break | Stmt::Continue | Stmt::Return(_) | Stmt::ReturnWith(_) | Stmt::Tail(_)
    )
}

// Walks

fn contains(block: &[Stmt], wanted: &dyn Fn(&Stmt) -> bool) -> bool {
    block.iter().any(|stmt| wanted(stmt) || inner_blocks(stmt).into_iter().any(|inner| contains(inner, wanted)))
}

fn inner_blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    match stmt {
        Stmt::If(_, then, otherwise) => vec![then, otherwise],
        Stmt::LetUnless(_, _, block, _) | Stmt::While(_, _, _, block) | Stmt::For(_, _, block) => vec![block],
        Stmt::Match(_, arms) => arms.iter().map(Vec::as_slice).collect(),
        _ => Vec::new(),
    }
}
