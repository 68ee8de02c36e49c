//! A circuit breaker that is generic over its clock, around calls of any type.

use instructions::{Goal, Workload};

pub trait Clock {
    fn now(&mut self) -> u64;
}

/// A clock that goes on by itself.
pub struct Ticks(pub u64);
impl Clock for Ticks {
    #[inline]
    fn now(&mut self) -> u64 {
        self.0 += 7;
        self.0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected<E> {
    Open { until: u64 },
    Saturated,
    Failed(E),
}

entries! { Breaker {
    fn allow() -> Result<(), Rejected<()>>;
    fn guard(result: Result<u64, u16>) -> Result<u64, Rejected<u16>>;
    fn guard_unit(result: Result<(), u8>) -> Result<(), Rejected<u8>>;
    fn trip(force: bool) -> bool;
    fn failures() -> u8;
} }

/// How both breakers are driven.
macro_rules! entry_points {
    () => {
        pub type Breaker = Circuit<super::Ticks, 8>;
        impl super::Breaker for Breaker {
            #[inline]
            fn allow(&mut self) -> Result<(), Rejected<()>> {
                Circuit::allow(self)
            }
            #[inline]
            fn guard(&mut self, result: Result<u64, u16>) -> Result<u64, Rejected<u16>> {
                Circuit::guard(self, result)
            }
            #[inline]
            fn guard_unit(&mut self, result: Result<(), u8>) -> Result<(), Rejected<u8>> {
                Circuit::guard(self, result)
            }
            #[inline]
            fn trip(&mut self, force: bool) -> bool {
                Circuit::trip(self, force)
            }
            #[inline]
            fn failures(&mut self) -> u8 {
                Circuit::failures(self)
            }
        }
        impl instructions::Machine for Breaker {
            fn new() -> Self {
                Circuit::new(super::Ticks(0))
            }
            fn checksum(&mut self) -> u64 {
                self.clock.0 + u64::from(self.opened) + 3 * u64::from(self.refused)
            }
        }
    };
}

mod frame {
    use super::{Clock, Rejected};
    frame_runtime::frame_system! {
        pub @@system Circuit<C: Clock, const W: usize>(clock: C) {
            interface:
                allow(): Result<(), Rejected<()>> = Ok(())
                guard<T, E>(result: Result<T, E>): Result<T, Rejected<E>>
                trip(force: bool): bool = false
                failures(&self): u8 = 0
            machine:
                $Closed {
                    $.window: [bool; W] = [false; W]
                    $.at: usize = 0
                    $.failed: u8 = 0
                    guard(result) {
                        let failed = result.is_err();
                        $.failed -= u8::from($.window[$.at]);
                        $.failed += u8::from(failed);
                        $.window[$.at] = failed;
                        $.at = ($.at + 1) % W;
                        @@:(result.map_err(Rejected::Failed))
                        if usize::from($.failed) > W / 2 { -> (10) $Open }
                    }
                    trip(force: bool): bool {
                        @@:(true)
                        if force || $.failed > 2 { -> (40) $Open }
                    }
                    failures(): u8 { $.failed }
                }
                $Open {
                    $.until: u64 = 0
                    $.backoff: u32 = 0
                    $>(backoff: u32) {
                        self.opened += 1;
                        $.backoff = backoff;
                        $.until = self.clock.now() + u64::from(backoff);
                    }
                    allow(): Result<(), Rejected<()>> {
                        if self.clock.now() >= $.until { -> => $Probing($.backoff) }
                        self.refused += 1;
                        @@:(Err(Rejected::Open { until: $.until }))
                    }
                    guard(result) {
                        self.refused += 1;
                        Err(Rejected::Open { until: $.until })
                    }
                }
                $Probing(backoff: u32) {
                    $.trials: u8 = 3
                    $.good: u8 = 0
                    allow(): Result<(), Rejected<()>> {
                        if $.trials == 0 { return Err(Rejected::Saturated); }
                        $.trials -= 1;
                        Ok(())
                    }
                    guard(result) {
                        match result {
                            Ok(value) => {
                                $.good += 1;
                                @@:(Ok(value))
                                if $.good == 2 { -> $Closed }
                            }
                            Err(e) => {
                                @@:(Err(Rejected::Failed(e)))
                                -> ((backoff * 2).min(320)) $Open
                            }
                        }
                    }
                    trip(force: bool): bool {
                        if force {
                            @@:(true)
                            -> (backoff) $Open
                        }
                        false
                    }
                    failures(): u8 { 3 - $.trials }
                }
            domain:
                pub clock: C
                pub opened: u32 = 0
                pub refused: u32 = 0
        }
    }
    entry_points! {}
}

mod hand {
    use super::{Clock, Rejected};
    enum State<const W: usize> {
        Closed { window: [bool; W], at: usize, failed: u8 },
        Open { until: u64, backoff: u32 },
        Probing { backoff: u32, trials: u8, good: u8 },
    }
    pub struct Circuit<C: Clock, const W: usize> {
        state: State<W>,
        pub clock: C,
        pub opened: u32,
        pub refused: u32,
    }
    impl<C: Clock, const W: usize> Circuit<C, W> {
        pub fn new(clock: C) -> Self {
            Self {
                state: State::Closed { window: [false; W], at: 0, failed: 0 },
                clock,
                opened: 0,
                refused: 0,
            }
        }
        #[inline]
        fn open(&mut self, backoff: u32) {
            self.opened += 1;
            let until = self.clock.now() + u64::from(backoff);
            self.state = State::Open { until, backoff };
        }
        #[inline]
        pub fn allow(&mut self) -> Result<(), Rejected<()>> {
            match &mut self.state {
                State::Closed { .. } => Ok(()),
                State::Open { until, backoff } => {
                    if self.clock.now() >= *until {
                        self.state = State::Probing { backoff: *backoff, trials: 2, good: 0 };
                        return Ok(());
                    }
                    self.refused += 1;
                    Err(Rejected::Open { until: *until })
                }
                State::Probing { trials, .. } => {
                    if *trials == 0 {
                        return Err(Rejected::Saturated);
                    }
                    *trials -= 1;
                    Ok(())
                }
            }
        }
        #[inline]
        pub fn guard<T, E>(&mut self, result: Result<T, E>) -> Result<T, Rejected<E>> {
            match &mut self.state {
                State::Closed { window, at, failed } => {
                    let bad = result.is_err();
                    *failed -= u8::from(window[*at]);
                    *failed += u8::from(bad);
                    window[*at] = bad;
                    *at = (*at + 1) % W;
                    if usize::from(*failed) > W / 2 {
                        self.open(10);
                    }
                    result.map_err(Rejected::Failed)
                }
                State::Open { until, .. } => {
                    self.refused += 1;
                    Err(Rejected::Open { until: *until })
                }
                State::Probing { backoff, good, .. } => match result {
                    Ok(value) => {
                        *good += 1;
                        if *good == 2 {
                            self.state = State::Closed { window: [false; W], at: 0, failed: 0 };
                        }
                        Ok(value)
                    }
                    Err(e) => {
                        let backoff = *backoff;
                        self.open((backoff * 2).min(320));
                        Err(Rejected::Failed(e))
                    }
                },
            }
        }
        #[inline]
        pub fn trip(&mut self, force: bool) -> bool {
            match self.state {
                State::Closed { failed, .. } => {
                    if force || failed > 2 {
                        self.open(40);
                    }
                    true
                }
                State::Probing { backoff, .. } if force => {
                    self.open(backoff);
                    true
                }
                _ => false,
            }
        }
        #[inline]
        pub fn failures(&self) -> u8 {
            match self.state {
                State::Closed { failed, .. } => failed,
                State::Open { .. } => 0,
                State::Probing { trials, .. } => 3 - trials,
            }
        }
    }
    entry_points! {}
}

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "breaker",
    "a circuit breaker, generic methods",
    Breaker,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of<E: Into<u64>>(e: Rejected<E>) -> u64 {
    match e {
        Rejected::Open { until } => until,
        Rejected::Saturated => 1,
        Rejected::Failed(e) => e.into(),
    }
}
drive! { Breaker, 32, |m, e, a| match e {
    0..7 => match call::allow(m) {
        Ok(()) => 5,
        Err(Rejected::Open { until }) => until,
        Err(_) => 6,
    },
    7..20 => call::guard(m, if a & 7 < 4 { Ok(a.into()) } else { Err(u16::from(a)) }).unwrap_or_else(of),
    20..28 => call::guard_unit(m, if a & 7 < 4 { Ok(()) } else { Err(a) }).map_or_else(of, |()| 3),
    28 => { if a < 60 { call::trip(m, a & 1 == 0).into() } else { 0 } }
    _ => call::failures(m).into(),
} }
