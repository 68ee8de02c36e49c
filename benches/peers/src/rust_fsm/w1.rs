use instructions::{Machine, w1};
use rust_fsm::{StateMachine, StateMachineImpl};

pub(crate) enum Input {
    Bump(u32),
}

pub(crate) enum State {
    Counting,
}

pub(crate) enum Output {
    Add(u32),
}

pub(crate) struct Table;

impl StateMachineImpl for Table {
    type Input = Input;
    type State = State;
    type Output = Output;
    const INITIAL_STATE: State = State::Counting;

    fn transition(state: &State, input: &Input) -> Option<State> {
        match (state, input) {
            (State::Counting, Input::Bump(_)) => Some(State::Counting),
        }
    }

    fn output(state: &State, input: &Input) -> Option<Output> {
        match (state, input) {
            (State::Counting, Input::Bump(n)) => Some(Output::Add(*n)),
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

impl w1::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        if let Ok(Some(Output::Add(n))) = self.machine.consume(&Input::Bump(n)) {
            self.total += u64::from(n);
        }
    }
}
