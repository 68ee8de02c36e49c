//! The ring, for both sets of actions.

use std::marker::PhantomData;

use instructions::{Machine, w3, w3e};
use smlang::statemachine;

use crate::counts::{Actions, Laps};

statemachine! {
    derive_events: [Clone],
    transitions: {
        *S0 + A = S1,
        S0 + C = S7,
        S1 + B = S2,
        S1 + D = S0,
        S2 + A = S3,
        S2 + C = S1,
        S3 + B = S4,
        S3 + D = S2,
        S4 + A = S5,
        S4 + C = S3,
        S5 + B = S6,
        S5 + D = S4,
        S6 + A = S7,
        S6 + C = S5,
        S7 + B = S0,
        S7 + D = S6,
    }
}

#[derive(Default)]
pub(crate) struct Context<T> {
    laps: Laps,
    actions: PhantomData<T>,
}

impl<T: Actions> StateMachineContext for Context<T> {
    fn on_entry_s0(&mut self) {
        T::enter::<0>(&mut self.laps);
    }

    fn on_exit_s0(&mut self) {
        T::leave::<0>(&mut self.laps);
    }

    fn on_entry_s1(&mut self) {
        T::enter::<1>(&mut self.laps);
    }

    fn on_exit_s1(&mut self) {
        T::leave::<1>(&mut self.laps);
    }

    fn on_entry_s2(&mut self) {
        T::enter::<2>(&mut self.laps);
    }

    fn on_exit_s2(&mut self) {
        T::leave::<2>(&mut self.laps);
    }

    fn on_entry_s3(&mut self) {
        T::enter::<3>(&mut self.laps);
    }

    fn on_exit_s3(&mut self) {
        T::leave::<3>(&mut self.laps);
    }

    fn on_entry_s4(&mut self) {
        T::enter::<4>(&mut self.laps);
    }

    fn on_exit_s4(&mut self) {
        T::leave::<4>(&mut self.laps);
    }

    fn on_entry_s5(&mut self) {
        T::enter::<5>(&mut self.laps);
    }

    fn on_exit_s5(&mut self) {
        T::leave::<5>(&mut self.laps);
    }

    fn on_entry_s6(&mut self) {
        T::enter::<6>(&mut self.laps);
    }

    fn on_exit_s6(&mut self) {
        T::leave::<6>(&mut self.laps);
    }

    fn on_entry_s7(&mut self) {
        T::enter::<7>(&mut self.laps);
    }

    fn on_exit_s7(&mut self) {
        T::leave::<7>(&mut self.laps);
    }
}

pub(crate) struct Ring<T: Actions>(StateMachine<Context<T>>);

impl<T: Actions> Machine for Ring<T> {
    fn new() -> Self {
        let mut context = Context::default();
        context.on_entry_s0();
        Self(StateMachine::new(context))
    }

    fn checksum(&mut self) -> u64 {
        self.0.context().laps.checksum()
    }
}

impl<T: Actions> w3::Ring for Ring<T> {
    #[inline]
    fn a(&mut self) {
        let _ = self.0.process_event(Events::A);
    }

    #[inline]
    fn b(&mut self) {
        let _ = self.0.process_event(Events::B);
    }

    #[inline]
    fn c(&mut self) {
        let _ = self.0.process_event(Events::C);
    }

    #[inline]
    fn d(&mut self) {
        let _ = self.0.process_event(Events::D);
    }
}

impl<T: Actions> w3e::Dispatch for Ring<T> {
    type Event = Events;

    const EVENTS: [Events; 4] = [Events::A, Events::B, Events::C, Events::D];

    #[inline]
    fn dispatch(&mut self, event: Events) {
        let _ = self.0.process_event(event);
    }
}
