//! The ring, for both sets of actions.

use std::marker::PhantomData;

use instructions::{Machine, w3, w3e};
use rust_fsm::state_machine;

use crate::counts::{Actions, Laps};

state_machine! {
    #[derive(Clone, Copy)]
    table(S0)

    S0 => { A => S1, C => S7 },
    S1 => { B => S2, D => S0 },
    S2 => { A => S3, C => S1 },
    S3 => { B => S4, D => S2 },
    S4 => { A => S5, C => S3 },
    S5 => { B => S6, D => S4 },
    S6 => { A => S7, C => S5 },
    S7 => { B => S0, D => S6 },
}

pub(crate) struct Ring<T> {
    machine: table::StateMachine,
    laps: Laps,
    actions: PhantomData<T>,
}

impl<T: Actions> Ring<T> {
    #[inline(always)]
    fn give(&mut self, input: &table::Input) {
        let from = *self.machine.state();
        if self.machine.consume(input).is_ok() {
            match from {
                table::State::S0 => T::leave::<0>(&mut self.laps),
                table::State::S1 => T::leave::<1>(&mut self.laps),
                table::State::S2 => T::leave::<2>(&mut self.laps),
                table::State::S3 => T::leave::<3>(&mut self.laps),
                table::State::S4 => T::leave::<4>(&mut self.laps),
                table::State::S5 => T::leave::<5>(&mut self.laps),
                table::State::S6 => T::leave::<6>(&mut self.laps),
                table::State::S7 => T::leave::<7>(&mut self.laps),
            }
            match self.machine.state() {
                table::State::S0 => T::enter::<0>(&mut self.laps),
                table::State::S1 => T::enter::<1>(&mut self.laps),
                table::State::S2 => T::enter::<2>(&mut self.laps),
                table::State::S3 => T::enter::<3>(&mut self.laps),
                table::State::S4 => T::enter::<4>(&mut self.laps),
                table::State::S5 => T::enter::<5>(&mut self.laps),
                table::State::S6 => T::enter::<6>(&mut self.laps),
                table::State::S7 => T::enter::<7>(&mut self.laps),
            }
        }
    }
}

impl<T: Actions> Machine for Ring<T> {
    fn new() -> Self {
        let mut laps = Laps::default();
        T::enter::<0>(&mut laps);
        Self { machine: table::StateMachine::new(), laps, actions: PhantomData }
    }

    fn checksum(&mut self) -> u64 {
        self.laps.checksum()
    }
}

impl<T: Actions> w3::Ring for Ring<T> {
    #[inline]
    fn a(&mut self) {
        self.give(&table::Input::A);
    }

    #[inline]
    fn b(&mut self) {
        self.give(&table::Input::B);
    }

    #[inline]
    fn c(&mut self) {
        self.give(&table::Input::C);
    }

    #[inline]
    fn d(&mut self) {
        self.give(&table::Input::D);
    }
}

impl<T: Actions> w3e::Dispatch for Ring<T> {
    type Event = table::Input;

    const EVENTS: [table::Input; 4] =
        [table::Input::A, table::Input::B, table::Input::C, table::Input::D];

    #[inline]
    fn dispatch(&mut self, event: table::Input) {
        self.give(&event);
    }
}
