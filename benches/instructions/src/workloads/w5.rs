use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W5 drives.
pub trait Blinker: Machine {
    fn tick(&mut self);
}

mod frame {
    frame_system! {
        pub @@system Blinker : super::Blinker {
            interface:
                tick()
            machine:
                $Dark {
                    $.ticks: u32 = 0

                    $>() { self.dark_entered += 1; }
                    <$() { self.dark_left += 1; }
                    tick() {
                        $.ticks += 1;
                        if $.ticks == 8 { -> $Lit }
                    }
                }
                $Lit {
                    $>() { self.lit_entered += 1; }
                    <$() { self.lit_left += 1; }
                    tick() { -> $Dark }
                }
            domain:
                pub dark_entered: u64 = 0
                pub dark_left: u64 = 0
                pub lit_entered: u64 = 0
                pub lit_left: u64 = 0
        }
    }
}

mod hand {
    enum State {
        Dark { ticks: u32 },
        Lit,
    }

    pub struct Blinker {
        state: State,
        pub dark_entered: u64,
        pub dark_left: u64,
        pub lit_entered: u64,
        pub lit_left: u64,
    }

    impl Blinker {
        pub fn new() -> Self {
            Self {
                state: State::Dark { ticks: 0 },
                dark_entered: 1,
                dark_left: 0,
                lit_entered: 0,
                lit_left: 0,
            }
        }
    }

    impl super::Blinker for Blinker {
        #[inline]
        fn tick(&mut self) {
            match &mut self.state {
                State::Dark { ticks } => {
                    *ticks += 1;
                    if *ticks == 8 {
                        self.dark_left += 1;
                        self.state = State::Lit;
                        self.lit_entered += 1;
                    }
                }
                State::Lit => {
                    self.lit_left += 1;
                    self.state = State::Dark { ticks: 0 };
                    self.dark_entered += 1;
                }
            }
        }
    }
}

crate::machine! {
    Blinker,
    |b| b.dark_entered + 3 * b.dark_left + 5 * b.lit_entered + 7 * b.lit_left
}

pub const WORKLOAD: Workload = crate::workload! {
    "W5", "a state variable counts to 8", Blinker, run, 1, Goal::Instructions(1.0)
};

#[inline(never)]
fn tick(blinker: &mut impl Blinker) {
    blinker.tick();
}

pub fn run<B: Blinker>(operations: u64) -> u64 {
    let mut blinker = B::new();
    for _ in 0..operations {
        tick(black_box(&mut blinker));
    }
    blinker.checksum()
}
