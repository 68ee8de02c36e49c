//! A handler answers nothing but what happens next, so the shared storage holds the answer.

use instructions::{Machine, w7};
use statig::prelude::*;

pub(crate) enum Event {
    Query(u32),
    Flip,
}

#[derive(Default)]
pub(crate) struct Storage {
    asked: u64,
    answer: u32,
}

#[state_machine(initial = "State::coarse()")]
impl Storage {
    #[state]
    fn coarse(&mut self, event: &Event) -> Outcome<State> {
        match event {
            Event::Query(x) => {
                self.asked += 1;
                self.answer = x / 8;
                Handled
            }
            Event::Flip => Transition(State::fine()),
        }
    }

    #[state]
    fn fine(&mut self, event: &Event) -> Outcome<State> {
        match event {
            Event::Query(x) => {
                self.asked += 1;
                self.answer = x * 3;
                Handled
            }
            Event::Flip => Transition(State::coarse()),
        }
    }
}

pub(crate) struct Gauge(InitializedStateMachine<Storage>);

impl Machine for Gauge {
    fn new() -> Self {
        Self(Storage::default().uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        self.0.asked
    }
}

impl w7::Gauge for Gauge {
    #[inline]
    fn query(&mut self, x: u32) -> u32 {
        self.0.handle(&Event::Query(x));
        self.0.answer
    }

    #[inline]
    fn flip(&mut self) {
        self.0.handle(&Event::Flip);
    }
}
