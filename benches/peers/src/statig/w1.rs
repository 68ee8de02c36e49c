use instructions::{Machine, w1};
use statig::prelude::*;

pub(crate) enum Event {
    Bump(u32),
}

#[derive(Default)]
pub(crate) struct Storage {
    total: u64,
}

#[state_machine(initial = "State::counting()")]
impl Storage {
    #[state]
    fn counting(&mut self, event: &Event) -> Outcome<State> {
        match event {
            Event::Bump(n) => {
                self.total += u64::from(*n);
                Handled
            }
        }
    }
}

pub(crate) struct Counter(InitializedStateMachine<Storage>);

impl Machine for Counter {
    fn new() -> Self {
        Self(Storage::default().uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        self.0.total
    }
}

impl w1::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        self.0.handle(&Event::Bump(n));
    }
}
