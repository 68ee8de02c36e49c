use instructions::{Machine, w2};
use statig::prelude::*;

use crate::counts::Visits;

pub(crate) enum Event {
    On,
    Off,
}

#[derive(Default)]
pub(crate) struct Storage {
    visits: Visits,
}

#[state_machine(initial = "State::off()")]
impl Storage {
    #[state(entry_action = "enter_off", exit_action = "leave_off")]
    fn off(event: &Event) -> Outcome<State> {
        match event {
            Event::On => Transition(State::on()),
            Event::Off => Handled,
        }
    }

    #[state(entry_action = "enter_on", exit_action = "leave_on")]
    fn on(event: &Event) -> Outcome<State> {
        match event {
            Event::On => Handled,
            Event::Off => Transition(State::off()),
        }
    }

    #[action]
    fn enter_off(&mut self) {
        self.visits.first_entered += 1;
    }

    #[action]
    fn leave_off(&mut self) {
        self.visits.first_left += 1;
    }

    #[action]
    fn enter_on(&mut self) {
        self.visits.second_entered += 1;
    }

    #[action]
    fn leave_on(&mut self) {
        self.visits.second_left += 1;
    }
}

pub(crate) struct Switch(InitializedStateMachine<Storage>);

impl Machine for Switch {
    fn new() -> Self {
        Self(Storage::default().uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        self.0.visits.checksum()
    }
}

impl w2::Switch for Switch {
    #[inline]
    fn on(&mut self) {
        self.0.handle(&Event::On);
    }

    #[inline]
    fn off(&mut self) {
        self.0.handle(&Event::Off);
    }
}
