#[derive(Clone, Copy)]
enum State {
    S0,
    S1,
    S2,
    S3,
    S4,
    S5,
    S6,
    S7,
}

pub struct Ring {
    state: State,
    entered: [u32; 8],
    left: [u32; 8],
}

impl Ring {
    fn a(&mut self) {
        match self.state {
            State::S0 => self.go(State::S1),
            State::S2 => self.go(State::S3),
            State::S4 => self.go(State::S5),
            State::S6 => self.go(State::S7),
            _ => {}
        }
    }

    fn b(&mut self) {
        match self.state {
            State::S1 => self.go(State::S2),
            State::S3 => self.go(State::S4),
            State::S5 => self.go(State::S6),
            State::S7 => self.go(State::S0),
            _ => {}
        }
    }

    fn c(&mut self) {
        match self.state {
            State::S0 => self.go(State::S7),
            State::S2 => self.go(State::S1),
            State::S4 => self.go(State::S3),
            State::S6 => self.go(State::S5),
            _ => {}
        }
    }

    fn d(&mut self) {
        match self.state {
            State::S1 => self.go(State::S0),
            State::S3 => self.go(State::S2),
            State::S5 => self.go(State::S4),
            State::S7 => self.go(State::S6),
            _ => {}
        }
    }

    fn go(&mut self, to: State) {
        self.leave();
        self.state = to;
        self.enter();
    }

    fn leave(&mut self) {
        match self.state {
            State::S0 => self.left[0] += 1,
            State::S1 => self.left[1] += 1,
            State::S2 => self.left[2] += 1,
            State::S3 => self.left[3] += 1,
            State::S4 => self.left[4] += 1,
            State::S5 => self.left[5] += 1,
            State::S6 => self.left[6] += 1,
            State::S7 => self.left[7] += 1,
        }
    }

    fn enter(&mut self) {
        match self.state {
            State::S0 => self.entered[0] += 1,
            State::S1 => self.entered[1] += 1,
            State::S2 => self.entered[2] += 1,
            State::S3 => self.entered[3] += 1,
            State::S4 => self.entered[4] += 1,
            State::S5 => self.entered[5] += 1,
            State::S6 => self.entered[6] += 1,
            State::S7 => self.entered[7] += 1,
        }
    }
}

pub fn start() -> Ring {
    let mut ring = Ring { state: State::S0, entered: [0; 8], left: [0; 8] };
    ring.enter();
    ring
}

pub fn send(ring: &mut Ring, event: usize) {
    match event {
        0 => ring.a(),
        1 => ring.b(),
        2 => ring.c(),
        _ => ring.d(),
    }
}

pub fn trace(ring: &Ring) -> u64 {
    let counts = ring.entered.iter().chain(&ring.left);
    counts.fold(0_u64, |trace, count| trace.wrapping_mul(31) + u64::from(*count))
}
