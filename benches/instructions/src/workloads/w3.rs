//! A ring of eight states, of which each handles two of the four events.

use std::hint::black_box;

use crate::{Goal, Machine, Workload, random};

/// What W3 drives.
pub trait Ring: Machine {
    fn a(&mut self);
    fn b(&mut self);
    fn c(&mut self);
    fn d(&mut self);
}

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
                    $>() { self.entered[0] += 1; }
                    <$() { self.left[0] += 1; }
                    a() { -> $S1 }
                    c() { -> $S7 }
                }
                $S1 {
                    $>() { self.entered[1] += 1; }
                    <$() { self.left[1] += 1; }
                    b() { -> $S2 }
                    d() { -> $S0 }
                }
                $S2 {
                    $>() { self.entered[2] += 1; }
                    <$() { self.left[2] += 1; }
                    a() { -> $S3 }
                    c() { -> $S1 }
                }
                $S3 {
                    $>() { self.entered[3] += 1; }
                    <$() { self.left[3] += 1; }
                    b() { -> $S4 }
                    d() { -> $S2 }
                }
                $S4 {
                    $>() { self.entered[4] += 1; }
                    <$() { self.left[4] += 1; }
                    a() { -> $S5 }
                    c() { -> $S3 }
                }
                $S5 {
                    $>() { self.entered[5] += 1; }
                    <$() { self.left[5] += 1; }
                    b() { -> $S6 }
                    d() { -> $S4 }
                }
                $S6 {
                    $>() { self.entered[6] += 1; }
                    <$() { self.left[6] += 1; }
                    a() { -> $S7 }
                    c() { -> $S5 }
                }
                $S7 {
                    $>() { self.entered[7] += 1; }
                    <$() { self.left[7] += 1; }
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
    #[derive(Clone)]
    pub enum RingEvent {
        A,
        B,
        C,
        D,
    }

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
                State::S1 => self.left[1] += 1,
                State::S2 => self.left[2] += 1,
                State::S3 => self.left[3] += 1,
                State::S4 => self.left[4] += 1,
                State::S5 => self.left[5] += 1,
                State::S6 => self.left[6] += 1,
                State::S7 => self.left[7] += 1,
            }
        }

        #[inline]
        fn enter(&mut self) {
            match self.state {
                State::S0 => self.entered[0] += 1,
                State::S1 => self.entered[1] += 1,
                State::S2 => self.entered[2] += 1,
                State::S3 => self.entered[3] += 1,
                State::S4 => self.entered[4] += 1,
                State::S5 => self.entered[5] += 1,
                State::S6 => self.entered[6] += 1,
                State::S7 => self.entered[7] += 1,
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
    "W3", "8 states × 4 events, random", Ring, run, PERIOD, Goal::Percent(5.0)
};

pub(super) const PERIOD: u64 = 4096;

#[inline(never)]
fn a(ring: &mut impl Ring) {
    ring.a();
}

#[inline(never)]
fn b(ring: &mut impl Ring) {
    ring.b();
}

#[inline(never)]
fn c(ring: &mut impl Ring) {
    ring.c();
}

#[inline(never)]
fn d(ring: &mut impl Ring) {
    ring.d();
}

pub fn run<R: Ring>(operations: u64) -> u64 {
    drive::<R>(&random::sequence(PERIOD, 4), operations)
}

pub(super) fn drive<R: Ring>(events: &[u8], operations: u64) -> u64 {
    let mut ring = R::new();
    for _ in 0..operations / events.len() as u64 {
        for event in events {
            match *event {
                0 => a(black_box(&mut ring)),
                1 => b(black_box(&mut ring)),
                2 => c(black_box(&mut ring)),
                _ => d(black_box(&mut ring)),
            }
        }
    }
    ring.checksum()
}
