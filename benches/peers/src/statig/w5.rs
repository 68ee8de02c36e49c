use instructions::{Machine, w5};
use statig::prelude::*;

use crate::counts::Visits;

pub(crate) enum Event {
    Tick,
}

#[derive(Default)]
pub(crate) struct Storage {
    visits: Visits,
}

#[state_machine(initial = "State::dark(0)")]
impl Storage {
    #[state(entry_action = "enter_dark", exit_action = "leave_dark")]
    fn dark(ticks: &mut u32, event: &Event) -> Outcome<State> {
        match event {
            Event::Tick => {
                *ticks += 1;
                if *ticks == 8 { Transition(State::lit()) } else { Handled }
            }
        }
    }

    #[state(entry_action = "enter_lit", exit_action = "leave_lit")]
    fn lit(event: &Event) -> Outcome<State> {
        match event {
            Event::Tick => Transition(State::dark(0)),
        }
    }

    #[action]
    fn enter_dark(&mut self) {
        self.visits.first_entered += 1;
    }

    #[action]
    fn leave_dark(&mut self) {
        self.visits.first_left += 1;
    }

    #[action]
    fn enter_lit(&mut self) {
        self.visits.second_entered += 1;
    }

    #[action]
    fn leave_lit(&mut self) {
        self.visits.second_left += 1;
    }
}

pub(crate) struct Blinker(InitializedStateMachine<Storage>);

impl Machine for Blinker {
    fn new() -> Self {
        Self(Storage::default().uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        self.0.visits.checksum()
    }
}

impl w5::Blinker for Blinker {
    #[inline]
    fn tick(&mut self) {
        self.0.handle(&Event::Tick);
    }
}
