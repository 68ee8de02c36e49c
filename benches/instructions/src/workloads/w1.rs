use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W1 drives.
pub trait Counter: Machine {
    fn bump(&mut self, n: u32);
}

mod frame {
    frame_system! {
        pub @@system Counter : super::Counter {
            interface:
                bump(n: u32)
            machine:
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
    pub struct Counter {
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
            self.total += u64::from(n);
        }
    }
}

crate::machine! { Counter, |counter| counter.total }

pub const WORKLOAD: Workload = crate::workload! {
    "W1", "one state, a domain field", Counter, run, 1, Goal::Instructions(1.0)
};

#[inline(never)]
fn bump(counter: &mut impl Counter, n: u32) {
    counter.bump(n);
}

pub fn run<C: Counter>(operations: u64) -> u64 {
    let mut counter = C::new();
    for n in 0..operations as u32 {
        bump(black_box(&mut counter), black_box(n));
    }
    counter.checksum()
}
