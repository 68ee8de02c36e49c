//! A rotary encoder with its push button: a tiny machine, where each instruction weighs.

use instructions::{Goal, Workload};

entries! { Encoder {
    fn pins(ab: u8) -> i8;
    fn press(down: bool) -> bool;
    fn sample();
} }

mod frame {
    frame_runtime::frame_system! {
        pub @@system Encoder : super::Encoder {
            interface:
                pins(ab: u8): i8 = 0
                press(down: bool): bool = false
                sample()
            machine:
                $Rest {
                    pins(ab: u8): i8 {
                        match ab {
                            0b10 => -> $Right(1),
                            0b01 => -> $Left(1),
                            _ => 0
                        }
                    }
                    press(down: bool): bool {
                        if down { -> $Bouncing }
                        false
                    }
                }
                $Right(step: i8) {
                    pins(ab: u8): i8 {
                        match (step, ab) {
                            (1, 0b11) | (2, 0b01) => -> $Right(step + 1),
                            (3, 0b00) => {
                                self.position += 1;
                                @@:(1)
                                -> $Rest
                            }
                            (_, 0b00) => -> $Rest,
                            _ => 0
                        }
                    }
                }
                $Left(step: i8) {
                    pins(ab: u8): i8 {
                        match (step, ab) {
                            (1, 0b11) | (2, 0b10) => -> $Left(step + 1),
                            (3, 0b00) => {
                                self.position -= 1;
                                @@:(-1)
                                -> $Rest
                            }
                            (_, 0b00) => -> $Rest,
                            _ => 0
                        }
                    }
                }
                $Bouncing {
                    $.stable: u8 = 0
                    press(down: bool): bool {
                        if !down { -> $Rest }
                        $.stable = 0;
                        false
                    }
                    sample() {
                        $.stable += 1;
                        if $.stable == 3 { -> $Held }
                    }
                }
                $Held {
                    $> { self.clicks += 1; }
                    press(down: bool): bool {
                        if !down {
                            @@:(true)
                            -> $Rest
                        }
                        false
                    }
                    sample() { self.held = self.held.wrapping_add(1); }
                    pins(ab: u8): i8 { (ab & 1) as i8 * 8 }
                }
            domain:
                pub position: i32 = 0
                pub clicks: u16 = 0
                pub held: u16 = 0
        }
    }
}

mod hand {
    enum State {
        Rest,
        Right { step: i8 },
        Left { step: i8 },
        Bouncing { stable: u8 },
        Held,
    }
    pub struct Encoder {
        state: State,
        pub position: i32,
        pub clicks: u16,
        pub held: u16,
    }
    impl Encoder {
        pub fn new() -> Self {
            Self { state: State::Rest, position: 0, clicks: 0, held: 0 }
        }
    }
    impl super::Encoder for Encoder {
        #[inline]
        fn pins(&mut self, ab: u8) -> i8 {
            match &mut self.state {
                State::Rest => {
                    match ab {
                        0b10 => self.state = State::Right { step: 1 },
                        0b01 => self.state = State::Left { step: 1 },
                        _ => {}
                    }
                    0
                }
                State::Right { step } => {
                    match (*step, ab) {
                        (1, 0b11) | (2, 0b01) => *step += 1,
                        (3, 0b00) => {
                            self.position += 1;
                            self.state = State::Rest;
                            return 1;
                        }
                        (_, 0b00) => self.state = State::Rest,
                        _ => {}
                    }
                    0
                }
                State::Left { step } => {
                    match (*step, ab) {
                        (1, 0b11) | (2, 0b10) => *step += 1,
                        (3, 0b00) => {
                            self.position -= 1;
                            self.state = State::Rest;
                            return -1;
                        }
                        (_, 0b00) => self.state = State::Rest,
                        _ => {}
                    }
                    0
                }
                State::Bouncing { .. } => 0,
                State::Held => (ab & 1) as i8 * 8,
            }
        }
        #[inline]
        fn press(&mut self, down: bool) -> bool {
            match &mut self.state {
                State::Rest => {
                    if down {
                        self.state = State::Bouncing { stable: 0 };
                    }
                    false
                }
                State::Bouncing { stable } => {
                    if down {
                        *stable = 0;
                    } else {
                        self.state = State::Rest;
                    }
                    false
                }
                State::Held => {
                    if !down {
                        self.state = State::Rest;
                    }
                    !down
                }
                _ => false,
            }
        }
        #[inline]
        fn sample(&mut self) {
            match &mut self.state {
                State::Bouncing { stable } => {
                    *stable += 1;
                    if *stable == 3 {
                        self.state = State::Held;
                        self.clicks += 1;
                    }
                }
                State::Held => self.held = self.held.wrapping_add(1),
                _ => {}
            }
        }
    }
}

instructions::machine! { Encoder, |e| (e.position as u64).wrapping_add(3 * u64::from(e.clicks) + 5 * u64::from(e.held)) }

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("encoder", "a rotary encoder", Encoder, run, 4096, Goal::Percent(5.0));

drive! { Encoder, 32, |m, e, a, t| match e {
    0..20 => {
        let turn = if a & 1 == 0 { [0, 2, 3, 1] } else { [0, 1, 3, 2] };
        call::pins(m, if a > 200 { a & 3 } else { turn[(t / 7) as usize & 3] }) as u64
    }
    20..22 => call::press(m, true).into(),
    22 => call::press(m, false).into(),
    _ => { call::sample(m); 0 }
} }
