use rust_fsm::state_machine;

state_machine! {
    #[derive(Clone, Copy)]
    ring(S0)

    S0 => {
        A => S1,
        C => S7
    },
    S1 => {
        B => S2,
        D => S0
    },
    S2 => {
        A => S3,
        C => S1
    },
    S3 => {
        B => S4,
        D => S2
    },
    S4 => {
        A => S5,
        C => S3
    },
    S5 => {
        B => S6,
        D => S4
    },
    S6 => {
        A => S7,
        C => S5
    },
    S7 => {
        B => S0,
        D => S6
    }
}

/// The library has no handlers: what it tells about the states is acted upon here.
pub struct Ring {
    machine: ring::StateMachine,
    entered: [u32; 8],
    left: [u32; 8],
}

impl Ring {
    fn handle(&mut self, event: &ring::Input) {
        let before = *self.machine.state();
        if self.machine.consume(event).is_ok() {
            self.leave(before);
            self.enter(*self.machine.state());
        }
    }

    fn leave(&mut self, state: ring::State) {
        match state {
            ring::State::S0 => self.left[0] += 1,
            ring::State::S1 => self.left[1] += 1,
            ring::State::S2 => self.left[2] += 1,
            ring::State::S3 => self.left[3] += 1,
            ring::State::S4 => self.left[4] += 1,
            ring::State::S5 => self.left[5] += 1,
            ring::State::S6 => self.left[6] += 1,
            ring::State::S7 => self.left[7] += 1,
        }
    }

    fn enter(&mut self, state: ring::State) {
        match state {
            ring::State::S0 => self.entered[0] += 1,
            ring::State::S1 => self.entered[1] += 1,
            ring::State::S2 => self.entered[2] += 1,
            ring::State::S3 => self.entered[3] += 1,
            ring::State::S4 => self.entered[4] += 1,
            ring::State::S5 => self.entered[5] += 1,
            ring::State::S6 => self.entered[6] += 1,
            ring::State::S7 => self.entered[7] += 1,
        }
    }
}

pub fn start() -> Ring {
    let machine = ring::StateMachine::new();
    let mut ring = Ring { machine, entered: [0; 8], left: [0; 8] };
    ring.enter(ring::State::S0);
    ring
}

pub fn send(ring: &mut Ring, event: usize) {
    ring.handle(match event {
        0 => &ring::Input::A,
        1 => &ring::Input::B,
        2 => &ring::Input::C,
        _ => &ring::Input::D,
    });
}

pub fn trace(ring: &Ring) -> u64 {
    let counts = ring.entered.iter().chain(&ring.left);
    counts.fold(0_u64, |trace, count| trace.wrapping_mul(31) + u64::from(*count))
}
