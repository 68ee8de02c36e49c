use statig::prelude::*;

#[derive(Default)]
pub struct Ring {
    entered: [u32; 8],
    left: [u32; 8],
}

pub enum Event {
    A,
    B,
    C,
    D,
}

#[state_machine(initial = "State::s0()")]
impl Ring {
    #[state(entry_action = "enter_s0", exit_action = "leave_s0")]
    fn s0(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s1()),
            Event::C => Transition(State::s7()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s0(&mut self) {
        self.entered[0] += 1;
    }

    #[action]
    fn leave_s0(&mut self) {
        self.left[0] += 1;
    }

    #[state(entry_action = "enter_s1", exit_action = "leave_s1")]
    fn s1(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s2()),
            Event::D => Transition(State::s0()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s1(&mut self) {
        self.entered[1] += 1;
    }

    #[action]
    fn leave_s1(&mut self) {
        self.left[1] += 1;
    }

    #[state(entry_action = "enter_s2", exit_action = "leave_s2")]
    fn s2(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s3()),
            Event::C => Transition(State::s1()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s2(&mut self) {
        self.entered[2] += 1;
    }

    #[action]
    fn leave_s2(&mut self) {
        self.left[2] += 1;
    }

    #[state(entry_action = "enter_s3", exit_action = "leave_s3")]
    fn s3(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s4()),
            Event::D => Transition(State::s2()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s3(&mut self) {
        self.entered[3] += 1;
    }

    #[action]
    fn leave_s3(&mut self) {
        self.left[3] += 1;
    }

    #[state(entry_action = "enter_s4", exit_action = "leave_s4")]
    fn s4(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s5()),
            Event::C => Transition(State::s3()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s4(&mut self) {
        self.entered[4] += 1;
    }

    #[action]
    fn leave_s4(&mut self) {
        self.left[4] += 1;
    }

    #[state(entry_action = "enter_s5", exit_action = "leave_s5")]
    fn s5(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s6()),
            Event::D => Transition(State::s4()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s5(&mut self) {
        self.entered[5] += 1;
    }

    #[action]
    fn leave_s5(&mut self) {
        self.left[5] += 1;
    }

    #[state(entry_action = "enter_s6", exit_action = "leave_s6")]
    fn s6(event: &Event) -> Outcome<State> {
        match event {
            Event::A => Transition(State::s7()),
            Event::C => Transition(State::s5()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s6(&mut self) {
        self.entered[6] += 1;
    }

    #[action]
    fn leave_s6(&mut self) {
        self.left[6] += 1;
    }

    #[state(entry_action = "enter_s7", exit_action = "leave_s7")]
    fn s7(event: &Event) -> Outcome<State> {
        match event {
            Event::B => Transition(State::s0()),
            Event::D => Transition(State::s6()),
            _ => Super,
        }
    }

    #[action]
    fn enter_s7(&mut self) {
        self.entered[7] += 1;
    }

    #[action]
    fn leave_s7(&mut self) {
        self.left[7] += 1;
    }
}

pub fn start() -> InitializedStateMachine<Ring> {
    Ring::default().uninitialized_state_machine().init()
}

pub fn send(ring: &mut InitializedStateMachine<Ring>, event: usize) {
    ring.handle(match event {
        0 => &Event::A,
        1 => &Event::B,
        2 => &Event::C,
        _ => &Event::D,
    });
}

pub fn trace(ring: &InitializedStateMachine<Ring>) -> u64 {
    let ring = ring.inner();
    let counts = ring.entered.iter().chain(&ring.left);
    counts.fold(0_u64, |trace, count| trace.wrapping_mul(31) + u64::from(*count))
}
