use smlang::statemachine;

statemachine! {
    transitions: {
        *Unlit + On = Lit,
        Lit + Off = Unlit,
    }
}

#[derive(Default)]
pub struct Counts {
    entered: [u64; 2],
    left: [u64; 2],
}

impl StateMachineContext for Counts {
    fn on_entry_unlit(&mut self) {
        self.entered[0] += 1;
    }

    fn on_exit_unlit(&mut self) {
        self.left[0] += 1;
    }

    fn on_entry_lit(&mut self) {
        self.entered[1] += 1;
    }

    fn on_exit_lit(&mut self) {
        self.left[1] += 1;
    }
}

/// The library does not enter the start state.
pub fn start() -> StateMachine<Counts> {
    let mut counts = Counts::default();
    counts.on_entry_unlit();
    StateMachine::new(counts)
}

/// An event that the state does not handle is an error, which is ignored here.
pub fn send(lamp: &mut StateMachine<Counts>, event: usize) {
    let _ = lamp.process_event(match event {
        0 => Events::On,
        _ => Events::Off,
    });
}

pub fn trace(lamp: &StateMachine<Counts>) -> u64 {
    let counts = lamp.context();
    counts.entered.iter().chain(&counts.left).fold(0, |trace, count| trace * 31 + count)
}
