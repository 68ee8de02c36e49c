use instructions::{Machine, w2};
use rust_fsm::state_machine;

use crate::counts::Visits;

state_machine! {
    table(Off)

    Off(SwitchOn) => On [ToOn],
    On(SwitchOff) => Off [ToOff],
}

pub(crate) struct Switch {
    machine: table::StateMachine,
    visits: Visits,
}

impl Switch {
    #[inline]
    fn give(&mut self, input: &table::Input) {
        match self.machine.consume(input) {
            Ok(Some(table::Output::ToOn)) => {
                self.visits.first_left += 1;
                self.visits.second_entered += 1;
            }
            Ok(Some(table::Output::ToOff)) => {
                self.visits.second_left += 1;
                self.visits.first_entered += 1;
            }
            Ok(None) | Err(_) => {}
        }
    }
}

impl Machine for Switch {
    fn new() -> Self {
        let visits = Visits { first_entered: 1, ..Visits::default() };
        Self { machine: table::StateMachine::new(), visits }
    }

    fn checksum(&mut self) -> u64 {
        self.visits.checksum()
    }
}

impl w2::Switch for Switch {
    #[inline]
    fn on(&mut self) {
        self.give(&table::Input::SwitchOn);
    }

    #[inline]
    fn off(&mut self) {
        self.give(&table::Input::SwitchOff);
    }
}
