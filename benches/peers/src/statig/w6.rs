//! statig has no stack of states: the shared storage keeps one.

use instructions::{Machine, w6};
use statig::prelude::*;

pub(crate) enum Event {
    Interrupt(u64),
    Resume,
}

pub(crate) struct Storage {
    stack: [State; 4],
    depth: usize,
}

#[state_machine(initial = "State::working(0)", state(derive(Clone, Copy)))]
impl Storage {
    #[state]
    fn working(&mut self, done: &mut u64, event: &Event) -> Outcome<State> {
        match event {
            Event::Interrupt(n) => {
                *done += n;
                self.push(State::working(*done));
                Transition(State::paused())
            }
            Event::Resume => Handled,
        }
    }

    #[state]
    fn paused(&mut self, event: &Event) -> Outcome<State> {
        match event {
            Event::Interrupt(_) => Handled,
            Event::Resume => Transition(self.pop()),
        }
    }
}

impl Storage {
    fn push(&mut self, state: State) {
        assert!(self.depth < self.stack.len(), "the stack is full");
        self.stack[self.depth] = state;
        self.depth += 1;
    }

    fn pop(&mut self) -> State {
        assert!(self.depth > 0, "the stack is empty");
        self.depth -= 1;
        self.stack[self.depth]
    }
}

pub(crate) struct Worker(InitializedStateMachine<Storage>);

impl Machine for Worker {
    fn new() -> Self {
        let storage = Storage { stack: [State::paused(); 4], depth: 0 };
        Self(storage.uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        w6::Worker::done(self)
    }
}

impl w6::Worker for Worker {
    #[inline]
    fn interrupt(&mut self, n: u64) {
        self.0.handle(&Event::Interrupt(n));
    }

    #[inline]
    fn resume(&mut self) {
        self.0.handle(&Event::Resume);
    }

    fn done(&mut self) -> u64 {
        match self.0.state() {
            State::Working { done } => *done,
            State::Paused {} => 0,
        }
    }
}
