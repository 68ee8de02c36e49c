//! A plain interpreter of the language's rules: no plan, no code, every rule where its words put it.

use std::collections::BTreeMap;

use crate::FUEL;
use crate::ast::*;
use crate::subject::{Outcome, Subject, TraceEntry, code, mix};

/// A system that runs by interpretation.
pub struct Interpreter<'m> {
    machine: &'m Machine,
    fields: Vec<i32>,
    fuel: i32,
    trace: Vec<TraceEntry>,
    current: Configuration,
    stack: Vec<Configuration>,
    /// The transition that was queued last and is not performed yet (R8).
    queued: Option<Queued>,
    /// The calls in progress, the innermost one last (R16).
    contexts: Vec<Context>,
    /// How many transitions were performed so far: what R18 compares.
    performed: u64,
}

/// What the active state owns: what `push$` saves and `-> pop$` restores.
#[derive(Clone, Default)]
struct Configuration {
    leaf: StateId,
    compartments: BTreeMap<StateId, Compartment>,
    enter_args: Vec<i32>,
}

#[derive(Clone)]
struct Compartment {
    args: Vec<i32>,
    vars: Vec<i32>,
}

struct Context {
    value: Option<i32>,
    data: Vec<i32>,
}

#[derive(Clone)]
struct Queued {
    push: bool,
    exit_args: Vec<i32>,
    enter_args: Option<Vec<i32>>,
    /// The event in hand, when it is to be forwarded (R25).
    event: Option<Event>,
    target: QueuedTarget,
}

#[derive(Clone)]
enum QueuedTarget {
    State(StateId, Vec<i32>),
    Pop,
}

#[derive(Clone)]
struct Event {
    kind: EventKind,
    args: Vec<i32>,
}

#[derive(Clone, Copy, PartialEq)]
enum EventKind {
    Method(MethodId),
    Enter,
    Exit,
}

/// A panic.
type Run<T> = Result<T, Outcome>;

/// How a statement ends.
#[derive(PartialEq)]
enum Flow {
    Next,
    Break,
    Continue,
    Leave,
}

/// One handler or action while it runs.
struct Frame {
    /// The state that lexically encloses the handler; none around an action.
    state: Option<StateId>,
    event: Event,
    names: Vec<(String, i32)>,
    /// What an action returns.
    result: i32,
}

impl Frame {
    fn name(&mut self, name: &str) -> &mut i32 {
        let found = self.names.iter_mut().rev().find(|(known, _)| known == name);
        &mut found.unwrap_or_else(|| panic!("`{name}` is not in scope")).1
    }

    fn declare(&mut self, name: &str, value: i32) {
        self.names.push((name.to_owned(), value));
    }

    fn state(&self) -> StateId {
        self.state.expect("only a handler has a state")
    }
}

impl<'m> Interpreter<'m> {
    /// Constructs the system: fields, start compartment, then `$>` of the start state with what it queues.
    pub fn new(machine: &'m Machine) -> Result<Self, Outcome> {
        let mut interpreter = Interpreter {
            machine,
            fields: machine.fields.clone(),
            fuel: FUEL,
            trace: Vec::new(),
            current: Configuration::default(),
            stack: Vec::new(),
            queued: None,
            contexts: Vec::new(),
            performed: 0,
        };
        interpreter.current = interpreter.build(machine.start, &machine.start_args, &machine.start_enter_args);
        interpreter.in_context(None, |interpreter| {
            interpreter.enter()?;
            interpreter.perform_queued()
        })?;
        Ok(interpreter)
    }

    // Calls

    /// R1: one call is one run to completion.
    fn method(&mut self, id: MethodId, args: Vec<i32>) -> Run<Option<i32>> {
        let method = &self.machine.methods[id];
        let value = self.in_context(method.default, |interpreter| {
            interpreter.dispatch(&Event { kind: EventKind::Method(id), args })?;
            if method.query { Ok(()) } else { interpreter.perform_queued() }
        })?;
        Ok(method.returns.then(|| value.unwrap_or_default()))
    }

    /// R16: every call has its own return value and data.
    fn in_context(&mut self, value: Option<i32>, run: impl FnOnce(&mut Self) -> Run<()>) -> Run<Option<i32>> {
        self.contexts.push(Context { value, data: self.machine.data.clone() });
        run(self)?;
        Ok(self.contexts.pop().and_then(|context| context.value))
    }

    fn context(&mut self) -> &mut Context {
        self.contexts.last_mut().expect("handlers run within calls")
    }

    /// R20: an action runs like any function.
    fn action(&mut self, id: ActionId, args: &[i32]) -> Run<i32> {
        let action = &self.machine.actions[id];
        let event = Event { kind: EventKind::Enter, args: Vec::new() };
        let names = named("a", args.iter().copied());
        let mut frame = Frame { state: None, event, names, result: 0 };
        self.block(&mut frame, &action.body)?;
        Ok(frame.result)
    }

    // Dispatch

    fn dispatch(&mut self, event: &Event) -> Run<()> {
        self.dispatch_to(Some(self.current.leaf), event)
    }

    /// R2: without a handler the event is ignored, unless the state has a default forward.
    fn dispatch_to(&mut self, state: Option<StateId>, event: &Event) -> Run<()> {
        let Some(id) = state else { return Ok(()) };
        let state = &self.machine.states[id];
        let lifecycle = match event.kind {
            EventKind::Method(method) => {
                if let Some(handler) = &state.handlers[method] {
                    return self.handle(id, handler, event);
                }
                None
            }
            EventKind::Enter => state.enter.as_ref().map(|handler| ("e", handler)),
            EventKind::Exit => state.exit.as_ref().map(|handler| ("x", handler)),
        };
        match lifecycle {
            Some((prefix, handler)) => {
                let args = bind(&handler.params, &event.args);
                self.run_handler(id, event, named(prefix, args), &handler.body)
            }
            None if state.default_forward => self.dispatch_to(state.parent, event),
            None => Ok(()),
        }
    }

    fn handle(&mut self, state: StateId, handler: &Handler, event: &Event) -> Run<()> {
        // R14: a handler's own default sets the value when that handler begins.
        if let Some(value) = handler.default {
            self.context().value = Some(value);
        }
        let prefix = if handler.renamed { "b" } else { "a" };
        self.run_handler(state, event, named(prefix, event.args.iter().copied()), &handler.body)
    }

    fn run_handler(
        &mut self,
        state: StateId,
        event: &Event,
        mut names: Vec<(String, i32)>,
        body: &[Stmt],
    ) -> Run<()> {
        names.extend(self.visible_params(state));
        let mut frame = Frame { state: Some(state), event: event.clone(), names, result: 0 };
        self.block(&mut frame, body)?;
        Ok(())
    }

    /// The state's own params; R13: in a state without params those of the active descendants.
    fn visible_params(&self, state: StateId) -> Vec<(String, i32)> {
        let active = self.machine.lineage(self.current.leaf).take_while(|&descendant| descendant != state);
        let has_params = |state: &StateId| !self.machine.states[*state].params.is_empty();
        let owner = Some(state).filter(has_params).or_else(|| active.into_iter().find(has_params));
        let args = owner.map(|owner| self.current.compartments[&owner].args.clone());
        let missing = self.machine.params_seen_from(state).saturating_sub(args.as_ref().map_or(0, Vec::len));
        named("s", args.into_iter().flatten().chain(std::iter::repeat_n(0, missing)))
    }

    // Transitions

    fn perform_queued(&mut self) -> Run<()> {
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
        self.dispatch(&Event { kind: EventKind::Exit, args: queued.exit_args })?;
        let next = match queued.target {
            QueuedTarget::State(state, args) => self.build(state, &args, &queued.enter_args.unwrap_or_default()),
            QueuedTarget::Pop => {
                let saved = self.stack.pop().expect("nothing but this pops while there is a `-> pop$`");
                let enter_args = queued.enter_args.unwrap_or(saved.enter_args);
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

    /// R25: the event in hand follows `$>`, unless it is a `$>` itself: then it is the one that is dispatched.
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

    fn enter(&mut self) -> Run<()> {
        let args = self.current.enter_args.clone();
        self.dispatch(&Event { kind: EventKind::Enter, args })
    }

    fn check_capacity(&self) -> Run<()> {
        let full = self.machine.stack_bound.is_some_and(|bound| self.stack.len() >= bound);
        if full { Err(Outcome::StackPanic) } else { Ok(()) }
    }

    /// R12, R13: the whole chain anew, root first, but for the ancestors that are retained.
    fn build(&mut self, leaf: StateId, args: &[i32], enter_args: &[i32]) -> Configuration {
        let mut chain: Vec<StateId> = self.machine.lineage(leaf).collect();
        chain.reverse();
        let compartments = chain.into_iter().map(|state| match self.retained(state, leaf) {
            Some(kept) => (state, kept),
            None => (state, self.compartment(state, args)),
        });
        Configuration { leaf, compartments: compartments.collect(), enter_args: enter_args.to_vec() }
    }

    /// R12: kept "on transitions from one of its descendants to another".
    fn retained(&self, state: StateId, target: StateId) -> Option<Compartment> {
        let leaf = self.current.leaf;
        let kept = self.machine.states[state].retain && state != leaf && state != target && leaf != target;
        if kept { self.current.compartments.get(&state).cloned() } else { None }
    }

    /// R4: an initialiser may use `self` and the state's params.
    fn compartment(&self, id: StateId, args: &[i32]) -> Compartment {
        let state = &self.machine.states[id];
        let args = bind(&state.params, args);
        let vars = state.vars.iter().map(|value| self.initialise(value, &named("s", args.iter().copied()))).collect();
        Compartment { args, vars }
    }

    fn initialise(&self, value: &Expr, params: &[(String, i32)]) -> i32 {
        match value {
            Expr::Int(value) => *value,
            Expr::Field(index) => self.fields[*index],
            Expr::Name(name) => params.iter().find(|(known, _)| known == name).expect("a param of the state").1,
            Expr::Mix(left, right) => mix(self.initialise(left, params), self.initialise(right, params)),
            Expr::Xor(left, right) => self.initialise(left, params) ^ self.initialise(right, params),
            other => unreachable!("{other:?} in an initialiser"),
        }
    }

    // Statements

    fn block(&mut self, frame: &mut Frame, block: &[Stmt]) -> Run<Flow> {
        let scope = frame.names.len();
        for stmt in block {
            let flow = self.stmt(frame, stmt)?;
            if flow != Flow::Next {
                frame.names.truncate(scope);
                return Ok(flow);
            }
        }
        frame.names.truncate(scope);
        Ok(Flow::Next)
    }

    fn stmt(&mut self, frame: &mut Frame, stmt: &Stmt) -> Run<Flow> {
        match stmt {
            Stmt::If(condition, then, otherwise) => self.branch(frame, condition, then, otherwise),
            Stmt::LetUnless(name, condition, block, value) => self.let_unless(frame, name, condition, block, value),
            Stmt::Match(value, arms) => self.match_arms(frame, value, arms),
            Stmt::While(counter, limit, condition, body) => self.while_loop(frame, counter, *limit, condition, body),
            Stmt::For(name, limit, body) => self.for_loop(frame, name, limit, body),
            simple => {
                let before = self.performed;
                let flow = self.simple(frame, simple)?;
                Ok(if self.ended(frame, before) { Flow::Leave } else { flow })
            }
        }
    }

    /// R18: the handler ends behind a statement in whose course a transition was performed. R20: an action does not.
    fn ended(&self, frame: &Frame, before: u64) -> bool {
        frame.state.is_some() && self.performed != before
    }

    /// The head of an `if`, `while`, `match` or `for`; `None` when the handler ends there (R18).
    fn head(&mut self, frame: &mut Frame, value: &Expr) -> Run<Option<i32>> {
        let before = self.performed;
        let value = self.expr(frame, value)?;
        Ok((!self.ended(frame, before)).then_some(value))
    }

    fn condition(&mut self, frame: &mut Frame, condition: &Condition) -> Run<Option<bool>> {
        let value = self.head(frame, &condition.value)?;
        Ok(value.map(|value| (value & 3) < condition.below))
    }

    fn branch(&mut self, frame: &mut Frame, condition: &Condition, then: &[Stmt], otherwise: &[Stmt]) -> Run<Flow> {
        match self.condition(frame, condition)? {
            None => Ok(Flow::Leave),
            Some(true) => self.block(frame, then),
            Some(false) => self.block(frame, otherwise),
        }
    }

    fn let_unless(
        &mut self,
        frame: &mut Frame,
        name: &str,
        condition: &Condition,
        block: &[Stmt],
        value: &Expr,
    ) -> Run<Flow> {
        match self.condition(frame, condition)? {
            None => Ok(Flow::Leave),
            Some(true) => self.block(frame, block),
            Some(false) => match self.head(frame, value)? {
                None => Ok(Flow::Leave),
                Some(value) => {
                    frame.declare(name, value);
                    Ok(Flow::Next)
                }
            },
        }
    }

    fn match_arms(&mut self, frame: &mut Frame, value: &Expr, arms: &[Block]) -> Run<Flow> {
        let Some(value) = self.head(frame, value)? else { return Ok(Flow::Leave) };
        let index = (value & 3) as usize;
        self.block(frame, &arms[index.min(arms.len() - 1)])
    }

    fn while_loop(
        &mut self,
        frame: &mut Frame,
        counter: &str,
        limit: i32,
        condition: &Condition,
        body: &[Stmt],
    ) -> Run<Flow> {
        frame.declare(counter, 0);
        while *frame.name(counter) < limit {
            match self.condition(frame, condition)? {
                None => return Ok(Flow::Leave),
                Some(false) => break,
                Some(true) => *frame.name(counter) += 1,
            }
            match self.block(frame, body)? {
                Flow::Next | Flow::Continue => {}
                Flow::Break => break,
                Flow::Leave => return Ok(Flow::Leave),
            }
        }
        Ok(Flow::Next)
    }

    fn for_loop(&mut self, frame: &mut Frame, name: &str, limit: &Expr, body: &[Stmt]) -> Run<Flow> {
        let Some(limit) = self.head(frame, limit)? else { return Ok(Flow::Leave) };
        for round in 0..(limit & 3) {
            frame.declare(name, round);
            let flow = self.block(frame, body)?;
            frame.names.pop();
            match flow {
                Flow::Next | Flow::Continue => {}
                Flow::Break => break,
                Flow::Leave => return Ok(Flow::Leave),
            }
        }
        Ok(Flow::Next)
    }

    fn simple(&mut self, frame: &mut Frame, stmt: &Stmt) -> Run<Flow> {
        match stmt {
            Stmt::Fuel => {
                if self.fuel == 0 {
                    return Ok(Flow::Leave);
                }
                self.fuel -= 1;
            }
            Stmt::Note(label, value) => {
                let value = self.expr(frame, value)?;
                let label = self.label(frame, label);
                self.trace.push((label, value));
            }
            Stmt::Let(name, value) => {
                let value = self.expr(frame, value)?;
                frame.declare(name, value);
            }
            Stmt::Assign(place, assignment, value) => self.assign(frame, place, *assignment, value)?,
            Stmt::Bump(place, value) => {
                let value = self.expr(frame, value)?;
                let place = self.place(frame, place);
                *place = mix(*place, value);
            }
            Stmt::Call(call) => {
                self.call(frame, call)?;
            }
            Stmt::Push => {
                self.check_capacity()?;
                self.stack.push(self.current.clone());
            }
            Stmt::Drop => {
                self.stack.pop();
            }
            Stmt::Forward => {
                let parent = self.machine.states[frame.state()].parent;
                self.dispatch_to(parent, &frame.event.clone())?;
            }
            Stmt::SetReturn(_, value) => {
                let value = self.expr(frame, value)?;
                return Ok(self.set_return(frame, value));
            }
            leaving => return self.leave(frame, leaving),
        }
        Ok(Flow::Next)
    }

    /// The statements behind which nothing runs.
    fn leave(&mut self, frame: &mut Frame, stmt: &Stmt) -> Run<Flow> {
        match stmt {
            Stmt::Break => return Ok(Flow::Break),
            Stmt::Continue => return Ok(Flow::Continue),
            Stmt::Transition(transition) => self.queue(frame, transition)?,
            Stmt::ReturnWith(Some(value)) | Stmt::Return(Some(value)) | Stmt::Tail(value) => {
                let value = self.expr(frame, value)?;
                self.set_return(frame, value);
            }
            Stmt::ReturnWith(None) | Stmt::Return(None) => {}
            Stmt::Panic => return Err(Outcome::Boom),
            other => unreachable!("{other:?} is handled elsewhere"),
        }
        Ok(Flow::Leave)
    }

    /// `@@:(e)`, which in an action means `return e;`.
    fn set_return(&mut self, frame: &mut Frame, value: i32) -> Flow {
        if frame.state.is_none() {
            frame.result = value;
            return Flow::Leave;
        }
        self.context().value = Some(value);
        Flow::Next
    }

    /// R18: a store into `$.x` whose right side left the state is dropped with the state.
    fn assign(&mut self, frame: &mut Frame, place: &Place, assignment: Assignment, value: &Expr) -> Run<()> {
        let before = self.performed;
        let value = self.expr(frame, value)?;
        if matches!(place, Place::Var(_)) && self.performed != before {
            return Ok(());
        }
        let place = self.place(frame, place);
        *place = match assignment {
            Assignment::Plain => value,
            Assignment::Compound => *place ^ value,
        };
        Ok(())
    }

    fn place<'a>(&'a mut self, frame: &'a mut Frame, place: &Place) -> &'a mut i32 {
        match place {
            Place::Local(name) => frame.name(name),
            Place::Field(index) => &mut self.fields[*index],
            Place::Var(index) => self.var(frame, *index),
            Place::Data(index) => &mut self.context().data[*index],
        }
    }

    /// R11: `$.x` is the variable of the state around the handler.
    fn var(&mut self, frame: &Frame, index: usize) -> &mut i32 {
        let compartment = self.current.compartments.get_mut(&frame.state());
        &mut compartment.expect("a handler that lost its state has ended").vars[index]
    }

    /// R3: args are evaluated here, in written order; a return value behind the transition counts as before it.
    fn queue(&mut self, frame: &mut Frame, transition: &Transition) -> Run<()> {
        if let Some((_, value)) = &transition.then {
            let value = self.expr(frame, value)?;
            self.set_return(frame, value);
        }
        let exit_args = self.args(frame, &transition.exit)?;
        let enter_args = transition.enter.as_ref().map(|args| self.args(frame, args)).transpose()?;
        let target = match &transition.target {
            Target::State(state, args) => QueuedTarget::State(*state, self.args(frame, args)?),
            Target::Pop => QueuedTarget::Pop,
        };
        let event = transition.forward.then(|| frame.event.clone());
        self.queued = Some(Queued { push: transition.push, exit_args, enter_args, event, target });
        Ok(())
    }

    // Expressions

    fn args(&mut self, frame: &mut Frame, args: &[Expr]) -> Run<Vec<i32>> {
        args.iter().map(|arg| self.expr(frame, arg)).collect()
    }

    fn call(&mut self, frame: &mut Frame, call: &Call) -> Run<i32> {
        let args = self.args(frame, &call.args)?;
        match call.callee {
            Callee::Method(method) => Ok(self.method(method, args)?.unwrap_or_default()),
            Callee::Action(action) => self.action(action, &args),
        }
    }

    fn expr(&mut self, frame: &mut Frame, expr: &Expr) -> Run<i32> {
        Ok(match expr {
            Expr::Int(value) => *value,
            Expr::Name(name) => *frame.name(name),
            Expr::Field(index) => self.fields[*index],
            Expr::Var(index) => *self.var(frame, *index),
            Expr::Data(index) => self.context().data[*index],
            Expr::Param(index) => frame.event.args[*index],
            Expr::ReturnValue => self.context().value.unwrap_or_default(),
            Expr::Depth => self.stack.len() as i32,
            Expr::StateName => code(self.state_name()),
            Expr::Event => code(self.event_name(frame)),
            Expr::Mix(left, right) => {
                let left = self.expr(frame, left)?;
                mix(left, self.expr(frame, right)?)
            }
            Expr::Xor(left, right) => {
                let left = self.expr(frame, left)?;
                left ^ self.expr(frame, right)?
            }
            Expr::Call(call) => self.call(frame, call)?,
        })
    }

    fn label(&self, frame: &Frame, label: &Label) -> String {
        match label {
            Label::Text(text) => text.clone(),
            Label::Event => self.event_name(frame).to_owned(),
            Label::StateName => self.state_name().to_owned(),
        }
    }

    fn event_name(&self, frame: &Frame) -> &'m str {
        match frame.event.kind {
            EventKind::Method(method) => &self.machine.methods[method].name,
            EventKind::Enter => "$>",
            EventKind::Exit => "<$",
        }
    }
}

impl Subject for Interpreter<'_> {
    fn call(&mut self, method: usize, args: &[i32]) -> Outcome {
        self.fuel = FUEL;
        let methods = self.machine.methods.len();
        let result = if method < methods {
            self.method(method, args.to_vec())
        } else {
            self.action(method - methods, args).map(Some)
        };
        // R27: what the broken call had queued is forgotten.
        self.queued = None;
        self.contexts.clear();
        result.map_or_else(|panic| panic, Outcome::Returned)
    }

    fn take_trace(&mut self) -> Vec<TraceEntry> {
        std::mem::take(&mut self.trace)
    }

    fn state_name(&self) -> &str {
        &self.machine.states[self.current.leaf].name
    }

    fn depth(&mut self) -> i32 {
        self.stack.len() as i32
    }
}

/// R13: args go by position; what is missing takes its default.
fn bind(params: &[Param], args: &[i32]) -> Vec<i32> {
    let given = args.iter().copied().map(Some).chain(std::iter::repeat(None));
    params.iter().zip(given).map(|(default, arg)| arg.or(*default).unwrap_or_default()).collect()
}

fn named(prefix: &str, values: impl IntoIterator<Item = i32>) -> Vec<(String, i32)> {
    values.into_iter().enumerate().map(|(index, value)| (format!("{prefix}{index}"), value)).collect()
}
