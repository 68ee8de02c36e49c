use std::hint::black_box;

use crate::Goal;

pub mod frame {
    frame_system! {
        pub @@system Switch {
            interface:
                on()
                off()
            machine:
                $Off {
                    $>() { self.off_entered += 1; }
                    <$() { self.off_left += 1; }
                    on() { -> $On }
                }
                $On {
                    $>() { self.on_entered += 1; }
                    <$() { self.on_left += 1; }
                    off() { -> $Off }
                }
            domain:
                pub off_entered: u64 = 0
                pub off_left: u64 = 0
                pub on_entered: u64 = 0
                pub on_left: u64 = 0
        }
    }
}

pub mod hand {
    #[derive(Default)]
    enum State {
        #[default]
        Off,
        On,
    }

    #[derive(Default)]
    pub struct Switch {
        state: State,
        pub off_entered: u64,
        pub off_left: u64,
        pub on_entered: u64,
        pub on_left: u64,
    }

    impl Switch {
        pub fn new() -> Self {
            Self { off_entered: 1, ..Self::default() }
        }

        #[inline]
        pub fn on(&mut self) {
            match self.state {
                State::Off => {
                    self.off_left += 1;
                    self.state = State::On;
                    self.on_entered += 1;
                }
                State::On => {}
            }
        }

        #[inline]
        pub fn off(&mut self) {
            match self.state {
                State::Off => {}
                State::On => {
                    self.on_left += 1;
                    self.state = State::Off;
                    self.off_entered += 1;
                }
            }
        }
    }
}

crate::workload! {
    "W2", "two states, alternating", Switch, Goal::Instructions(1.0);

    #[inline(never)]
    fn on(switch: &mut Switch) {
        switch.on();
    }

    #[inline(never)]
    fn off(switch: &mut Switch) {
        switch.off();
    }

    pub(super) fn run(operations: u64) -> u64 {
        let mut switch = Switch::new();
        for _ in 0..operations / 2 {
            on(black_box(&mut switch));
            off(black_box(&mut switch));
        }
        let Switch { off_entered, off_left, on_entered, on_left, .. } = switch;
        off_entered + 3 * off_left + 5 * on_entered + 7 * on_left
    }
}
