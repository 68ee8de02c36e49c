//! A receiver of frames, whose buffer goes from state to state.

use instructions::{Goal, Workload};

entries! { Uart {
    fn byte(b: u8) -> Option<u8>;
    fn idle();
    fn pending() -> usize;
} }

mod frame {
    frame_runtime::frame_system! {
        pub @@system Uart : super::Uart {
            interface:
                byte(b: u8): Option<u8> = None
                idle()
                pending(): usize = 0
            machine:
                $Hunt {
                    byte(b: u8): Option<u8> {
                        if b & 0x0f == 0x0e { -> $Length }
                        self.noise += 1;
                        None
                    }
                }
                $Length {
                    byte(b: u8): Option<u8> {
                        let length = b & 0x1f;
                        match length {
                            0 => -> $Hunt,
                            n if n > 24 => { self.errors += 1; -> $Hunt }
                            n => -> $Payload(n)
                        }
                    }
                    idle() { self.errors += 1; -> $Hunt }
                }
                $Payload(length: u8) {
                    $.bytes: [u8; 32] = [0; 32]
                    $.at: u8 = 0
                    byte(b: u8): Option<u8> {
                        $.bytes[usize::from($.at)] = b;
                        $.at += 1;
                        if $.at == length { -> $Check(length, $.bytes) }
                        None
                    }
                    idle() { self.errors += 1; -> $Hunt }
                    pending(): usize { usize::from($.at) }
                }
                $Check(length: u8, bytes: [u8; 32]) {
                    byte(b: u8): Option<u8> {
                        let sum = bytes[..usize::from(length)].iter().fold(0u8, |s, b| s.wrapping_add(*b));
                        if sum & 3 == b & 3 {
                            self.last = bytes;
                            self.frames += 1;
                            @@:(Some(length))
                            -> $Hunt
                        }
                        self.errors += 1;
                        -> $Hunt
                    }
                    pending(): usize { usize::from(length) }
                }
            domain:
                pub last: [u8; 32] = [0; 32]
                pub frames: u32 = 0
                pub errors: u32 = 0
                pub noise: u32 = 0
        }
    }
}

mod hand {
    enum State {
        Hunt,
        Length,
        Payload { length: u8, bytes: [u8; 32], at: u8 },
        Check { length: u8, bytes: [u8; 32] },
    }
    pub struct Uart {
        state: State,
        pub last: [u8; 32],
        pub frames: u32,
        pub errors: u32,
        pub noise: u32,
    }
    impl Uart {
        pub fn new() -> Self {
            Self { state: State::Hunt, last: [0; 32], frames: 0, errors: 0, noise: 0 }
        }
    }
    impl super::Uart for Uart {
        #[inline]
        fn byte(&mut self, b: u8) -> Option<u8> {
            match &mut self.state {
                State::Hunt => {
                    if b & 0x0f == 0x0e {
                        self.state = State::Length;
                    } else {
                        self.noise += 1;
                    }
                    None
                }
                State::Length => {
                    match b & 0x1f {
                        0 => self.state = State::Hunt,
                        n if n > 24 => {
                            self.errors += 1;
                            self.state = State::Hunt;
                        }
                        n => self.state = State::Payload { length: n, bytes: [0; 32], at: 0 },
                    }
                    None
                }
                State::Payload { length, bytes, at } => {
                    bytes[usize::from(*at)] = b;
                    *at += 1;
                    if *at == *length {
                        self.state = State::Check { length: *length, bytes: *bytes };
                    }
                    None
                }
                State::Check { length, bytes } => {
                    let length = *length;
                    let sum =
                        bytes[..usize::from(length)].iter().fold(0u8, |s, b| s.wrapping_add(*b));
                    let result = if sum & 3 == b & 3 {
                        self.last = *bytes;
                        self.frames += 1;
                        Some(length)
                    } else {
                        self.errors += 1;
                        None
                    };
                    self.state = State::Hunt;
                    result
                }
            }
        }
        #[inline]
        fn idle(&mut self) {
            match self.state {
                State::Length | State::Payload { .. } => {
                    self.errors += 1;
                    self.state = State::Hunt;
                }
                _ => {}
            }
        }
        #[inline]
        fn pending(&mut self) -> usize {
            match self.state {
                State::Payload { at, .. } => usize::from(at),
                State::Check { length, .. } => usize::from(length),
                _ => 0,
            }
        }
    }
}

instructions::machine! { Uart, |u| u.last.iter().map(|b| u64::from(*b)).sum::<u64>() + 3 * u64::from(u.frames) + 5 * u64::from(u.errors) + 7 * u64::from(u.noise) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "uart",
    "UART frames, [u8; 32] handed on",
    Uart,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Uart, 32, |m, e, a| match e {
    0 => { call::idle(m); 0 }
    1..=4 => call::pending(m) as u64,
    _ => call::byte(m, a).map_or(0, u64::from),
} }
