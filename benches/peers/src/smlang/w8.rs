use instructions::{Machine, w8};
use smlang::statemachine;

statemachine! {
    transitions: {
        *Open + Line(String) / measure = Open,
        Open + Flip = Closed,
        Closed + Flip = Open,
    }
}

#[derive(Default)]
pub(crate) struct Context {
    length: usize,
}

impl StateMachineContext for Context {
    fn measure(&mut self, text: String) -> Result<(), ()> {
        self.length = text.len();
        Ok(())
    }
}

pub(crate) struct Reader(StateMachine<Context>);

impl Machine for Reader {
    fn new() -> Self {
        Self(StateMachine::new(Context::default()))
    }

    fn checksum(&mut self) -> u64 {
        self.0.context().length as u64
    }
}

impl w8::Reader for Reader {
    #[inline]
    fn line(&mut self, text: String) {
        let _ = self.0.process_event(Events::Line(text));
    }

    #[inline]
    fn flip(&mut self) {
        let _ = self.0.process_event(Events::Flip);
    }
}
