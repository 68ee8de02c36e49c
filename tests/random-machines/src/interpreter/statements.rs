//! Statements.

use crate::ast::*;
use crate::subject::{Outcome, mix};

use super::{Flow, Frame, Interpreter, Queued, QueuedTarget, Run};

impl Interpreter<'_> {
    pub(super) fn block(&mut self, frame: &mut Frame, block: &[Stmt]) -> Run<Flow> {
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
            Stmt::LetUnless(name, condition, block, value) => {
                self.let_unless(frame, name, condition, block, value)
            }
            Stmt::Match(value, arms) => self.match_arms(frame, value, arms),
            Stmt::While(counter, limit, condition, body) => {
                self.while_loop(frame, counter, *limit, condition, body)
            }
            Stmt::For(name, limit, body) => self.for_loop(frame, name, limit, body),
            simple => {
                let before = self.performed;
                let flow = self.simple(frame, simple)?;
                Ok(if self.ended(frame, before) { Flow::Leave } else { flow })
            }
        }
    }

    /// R18: the handler ends behind a statement in whose course a transition was performed. R20: an
    /// action does not.
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

    fn branch(
        &mut self,
        frame: &mut Frame,
        condition: &Condition,
        then: &[Stmt],
        otherwise: &[Stmt],
    ) -> Run<Flow> {
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
        let Some(value) = self.head(frame, value)? else {
            return Ok(Flow::Leave);
        };
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

    fn for_loop(
        &mut self,
        frame: &mut Frame,
        name: &str,
        limit: &Expr,
        body: &[Stmt],
    ) -> Run<Flow> {
        let Some(limit) = self.head(frame, limit)? else {
            return Ok(Flow::Leave);
        };
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
            Stmt::Assign(place, assignment, value) => {
                self.assign(frame, place, *assignment, value)?
            }
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
    fn assign(
        &mut self,
        frame: &mut Frame,
        place: &Place,
        assignment: Assignment,
        value: &Expr,
    ) -> Run<()> {
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
    pub(super) fn var(&mut self, frame: &Frame, index: usize) -> &mut i32 {
        let compartment = self.current.compartments.get_mut(&frame.state());
        &mut compartment.expect("a handler that lost its state has ended").vars[index]
    }

    /// R3: args are evaluated here, in written order; a return value behind the transition counts
    /// as before it.
    fn queue(&mut self, frame: &mut Frame, transition: &Transition) -> Run<()> {
        if let Some((_, value)) = &transition.then {
            let value = self.expr(frame, value)?;
            self.set_return(frame, value);
        }
        let exit_args = self.args(frame, &transition.exit)?;
        let enter_args =
            transition.enter.as_ref().map(|args| self.args(frame, args)).transpose()?;
        let target = match &transition.target {
            Target::State(state, args) => QueuedTarget::State(*state, self.args(frame, args)?),
            Target::Pop => QueuedTarget::Pop,
        };
        let event = transition.forward.then(|| frame.event.clone());
        let (by, push) = (frame.state(), transition.push);
        self.queued = Some(Queued { by, push, exit_args, enter_args, event, target });
        Ok(())
    }
}
