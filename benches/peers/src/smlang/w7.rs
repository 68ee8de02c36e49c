//! An action answers nothing but the next state's data, so the context holds the answer.

use instructions::{Machine, w7};
use smlang::statemachine;

statemachine! {
    transitions: {
        *Coarse + Query(u32) / divide = Coarse,
        Fine + Query(u32) / multiply = Fine,
        Coarse + Flip = Fine,
        Fine + Flip = Coarse,
    }
}

#[derive(Default)]
pub(crate) struct Context {
    asked: u64,
    answer: u32,
}

impl StateMachineContext for Context {
    fn divide(&mut self, x: u32) -> Result<(), ()> {
        self.asked += 1;
        self.answer = x / 8;
        Ok(())
    }

    fn multiply(&mut self, x: u32) -> Result<(), ()> {
        self.asked += 1;
        self.answer = x * 3;
        Ok(())
    }
}

pub(crate) struct Gauge(StateMachine<Context>);

impl Machine for Gauge {
    fn new() -> Self {
        Self(StateMachine::new(Context::default()))
    }

    fn checksum(&mut self) -> u64 {
        self.0.context().asked
    }
}

impl w7::Gauge for Gauge {
    #[inline]
    fn query(&mut self, x: u32) -> u32 {
        let _ = self.0.process_event(Events::Query(x));
        self.0.context().answer
    }

    #[inline]
    fn flip(&mut self) {
        let _ = self.0.process_event(Events::Flip);
    }
}
