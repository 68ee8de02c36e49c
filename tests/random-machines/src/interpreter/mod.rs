//! A plain interpreter of the language's rules: no plan, no code, every rule where its words put
//! it.

mod dispatch;
mod expressions;
mod statements;
mod transitions;

use std::collections::BTreeMap;

use crate::ast::*;
use crate::subject::{Outcome, Subject, TraceEntry};

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
    returns: bool,
    value: Option<i32>,
    data: Vec<i32>,
}

#[derive(Clone)]
struct Queued {
    /// The state whose handler queued it.
    by: StateId,
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
    /// Constructs the system: fields, start compartment, then `$>` of the start state with what it
    /// queues.
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
        interpreter.current =
            interpreter.build(machine.start, &machine.start_args, &machine.start_enter_args);
        interpreter.in_context(false, None, |interpreter| {
            interpreter.enter()?;
            interpreter.perform_queued()
        })?;
        Ok(interpreter)
    }

    /// R1: one call is one run to completion.
    fn method(&mut self, id: MethodId, args: Vec<i32>) -> Run<Option<i32>> {
        let method = &self.machine.methods[id];
        let value = self.in_context(method.returns, method.default, |interpreter| {
            interpreter.dispatch(&Event { kind: EventKind::Method(id), args })?;
            if method.query { Ok(()) } else { interpreter.perform_queued() }
        })?;
        Ok(method.returns.then(|| value.unwrap_or_default()))
    }

    /// R16: every call has its own return value and data.
    fn in_context(
        &mut self,
        returns: bool,
        value: Option<i32>,
        run: impl FnOnce(&mut Self) -> Run<()>,
    ) -> Run<Option<i32>> {
        self.contexts.push(Context { returns, value, data: self.machine.data.clone() });
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
    values
        .into_iter()
        .enumerate()
        .map(|(index, value)| (format!("{prefix}{index}"), value))
        .collect()
}
