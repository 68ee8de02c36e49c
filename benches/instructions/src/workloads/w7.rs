use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W7 drives.
pub trait Gauge: Machine {
    fn query(&mut self, x: u32) -> u32;
    fn flip(&mut self);
}

mod frame {
    frame_system! {
        pub @@system Gauge : super::Gauge {
            interface:
                query(x: u32): u32
                flip()
            machine:
                $Coarse {
                    query(x: u32): u32 {
                        self.asked += 1;
                        @@:(x / 8)
                    }
                    flip() { -> $Fine }
                }
                $Fine {
                    query(x: u32): u32 {
                        self.asked += 1;
                        @@:(x * 3)
                    }
                    flip() { -> $Coarse }
                }
            domain:
                pub asked: u64 = 0
        }
    }
}

mod hand {
    #[derive(Default)]
    enum State {
        #[default]
        Coarse,
        Fine,
    }

    #[derive(Default)]
    pub struct Gauge {
        state: State,
        pub asked: u64,
    }

    impl Gauge {
        pub fn new() -> Self {
            Self::default()
        }
    }

    impl super::Gauge for Gauge {
        #[inline]
        fn query(&mut self, x: u32) -> u32 {
            match self.state {
                State::Coarse => {
                    self.asked += 1;
                    x / 8
                }
                State::Fine => {
                    self.asked += 1;
                    x * 3
                }
            }
        }

        #[inline]
        fn flip(&mut self) {
            self.state = match self.state {
                State::Coarse => State::Fine,
                State::Fine => State::Coarse,
            };
        }
    }
}

crate::machine! { Gauge, |gauge| gauge.asked }

pub const WORKLOAD: Workload = crate::workload! {
    "W7", "a value answered by the state", Gauge, run, 1, Goal::Instructions(1.0)
};

#[inline(never)]
fn query(gauge: &mut impl Gauge, x: u32) -> u32 {
    gauge.query(x)
}

pub fn run<G: Gauge>(operations: u64) -> u64 {
    let mut gauge = G::new();
    gauge.flip();
    let mut sum = 0;
    for x in 0..operations as u32 {
        sum += u64::from(query(black_box(&mut gauge), black_box(x)));
    }
    sum + gauge.checksum()
}
