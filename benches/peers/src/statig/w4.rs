use instructions::{Machine, w4};
use statig::prelude::*;

pub(crate) enum Event {
    Bump(u32),
    Flip,
}

#[derive(Default)]
pub(crate) struct Storage {
    total: u64,
}

#[state_machine(initial = "State::up()")]
impl Storage {
    #[state(superstate = "moving")]
    fn up(event: &Event) -> Outcome<State> {
        match event {
            Event::Bump(_) => Super,
            Event::Flip => Transition(State::down()),
        }
    }

    #[state(superstate = "moving")]
    fn down(event: &Event) -> Outcome<State> {
        match event {
            Event::Bump(_) => Super,
            Event::Flip => Transition(State::up()),
        }
    }

    #[superstate(superstate = "counting")]
    fn moving(event: &Event) -> Outcome<State> {
        match event {
            Event::Bump(_) => Super,
            Event::Flip => Handled,
        }
    }

    #[superstate]
    fn counting(&mut self, event: &Event) -> Outcome<State> {
        if let Event::Bump(n) = event {
            self.total += u64::from(*n);
        }
        Handled
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

impl w4::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        self.0.handle(&Event::Bump(n));
    }

    #[inline]
    fn flip(&mut self) {
        self.0.handle(&Event::Flip);
    }
}
