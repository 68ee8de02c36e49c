use instructions::{Machine, w2};
use smlang::statemachine;

use crate::counts::Visits;

statemachine! {
    transitions: {
        *Off + SwitchOn = On,
        On + SwitchOff = Off,
    }
}

#[derive(Default)]
pub(crate) struct Context {
    visits: Visits,
}

impl StateMachineContext for Context {
    fn on_entry_off(&mut self) {
        self.visits.first_entered += 1;
    }

    fn on_exit_off(&mut self) {
        self.visits.first_left += 1;
    }

    fn on_entry_on(&mut self) {
        self.visits.second_entered += 1;
    }

    fn on_exit_on(&mut self) {
        self.visits.second_left += 1;
    }
}

pub(crate) struct Switch(StateMachine<Context>);

impl Machine for Switch {
    fn new() -> Self {
        let mut context = Context::default();
        context.on_entry_off();
        Self(StateMachine::new(context))
    }

    fn checksum(&mut self) -> u64 {
        self.0.context().visits.checksum()
    }
}

impl w2::Switch for Switch {
    #[inline]
    fn on(&mut self) {
        let _ = self.0.process_event(Events::SwitchOn);
    }

    #[inline]
    fn off(&mut self) {
        let _ = self.0.process_event(Events::SwitchOff);
    }
}
