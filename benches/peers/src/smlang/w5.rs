use instructions::{Machine, w5};
use smlang::statemachine;

use crate::counts::Visits;

statemachine! {
    transitions: {
        *Dark(u32) + Tick [is_last] = Lit,
        Dark(u32) + Tick / count = Dark(u32),
        Lit + Tick / reset = Dark(u32),
    }
}

#[derive(Default)]
pub(crate) struct Context {
    visits: Visits,
}

impl StateMachineContext for Context {
    fn is_last(&self, ticks: &u32) -> Result<bool, ()> {
        Ok(*ticks + 1 == 8)
    }

    fn count(&mut self, ticks: &u32) -> Result<u32, ()> {
        Ok(*ticks + 1)
    }

    fn reset(&mut self) -> Result<u32, ()> {
        Ok(0)
    }

    fn on_entry_dark(&mut self) {
        self.visits.first_entered += 1;
    }

    fn on_exit_dark(&mut self) {
        self.visits.first_left += 1;
    }

    fn on_entry_lit(&mut self) {
        self.visits.second_entered += 1;
    }

    fn on_exit_lit(&mut self) {
        self.visits.second_left += 1;
    }
}

pub(crate) struct Blinker(StateMachine<Context>);

impl Machine for Blinker {
    fn new() -> Self {
        let mut context = Context::default();
        context.on_entry_dark();
        Self(StateMachine::new(context, 0))
    }

    fn checksum(&mut self) -> u64 {
        self.0.context().visits.checksum()
    }
}

impl w5::Blinker for Blinker {
    #[inline]
    fn tick(&mut self) {
        let _ = self.0.process_event(Events::Tick);
    }
}
