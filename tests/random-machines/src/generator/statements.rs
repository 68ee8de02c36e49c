//! Draws statements.

use crate::ast::*;
use crate::features::Feature;

use super::scope::{Body, Scope};
use super::{Generator, ends};

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

impl Generator {
    pub(super) fn block(&mut self, scope: &mut Scope, size: usize, depth: usize) -> Block {
        let visible = (scope.names.len(), scope.locals.len());
        let mut block = Vec::new();
        for _ in 0..self.rng.usize(1..=size) {
            let kind = self.kind(scope, depth);
            scope.called = false;
            block.push(self.stmt(scope, kind, depth));
        }
        let lifecycle = matches!(scope.body, Body::Enter | Body::Exit);
        if self.chance(if lifecycle && depth == 2 { 1 } else { 4 }) {
            scope.called = false;
            // A `push$` directly before a transition would be part of it.
            if matches!(block.last(), Some(Stmt::Push)) {
                block.push(self.note(scope));
            }
            block.push(self.last_stmt(scope));
        }
        if depth < 2 {
            scope.names.truncate(visible.0);
            scope.locals.truncate(visible.1);
        }
        block
    }

    fn kind(&mut self, scope: &Scope, depth: usize) -> Kind {
        let mut kinds = vec![
            Kind::Note,
            Kind::Note,
            Kind::Let,
            Kind::Assign,
            Kind::Assign,
            Kind::Assign,
            Kind::Bump,
        ];
        if depth > 0 {
            kinds.extend([
                Kind::LetUnless,
                Kind::If,
                Kind::If,
                Kind::If,
                Kind::Match,
                Kind::While,
                Kind::For,
            ]);
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
                Stmt::Let(scope.declare(), value)
            }
            Kind::LetUnless => self.let_unless(scope, depth),
            Kind::Assign => self.assign(scope),
            Kind::Bump => self.bump(scope),
            Kind::Call => Stmt::Call(self.call(scope, true)),
            Kind::If => {
                let condition = self.condition(scope);
                let then = self.block(scope, 2, depth - 1);
                let otherwise =
                    if self.chance(5) { self.block(scope, 2, depth - 1) } else { Vec::new() };
                Stmt::If(condition, then, otherwise)
            }
            Kind::Match => {
                let value = self.head(scope);
                let arms = (0..self.rng.usize(2..=3)).map(|_| self.arm(scope, depth - 1)).collect();
                Stmt::Match(value, arms)
            }
            Kind::While => {
                let counter = scope.fresh("n");
                let condition = self.condition(scope);
                Stmt::While(
                    counter,
                    self.rng.i32(1..=3),
                    condition,
                    self.loop_body(scope, depth - 1),
                )
            }
            Kind::For => {
                let limit = self.head(scope);
                let name = scope.fresh("i");
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

    fn let_unless(&mut self, scope: &mut Scope, depth: usize) -> Stmt {
        let condition = self.condition(scope);
        let lone = self.chance(4);
        let mut block = if lone { Vec::new() } else { self.block(scope, 1, depth - 1) };
        if !block.last().is_some_and(ends) {
            scope.called = false;
            if !lone {
                block.push(self.note(scope));
            }
            block.push(self.last_stmt(scope));
        }
        scope.called = false;
        let value = self.value(scope);
        Stmt::LetUnless(scope.declare(), condition, block, value)
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
            5 if !scope.locals.is_empty() => {
                Place::Local(scope.locals[self.rng.usize(..scope.locals.len())].clone())
            }
            _ => Place::Field(self.rng.usize(..self.machine.fields.len())),
        }
    }

    fn arm(&mut self, scope: &mut Scope, depth: usize) -> Block {
        scope.called = false;
        if self.chance(7) { self.block(scope, 2, depth) } else { vec![self.last_stmt(scope)] }
    }

    fn loop_body(&mut self, scope: &mut Scope, depth: usize) -> Block {
        let outer = std::mem::replace(&mut scope.in_loop, true);
        let body = self.block(scope, 2, depth);
        scope.in_loop = outer;
        body
    }

    /// A statement behind which nothing runs.
    fn last_stmt(&mut self, scope: &mut Scope) -> Stmt {
        let transitions = matches!(scope.body, Body::Method(_) | Body::Enter | Body::Exit);
        match self.rng.u8(..10) {
            0 if scope.in_loop => Stmt::Break,
            1 if scope.in_loop => Stmt::Continue,
            2 if self.returns(scope) => Stmt::Return(Some(self.value(scope))),
            3 if self.has_return_value(scope) && transitions => {
                Stmt::ReturnWith(Some(self.value(scope)))
            }
            4 if transitions => Stmt::ReturnWith(None),
            5 if transitions => Stmt::Return(None),
            _ if transitions => Stmt::Transition(self.transition(scope)),
            _ => Stmt::Return(Some(self.value(scope))),
        }
    }

    pub(super) fn setter(&mut self) -> Setter {
        if self.chance(6) { Setter::Short } else { Setter::Assignment }
    }
}
