use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W4 drives.
pub trait Counter: Machine {
    fn bump(&mut self, n: u32);
    fn flip(&mut self);
}

mod frame {
    frame_system! {
        pub @@system Counter : super::Counter {
            interface:
                bump(n: u32)
                flip()
            machine:
                $Up => $Moving {
                    bump(n: u32) { => $^ }
                    flip() { -> $Down }
                }
                $Down => $Moving {
                    bump(n: u32) { => $^ }
                    flip() { -> $Up }
                }
                $Moving => $Counting {
                    bump(n: u32) { => $^ }
                }
                $Counting {
                    bump(n: u32) { self.total += u64::from(n); }
                }
            domain:
                pub total: u64 = 0
        }
    }
}

mod hand {
    #[derive(Default)]
    enum State {
        #[default]
        Up,
        Down,
    }

    #[derive(Default)]
    pub struct Counter {
        state: State,
        pub total: u64,
    }

    impl Counter {
        pub fn new() -> Self {
            Self::default()
        }
    }

    impl super::Counter for Counter {
        #[inline]
        fn bump(&mut self, n: u32) {
            match self.state {
                State::Up | State::Down => self.total += u64::from(n),
            }
        }

        #[inline]
        fn flip(&mut self) {
            self.state = match self.state {
                State::Up => State::Down,
                State::Down => State::Up,
            };
        }
    }
}

crate::machine! { Counter, |counter| counter.total }

pub const WORKLOAD: Workload = crate::workload! {
    "W4", "handled by the root of three levels", Counter, run, 1, Goal::Instructions(1.0)
};

#[inline(never)]
fn bump(counter: &mut impl Counter, n: u32) {
    counter.bump(n);
}

pub fn run<C: Counter>(operations: u64) -> u64 {
    let mut counter = C::new();
    counter.flip();
    for n in 0..operations as u32 {
        bump(black_box(&mut counter), black_box(n));
    }
    counter.checksum()
}
