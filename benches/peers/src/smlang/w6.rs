//! A transition has one target: the context keeps the data of the state that is interrupted,
//! and the state it goes back to is fixed.

use instructions::{Machine, w6};
use smlang::statemachine;

statemachine! {
    transitions: {
        *Working(u64) + Interrupt(u64) / push = Paused,
        Paused + Resume / pop = Working(u64),
    }
}

#[derive(Default)]
pub(crate) struct Context {
    stack: [u64; 4],
    depth: usize,
}

impl StateMachineContext for Context {
    fn push(&mut self, done: &u64, n: u64) -> Result<(), ()> {
        assert!(self.depth < self.stack.len(), "the stack is full");
        self.stack[self.depth] = *done + n;
        self.depth += 1;
        Ok(())
    }

    fn pop(&mut self) -> Result<u64, ()> {
        assert!(self.depth > 0, "the stack is empty");
        self.depth -= 1;
        Ok(self.stack[self.depth])
    }
}

pub(crate) struct Worker(StateMachine<Context>);

impl Machine for Worker {
    fn new() -> Self {
        Self(StateMachine::new(Context::default(), 0))
    }

    fn checksum(&mut self) -> u64 {
        w6::Worker::done(self)
    }
}

impl w6::Worker for Worker {
    #[inline]
    fn interrupt(&mut self, n: u64) {
        let _ = self.0.process_event(Events::Interrupt(n));
    }

    #[inline]
    fn resume(&mut self) {
        let _ = self.0.process_event(Events::Resume);
    }

    fn done(&mut self) -> u64 {
        match self.0.state() {
            States::Working(done) => *done,
            States::Paused => 0,
        }
    }
}
