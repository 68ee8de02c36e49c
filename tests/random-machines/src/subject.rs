//! What both sides of the comparison are driven by, and what generated code calls.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fastrand::Rng;

use crate::ast::Machine;
pub use crate::ast::mix;

/// An entry of a machine's trace.
pub type TraceEntry = (String, i32);

/// A running machine, compiled or interpreted.
pub trait Subject {
    /// Calls the method of that number, or the operation when there are not as many methods, with
    /// new fuel.
    fn call(&mut self, method: usize, args: &[i32]) -> Outcome;
    /// The trace since it was last taken.
    fn take_trace(&mut self) -> Vec<TraceEntry>;
    /// The name of the current state.
    fn state_name(&self) -> &str;
    /// The depth of the state stack.
    fn depth(&mut self) -> i32;
}

/// What became of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It returned, with a value or without.
    Returned(Option<i32>),
    /// Native code panicked.
    Boom,
    /// The stack had nothing to pop or no room to push (R23).
    StackPanic,
    /// A panic that no rule knows.
    OtherPanic(String),
}

/// A machine that the macro compiled.
pub struct Compiled {
    /// The [`Case`](crate::reduce::Case) it was generated from.
    pub case: &'static str,
    /// Constructs and calls it.
    pub run: fn(&[Call]) -> Vec<String>,
}

/// A call from outside.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method, or behind the last one an action that is an operation.
    pub method: usize,
    /// The args.
    pub args: Vec<i32>,
}

/// Random calls.
pub fn random_calls(machine: &Machine, rng: &mut Rng) -> Vec<Call> {
    let methods = machine.methods.iter().map(|method| method.params).enumerate();
    let operations = machine.actions.iter().enumerate().filter(|(_, action)| action.operation);
    let operations =
        operations.map(|(index, action)| (machine.methods.len() + index, action.params));
    let callable: Vec<(usize, usize)> = methods.chain(operations).collect();
    (0..rng.usize(1..=12))
        .map(|_| {
            let (method, params) = callable[rng.usize(..callable.len())];
            Call { method, args: (0..params).map(|_| rng.i32(-4..8)).collect() }
        })
        .collect()
}

/// What the calls lead to, line by line.
pub fn observe(subject: Option<impl Subject>, calls: &[Call]) -> Vec<String> {
    let Some(mut subject) = subject else {
        return vec!["new() panics".to_owned()];
    };
    let mut lines = vec!["new()".to_owned()];
    report(&mut subject, &Outcome::Returned(None), &mut lines);
    for call in calls {
        lines.push(format!("call {} {:?}", call.method, call.args));
        let outcome = subject.call(call.method, &call.args);
        report(&mut subject, &outcome, &mut lines);
    }
    lines
}

fn report(subject: &mut impl Subject, outcome: &Outcome, lines: &mut Vec<String>) {
    lines.extend(
        subject.take_trace().into_iter().map(|(label, value)| format!("    {label} {value}")),
    );
    let depth = subject.depth();
    lines.push(format!("  {outcome:?} in {}, depth {depth}", subject.state_name()));
}

/// Constructs a compiled machine; nothing when its `$>` panics.
pub fn construct<T>(new: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(new)).ok()
}

/// Calls a compiled machine and catches its panic.
pub fn catch(system: &str, call: impl FnOnce() -> Option<i32>) -> Outcome {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(value) => Outcome::Returned(value),
        Err(panic) => classify(system, panic.as_ref()),
    }
}

fn classify(system: &str, panic: &(dyn Any + Send)) -> Outcome {
    let message = panic.downcast_ref::<&str>().map(|message| (*message).to_owned());
    let message = message.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    match message.as_str() {
        "boom" => Outcome::Boom,
        stack if stack.contains(system) && stack.contains("stack") => Outcome::StackPanic,
        _ => Outcome::OtherPanic(message),
    }
}

/// [`mix`] with args that are macro arguments in the system's text.
#[macro_export]
macro_rules! mixed {
    ($left:expr, $right:expr) => {
        $crate::subject::mix($left, $right)
    };
}
pub use mixed;

/// The number in a param that owns memory. One that nobody gave is empty.
pub fn number(param: &[i32]) -> i32 {
    param.first().copied().unwrap_or_default()
}

/// The same, of a param that is used up.
pub fn last_number(param: Vec<i32>) -> i32 {
    param.into_iter().next().unwrap_or_default()
}

/// The same, by a method that may be any to the macro.
pub trait Number {
    /// The number.
    fn number(&self) -> i32;
}

impl Number for Vec<i32> {
    fn number(&self) -> i32 {
        number(self)
    }
}

/// Mixes a number into a place.
pub fn bump(place: &mut i32, value: i32) {
    *place = mix(*place, value);
}

/// A number for a name.
pub fn code(name: &str) -> i32 {
    name.bytes().fold(0, |code, byte| mix(code, i32::from(byte)))
}
