use std::hint::black_box;

use crate::Goal;

mod frame {
    frame_system! {
        pub @@system Counter {
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

        #[inline]
        pub fn bump(&mut self, n: u32) {
            self.total += u64::from(n);
        }
    }
}

crate::workload! {
    "W1", "one state, a domain field", Counter, Goal::Instructions(1.0);

    #[inline(never)]
    fn bump(counter: &mut Counter, n: u32) {
        counter.bump(n);
    }

    pub(super) fn run(operations: u64) -> u64 {
        let mut counter = Counter::new();
        for n in 0..operations as u32 {
            bump(black_box(&mut counter), black_box(n));
        }
        counter.total
    }
}
