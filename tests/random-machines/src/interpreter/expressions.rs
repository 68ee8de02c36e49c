//! Expressions.

use crate::ast::*;
use crate::subject::{Subject, code};

use super::{EventKind, Frame, Interpreter, Run};

impl<'m> Interpreter<'m> {
    pub(super) fn args(&mut self, frame: &mut Frame, args: &[Expr]) -> Run<Vec<i32>> {
        args.iter().map(|arg| self.expr(frame, arg)).collect()
    }

    pub(super) fn call(&mut self, frame: &mut Frame, call: &Call) -> Run<i32> {
        let args = self.args(frame, &call.args)?;
        match call.callee {
            Callee::Method(method) => Ok(self.method(method, args)?.unwrap_or_default()),
            Callee::Action(action) => self.action(action, &args),
        }
    }

    pub(super) fn expr(&mut self, frame: &mut Frame, expr: &Expr) -> Run<i32> {
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
            Expr::Pair(pairing, left, right) => {
                let left = self.expr(frame, left)?;
                pairing.apply(left, self.expr(frame, right)?)
            }
            Expr::Call(call) => self.call(frame, call)?,
        })
    }

    pub(super) fn label(&self, frame: &Frame, label: &Label) -> String {
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
