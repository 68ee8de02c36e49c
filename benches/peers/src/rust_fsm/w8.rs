use instructions::{Machine, w8};
use rust_fsm::{StateMachine, StateMachineImpl};

pub(crate) enum Input {
    Line(String),
    Flip,
}

pub(crate) enum State {
    Open,
    Closed,
}

pub(crate) enum Output {
    Length(usize),
}

pub(crate) struct Table;

impl StateMachineImpl for Table {
    type Input = Input;
    type State = State;
    type Output = Output;
    const INITIAL_STATE: State = State::Open;

    fn transition(state: &State, input: &Input) -> Option<State> {
        match (state, input) {
            (State::Open, Input::Line(_)) | (State::Closed, Input::Flip) => Some(State::Open),
            (State::Open, Input::Flip) => Some(State::Closed),
            (State::Closed, Input::Line(_)) => None,
        }
    }

    fn output(state: &State, input: &Input) -> Option<Output> {
        match (state, input) {
            (State::Open, Input::Line(text)) => Some(Output::Length(text.len())),
            _ => None,
        }
    }
}

pub(crate) struct Reader {
    machine: StateMachine<Table>,
    length: usize,
}

impl Machine for Reader {
    fn new() -> Self {
        Self { machine: StateMachine::new(), length: 0 }
    }

    fn checksum(&mut self) -> u64 {
        self.length as u64
    }
}

impl w8::Reader for Reader {
    #[inline]
    fn line(&mut self, text: String) {
        if let Ok(Some(Output::Length(length))) = self.machine.consume(&Input::Line(text)) {
            self.length = length;
        }
    }

    #[inline]
    fn flip(&mut self) {
        let _ = self.machine.consume(&Input::Flip);
    }
}
