//! A traffic light: four levels of states, most events handled by an ancestor.

use instructions::{Goal, Workload};

entries! { Lights {
    fn tick(ms: u32);
    fn press() -> bool;
    fn fault(code: u8);
    fn repair();
    fn brightness(lux: u16) -> u8;
    fn shown() -> u8;
} }

mod frame {
    frame_runtime::frame_system! {
        pub @@system Lights : super::Lights {
            interface:
                tick(ms: u32)
                press(): bool = false
                fault(code: u8)
                repair()
                brightness(lux: u16): u8 = 0
                shown(): u8 = 0
            machine:
                $Red => $Cycling {
                    $>() { self.shown[0] += 1; }
                    tick(ms: u32) {
                        => $^
                        if self.elapsed >= 300 { -> $RedAmber }
                    }
                    press(): bool { false }
                    shown(): u8 { 4 }
                    => $^
                }
                $RedAmber => $Cycling {
                    $>() { self.shown[1] += 1; }
                    tick(ms: u32) {
                        => $^
                        if self.elapsed >= 100 { -> $Green }
                    }
                    shown(): u8 { 6 }
                    => $^
                }
                $Green => $Cycling {
                    $>() { self.shown[2] += 1; self.wanted = false; }
                    tick(ms: u32) {
                        => $^
                        let limit = if self.wanted { 200 } else { 500 };
                        if self.elapsed >= limit { -> $Amber }
                    }
                    shown(): u8 { 1 }
                    => $^
                }
                $Amber => $Cycling {
                    $>() { self.shown[3] += 1; }
                    tick(ms: u32) {
                        => $^
                        if self.elapsed >= 100 { -> $Red }
                    }
                    shown(): u8 { 2 }
                    => $^
                }
                $Cycling => $Running {
                    <$() { self.elapsed = 0; }
                    tick(ms: u32) { self.elapsed += ms; => $^ }
                    press(): bool { self.wanted = true; true }
                    => $^
                }
                $Running => $Powered {
                    tick(ms: u32) { self.total += u64::from(ms); => $^ }
                    fault(code: u8) {
                        self.faults += 1;
                        => $^
                        if code > 3 { -> $Blinking(code) }
                    }
                    => $^
                }
                $Blinking(code: u8) => $Powered {
                    $.on: bool = true
                    tick(ms: u32) { $.on = !$.on; => $^ }
                    repair() { self.elapsed = 0; -> $Red }
                    shown(): u8 { if $.on { code } else { 0 } }
                    => $^
                }
                $Powered {
                    tick(ms: u32) { self.ticks += 1; }
                    fault(code: u8) { self.last = code; }
                    brightness(lux: u16): u8 { self.dim = (lux >> 8) as u8; self.dim }
                }
            domain:
                pub shown: [u32; 4] = [0; 4]
                pub total: u64 = 0
                pub elapsed: u32 = 0
                pub ticks: u32 = 0
                pub faults: u32 = 0
                pub wanted: bool = false
                pub last: u8 = 0
                pub dim: u8 = 0
        }
    }
}

mod hand {
    #[derive(Clone, Copy)]
    enum State {
        Red,
        RedAmber,
        Green,
        Amber,
        Blinking { code: u8, on: bool },
    }
    pub struct Lights {
        state: State,
        pub shown: [u32; 4],
        pub total: u64,
        pub elapsed: u32,
        pub ticks: u32,
        pub faults: u32,
        pub wanted: bool,
        pub last: u8,
        pub dim: u8,
    }
    impl Lights {
        pub fn new() -> Self {
            Self {
                state: State::Red,
                shown: [1, 0, 0, 0],
                total: 0,
                elapsed: 0,
                ticks: 0,
                faults: 0,
                wanted: false,
                last: 0,
                dim: 0,
            }
        }
        #[inline]
        fn powered_tick(&mut self) {
            self.ticks += 1;
        }
        #[inline]
        fn running_tick(&mut self, ms: u32) {
            self.total += u64::from(ms);
            self.powered_tick();
        }
        #[inline]
        fn cycling_tick(&mut self, ms: u32) {
            self.elapsed += ms;
            self.running_tick(ms);
        }
        #[inline]
        fn go_red(&mut self) {
            self.state = State::Red;
            self.shown[0] += 1;
        }
    }
    impl super::Lights for Lights {
        #[inline]
        fn tick(&mut self, ms: u32) {
            match &mut self.state {
                State::Red => {
                    self.cycling_tick(ms);
                    if self.elapsed >= 300 {
                        self.elapsed = 0;
                        self.state = State::RedAmber;
                        self.shown[1] += 1;
                    }
                }
                State::RedAmber => {
                    self.cycling_tick(ms);
                    if self.elapsed >= 100 {
                        self.elapsed = 0;
                        self.state = State::Green;
                        self.shown[2] += 1;
                        self.wanted = false;
                    }
                }
                State::Green => {
                    self.cycling_tick(ms);
                    let limit = if self.wanted { 200 } else { 500 };
                    if self.elapsed >= limit {
                        self.elapsed = 0;
                        self.state = State::Amber;
                        self.shown[3] += 1;
                    }
                }
                State::Amber => {
                    self.cycling_tick(ms);
                    if self.elapsed >= 100 {
                        self.elapsed = 0;
                        self.go_red();
                    }
                }
                State::Blinking { on, .. } => {
                    *on = !*on;
                    self.powered_tick();
                }
            }
        }
        #[inline]
        fn press(&mut self) -> bool {
            match self.state {
                State::Red | State::Blinking { .. } => false,
                State::RedAmber | State::Green | State::Amber => {
                    self.wanted = true;
                    true
                }
            }
        }
        #[inline]
        fn fault(&mut self, code: u8) {
            match self.state {
                State::Blinking { .. } => self.last = code,
                _ => {
                    self.faults += 1;
                    self.last = code;
                    if code > 3 {
                        self.elapsed = 0;
                        self.state = State::Blinking { code, on: true };
                    }
                }
            }
        }
        #[inline]
        fn repair(&mut self) {
            if let State::Blinking { .. } = self.state {
                self.elapsed = 0;
                self.go_red();
            }
        }
        #[inline]
        fn brightness(&mut self, lux: u16) -> u8 {
            self.dim = (lux >> 8) as u8;
            self.dim
        }
        #[inline]
        fn shown(&mut self) -> u8 {
            match self.state {
                State::Red => 4,
                State::RedAmber => 6,
                State::Green => 1,
                State::Amber => 2,
                State::Blinking { code, on } => {
                    if on {
                        code
                    } else {
                        0
                    }
                }
            }
        }
    }
}

instructions::machine! { Lights, |l| l.shown.iter().fold(l.total, |s, n| s * 3 + u64::from(*n)) + u64::from(l.elapsed) + u64::from(l.ticks) + u64::from(l.faults) + u64::from(l.last) + u64::from(l.dim) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "lights",
    "traffic light, 4 levels",
    Lights,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Lights, 16, |m, e, a| match e {
    0 => call::press(m).into(),
    1 => { call::fault(m, a & 7); 0 }
    2 => { call::repair(m); 0 }
    3 => call::brightness(m, u16::from(a) << 7).into(),
    4..6 => call::shown(m).into(),
    _ => { call::tick(m, u32::from(a)); 0 }
} }
