//! A decoder of UTF-8, which looks at a byte that breaks a sequence once more.

use instructions::{Goal, Workload};

entries! { Utf8 {
    fn byte(b: u8) -> Option<Result<char, u8>>;
    fn feed(bytes: &[u8], out: &mut String) -> usize;
    fn finish() -> bool;
} }

/// How both decoders are driven.
macro_rules! entry_points {
    () => {
        impl super::Utf8 for Utf8 {
            #[inline]
            fn byte(&mut self, b: u8) -> Option<Result<char, u8>> {
                Utf8::byte(self, b)
            }
            #[inline]
            fn feed(&mut self, bytes: &[u8], out: &mut String) -> usize {
                Utf8::feed(self, bytes, out)
            }
            #[inline]
            fn finish(&mut self) -> bool {
                Utf8::finish(self)
            }
        }
    };
}

mod frame {
    frame_runtime::frame_system! {
        pub @@system Utf8 {
            operations:
                feed(bytes: &[u8], out: &mut String): usize {
                    let mut good = 0;
                    for b in bytes {
                        if let Some(Ok(c)) = @@:self.byte(*b) {
                            out.push(c);
                            good += 1;
                        }
                    }
                    good
                }
            interface:
                byte(b: u8): Option<Result<char, u8>> = None
                finish(): bool = true
            machine:
                $Start {
                    byte(b: u8): Option<Result<char, u8>> {
                        let low = u32::from(b);
                        match b {
                            0x00..=0x7f => Some(Ok(char::from(b))),
                            0xc2..=0xdf => -> $Tail(1, low & 0x1f, 0x80),
                            0xe0..=0xef => -> $Tail(2, low & 0x0f, 0x800),
                            0xf0..=0xf4 => -> $Tail(3, low & 0x07, 0x1_0000),
                            _ => {
                                self.bad += 1;
                                Some(Err(b))
                            }
                        }
                    }
                }
                $Tail(length: u8, first: u32, least: u32) {
                    $.left: u8 = length
                    $.code: u32 = first
                    byte(b: u8): Option<Result<char, u8>> {
                        if b & 0xc0 != 0x80 {
                            self.bad += 1;
                            -> => $Start
                        }
                        $.code = $.code << 6 | u32::from(b & 0x3f);
                        $.left -= 1;
                        if $.left > 0 {
                            return None;
                        }
                        let code = $.code;
                        match char::from_u32(code) {
                            Some(c) if code >= least => {
                                self.wide += 1;
                                -> $Start
                                @@:(Some(Ok(c)))
                            }
                            _ => {
                                self.bad += 1;
                                -> $Start
                                @@:(Some(Err(b)))
                            }
                        }
                    }
                    finish(): bool {
                        self.bad += 1;
                        @@:(false)
                        -> $Start
                    }
                }
            domain:
                pub bad: u32 = 0
                pub wide: u32 = 0
        }
    }
    entry_points! {}
}

mod hand {
    enum State {
        Start,
        Tail { left: u8, code: u32, least: u32 },
    }
    pub struct Utf8 {
        state: State,
        pub bad: u32,
        pub wide: u32,
    }
    impl Utf8 {
        pub fn new() -> Self {
            Self { state: State::Start, bad: 0, wide: 0 }
        }
        #[inline]
        pub fn feed(&mut self, bytes: &[u8], out: &mut String) -> usize {
            let mut good = 0;
            for b in bytes {
                if let Some(Ok(c)) = self.byte(*b) {
                    out.push(c);
                    good += 1;
                }
            }
            good
        }
        #[inline]
        fn start(&mut self, b: u8) -> Option<Result<char, u8>> {
            let low = u32::from(b);
            let (left, code, least) = match b {
                0x00..=0x7f => return Some(Ok(char::from(b))),
                0xc2..=0xdf => (1, low & 0x1f, 0x80),
                0xe0..=0xef => (2, low & 0x0f, 0x800),
                0xf0..=0xf4 => (3, low & 0x07, 0x1_0000),
                _ => {
                    self.bad += 1;
                    return Some(Err(b));
                }
            };
            self.state = State::Tail { left, code, least };
            None
        }
        #[inline]
        pub fn byte(&mut self, b: u8) -> Option<Result<char, u8>> {
            match &mut self.state {
                State::Start => self.start(b),
                State::Tail { left, code, least } => {
                    if b & 0xc0 != 0x80 {
                        self.bad += 1;
                        self.state = State::Start;
                        return self.start(b);
                    }
                    *code = *code << 6 | u32::from(b & 0x3f);
                    *left -= 1;
                    if *left > 0 {
                        return None;
                    }
                    let (code, least) = (*code, *least);
                    self.state = State::Start;
                    match char::from_u32(code) {
                        Some(c) if code >= least => {
                            self.wide += 1;
                            Some(Ok(c))
                        }
                        _ => {
                            self.bad += 1;
                            Some(Err(b))
                        }
                    }
                }
            }
        }
        #[inline]
        pub fn finish(&mut self) -> bool {
            match self.state {
                State::Start => true,
                State::Tail { .. } => {
                    self.bad += 1;
                    self.state = State::Start;
                    false
                }
            }
        }
    }
    entry_points! {}
}

instructions::machine! { Utf8, |u| u64::from(u.bad) + 3 * u64::from(u.wide) }

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("utf8", "UTF-8, byte by byte", Utf8, run, 4096, Goal::Percent(5.0));

const TEXT: &[u8] = "Grüße, 日本 – naïve 🦀!".as_bytes();
drive! { Utf8, 32, |m, e, a| match e {
    0 => call::finish(m).into(),
    1 => {
        let mut out = String::with_capacity(32);
        let at = usize::from(a) % 12;
        call::feed(m, &TEXT[at..at + 12], &mut out) as u64 + out.len() as u64
    }
    _ => {
        let b = if a < 20 { a } else { TEXT[usize::from(a) % TEXT.len()] };
        match call::byte(m, b) {
            None => 0,
            Some(Ok(c)) => u64::from(u32::from(c)),
            Some(Err(b)) => 0x200_0000 + u64::from(b),
        }
    }
} }
