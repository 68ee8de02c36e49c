enum State {
    Off,
    On,
}

pub struct Lamp {
    state: State,
    entered: [u64; 2],
    left: [u64; 2],
}

impl Lamp {
    fn on(&mut self) {
        match self.state {
            State::Off => {
                self.left[0] += 1;
                self.state = State::On;
                self.entered[1] += 1;
            }
            State::On => {}
        }
    }

    fn off(&mut self) {
        match self.state {
            State::Off => {}
            State::On => {
                self.left[1] += 1;
                self.state = State::Off;
                self.entered[0] += 1;
            }
        }
    }
}

pub fn start() -> Lamp {
    Lamp { state: State::Off, entered: [1, 0], left: [0; 2] }
}

pub fn send(lamp: &mut Lamp, event: usize) {
    match event {
        0 => lamp.on(),
        _ => lamp.off(),
    }
}

pub fn trace(lamp: &Lamp) -> u64 {
    lamp.entered.iter().chain(&lamp.left).fold(0, |trace, count| trace * 31 + count)
}
