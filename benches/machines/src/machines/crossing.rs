//! A crossing with lights for cars and for those who walk: many states, few events, most ignored.

use instructions::{Goal, Workload};

entries! { Crossing {
    fn tick() -> u8;
    fn button(side: u8) -> bool;
    fn emergency(on: bool);
    fn power(low: bool);
} }

mod frame {
    frame_runtime::frame_system! {
        pub @@system Crossing : super::Crossing {
            interface:
                tick(): u8 = 0
                button(side: u8): bool = false
                emergency(on: bool)
                power(low: bool)
            machine:
                $AllRed => $Working {
                    $.left: u8 = 2
                    tick(): u8 { $.left -= 1; if $.left == 0 { -> $Ready } }
                    => $^
                }
                $Ready => $Working {
                    tick(): u8 { -> $Green @@:(1) }
                    => $^
                }
                $Green => $Working {
                    $.ticks: u16 = 0
                    tick(): u8 {
                        $.ticks += 1;
                        if $.ticks > 40 || ($.ticks > 5 && self.waiting > 0) { -> $Amber }
                        2
                    }
                    button(side: u8): bool {
                        => $^
                        @@:($.ticks > 5)
                        if $.ticks > 20 { -> $Amber }
                    }
                    => $^
                }
                $Amber => $Working {
                    $.left: u8 = 3
                    tick(): u8 {
                        $.left -= 1;
                        if $.left == 0 { -> $Clearing }
                        3
                    }
                    => $^
                }
                $Clearing {
                    $> { if self.waiting > 0 { -> $Walk } -> $AllRed }
                }
                $Walk => $Walking {
                    $.left: u8 = 4 + self.waiting.min(4)
                    <$ { self.waiting = 0; }
                    tick(): u8 {
                        $.left -= 1;
                        if $.left == 0 { -> $Flash }
                        @@:(4)
                        => $^
                    }
                    => $^
                }
                $Flash => $Walking {
                    $.left: u8 = 3
                    $.lit: bool = true
                    tick(): u8 {
                        $.lit = !$.lit;
                        $.left -= 1;
                        if $.left == 0 { -> $AllRed }
                        @@:(5 + u8::from($.lit))
                        => $^
                    }
                    => $^
                }
                $Walking => $Working {
                    tick(): u8 { self.walked += 1; }
                    button(side: u8): bool { false }
                    => $^
                }
                $Preempted {
                    tick(): u8 { 9 }
                    emergency(on: bool) { if !on { -> $AllRed } }
                }
                $Dark {
                    $.phase: bool = false
                    tick(): u8 { $.phase = !$.phase; u8::from($.phase) * 8 }
                    power(low: bool) { if !low { -> $AllRed } }
                }
                $Working {
                    button(side: u8): bool {
                        self.pressed[usize::from(side & 1)] += 1;
                        self.waiting = self.waiting.saturating_add(1);
                        true
                    }
                    emergency(on: bool) { if on { -> $Preempted } }
                    power(low: bool) { if low { -> $Dark } }
                }
            domain:
                pub waiting: u8 = 0
                pub walked: u32 = 0
                pub pressed: [u32; 2] = [0; 2]
        }
    }
}

mod hand {
    enum State {
        AllRed { left: u8 },
        Ready,
        Green { ticks: u16 },
        Amber { left: u8 },
        Walk { left: u8 },
        Flash { left: u8, lit: bool },
        Preempted,
        Dark { phase: bool },
    }
    pub struct Crossing {
        state: State,
        pub waiting: u8,
        pub walked: u32,
        pub pressed: [u32; 2],
    }
    const ALL_RED: State = State::AllRed { left: 2 };
    impl Crossing {
        pub fn new() -> Self {
            Self { state: ALL_RED, waiting: 0, walked: 0, pressed: [0; 2] }
        }
        #[inline]
        fn press(&mut self, side: u8) {
            self.pressed[usize::from(side & 1)] += 1;
            self.waiting = self.waiting.saturating_add(1);
        }
    }
    impl super::Crossing for Crossing {
        #[inline]
        fn tick(&mut self) -> u8 {
            match &mut self.state {
                State::AllRed { left } => {
                    *left -= 1;
                    if *left == 0 {
                        self.state = State::Ready;
                    }
                    0
                }
                State::Ready => {
                    self.state = State::Green { ticks: 0 };
                    1
                }
                State::Green { ticks } => {
                    *ticks += 1;
                    if *ticks > 40 || (*ticks > 5 && self.waiting > 0) {
                        self.state = State::Amber { left: 3 };
                        return 0;
                    }
                    2
                }
                State::Amber { left } => {
                    *left -= 1;
                    if *left > 0 {
                        return 3;
                    }
                    self.state = if self.waiting > 0 {
                        State::Walk { left: 4 + self.waiting.min(4) }
                    } else {
                        ALL_RED
                    };
                    0
                }
                State::Walk { left } => {
                    *left -= 1;
                    if *left == 0 {
                        self.waiting = 0;
                        self.state = State::Flash { left: 3, lit: true };
                        return 0;
                    }
                    self.walked += 1;
                    4
                }
                State::Flash { left, lit } => {
                    *lit = !*lit;
                    *left -= 1;
                    if *left == 0 {
                        self.state = ALL_RED;
                        return 0;
                    }
                    self.walked += 1;
                    5 + u8::from(*lit)
                }
                State::Preempted => 9,
                State::Dark { phase } => {
                    *phase = !*phase;
                    u8::from(*phase) * 8
                }
            }
        }
        #[inline]
        fn button(&mut self, side: u8) -> bool {
            match self.state {
                State::AllRed { .. } | State::Ready | State::Amber { .. } => {
                    self.press(side);
                    true
                }
                State::Green { ticks } => {
                    self.press(side);
                    if ticks > 20 {
                        self.state = State::Amber { left: 3 };
                    }
                    ticks > 5
                }
                _ => false,
            }
        }
        #[inline]
        fn emergency(&mut self, on: bool) {
            match self.state {
                State::Preempted => {
                    if !on {
                        self.state = ALL_RED;
                    }
                }
                State::Dark { .. } => {}
                _ if !on => {}
                _ => {
                    if let State::Walk { .. } = self.state {
                        self.waiting = 0;
                    }
                    self.state = State::Preempted;
                }
            }
        }
        #[inline]
        fn power(&mut self, low: bool) {
            match self.state {
                State::Preempted => {}
                State::Dark { .. } => {
                    if !low {
                        self.state = ALL_RED;
                    }
                }
                _ if !low => {}
                _ => {
                    if let State::Walk { .. } = self.state {
                        self.waiting = 0;
                    }
                    self.state = State::Dark { phase: false };
                }
            }
        }
    }
}

instructions::machine! { Crossing, |c| u64::from(c.waiting) + 3 * u64::from(c.walked) + 5 * u64::from(c.pressed[0]) + 7 * u64::from(c.pressed[1]) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "crossing",
    "lights, ten states × 4 events",
    Crossing,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Crossing, 32, |m, e, a| match e {
    0..3 => { if a < 60 { call::button(m, a).into() } else { 0 } }
    3 => { call::emergency(m, a < 20); 0 }
    4 => { call::power(m, a > 230); 0 }
    _ => call::tick(m).into(),
} }
