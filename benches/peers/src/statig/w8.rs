use instructions::{Machine, w8};
use statig::prelude::*;

pub(crate) enum Event {
    Line(String),
    Flip,
}

#[derive(Default)]
pub(crate) struct Storage {
    length: usize,
}

#[state_machine(initial = "State::open()")]
impl Storage {
    #[state]
    fn open(&mut self, event: &Event) -> Outcome<State> {
        match event {
            Event::Line(text) => {
                self.length = text.len();
                Handled
            }
            Event::Flip => Transition(State::closed()),
        }
    }

    #[state]
    fn closed(event: &Event) -> Outcome<State> {
        match event {
            Event::Line(_) => Handled,
            Event::Flip => Transition(State::open()),
        }
    }
}

pub(crate) struct Reader(InitializedStateMachine<Storage>);

impl Machine for Reader {
    fn new() -> Self {
        Self(Storage::default().uninitialized_state_machine().init())
    }

    fn checksum(&mut self) -> u64 {
        self.0.length as u64
    }
}

impl w8::Reader for Reader {
    #[inline]
    fn line(&mut self, text: String) {
        self.0.handle(&Event::Line(text));
    }

    #[inline]
    fn flip(&mut self) {
        self.0.handle(&Event::Flip);
    }
}
