use std::convert::Infallible;

use instructions::{Machine, w5};
use rust_fsm::{StateMachine, StateMachineImpl};

use crate::counts::Visits;

pub(crate) enum Input {
    Tick,
}

pub(crate) enum State {
    Dark { ticks: u32 },
    Lit,
}

pub(crate) struct Table;

impl StateMachineImpl for Table {
    type Input = Input;
    type State = State;
    type Output = Infallible;
    const INITIAL_STATE: State = State::Dark { ticks: 0 };

    fn transition(state: &State, input: &Input) -> Option<State> {
        match (state, input) {
            (State::Dark { ticks: 7 }, Input::Tick) => Some(State::Lit),
            (State::Dark { ticks }, Input::Tick) => Some(State::Dark { ticks: ticks + 1 }),
            (State::Lit, Input::Tick) => Some(State::Dark { ticks: 0 }),
        }
    }

    fn output(_state: &State, _input: &Input) -> Option<Infallible> {
        None
    }
}

pub(crate) struct Blinker {
    machine: StateMachine<Table>,
    visits: Visits,
}

impl Machine for Blinker {
    fn new() -> Self {
        let visits = Visits { first_entered: 1, ..Visits::default() };
        Self { machine: StateMachine::new(), visits }
    }

    fn checksum(&mut self) -> u64 {
        self.visits.checksum()
    }
}

impl w5::Blinker for Blinker {
    #[inline]
    fn tick(&mut self) {
        let was_lit = matches!(self.machine.state(), State::Lit);
        let _ = self.machine.consume(&Input::Tick);
        match (was_lit, self.machine.state()) {
            (false, State::Lit) => {
                self.visits.first_left += 1;
                self.visits.second_entered += 1;
            }
            (true, State::Dark { .. }) => {
                self.visits.second_left += 1;
                self.visits.first_entered += 1;
            }
            _ => {}
        }
    }
}
