//! Leaves out parts of a machine, to find the few on which a difference depends.

use std::fmt::{self, Display, Formatter};
use std::num::ParseIntError;
use std::str::FromStr;

use crate::ast::*;
use crate::features::Features;
use crate::generator::generate;

/// A machine of which parts are left out, written as `5017` or `5017:3,4`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The seed of the machine.
    pub seed: u64,
    /// The numbers of the parts; all parts are counted, those within dropped ones included.
    pub dropped: Vec<usize>,
}

impl FromStr for Case {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (seed, dropped) = text.split_once(':').unwrap_or((text, ""));
        let dropped = dropped.split(',').filter(|number| !number.is_empty()).map(str::parse);
        Ok(Case { seed: seed.parse()?, dropped: dropped.collect::<Result<_, _>>()? })
    }
}

impl Display for Case {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.seed)?;
        for (index, part) in self.dropped.iter().enumerate() {
            write!(f, "{}{part}", if index == 0 { ':' } else { ',' })?;
        }
        Ok(())
    }
}

impl Case {
    /// The machine.
    pub fn machine(&self, allowed: &Features) -> Machine {
        Reducer { next: 0, dropped: &self.dropped }.machine(generate(self.seed, allowed))
    }

    /// How many parts the whole machine has.
    pub fn parts(&self, allowed: &Features) -> usize {
        let mut reducer = Reducer { next: 0, dropped: &[] };
        reducer.machine(generate(self.seed, allowed));
        reducer.next
    }
}

struct Reducer<'d> {
    next: usize,
    dropped: &'d [usize],
}

impl Reducer<'_> {
    fn drops(&mut self) -> bool {
        self.next += 1;
        self.dropped.contains(&(self.next - 1))
    }

    fn machine(&mut self, mut machine: Machine) -> Machine {
        for action in &mut machine.actions {
            action.body = self.body(std::mem::take(&mut action.body));
        }
        for state in &mut machine.states {
            self.state(state);
        }
        machine
    }

    fn state(&mut self, state: &mut State) {
        state.default_forward &= !self.drops();
        for handler in &mut state.handlers {
            let dropped = self.drops();
            if let Some(handler) = handler {
                handler.body = self.body(std::mem::take(&mut handler.body));
            }
            if dropped {
                *handler = None;
            }
        }
        for lifecycle in [&mut state.enter, &mut state.exit].into_iter().flatten() {
            lifecycle.body = self.body(std::mem::take(&mut lifecycle.body));
        }
    }

    /// What ends a function with a value stays.
    fn body(&mut self, body: Block) -> Block {
        let ends = |stmt: &Stmt| {
            matches!(stmt, Stmt::Tail(_) | Stmt::SetReturn(..) | Stmt::Return(Some(_)))
        };
        self.block(body, |stmt| matches!(stmt, Stmt::Fuel) || ends(stmt))
    }

    fn block(&mut self, block: Block, stays: impl Fn(&Stmt) -> bool) -> Block {
        let mut reduced: Block = Vec::new();
        for stmt in block {
            let Some(stmt) = self.stmt(stmt, &stays) else {
                continue;
            };
            // With nothing left between them the `push$` would belong to the transition.
            reduced.pop_if(|last| matches!((last, &stmt), (Stmt::Push, Stmt::Transition(_))));
            reduced.push(stmt);
        }
        reduced
    }

    /// Declarations stay, since what they declare is named elsewhere.
    fn stmt(&mut self, stmt: Stmt, stays: &impl Fn(&Stmt) -> bool) -> Option<Stmt> {
        let dropped = self.drops() && !stays(&stmt);
        match self.within(stmt) {
            Stmt::Let(name, _) | Stmt::LetUnless(name, ..) if dropped => {
                Some(Stmt::Let(name, Expr::Int(0)))
            }
            stmt => (!dropped).then_some(stmt),
        }
    }

    fn within(&mut self, stmt: Stmt) -> Stmt {
        let any = |_: &Stmt| false;
        match stmt {
            Stmt::If(condition, then, otherwise) => {
                let condition = self.condition(condition);
                Stmt::If(condition, self.block(then, any), self.block(otherwise, any))
            }
            Stmt::Match(value, arms) => {
                let value = self.expr(value);
                Stmt::Match(value, arms.into_iter().map(|arm| self.block(arm, any)).collect())
            }
            Stmt::While(counter, limit, condition, body) => {
                let condition = self.condition(condition);
                Stmt::While(counter, limit, condition, self.block(body, any))
            }
            Stmt::For(name, limit, body) => {
                let limit = self.expr(limit);
                Stmt::For(name, limit, self.block(body, any))
            }
            Stmt::Note(label, value) => Stmt::Note(label, self.expr(value)),
            Stmt::Let(name, value) => Stmt::Let(name, self.expr(value)),
            Stmt::Assign(place, assignment, value) => {
                Stmt::Assign(place, assignment, self.expr(value))
            }
            Stmt::SetReturn(setter, value) => Stmt::SetReturn(setter, self.expr(value)),
            Stmt::Return(value) => Stmt::Return(value.map(|value| self.expr(value))),
            Stmt::ReturnWith(value) => Stmt::ReturnWith(value.map(|value| self.expr(value))),
            Stmt::Tail(value) => Stmt::Tail(self.expr(value)),
            Stmt::Transition(transition) => Stmt::Transition(self.transition(transition)),
            other => other,
        }
    }

    fn transition(&mut self, transition: Transition) -> Transition {
        let exit = if self.drops() { Vec::new() } else { transition.exit };
        let enter = if self.drops() { None } else { transition.enter };
        let then = if self.drops() { None } else { transition.then };
        let target = match transition.target {
            Target::State(state, _) if self.drops() => Target::State(state, Vec::new()),
            target => target,
        };
        Transition { exit, enter, then, target, label: false, ..transition }
    }

    fn condition(&mut self, condition: Condition) -> Condition {
        Condition { value: self.expr(condition.value), ..condition }
    }

    fn expr(&mut self, expr: Expr) -> Expr {
        if self.drops() { Expr::Int(1) } else { expr }
    }
}
