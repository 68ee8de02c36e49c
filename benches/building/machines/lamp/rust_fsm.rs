use rust_fsm::state_machine;

state_machine! {
    lamp(Unlit)

    Unlit(On) => Lit [SwitchOn],
    Lit(Off) => Unlit [SwitchOff]
}

/// The library has no handlers: the machine's outputs are acted upon here.
pub struct Lamp {
    machine: lamp::StateMachine,
    entered: [u64; 2],
    left: [u64; 2],
}

impl Lamp {
    fn handle(&mut self, event: &lamp::Input) {
        match self.machine.consume(event) {
            Ok(Some(lamp::Output::SwitchOn)) => {
                self.left[0] += 1;
                self.entered[1] += 1;
            }
            Ok(Some(lamp::Output::SwitchOff)) => {
                self.left[1] += 1;
                self.entered[0] += 1;
            }
            Ok(None) | Err(_) => {}
        }
    }
}

pub fn start() -> Lamp {
    Lamp { machine: lamp::StateMachine::new(), entered: [1, 0], left: [0; 2] }
}

pub fn send(lamp: &mut Lamp, event: usize) {
    lamp.handle(match event {
        0 => &lamp::Input::On,
        _ => &lamp::Input::Off,
    });
}

pub fn trace(lamp: &Lamp) -> u64 {
    lamp.entered.iter().chain(&lamp.left).fold(0, |trace, count| trace * 31 + count)
}
