//! Replies of an SMTP server (RFC 5321, section 4.2).

use std::fmt;

/// A complete reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub code: u16,
    /// The text of each line.
    pub lines: Vec<String>,
}

impl Reply {
    /// Whether one of the lines names this extension, as those of the answer to EHLO do.
    pub fn offers(&self, extension: &str, parameter: Option<&str>) -> bool {
        self.lines.iter().skip(1).any(|line| {
            let mut words = line.split_ascii_whitespace();
            words.next().is_some_and(|word| word.eq_ignore_ascii_case(extension))
                && parameter.is_none_or(|p| words.any(|word| word.eq_ignore_ascii_case(p)))
        })
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.lines.join(" "))
    }
}

/// A line of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    pub code: u16,
    /// Whether the reply ends with it.
    pub last: bool,
    pub text: &'a str,
}

impl<'a> Line<'a> {
    pub fn parse(line: &'a str) -> Option<Self> {
        let (code, rest) = line.split_at_checked(3)?;
        if !code.bytes().all(|b| b.is_ascii_digit()) || !(b'2'..=b'5').contains(&code.as_bytes()[0])
        {
            return None;
        }
        let code = code.parse().ok()?;
        match rest.as_bytes().first() {
            None => Some(Line { code, last: true, text: "" }),
            Some(b' ') => Some(Line { code, last: true, text: &rest[1..] }),
            Some(b'-') => Some(Line { code, last: false, text: &rest[1..] }),
            Some(_) => None,
        }
    }
}

/// What a reply asks a client to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The server is about to hang up.
    GoAway,
    TryLater,
    GiveUp,
    /// None of the replies that may follow the command.
    OutOfPlace,
}

impl Reply {
    pub fn class(&self) -> Class {
        match self.code {
            421 => Class::GoAway,
            400..=499 => Class::TryLater,
            500..=599 => Class::GiveUp,
            _ => Class::OutOfPlace,
        }
    }
}

/// Encodes in base64, as AUTH LOGIN wants names and passwords.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, i| bits << 8 | usize::from(*chunk.get(i).unwrap_or(&0)));
        for i in 0..4 {
            let digit = ALPHABET[bits >> (18 - 6 * i) & 63];
            text.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}
