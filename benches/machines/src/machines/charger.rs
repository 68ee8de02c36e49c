//! A battery charger: control loops in `f64`, which wait on a stack while the battery is hot.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    pub volts: f64,
    pub amps: f64,
    pub celsius: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Off,
    Slow,
    Fast(u8),
    Done,
    Fault(u8),
}

entries! { Charger {
    fn plug(cells: u8, now: u64) -> bool;
    fn unplug(now: u64) -> f64;
    fn sample(sample: &Sample, now: u64) -> f64;
    fn fault(code: u8);
    fn acknowledge(code: u8) -> bool;
    fn status() -> Status;
} }

/// How both chargers are driven.
macro_rules! entry_points {
    () => {
        impl super::Charger for Charger {
            #[inline]
            fn plug(&mut self, cells: u8, now: u64) -> bool {
                Charger::plug(self, cells, now)
            }
            #[inline]
            fn unplug(&mut self, now: u64) -> f64 {
                Charger::unplug(self, now)
            }
            #[inline]
            fn sample(&mut self, sample: &Sample, now: u64) -> f64 {
                Charger::sample(self, sample, now)
            }
            #[inline]
            fn fault(&mut self, code: u8) {
                Charger::fault(self, code)
            }
            #[inline]
            fn acknowledge(&mut self, code: u8) -> bool {
                Charger::acknowledge(self, code)
            }
            #[inline]
            fn status(&mut self) -> Status {
                Charger::status(self)
            }
        }
    };
}

mod frame {
    use super::{Sample, Status};
    frame_runtime::frame_system! {
        @@[stack(1)]
        pub @@system Charger {
            interface:
                plug(cells: u8, now: u64): bool = false
                unplug(now: u64): f64 = 0.0
                sample(sample: &Sample, now: u64): f64 = 0.0
                fault(code: u8)
                acknowledge(code: u8): bool = false
                status(&self): Status = Status::Off
            machine:
                $Unplugged {
                    plug(cells: u8, now: u64): bool {
                        @@:(true)
                        -> $Precharging(cells, now)
                    }
                }
                $Precharging(cells: u8, since: u64) => $Plugged {
                    $.good: u8 = 0
                    sample(sample: &Sample, now: u64): f64 {
                        if sample.volts > 3.0 * f64::from(cells) { $.good += 1; } else { $.good = 0; }
                        if $.good == 3 {
                            @@:(0.5)
                            (sample.amps * (now - since) as f64) -> $Current(cells, now)
                        }
                        if now - since > 400 { (0.0) -> $Failed(1) }
                        0.1
                    }
                    status(): Status { Status::Slow }
                    => $^
                }
                $Current(cells: u8, since: u64) => $Plugged {
                    $.integral: f64 = 0.0
                    $.last: u64 = since
                    $.duty: f64 = 0.5
                    sample(sample: &Sample, now: u64): f64 {
                        if sample.celsius > 45.0 {
                            @@:(0.0)
                            push$ -> $Hot(now)
                        }
                        let dt = (now - $.last) as f64;
                        let error = 2.0 - sample.amps;
                        $.integral = ($.integral + error * dt).clamp(-90.0, 90.0);
                        $.last = now;
                        $.duty = (0.3 * error + 0.01 * $.integral).clamp(0.0, 1.0);
                        @@:($.duty)
                        if sample.volts > 4.1 * f64::from(cells) {
                            ($.integral) -> $Voltage(cells, $.duty)
                        }
                    }
                    status(): Status { Status::Fast(($.duty * 100.0) as u8) }
                    => $^
                }
                $Voltage(cells: u8, duty: f64) => $Plugged {
                    $.duty: f64 = duty
                    $.low: u8 = 0
                    sample(sample: &Sample, now: u64): f64 {
                        if sample.celsius > 45.0 {
                            @@:(0.0)
                            push$ -> $Hot(now)
                        }
                        $.low = if sample.amps < 0.6 { $.low + 1 } else { 0 };
                        if $.low == 3 { (sample.amps) -> $Full }
                        $.duty += 0.05 * (4.2 * f64::from(cells) - sample.volts);
                        $.duty
                    }
                    status(): Status { Status::Fast(($.duty.abs() * 10.0) as u8) }
                    => $^
                }
                $Hot(since: u64) {
                    sample(sample: &Sample, now: u64): f64 {
                        if sample.celsius < 40.0 {
                            self.hot += now - since;
                            -> => pop$
                        }
                        0.0
                    }
                    fault(code: u8) {
                        pop$
                        -> $Failed(code)
                    }
                    unplug(now: u64): f64 {
                        pop$
                        @@:(self.energy)
                        -> $Unplugged
                    }
                    status(): Status { Status::Slow }
                }
                $Full => $Plugged {
                    status(): Status { Status::Done }
                    sample(sample: &Sample, now: u64): f64 {
                        if sample.volts < 8.0 { (0.0) -> $Precharging(2, now) }
                        0.0
                    }
                    => $^
                }
                $Failed(code: u8) {
                    acknowledge(c: u8): bool {
                        if c & 7 == code & 7 {
                            @@:(true)
                            -> $Unplugged
                        }
                        false
                    }
                    status(): Status { Status::Fault(code) }
                }
                $Plugged {
                    <$(energy: f64) { self.energy += energy; }
                    unplug(now: u64): f64 {
                        @@:(self.energy)
                        (1.0) -> $Unplugged
                    }
                    fault(code: u8) { (0.5) -> $Failed(code) }
                }
            domain:
                pub energy: f64 = 0.0
                pub hot: u64 = 0
        }
    }
    entry_points! {}
}

mod hand {
    use super::{Sample, Status};
    enum State {
        Unplugged,
        Precharging { cells: u8, since: u64, good: u8 },
        Current { cells: u8, integral: f64, last: u64, duty: f64 },
        Voltage { cells: u8, duty: f64, low: u8 },
        Hot { since: u64 },
        Full,
        Failed { code: u8 },
    }
    pub struct Charger {
        state: State,
        // Where charging goes on when the battery has cooled down.
        waiting: Option<State>,
        pub energy: f64,
        pub hot: u64,
    }
    impl Charger {
        pub fn new() -> Self {
            Self { state: State::Unplugged, waiting: None, energy: 0.0, hot: 0 }
        }
        #[inline]
        fn overheated(&mut self, now: u64) -> f64 {
            self.waiting = Some(std::mem::replace(&mut self.state, State::Hot { since: now }));
            0.0
        }
        #[inline]
        pub fn plug(&mut self, cells: u8, now: u64) -> bool {
            match self.state {
                State::Unplugged => {
                    self.state = State::Precharging { cells, since: now, good: 0 };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        pub fn unplug(&mut self, _: u64) -> f64 {
            let energy = self.energy;
            match self.state {
                State::Unplugged | State::Failed { .. } => return 0.0,
                State::Hot { .. } => self.waiting = None,
                _ => self.energy += 1.0,
            }
            self.state = State::Unplugged;
            energy
        }
        #[inline]
        fn charge(&mut self, sample: &Sample, now: u64) -> f64 {
            match &mut self.state {
                State::Current { cells, integral, last, duty } => {
                    if sample.celsius > 45.0 {
                        return self.overheated(now);
                    }
                    let dt = (now - *last) as f64;
                    let error = 2.0 - sample.amps;
                    *integral = (*integral + error * dt).clamp(-90.0, 90.0);
                    *last = now;
                    *duty = (0.3 * error + 0.01 * *integral).clamp(0.0, 1.0);
                    let duty = *duty;
                    if sample.volts > 4.1 * f64::from(*cells) {
                        self.energy += *integral;
                        self.state = State::Voltage { cells: *cells, duty, low: 0 };
                    }
                    duty
                }
                State::Voltage { cells, duty, low } => {
                    if sample.celsius > 45.0 {
                        return self.overheated(now);
                    }
                    *low = if sample.amps < 0.6 { *low + 1 } else { 0 };
                    if *low == 3 {
                        self.energy += sample.amps;
                        self.state = State::Full;
                        return 0.0;
                    }
                    *duty += 0.05 * (4.2 * f64::from(*cells) - sample.volts);
                    *duty
                }
                _ => 0.0,
            }
        }
        #[inline]
        pub fn sample(&mut self, sample: &Sample, now: u64) -> f64 {
            match &mut self.state {
                State::Precharging { cells, since, good } => {
                    if sample.volts > 3.0 * f64::from(*cells) {
                        *good += 1;
                    } else {
                        *good = 0;
                    }
                    if *good == 3 {
                        self.energy += sample.amps * (now - *since) as f64;
                        self.state =
                            State::Current { cells: *cells, integral: 0.0, last: now, duty: 0.5 };
                        return 0.5;
                    }
                    if now - *since > 400 {
                        self.state = State::Failed { code: 1 };
                        return 0.0;
                    }
                    0.1
                }
                State::Current { .. } | State::Voltage { .. } => self.charge(sample, now),
                State::Hot { since } => {
                    if sample.celsius < 40.0 {
                        self.hot += now - *since;
                        self.state = self.waiting.take().expect("it was charging");
                        return self.charge(sample, now);
                    }
                    0.0
                }
                State::Full => {
                    if sample.volts < 8.0 {
                        self.state = State::Precharging { cells: 2, since: now, good: 0 };
                    }
                    0.0
                }
                State::Unplugged | State::Failed { .. } => 0.0,
            }
        }
        #[inline]
        pub fn fault(&mut self, code: u8) {
            match self.state {
                State::Unplugged | State::Failed { .. } => return,
                State::Hot { .. } => self.waiting = None,
                _ => self.energy += 0.5,
            }
            self.state = State::Failed { code };
        }
        #[inline]
        pub fn acknowledge(&mut self, c: u8) -> bool {
            match self.state {
                State::Failed { code } if c & 7 == code & 7 => {
                    self.state = State::Unplugged;
                    true
                }
                _ => false,
            }
        }
        #[inline]
        pub fn status(&self) -> Status {
            match self.state {
                State::Unplugged => Status::Off,
                State::Precharging { .. } | State::Hot { .. } => Status::Slow,
                State::Current { duty, .. } => Status::Fast((duty * 100.0) as u8),
                State::Voltage { duty, .. } => Status::Fast((duty.abs() * 10.0) as u8),
                State::Full => Status::Done,
                State::Failed { code } => Status::Fault(code),
            }
        }
    }
    entry_points! {}
}

instructions::machine! { Charger, |c| c.energy as u64 + c.hot }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "charger",
    "a charger, f64, resumed from a stack",
    Charger,
    run,
    4096,
    // By hand one state fits beside the current one, without a number of those on the stack.
    Goal::PercentAndBytes(7.0, 8)
);

drive! { Charger, 32, |m, e, a, t| match e {
    0..2 => call::plug(m, 2, t).into(),
    2 => { if a < 50 { call::unplug(m, t) as i64 as u64 } else { 0 } }
    3 => { if a < 50 { call::fault(m, a); } 0 }
    4..6 => call::acknowledge(m, a).into(),
    6..9 => match call::status(m) {
        Status::Off => 0, Status::Slow => 1, Status::Done => 2,
        Status::Fast(n) => 3 + u64::from(n), Status::Fault(n) => 300 + u64::from(n),
    },
    _ => {
        let sample = Sample {
            volts: 5.0 + f64::from(a >> 4) / 4.0,
            amps: f64::from(a & 15) / 10.0,
            celsius: 30.0 + f32::from(a & 63) / 3.5,
        };
        (call::sample(m, &sample, t) * 64.0) as i64 as u64
    }
} }
