//! A meter: calls from within, data of a call, forwarded events.

use instructions::{Goal, Workload};

entries! { Meter {
    fn reading(value: i32) -> Option<i32>;
    fn batch(values: &[i32]) -> usize;
    fn calibrate(offset: i32) -> Result<i32, String>;
    fn report(out: &mut Vec<i32>);
    fn reset() -> bool;
} }

mod frame {
    frame_runtime::frame_system! {
        @@[data(weight: i32 = 1)]
        pub @@system Meter : super::Meter {
            operations:
                total(): i64 { self.sum }
            interface:
                reading(value: i32): Option<i32> = None
                batch(values: &[i32]): usize = 0
                calibrate(offset: i32): Result<i32, String> = Err(String::new())
                report(out: &mut Vec<i32>)
                reset(): bool = false
            machine:
                $Raw => $Base {
                    reading(value: i32): Option<i32> {
                        @@:data.weight += 1;
                        let scaled = self.scale(value)?;
                        if scaled > 900 { -> $Overloaded(scaled) @@:(Some(scaled)) }
                        => $^
                        @@:(Some(scaled))
                    }
                    batch(values: &[i32]): usize {
                        let mut good = 0;
                        for value in values {
                            if @@:self.reading(*value).is_some() { good += 1; }
                        }
                        good
                    }
                    calibrate(offset: i32): Result<i32, String> {
                        if offset.abs() > 100 { return Err(format!("{offset}")); }
                        self.offset = offset;
                        let total = @@:self.total();
                        -> $Calibrated(offset)
                        @@:(Ok(total as i32))
                    }
                    => $^
                }
                $Calibrated(offset: i32) => $Base {
                    $.count: u32 = 0
                    reading(value: i32): Option<i32> {
                        $.count += 1;
                        @@:(Some(value.wrapping_sub(offset)))
                        if $.count > 50 { -> $Raw }
                        => $^
                    }
                    batch(values: &[i32]): usize {
                        let first = @@:self.reading(values.first().copied().unwrap_or(0));
                        first.map_or(0, |_| values.len())
                    }
                    reset(): bool { -> $Raw @@:(true) }
                    => $^
                }
                $Overloaded(first: i32) {
                    $.peak: i32 = first
                    reading(value: i32): Option<i32> {
                        $.peak = $.peak.max(value);
                        if value < 100 { -> => $Raw }
                        None
                    }
                    report(out: &mut Vec<i32>) { out.push($.peak); out.push(first); }
                    reset(): bool { @@:(true) -> $Raw }
                }
                $Base {
                    reading(value: i32): Option<i32> { self.sum += i64::from(value) * i64::from(@@:data.weight); self.readings += 1; }
                    report(out: &mut Vec<i32>) { out.push(self.readings as i32); }
                }
            actions:
                scale(value: i32): Option<i32> {
                    if value < 0 { self.faults += 1; @@:(None) }
                    value.checked_mul(3)
                }
            domain:
                pub sum: i64 = 0
                pub offset: i32 = 0
                pub readings: u32 = 0
                pub faults: u32 = 0
        }
    }
}

mod hand {
    enum State {
        Raw,
        Calibrated { offset: i32, count: u32 },
        Overloaded { first: i32, peak: i32 },
    }
    pub struct Meter {
        state: State,
        pub sum: i64,
        pub offset: i32,
        pub readings: u32,
        pub faults: u32,
    }
    impl Meter {
        pub fn new() -> Self {
            Self { state: State::Raw, sum: 0, offset: 0, readings: 0, faults: 0 }
        }
        #[inline]
        fn scale(&mut self, value: i32) -> Option<i32> {
            if value < 0 {
                self.faults += 1;
                return None;
            }
            value.checked_mul(3)
        }
        #[inline]
        fn add(&mut self, value: i32, weight: i32) {
            self.sum += i64::from(value) * i64::from(weight);
            self.readings += 1;
        }
        #[inline]
        fn raw(&mut self, value: i32) -> Option<i32> {
            let scaled = self.scale(value)?;
            if scaled > 900 {
                self.state = State::Overloaded { first: scaled, peak: scaled };
                return Some(scaled);
            }
            self.add(value, 2);
            Some(scaled)
        }
    }
    impl super::Meter for Meter {
        #[inline]
        fn reading(&mut self, value: i32) -> Option<i32> {
            match &mut self.state {
                State::Raw => self.raw(value),
                State::Calibrated { offset, count } => {
                    *count += 1;
                    let result = value.wrapping_sub(*offset);
                    if *count > 50 {
                        self.state = State::Raw;
                        return Some(result);
                    }
                    self.add(value, 1);
                    Some(result)
                }
                State::Overloaded { peak, .. } => {
                    *peak = (*peak).max(value);
                    if value < 100 {
                        self.state = State::Raw;
                        return self.raw(value);
                    }
                    None
                }
            }
        }
        #[inline]
        fn batch(&mut self, values: &[i32]) -> usize {
            match self.state {
                State::Raw => {
                    let mut good = 0;
                    for value in values {
                        let some = self.raw(*value).is_some();
                        // Overloaded: the rest is dropped, and so is the count.
                        if !matches!(self.state, State::Raw) {
                            return 0;
                        }
                        if some {
                            good += 1;
                        }
                    }
                    good
                }
                State::Calibrated { .. } => {
                    let first = self.reading(values.first().copied().unwrap_or(0));
                    if !matches!(self.state, State::Calibrated { .. }) {
                        return 0;
                    }
                    first.map_or(0, |_| values.len())
                }
                State::Overloaded { .. } => 0,
            }
        }
        #[inline]
        fn calibrate(&mut self, offset: i32) -> Result<i32, String> {
            match self.state {
                State::Raw => {
                    if offset.abs() > 100 {
                        return Err(format!("{offset}"));
                    }
                    self.offset = offset;
                    self.state = State::Calibrated { offset, count: 0 };
                    Ok(self.sum as i32)
                }
                _ => Err(String::new()),
            }
        }
        #[inline]
        fn report(&mut self, out: &mut Vec<i32>) {
            match self.state {
                State::Overloaded { first, peak } => {
                    out.push(peak);
                    out.push(first);
                }
                _ => out.push(self.readings as i32),
            }
        }
        #[inline]
        fn reset(&mut self) -> bool {
            match self.state {
                State::Raw => false,
                _ => {
                    self.state = State::Raw;
                    true
                }
            }
        }
    }
}

instructions::machine! { Meter, |m| (m.sum as u64).wrapping_add(m.offset as u64).wrapping_add(3 * u64::from(m.readings) + 5 * u64::from(m.faults)) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "meter",
    "calls from within, data, forwards, Results",
    Meter,
    run,
    4096,
    Goal::Percent(5.0)
);

const VALUES: [i32; 8] = [3, 77, 200, -1, 9, 250, 310, 4];
drive! { Meter, 16, |m, e, a| match e {
    0 => call::reset(m).into(),
    1 => call::calibrate(m, i32::from(a) / 2 - 20).map_or_else(|e| e.len() as u64, |n| n as u64),
    2 => { let mut out = Vec::new(); call::report(m, &mut out); out.iter().map(|n| *n as u64).sum() }
    3..6 => call::batch(m, &VALUES[..usize::from(a & 7)]) as u64,
    _ => call::reading(m, i32::from(a) * 2 - 40).map_or(7, |n| n as u64),
} }
