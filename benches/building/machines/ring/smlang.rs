use smlang::statemachine;

statemachine! {
    transitions: {
        *S0 + A = S1,
        S0 + C = S7,
        S1 + B = S2,
        S1 + D = S0,
        S2 + A = S3,
        S2 + C = S1,
        S3 + B = S4,
        S3 + D = S2,
        S4 + A = S5,
        S4 + C = S3,
        S5 + B = S6,
        S5 + D = S4,
        S6 + A = S7,
        S6 + C = S5,
        S7 + B = S0,
        S7 + D = S6,
    }
}

#[derive(Default)]
pub struct Counts {
    entered: [u32; 8],
    left: [u32; 8],
}

impl StateMachineContext for Counts {
    fn on_entry_s0(&mut self) {
        self.entered[0] += 1;
    }

    fn on_exit_s0(&mut self) {
        self.left[0] += 1;
    }

    fn on_entry_s1(&mut self) {
        self.entered[1] += 1;
    }

    fn on_exit_s1(&mut self) {
        self.left[1] += 1;
    }

    fn on_entry_s2(&mut self) {
        self.entered[2] += 1;
    }

    fn on_exit_s2(&mut self) {
        self.left[2] += 1;
    }

    fn on_entry_s3(&mut self) {
        self.entered[3] += 1;
    }

    fn on_exit_s3(&mut self) {
        self.left[3] += 1;
    }

    fn on_entry_s4(&mut self) {
        self.entered[4] += 1;
    }

    fn on_exit_s4(&mut self) {
        self.left[4] += 1;
    }

    fn on_entry_s5(&mut self) {
        self.entered[5] += 1;
    }

    fn on_exit_s5(&mut self) {
        self.left[5] += 1;
    }

    fn on_entry_s6(&mut self) {
        self.entered[6] += 1;
    }

    fn on_exit_s6(&mut self) {
        self.left[6] += 1;
    }

    fn on_entry_s7(&mut self) {
        self.entered[7] += 1;
    }

    fn on_exit_s7(&mut self) {
        self.left[7] += 1;
    }
}

/// The library does not enter the start state.
pub fn start() -> StateMachine<Counts> {
    let mut counts = Counts::default();
    counts.on_entry_s0();
    StateMachine::new(counts)
}

/// An event that the state does not handle is an error, which is ignored here.
pub fn send(ring: &mut StateMachine<Counts>, event: usize) {
    let _ = ring.process_event(match event {
        0 => Events::A,
        1 => Events::B,
        2 => Events::C,
        _ => Events::D,
    });
}

pub fn trace(ring: &StateMachine<Counts>) -> u64 {
    let ring = ring.context();
    let counts = ring.entered.iter().chain(&ring.left);
    counts.fold(0_u64, |trace, count| trace.wrapping_mul(31) + u64::from(*count))
}
