use std::hint::black_box;

use crate::Goal;

mod frame {
    frame_system! {
        pub @@system Counter {
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

        #[inline]
        pub fn bump(&mut self, n: u32) {
            match self.state {
                State::Up | State::Down => self.total += u64::from(n),
            }
        }

        #[inline]
        pub fn flip(&mut self) {
            self.state = match self.state {
                State::Up => State::Down,
                State::Down => State::Up,
            };
        }
    }
}

crate::workload! {
    "W4", "handled by the root of three levels", Counter, Goal::Instructions(1.0);

    #[inline(never)]
    fn bump(counter: &mut Counter, n: u32) {
        counter.bump(n);
    }

    pub(super) fn run(operations: u64) -> u64 {
        let mut counter = Counter::new();
        counter.flip();
        for n in 0..operations as u32 {
            bump(black_box(&mut counter), black_box(n));
        }
        counter.total
    }
}
