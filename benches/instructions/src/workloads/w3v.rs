//! The ring of W3 with actions of different shapes, so that its arms cannot be folded into
//! one with a table.

use super::w3::{PERIOD, Ring, run};
use crate::{Goal, Workload};

pub mod frame {
    frame_system! {
        @@[event_enum]
        #[derive(Clone)]
        pub @@system Ring : super::Ring {
            interface:
                a()
                b()
                c()
                d()
            machine:
                $S0 {
                    $>() { self.entered[0] += 3; }
                    <$() { self.left[0] += 1; }
                    a() { -> $S1 }
                    c() { -> $S7 }
                }
                $S1 {
                    $>() { self.entered[1] = self.entered[1].wrapping_mul(3) | 1; }
                    <$() { self.left[1] ^= self.entered[1]; }
                    b() { -> $S2 }
                    d() { -> $S0 }
                }
                $S2 {
                    $>() { self.entered[2] ^= 0x55; }
                    <$() { self.left[2] = self.left[2].rotate_left(3) ^ 1; }
                    a() { -> $S3 }
                    c() { -> $S1 }
                }
                $S3 {
                    $>() { self.entered[3] = self.left[3] >> 1; }
                    <$() { self.left[3] = self.left[3].wrapping_add(self.entered[2]); }
                    b() { -> $S4 }
                    d() { -> $S2 }
                }
                $S4 {
                    $>() { self.entered[4] ^= self.left[5] & 7; }
                    <$() { self.left[4] = self.left[4].max(self.entered[4]); }
                    a() { -> $S5 }
                    c() { -> $S3 }
                }
                $S5 {
                    $>() { self.entered[5] = self.entered[5].wrapping_sub(2); }
                    <$() { self.left[5] = self.left[5].wrapping_mul(5).wrapping_add(1); }
                    b() { -> $S6 }
                    d() { -> $S4 }
                }
                $S6 {
                    $>() { self.entered[6] |= self.left[6]; }
                    <$() { self.left[6] = !self.left[6]; }
                    a() { -> $S7 }
                    c() { -> $S5 }
                }
                $S7 {
                    $>() { self.entered[7] = self.entered[7].saturating_add(9); }
                    <$() { self.left[7] = self.entered[7].wrapping_sub(self.left[7]); }
                    b() { -> $S0 }
                    d() { -> $S6 }
                }
            domain:
                pub entered: [u32; 8] = [0; 8]
                pub left: [u32; 8] = [0; 8]
        }
    }
}

pub mod hand {
    pub use super::super::w3::hand::RingEvent;

    #[derive(Clone, Copy, Default)]
    enum State {
        #[default]
        S0,
        S1,
        S2,
        S3,
        S4,
        S5,
        S6,
        S7,
    }

    #[derive(Default)]
    pub struct Ring {
        state: State,
        pub entered: [u32; 8],
        pub left: [u32; 8],
    }

    impl Ring {
        pub fn new() -> Self {
            let mut ring = Self::default();
            ring.enter();
            ring
        }

        #[inline]
        pub fn dispatch(&mut self, event: RingEvent) {
            match self.state {
                State::S0 => match event {
                    RingEvent::A => self.go(State::S1),
                    RingEvent::C => self.go(State::S7),
                    _ => {}
                },
                State::S1 => match event {
                    RingEvent::B => self.go(State::S2),
                    RingEvent::D => self.go(State::S0),
                    _ => {}
                },
                State::S2 => match event {
                    RingEvent::A => self.go(State::S3),
                    RingEvent::C => self.go(State::S1),
                    _ => {}
                },
                State::S3 => match event {
                    RingEvent::B => self.go(State::S4),
                    RingEvent::D => self.go(State::S2),
                    _ => {}
                },
                State::S4 => match event {
                    RingEvent::A => self.go(State::S5),
                    RingEvent::C => self.go(State::S3),
                    _ => {}
                },
                State::S5 => match event {
                    RingEvent::B => self.go(State::S6),
                    RingEvent::D => self.go(State::S4),
                    _ => {}
                },
                State::S6 => match event {
                    RingEvent::A => self.go(State::S7),
                    RingEvent::C => self.go(State::S5),
                    _ => {}
                },
                State::S7 => match event {
                    RingEvent::B => self.go(State::S0),
                    RingEvent::D => self.go(State::S6),
                    _ => {}
                },
            }
        }

        #[inline]
        fn go(&mut self, to: State) {
            self.leave();
            self.state = to;
            self.enter();
        }

        #[inline]
        fn leave(&mut self) {
            match self.state {
                State::S0 => self.left[0] += 1,
                State::S1 => self.left[1] ^= self.entered[1],
                State::S2 => self.left[2] = self.left[2].rotate_left(3) ^ 1,
                State::S3 => self.left[3] = self.left[3].wrapping_add(self.entered[2]),
                State::S4 => self.left[4] = self.left[4].max(self.entered[4]),
                State::S5 => self.left[5] = self.left[5].wrapping_mul(5).wrapping_add(1),
                State::S6 => self.left[6] = !self.left[6],
                State::S7 => self.left[7] = self.entered[7].wrapping_sub(self.left[7]),
            }
        }

        #[inline]
        fn enter(&mut self) {
            match self.state {
                State::S0 => self.entered[0] += 3,
                State::S1 => self.entered[1] = self.entered[1].wrapping_mul(3) | 1,
                State::S2 => self.entered[2] ^= 0x55,
                State::S3 => self.entered[3] = self.left[3] >> 1,
                State::S4 => self.entered[4] ^= self.left[5] & 7,
                State::S5 => self.entered[5] = self.entered[5].wrapping_sub(2),
                State::S6 => self.entered[6] |= self.left[6],
                State::S7 => self.entered[7] = self.entered[7].saturating_add(9),
            }
        }
    }

    impl super::Ring for Ring {
        #[inline]
        fn a(&mut self) {
            match self.state {
                State::S0 => self.go(State::S1),
                State::S2 => self.go(State::S3),
                State::S4 => self.go(State::S5),
                State::S6 => self.go(State::S7),
                _ => {}
            }
        }

        #[inline]
        fn b(&mut self) {
            match self.state {
                State::S1 => self.go(State::S2),
                State::S3 => self.go(State::S4),
                State::S5 => self.go(State::S6),
                State::S7 => self.go(State::S0),
                _ => {}
            }
        }

        #[inline]
        fn c(&mut self) {
            match self.state {
                State::S0 => self.go(State::S7),
                State::S2 => self.go(State::S1),
                State::S4 => self.go(State::S3),
                State::S6 => self.go(State::S5),
                _ => {}
            }
        }

        #[inline]
        fn d(&mut self) {
            match self.state {
                State::S1 => self.go(State::S0),
                State::S3 => self.go(State::S2),
                State::S5 => self.go(State::S4),
                State::S7 => self.go(State::S6),
                _ => {}
            }
        }
    }
}

crate::machine! {
    Ring,
    |ring| {
        let counts = ring.entered.iter().chain(&ring.left);
        counts.fold(0, |sum, count| sum.wrapping_mul(31) + u64::from(*count))
    }
}

pub const WORKLOAD: Workload = crate::workload! {
    "W3v", "the same, actions of different shapes", Ring, run, PERIOD, Goal::Percent(5.0)
};
