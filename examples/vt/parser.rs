//! A parser for what programs write to a terminal: text, control codes and escape sequences.
//!
//! The machine is Paul Williams' state diagram of the DEC VT500 parser (<https://vt100.net/emu/dec_ansi_parser>), state by
//! state and under its names. As terminals of today do, it departs from the diagram in three points: the stream is UTF-8,
//! so that controls are recognised in their seven-bit form only; BEL ends an OSC string as ST does; and ':' separates
//! sub-parameters, as in `CSI 4:3 m`.
//!
//! The parser knows which bytes form a sequence, not what the sequence means. Meaning is up to a [`Perform`].

use frame_runtime::frame_system;
use memchr::memchr;

/// How many parameters of a sequence are kept, sub-parameters included.
pub const MAX_PARAMS: usize = 32;
/// How many intermediate bytes and private markers of a sequence are kept.
pub const MAX_INTERMEDIATES: usize = 2;
/// How many bytes of an OSC string are kept.
pub const MAX_OSC: usize = 4096;

const ESC: u8 = 0x1b;

/// How far [`Parser::feed`] looks ahead for text. It bounds what is looked at again when the text turns out to be invalid.
const LOOKAHEAD: usize = 4096;

/// Receives what the parser recognises.
///
/// `ignore` tells that a sequence exceeded one of the limits above. Such a sequence is reported without its excess, and
/// most terminals ignore it.
pub trait Perform {
    /// A character to show. Bytes that are not valid UTF-8 arrive as U+FFFD.
    fn print(&mut self, _c: char) {}

    /// A C0 or C1 control, such as a line feed.
    fn execute(&mut self, _control: u8) {}

    /// A complete `ESC …` sequence.
    fn esc_dispatch(&mut self, _intermediates: &[u8], _ignore: bool, _final_byte: u8) {}

    /// A complete `CSI …` sequence. A private marker such as the '?' of `CSI ? 25 h` is the first intermediate.
    fn csi_dispatch(
        &mut self,
        _params: &Params,
        _intermediates: &[u8],
        _ignore: bool,
        _final_byte: u8,
    ) {
    }

    /// A complete `OSC …` string, ended by BEL, by ST or by a control that cut it off.
    fn osc_dispatch(&mut self, _string: &[u8], _ignore: bool, _ended_by_bell: bool) {}

    /// The head of a `DCS …` string; its data follow by [`put`](Self::put), its end by [`unhook`](Self::unhook).
    fn hook(&mut self, _params: &Params, _intermediates: &[u8], _ignore: bool, _final_byte: u8) {}

    /// A byte of the data of a DCS string.
    fn put(&mut self, _byte: u8) {}

    /// The end of a DCS string.
    fn unhook(&mut self) {}
}

frame_system! {
    /// Parses a terminal stream for the consumer it owns.
    pub @@system Parser<P: Perform>(performer: P) {
        operations:
            /// Parses the next piece of the stream. It makes no difference where the stream is cut into pieces.
            feed(bytes: &[u8]) {
                let mut rest = bytes;
                while let Some((&b, tail)) = rest.split_first() {
                    @@:self.byte(b);
                    rest = tail;
                    // Most of a stream is text, which nothing but the ground state shows: show it in one go.
                    if self.state() == ParserState::Ground {
                        let text = leading_text(rest);
                        self.show_text(text);
                        rest = &rest[text.len()..];
                    }
                }
            }

        interface:
            /// Parses the next byte of the stream.
            byte(b: u8)

        machine:
            $Ground => $Anywhere {
                byte(b) {
                    match b {
                        0x00..=0x1a | 0x1c..=0x7f => self.show(char::from(b)),
                        0xc2..=0xf4 => -> $Utf8(b),
                        0x80..=0xc1 | 0xf5..=0xff => self.performer.print(char::REPLACEMENT_CHARACTER),
                        0x1b => => $^,
                    }
                }
            }

            // Inside a character of several bytes.
            $Utf8(lead: u8) {
                $.partial: PartialChar = PartialChar::new(lead)

                byte(b) {
                    match $.partial.push(b) {
                        Progress::Incomplete => {}
                        Progress::Char(c) => {
                            self.show(c);
                            -> $Ground
                        }
                        Progress::Invalid => {
                            self.performer.print(char::REPLACEMENT_CHARACTER);
                            -> => $Ground    // `b` is no part of this character
                        }
                    }
                }
            }

            // What every state but those of text understands: cancel, substitute and escape.
            $Anywhere {
                byte(b) {
                    match b {
                        0x18 | 0x1a => -> => $Ground,    // executed there, after the exit handlers
                        0x1b => -> $Escape,
                        _ => {}
                    }
                }
            }

            // Within a sequence, controls act as if they stood before it.
            $Sequence => $Anywhere {
                byte(b) {
                    match b {
                        0x00..=0x17 | 0x19 | 0x1c..=0x1f => self.performer.execute(b),
                        _ => => $^,
                    }
                }
            }

            $Escape => $Sequence {
                $> {
                    self.clear();
                }
                byte(b) {
                    match b {
                        0x20..=0x2f => {
                            self.collect(b);
                            -> $EscapeIntermediate
                        }
                        b'P' => -> $DcsEntry,
                        b'X' | b'^' | b'_' => -> $SosPmApcString,
                        b'[' => -> $CsiEntry,
                        b']' => -> $OscString,
                        0x30..=0x7e => {
                            self.esc_dispatch(b);
                            -> $Ground
                        }
                        _ => => $^,
                    }
                }
            }

            $EscapeIntermediate => $Sequence {
                byte(b) {
                    match b {
                        0x20..=0x2f => self.collect(b),
                        0x30..=0x7e => {
                            self.esc_dispatch(b);
                            -> $Ground
                        }
                        _ => => $^,
                    }
                }
            }

            // A control sequence that is well-formed so far. A parameter byte is not, unless the state knows better.
            $Csi => $Sequence {
                byte(b) {
                    match b {
                        0x20..=0x2f => {
                            self.collect(b);
                            -> $CsiIntermediate
                        }
                        0x30..=0x3f => -> $CsiIgnore,
                        0x40..=0x7e => {
                            self.csi_dispatch(b);
                            -> $Ground
                        }
                        _ => => $^,
                    }
                }
            }

            $CsiEntry => $Csi {
                $> {
                    self.clear();
                }
                byte(b) {
                    match b {
                        b'0'..=b';' => {
                            self.param(b);
                            -> $CsiParam
                        }
                        b'<'..=b'?' => {
                            self.collect(b);
                            -> $CsiParam
                        }
                        _ => => $^,
                    }
                }
            }

            $CsiParam => $Csi {
                byte(b) {
                    match b {
                        b'0'..=b';' => self.param(b),
                        _ => => $^,
                    }
                }
            }

            $CsiIntermediate => $Csi {
                byte(b) {
                    match b {
                        0x20..=0x2f => self.collect(b),
                        _ => => $^,
                    }
                }
            }

            $CsiIgnore => $Sequence {
                byte(b) {
                    match b {
                        0x40..=0x7e => -> $Ground,
                        _ => => $^,
                    }
                }
            }

            $OscString => $Anywhere {
                $> {
                    self.osc_start();
                }
                <$(ended_by_bell: bool) {
                    self.osc_end(ended_by_bell);
                }
                byte(b) {
                    match b {
                        0x07 => (true) -> $Ground,
                        0x20..=0xff => self.osc_put(b),
                        _ => => $^,
                    }
                }
            }

            // A device control string whose head is well-formed so far, as `$Csi`.
            $Dcs => $Anywhere {
                byte(b) {
                    match b {
                        0x20..=0x2f => {
                            self.collect(b);
                            -> $DcsIntermediate
                        }
                        0x30..=0x3f => -> $DcsIgnore,
                        0x40..=0x7e => -> (b) $DcsPassthrough,
                        _ => => $^,
                    }
                }
            }

            $DcsEntry => $Dcs {
                $> {
                    self.clear();
                }
                byte(b) {
                    match b {
                        b'0'..=b';' => {
                            self.param(b);
                            -> $DcsParam
                        }
                        b'<'..=b'?' => {
                            self.collect(b);
                            -> $DcsParam
                        }
                        _ => => $^,
                    }
                }
            }

            $DcsParam => $Dcs {
                byte(b) {
                    match b {
                        b'0'..=b';' => self.param(b),
                        _ => => $^,
                    }
                }
            }

            $DcsIntermediate => $Dcs {
                byte(b) {
                    match b {
                        0x20..=0x2f => self.collect(b),
                        _ => => $^,
                    }
                }
            }

            $DcsPassthrough => $Anywhere {
                $>(final_byte: u8) {
                    self.hook(final_byte);
                }
                <$ {
                    self.performer.unhook();
                }
                byte(b) {
                    match b {
                        0x00..=0x17 | 0x19 | 0x1c..=0x7e | 0x80..=0xff => self.performer.put(b),
                        _ => => $^,
                    }
                }
            }

            $DcsIgnore => $Anywhere {
                => $^
            }

            $SosPmApcString => $Anywhere {
                => $^
            }

        actions:
            show_text(text: &str) {
                for c in text.chars() {
                    self.show(c);
                }
            }

            show(c: char) {
                match c {
                    ' '..='\x7f' | '\u{a0}'.. => self.performer.print(c),
                    control => self.performer.execute(control as u8),
                }
            }

            clear() {
                self.params.clear();
                self.intermediate_count = 0;
                self.ignore = false;
            }

            collect(b: u8) {
                match self.intermediates.get_mut(self.intermediate_count) {
                    Some(free) => {
                        *free = b;
                        self.intermediate_count += 1;
                    }
                    None => self.ignore = true,
                }
            }

            param(b: u8) {
                if self.ignore {
                    return;
                }
                match b {
                    b'0'..=b'9' => self.params.push_digit(b - b'0'),
                    separator => self.ignore = !self.params.begin(separator == b':'),
                }
            }

            esc_dispatch(final_byte: u8) {
                let intermediates = &self.intermediates[..self.intermediate_count];
                self.performer.esc_dispatch(intermediates, self.ignore, final_byte);
            }

            csi_dispatch(final_byte: u8) {
                let intermediates = &self.intermediates[..self.intermediate_count];
                self.performer.csi_dispatch(&self.params, intermediates, self.ignore, final_byte);
            }

            hook(final_byte: u8) {
                let intermediates = &self.intermediates[..self.intermediate_count];
                self.performer.hook(&self.params, intermediates, self.ignore, final_byte);
            }

            osc_start() {
                self.osc.clear();
                self.ignore = false;
            }

            osc_put(b: u8) {
                match self.osc.len() {
                    MAX_OSC => self.ignore = true,
                    _ => self.osc.push(b),
                }
            }

            osc_end(ended_by_bell: bool) {
                self.performer.osc_dispatch(&self.osc, self.ignore, ended_by_bell);
            }

        domain:
            /// The consumer.
            pub performer: P
            params: Params = Params::new()
            intermediates: [u8; MAX_INTERMEDIATES] = [0; MAX_INTERMEDIATES]
            intermediate_count: usize = 0
            osc: Vec<u8> = Vec::with_capacity(MAX_OSC)
            // Whether the current sequence exceeds a limit.
            ignore: bool = false
    }
}

/// The parameters of a sequence, of which there is always at least one: what is left out is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    values: [u16; MAX_PARAMS],
    /// The index of the last value, which is still being read.
    last: usize,
    /// Bit `i` is set when value `i` is a sub-parameter, which belongs to the parameter before it.
    subs: u32,
}

impl Params {
    fn new() -> Self {
        Self { values: [0; MAX_PARAMS], last: 0, subs: 0 }
    }

    /// The parameters in order, each with its sub-parameters behind it.
    pub fn iter(&self) -> impl Iterator<Item = &[u16]> {
        let mut rest = 0..self.last + 1;
        std::iter::from_fn(move || {
            let start = rest.next()?;
            while !rest.is_empty() && self.is_sub(rest.start) {
                rest.next();
            }
            Some(&self.values[start..rest.start])
        })
    }

    fn is_sub(&self, index: usize) -> bool {
        self.subs >> index & 1 == 1
    }

    fn clear(&mut self) {
        self.values[0] = 0;
        self.last = 0;
        self.subs = 0;
    }

    fn push_digit(&mut self, digit: u8) {
        let value = &mut self.values[self.last];
        *value = value.saturating_mul(10).saturating_add(u16::from(digit));
    }

    /// Begins the next value and says whether there was room for it.
    fn begin(&mut self, sub: bool) -> bool {
        let next = self.last + 1;
        if next == MAX_PARAMS {
            return false;
        }
        self.values[next] = 0;
        self.last = next;
        self.subs |= u32::from(sub) << next;
        true
    }
}

/// The bytes of a character read so far.
struct PartialChar {
    bytes: [u8; 4],
    len: usize,
}

/// What a further byte makes of a [`PartialChar`].
enum Progress {
    Incomplete,
    Char(char),
    /// The bytes before the last one begin no character that the last one continues.
    Invalid,
}

impl PartialChar {
    fn new(lead: u8) -> Self {
        Self { bytes: [lead, 0, 0, 0], len: 1 }
    }

    fn push(&mut self, b: u8) -> Progress {
        self.bytes[self.len] = b;
        self.len += 1;
        match str::from_utf8(&self.bytes[..self.len]) {
            Ok(text) => text.chars().next().map_or(Progress::Invalid, Progress::Char),
            Err(e) if e.error_len().is_none() => Progress::Incomplete,
            Err(_) => Progress::Invalid,
        }
    }
}

/// The text at the beginning of `bytes`, controls included, as far as it is easily found: the machine takes what is left.
fn leading_text(bytes: &[u8]) -> &str {
    let ahead = &bytes[..bytes.len().min(LOOKAHEAD)];
    valid_prefix(match memchr(ESC, ahead) {
        Some(end) => &ahead[..end],
        None => whole_chars(ahead),
    })
}

/// Leaves out a character that `bytes` end in the middle of.
fn whole_chars(bytes: &[u8]) -> &[u8] {
    // A character has up to four bytes: one that is cut off begins among the last three.
    let lead = (bytes.len().saturating_sub(3)..bytes.len()).rfind(|&i| bytes[i] >= 0xc0);
    match lead {
        Some(i) if str::from_utf8(&bytes[i..]).is_err() => &bytes[..i],
        _ => bytes,
    }
}

fn valid_prefix(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).or_else(|e| str::from_utf8(&bytes[..e.valid_up_to()])).unwrap_or_default()
}
