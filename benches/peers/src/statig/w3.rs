//! The ring, for both sets of actions.

use std::marker::PhantomData;

use instructions::{Machine, w3, w3e};
use statig::prelude::*;

use crate::counts::{Actions, Laps};

#[derive(Clone)]
pub(crate) enum Event {
    A,
    B,
    C,
    D,
}

#[derive(Default)]
pub(crate) struct Storage<T> {
    laps: Laps,
    actions: PhantomData<T>,
}

#[state_machine(initial = "State::s0()")]
impl<T: Actions> Storage<T> {
    #[state(entry_action = "enter_s0", exit_action = "leave_s0")]
    fn s0(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s1()),
            Event::C => Transition(State::s7()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s1", exit_action = "leave_s1")]
    fn s1(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s2()),
            Event::D => Transition(State::s0()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s2", exit_action = "leave_s2")]
    fn s2(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s3()),
            Event::C => Transition(State::s1()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s3", exit_action = "leave_s3")]
    fn s3(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s4()),
            Event::D => Transition(State::s2()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s4", exit_action = "leave_s4")]
    fn s4(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s5()),
            Event::C => Transition(State::s3()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s5", exit_action = "leave_s5")]
    fn s5(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s6()),
            Event::D => Transition(State::s4()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s6", exit_action = "leave_s6")]
    fn s6(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s7()),
            Event::C => Transition(State::s5()),
            _ => Handled,
        }
    }

    #[state(entry_action = "enter_s7", exit_action = "leave_s7")]
    fn s7(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s0()),
            Event::D => Transition(State::s6()),
            _ => Handled,
        }
    }

    #[action]
    fn enter_s0(&mut self) {
        T::enter::<0>(&mut self.laps);
    }

    #[action]
    fn leave_s0(&mut self) {
        T::leave::<0>(&mut self.laps);
    }

    #[action]
    fn enter_s1(&mut self) {
        T::enter::<1>(&mut self.laps);
    }

    #[action]
    fn leave_s1(&mut self) {
        T::leave::<1>(&mut self.laps);
    }

    #[action]
    fn enter_s2(&mut self) {
        T::enter::<2>(&mut self.laps);
    }

    #[action]
    fn leave_s2(&mut self) {
        T::leave::<2>(&mut self.laps);
    }

    #[action]
    fn enter_s3(&mut self) {
        T::enter::<3>(&mut self.laps);
    }

    #[action]
    fn leave_s3(&mut self) {
        T::leave::<3>(&mut self.laps);
    }

    #[action]
    fn enter_s4(&mut self) {
        T::enter::<4>(&mut self.laps);
    }

    #[action]
    fn leave_s4(&mut self) {
        T::leave::<4>(&mut self.laps);
    }

    #[action]
    fn enter_s5(&mut self) {
        T::enter::<5>(&mut self.laps);
    }

    #[action]
    fn leave_s5(&mut self) {
        T::leave::<5>(&mut self.laps);
    }

    #[action]
    fn enter_s6(&mut self) {
        T::enter::<6>(&mut self.laps);
    }

    #[action]
    fn leave_s6(&mut self) {
        T::leave::<6>(&mut self.laps);
    }

    #[action]
    fn enter_s7(&mut self) {
        T::enter::<7>(&mut self.laps);
    }

    #[action]
    fn leave_s7(&mut self) {
        T::leave::<7>(&mut self.laps);
    }
}

pub(crate) struct Ring<T: Actions>(InitializedStateMachine<Storage<T>>);

impl<T: Actions> Machine for Ring<T> {
    fn new() -> Self {
        Self(Storage::default().uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        self.0.laps.checksum()
    }
}

impl<T: Actions> w3::Ring for Ring<T> {
    #[inline]
    fn a(&mut self) {
        self.0.handle(&Event::A);
    }

    #[inline]
    fn b(&mut self) {
        self.0.handle(&Event::B);
    }

    #[inline]
    fn c(&mut self) {
        self.0.handle(&Event::C);
    }

    #[inline]
    fn d(&mut self) {
        self.0.handle(&Event::D);
    }
}

impl<T: Actions> w3e::Dispatch for Ring<T> {
    type Event = Event;

    const EVENTS: [Event; 4] = [Event::A, Event::B, Event::C, Event::D];

    #[inline]
    fn dispatch(&mut self, event: Event) {
        self.0.handle(&event);
    }
}
