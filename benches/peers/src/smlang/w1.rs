use instructions::{Machine, w1};
use smlang::statemachine;

statemachine! {
    transitions: {
        *Counting + Bump(u32) / add = Counting,
    }
}

#[derive(Default)]
pub(crate) struct Context {
    total: u64,
}

impl StateMachineContext for Context {
    fn add(&mut self, n: u32) -> Result<(), ()> {
        self.total += u64::from(n);
        Ok(())
    }
}

pub(crate) struct Counter(StateMachine<Context>);

impl Machine for Counter {
    fn new() -> Self {
        Self(StateMachine::new(Context::default()))
    }

    fn checksum(&mut self) -> u64 {
        self.0.context().total
    }
}

impl w1::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        let _ = self.0.process_event(Events::Bump(n));
    }
}
