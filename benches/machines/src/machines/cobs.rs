//! A decoder of COBS frames into a buffer of constant size, which lends what it has decoded.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    Truncated { missing: u8 },
    Overrun,
}

entries! { Cobs {
    fn byte(b: u8, now: u64) -> Result<Option<usize>, Framing>;
    fn last() -> u64;
    fn timeout(now: u64) -> bool;
    fn rate(now: u64) -> f64;
} }

/// How both decoders are driven.
macro_rules! entry_points {
    () => {
        pub type Cobs = Decoder<32>;
        impl super::Cobs for Cobs {
            #[inline]
            fn byte(&mut self, b: u8, now: u64) -> Result<Option<usize>, Framing> {
                Decoder::byte(self, b, now)
            }
            #[inline]
            fn last(&mut self) -> u64 {
                Decoder::last(self)
                    .map_or(1, |f| f.len() as u64 + f.first().map_or(0, |b| u64::from(*b)))
            }
            #[inline]
            fn timeout(&mut self, now: u64) -> bool {
                Decoder::timeout(self, now)
            }
            #[inline]
            fn rate(&mut self, now: u64) -> f64 {
                Decoder::rate(self, now)
            }
        }
    };
}

mod frame {
    use super::Framing;
    frame_runtime::frame_system! {
        pub @@system Decoder<const N: usize> {
            interface:
                byte(b: u8, now: u64): Result<Option<usize>, Framing> = Ok(None)
                last(&self): Option<&[u8]> = None
                timeout(now: u64): bool = false
                rate(&self, now: u64): f64 = -1.0
            machine:
                $Idle {
                    byte(b: u8, now: u64): Result<Option<usize>, Framing> {
                        if b > 0 {
                            self.length = 0;
                            -> $Block(b, now, 0)
                        }
                        Ok(None)
                    }
                    last(): Option<&[u8]> { Some(&self.bytes[..self.length]) }
                }
                $Block(code: u8, began: u64, blocks: u16) {
                    $.left: u8 = code - 1
                    byte(b: u8, now: u64): Result<Option<usize>, Framing> {
                        if b == 0 {
                            if $.left > 0 {
                                self.errors += 1;
                                -> $Idle
                                @@:return(Err(Framing::Truncated { missing: $.left }))
                            }
                            self.frames += 1;
                            self.took += now - began;
                            @@:(Ok(Some(self.length)))
                            -> $Idle
                        }
                        let data = if $.left == 0 {
                            if code == 255 { -> $Block(b, began, blocks + 1) }
                            0
                        } else {
                            $.left -= 1;
                            b
                        };
                        if self.length == N {
                            self.errors += 1;
                            @@:(Err(Framing::Overrun))
                            -> $Lost(began)
                        }
                        self.bytes[self.length] = data;
                        self.length += 1;
                        if data == 0 && $.left == 0 { -> $Block(b, began, blocks + 1) }
                        Ok(None)
                    }
                    timeout(now: u64): bool {
                        if now - began > 120 {
                            @@:(true)
                            -> $Lost(began)
                        }
                        false
                    }
                    rate(now: u64): f64 { (self.length as f64 + f64::from(blocks)) / (1 + now - began) as f64 }
                }
                $Lost(began: u64) {
                    byte(b: u8, now: u64): Result<Option<usize>, Framing> {
                        if b == 0 {
                            self.took += now - began;
                            -> $Idle
                        }
                        Ok(None)
                    }
                }
            domain:
                bytes: [u8; N] = [0; N]
                length: usize = 0
                pub frames: u32 = 0
                pub errors: u32 = 0
                pub took: u64 = 0
        }
    }
    entry_points! {}
}

mod hand {
    use super::Framing;
    enum State {
        Idle,
        Block { code: u8, began: u64, blocks: u16, left: u8 },
        Lost { began: u64 },
    }
    pub struct Decoder<const N: usize> {
        state: State,
        bytes: [u8; N],
        length: usize,
        pub frames: u32,
        pub errors: u32,
        pub took: u64,
    }
    impl<const N: usize> Decoder<N> {
        pub fn new() -> Self {
            Self { state: State::Idle, bytes: [0; N], length: 0, frames: 0, errors: 0, took: 0 }
        }
        #[inline]
        pub fn byte(&mut self, b: u8, now: u64) -> Result<Option<usize>, Framing> {
            match &mut self.state {
                State::Idle => {
                    if b > 0 {
                        self.length = 0;
                        self.state = State::Block { code: b, began: now, blocks: 0, left: b - 1 };
                    }
                    Ok(None)
                }
                State::Block { code, began, blocks, left } => {
                    if b == 0 {
                        let (left, began) = (*left, *began);
                        self.state = State::Idle;
                        if left > 0 {
                            self.errors += 1;
                            return Err(Framing::Truncated { missing: left });
                        }
                        self.frames += 1;
                        self.took += now - began;
                        return Ok(Some(self.length));
                    }
                    let data = if *left == 0 {
                        if *code == 255 {
                            (*code, *blocks, *left) = (b, *blocks + 1, b - 1);
                            return Ok(None);
                        }
                        0
                    } else {
                        *left -= 1;
                        b
                    };
                    if self.length == N {
                        self.errors += 1;
                        self.state = State::Lost { began: *began };
                        return Err(Framing::Overrun);
                    }
                    self.bytes[self.length] = data;
                    self.length += 1;
                    if data == 0 && *left == 0 {
                        (*code, *blocks, *left) = (b, *blocks + 1, b - 1);
                    }
                    Ok(None)
                }
                State::Lost { began } => {
                    if b == 0 {
                        self.took += now - *began;
                        self.state = State::Idle;
                    }
                    Ok(None)
                }
            }
        }
        #[inline]
        pub fn last(&self) -> Option<&[u8]> {
            match self.state {
                State::Idle => Some(&self.bytes[..self.length]),
                _ => None,
            }
        }
        #[inline]
        pub fn timeout(&mut self, now: u64) -> bool {
            match self.state {
                State::Block { began, .. } if now - began > 120 => {
                    self.state = State::Lost { began };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        pub fn rate(&self, now: u64) -> f64 {
            match self.state {
                State::Block { began, blocks, .. } => {
                    (self.length as f64 + f64::from(blocks)) / (1 + now - began) as f64
                }
                _ => -1.0,
            }
        }
    }
    entry_points! {}
}

instructions::machine! { Cobs, |c| u64::from(c.frames) + 3 * u64::from(c.errors) + 5 * c.took }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "cobs",
    "COBS into [u8; N], f64, borrows",
    Cobs,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Cobs, 32, |m, e, a, t| match e {
    0 => call::timeout(m, t).into(),
    1 => call::last(m),
    2 => (call::rate(m, t) * 16.0) as u64,
    _ => match call::byte(m, if a < 24 { 0 } else if a < 220 { 1 + (a & 7) } else { a }, t) {
        Ok(None) => 0,
        Ok(Some(n)) => n as u64 + 1,
        Err(Framing::Truncated { missing }) => u64::from(missing) + 99,
        Err(Framing::Overrun) => 77,
    },
} }
