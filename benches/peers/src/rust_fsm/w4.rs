//! Flat: both states handle what an ancestor would.

use instructions::{Machine, w4};
use rust_fsm::{StateMachine, StateMachineImpl};

pub(crate) enum Input {
    Bump(u32),
    Flip,
}

pub(crate) enum State {
    Up,
    Down,
}

pub(crate) enum Output {
    Add(u32),
}

pub(crate) struct Table;

impl StateMachineImpl for Table {
    type Input = Input;
    type State = State;
    type Output = Output;
    const INITIAL_STATE: State = State::Up;

    fn transition(state: &State, input: &Input) -> Option<State> {
        match (state, input) {
            (State::Up, Input::Bump(_)) | (State::Down, Input::Flip) => Some(State::Up),
            (State::Down, Input::Bump(_)) | (State::Up, Input::Flip) => Some(State::Down),
        }
    }

    fn output(_state: &State, input: &Input) -> Option<Output> {
        match input {
            Input::Bump(n) => Some(Output::Add(*n)),
            Input::Flip => None,
        }
    }
}

pub(crate) struct Counter {
    machine: StateMachine<Table>,
    total: u64,
}

impl Machine for Counter {
    fn new() -> Self {
        Self { machine: StateMachine::new(), total: 0 }
    }

    fn checksum(&mut self) -> u64 {
        self.total
    }
}

impl w4::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        if let Ok(Some(Output::Add(n))) = self.machine.consume(&Input::Bump(n)) {
            self.total += u64::from(n);
        }
    }

    #[inline]
    fn flip(&mut self) {
        let _ = self.machine.consume(&Input::Flip);
    }
}
