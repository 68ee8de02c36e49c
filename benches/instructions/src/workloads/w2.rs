use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W2 drives.
pub trait Switch: Machine {
    fn on(&mut self);
    fn off(&mut self);
}

pub mod frame {
    frame_system! {
        pub @@system Switch : super::Switch {
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
    }

    impl super::Switch for Switch {
        #[inline]
        fn on(&mut self) {
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
        fn off(&mut self) {
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

crate::machine! {
    Switch,
    |s| s.off_entered + 3 * s.off_left + 5 * s.on_entered + 7 * s.on_left
}

pub const WORKLOAD: Workload = crate::workload! {
    "W2", "two states, alternating", Switch, run, 2, Goal::Instructions(1.0)
};

#[inline(never)]
pub(super) fn on(switch: &mut impl Switch) {
    switch.on();
}

#[inline(never)]
pub(super) fn off(switch: &mut impl Switch) {
    switch.off();
}

pub fn run<S: Switch>(operations: u64) -> u64 {
    let mut switch = S::new();
    for _ in 0..operations / 2 {
        on(black_box(&mut switch));
        off(black_box(&mut switch));
    }
    switch.checksum()
}
