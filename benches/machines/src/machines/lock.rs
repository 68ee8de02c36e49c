//! A door lock with a PIN, which is shut for a while after wrong ones.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Ignored,
    Beep,
    Wrong,
    Open,
    Closed,
}

entries! { Lock {
    fn key(digit: u8) -> Answer;
    fn clear() -> Answer;
    fn tick(now: u32);
    fn close() -> Answer;
    fn change(pin: [u8; 4]) -> Result<(), Answer>;
} }

mod frame {
    use super::Answer;
    frame_runtime::frame_system! {
        pub @@system Lock : super::Lock {
            interface:
                key(digit: u8): Answer = Answer::Ignored
                clear(): Answer = Answer::Ignored
                tick(now: u32)
                close(): Answer = Answer::Ignored
                change(pin: [u8; 4]): Result<(), Answer> = Err(Answer::Ignored)
            machine:
                $Locked {
                    $.typed: [u8; 4] = [0; 4]
                    $.count: usize = 0
                    key(digit: u8): Answer {
                        $.typed[$.count] = digit;
                        $.count += 1;
                        if $.count < 4 { @@:return(Answer::Beep) }
                        if self.matches($.typed) {
                            self.fails = 0;
                            -> $Unlocked(self.now + 20)
                            @@:(Answer::Open)
                        }
                        self.fails += 1;
                        if self.fails >= 3 {
                            @@:(Answer::Wrong)
                            -> $Barred(self.now + 30 * self.fails)
                        }
                        @@:(Answer::Wrong)
                        -> $Locked
                    }
                    clear(): Answer {
                        if $.count == 0 { return Answer::Ignored; }
                        $.count = 0;
                        Answer::Beep
                    }
                    tick(now: u32) { self.now = now; }
                }
                $Unlocked(until: u32) {
                    $>() { self.opened += 1; }
                    <$() { self.shut += 1; }
                    tick(now: u32) {
                        self.now = now;
                        if now >= until { -> $Locked }
                    }
                    close(): Answer { @@:(Answer::Closed) -> $Locked }
                    change(pin: [u8; 4]): Result<(), Answer> {
                        if pin.iter().any(|d| *d > 9) { return Err(Answer::Wrong); }
                        self.pin = pin;
                        Ok(())
                    }
                }
                $Barred(until: u32) {
                    tick(now: u32) {
                        self.now = now;
                        if now >= until { self.fails = 0; -> $Locked }
                    }
                    key(digit: u8): Answer { Answer::Wrong }
                }
            actions:
                matches(typed: [u8; 4]): bool { typed == self.pin }
            domain:
                pub pin: [u8; 4] = [1, 1, 1, 1]
                pub fails: u32 = 0
                pub now: u32 = 0
                pub opened: u32 = 0
                pub shut: u32 = 0
        }
    }
}

mod hand {
    use super::Answer;
    enum State {
        Locked { typed: [u8; 4], count: usize },
        Unlocked { until: u32 },
        Barred { until: u32 },
    }
    pub struct Lock {
        state: State,
        pub pin: [u8; 4],
        pub fails: u32,
        pub now: u32,
        pub opened: u32,
        pub shut: u32,
    }
    const LOCKED: State = State::Locked { typed: [0; 4], count: 0 };
    impl Lock {
        pub fn new() -> Self {
            Self { state: LOCKED, pin: [1; 4], fails: 0, now: 0, opened: 0, shut: 0 }
        }
    }
    impl super::Lock for Lock {
        #[inline]
        fn key(&mut self, digit: u8) -> Answer {
            match &mut self.state {
                State::Locked { typed, count } => {
                    typed[*count] = digit;
                    *count += 1;
                    if *count < 4 {
                        return Answer::Beep;
                    }
                    if *typed == self.pin {
                        self.fails = 0;
                        self.state = State::Unlocked { until: self.now + 20 };
                        self.opened += 1;
                        return Answer::Open;
                    }
                    self.fails += 1;
                    self.state = if self.fails >= 3 {
                        State::Barred { until: self.now + 30 * self.fails }
                    } else {
                        LOCKED
                    };
                    Answer::Wrong
                }
                State::Unlocked { .. } => Answer::Ignored,
                State::Barred { .. } => Answer::Wrong,
            }
        }
        #[inline]
        fn clear(&mut self) -> Answer {
            match &mut self.state {
                State::Locked { count, .. } if *count > 0 => {
                    *count = 0;
                    Answer::Beep
                }
                _ => Answer::Ignored,
            }
        }
        #[inline]
        fn tick(&mut self, now: u32) {
            self.now = now;
            match self.state {
                State::Locked { .. } => {}
                State::Unlocked { until } => {
                    if now >= until {
                        self.shut += 1;
                        self.state = LOCKED;
                    }
                }
                State::Barred { until } => {
                    if now >= until {
                        self.fails = 0;
                        self.state = LOCKED;
                    }
                }
            }
        }
        #[inline]
        fn close(&mut self) -> Answer {
            match self.state {
                State::Unlocked { .. } => {
                    self.shut += 1;
                    self.state = LOCKED;
                    Answer::Closed
                }
                _ => Answer::Ignored,
            }
        }
        #[inline]
        fn change(&mut self, pin: [u8; 4]) -> Result<(), Answer> {
            match self.state {
                State::Unlocked { .. } => {
                    if pin.iter().any(|d| *d > 9) {
                        return Err(Answer::Wrong);
                    }
                    self.pin = pin;
                    Ok(())
                }
                _ => Err(Answer::Ignored),
            }
        }
    }
}

instructions::machine! { Lock, |l| u64::from(l.opened) + 3 * u64::from(l.shut) + 5 * u64::from(l.fails) + 7 * u64::from(l.now) }

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("lock", "door lock with PIN", Lock, run, 4096, Goal::Percent(5.0));

drive! { Lock, 16, |m, e, a| match e {
    0 => call::clear(m) as u64,
    1 => call::close(m) as u64,
    2 => call::change(m, [a & 1, a >> 1 & 1, a >> 4, 1]).is_ok().into(),
    3..6 => { call::tick(m, u32::from(a)); 0 }
    _ => call::key(m, a & 1) as u64,
} }
