use statig::prelude::*;

#[derive(Default)]
pub struct Lamp {
    entered: [u64; 2],
    left: [u64; 2],
}

pub enum Event {
    On,
    Off,
}

#[state_machine(initial = "State::unlit()")]
impl Lamp {
    #[state(entry_action = "enter_unlit", exit_action = "leave_unlit")]
    fn unlit(event: &Event) -> Outcome<State> {
        match event {
            Event::On => Transition(State::lit()),
            Event::Off => Super,
        }
    }

    #[action]
    fn enter_unlit(&mut self) {
        self.entered[0] += 1;
    }

    #[action]
    fn leave_unlit(&mut self) {
        self.left[0] += 1;
    }

    #[state(entry_action = "enter_lit", exit_action = "leave_lit")]
    fn lit(event: &Event) -> Outcome<State> {
        match event {
            Event::On => Super,
            Event::Off => Transition(State::unlit()),
        }
    }

    #[action]
    fn enter_lit(&mut self) {
        self.entered[1] += 1;
    }

    #[action]
    fn leave_lit(&mut self) {
        self.left[1] += 1;
    }
}

pub fn start() -> InitializedStateMachine<Lamp> {
    Lamp::default().uninitialized_state_machine().init()
}

pub fn send(lamp: &mut InitializedStateMachine<Lamp>, event: usize) {
    lamp.handle(match event {
        0 => &Event::On,
        _ => &Event::Off,
    });
}

pub fn trace(lamp: &InitializedStateMachine<Lamp>) -> u64 {
    let counts = lamp.inner();
    counts.entered.iter().chain(&counts.left).fold(0, |trace, count| trace * 31 + count)
}
