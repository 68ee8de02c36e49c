//! A lexer, whose tokens own their text.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Word(String),
    Number(i64),
    Text(String),
    Op(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bad {
    pub byte: u8,
    pub at: u32,
}

entries! { Lexer {
    fn byte(c: u8) -> Result<Option<Token>, Bad>;
    fn end() -> Option<Token>;
    fn depth() -> usize;
} }

mod frame {
    use super::{Bad, Token};
    frame_runtime::frame_system! {
        pub @@system Lexer : super::Lexer {
            interface:
                byte(c: u8): Result<Option<Token>, Bad> = Ok(None)
                end(): Option<Token> = None
                depth(): usize = 0
            machine:
                $Space {
                    byte(c: u8): Result<Option<Token>, Bad> {
                        self.at += 1;
                        match c {
                            b'a'..=b'z' | b'_' => -> $Word(c),
                            b'0'..=b'9' => -> $Number(i64::from(c - b'0')),
                            b'"' => -> $Text,
                            b'+' | b'-' | b'*' => Ok(Some(Token::Op(c))),
                            b'(' => { self.nesting += 1; Ok(Some(Token::Op(c))) }
                            b')' if self.nesting > 0 => { self.nesting -= 1; Ok(Some(Token::Op(c))) }
                            b' ' | b'\n' => Ok(None),
                            _ => Err(Bad { byte: c, at: self.at }),
                        }
                    }
                    depth(): usize { self.nesting }
                }
                $Word(first: u8) {
                    $.text: String = String::from(char::from(first))
                    byte(c: u8): Result<Option<Token>, Bad> {
                        match c {
                            b'a'..=b'z' | b'_' | b'0'..=b'9' => { self.at += 1; $.text.push(char::from(c)); Ok(None) }
                            _ => {
                                self.words += 1;
                                @@:(Ok(Some(Token::Word(std::mem::take(&mut $.text)))))
                                -> $Space
                            }
                        }
                    }
                    end(): Option<Token> {
                        let text = std::mem::take(&mut $.text);
                        -> $Space
                        @@:(Some(Token::Word(text)))
                    }
                }
                $Number(first: i64) {
                    $.value: i64 = first
                    byte(c: u8): Result<Option<Token>, Bad> {
                        if c.is_ascii_digit() {
                            self.at += 1;
                            $.value = $.value.wrapping_mul(10).wrapping_add(i64::from(c - b'0'));
                            return Ok(None);
                        }
                        if c.is_ascii_alphabetic() {
                            @@:(Err(Bad { byte: c, at: self.at }))
                            -> $Space
                        }
                        @@:(Ok(Some(Token::Number($.value))))
                        -> $Space
                    }
                    end(): Option<Token> { @@:(Some(Token::Number($.value))) -> $Space }
                }
                $Text {
                    $.text: String = String::with_capacity(16)
                    $.escaped: bool = false
                    byte(c: u8): Result<Option<Token>, Bad> {
                        self.at += 1;
                        match (c, $.escaped) {
                            (_, true) => { $.escaped = false; $.text.push(char::from(c)); }
                            (b'\\', false) => $.escaped = true,
                            (b'"', false) => {
                                self.texts += $.text.len();
                                @@:(Ok(Some(Token::Text(std::mem::take(&mut $.text)))))
                                -> $Space
                            }
                            (c, false) => $.text.push(char::from(c)),
                        }
                        Ok(None)
                    }
                    end(): Option<Token> { -> $Space }
                    depth(): usize { self.nesting + $.text.len() }
                }
            domain:
                pub at: u32 = 0
                pub words: u32 = 0
                pub nesting: usize = 0
                pub texts: usize = 0
        }
    }
}

mod hand {
    use super::{Bad, Token};
    use std::mem::take;
    enum State {
        Space,
        Word { text: String },
        Number { value: i64 },
        Text { text: String, escaped: bool },
    }
    pub struct Lexer {
        state: State,
        pub at: u32,
        pub words: u32,
        pub nesting: usize,
        pub texts: usize,
    }
    impl Lexer {
        pub fn new() -> Self {
            Self { state: State::Space, at: 0, words: 0, nesting: 0, texts: 0 }
        }
    }
    impl super::Lexer for Lexer {
        #[inline]
        fn byte(&mut self, c: u8) -> Result<Option<Token>, Bad> {
            match &mut self.state {
                State::Space => {
                    self.at += 1;
                    match c {
                        b'a'..=b'z' | b'_' => {
                            self.state = State::Word { text: String::from(char::from(c)) };
                            Ok(None)
                        }
                        b'0'..=b'9' => {
                            self.state = State::Number { value: i64::from(c - b'0') };
                            Ok(None)
                        }
                        b'"' => {
                            self.state =
                                State::Text { text: String::with_capacity(16), escaped: false };
                            Ok(None)
                        }
                        b'+' | b'-' | b'*' => Ok(Some(Token::Op(c))),
                        b'(' => {
                            self.nesting += 1;
                            Ok(Some(Token::Op(c)))
                        }
                        b')' if self.nesting > 0 => {
                            self.nesting -= 1;
                            Ok(Some(Token::Op(c)))
                        }
                        b' ' | b'\n' => Ok(None),
                        _ => Err(Bad { byte: c, at: self.at }),
                    }
                }
                State::Word { text } => match c {
                    b'a'..=b'z' | b'_' | b'0'..=b'9' => {
                        self.at += 1;
                        text.push(char::from(c));
                        Ok(None)
                    }
                    _ => {
                        self.words += 1;
                        let text = take(text);
                        self.state = State::Space;
                        Ok(Some(Token::Word(text)))
                    }
                },
                State::Number { value } => {
                    if c.is_ascii_digit() {
                        self.at += 1;
                        *value = value.wrapping_mul(10).wrapping_add(i64::from(c - b'0'));
                        return Ok(None);
                    }
                    let value = *value;
                    self.state = State::Space;
                    if c.is_ascii_alphabetic() {
                        return Err(Bad { byte: c, at: self.at });
                    }
                    Ok(Some(Token::Number(value)))
                }
                State::Text { text, escaped } => {
                    self.at += 1;
                    match (c, *escaped) {
                        (_, true) => {
                            *escaped = false;
                            text.push(char::from(c));
                        }
                        (b'\\', false) => *escaped = true,
                        (b'"', false) => {
                            self.texts += text.len();
                            let text = take(text);
                            self.state = State::Space;
                            return Ok(Some(Token::Text(text)));
                        }
                        (c, false) => text.push(char::from(c)),
                    }
                    Ok(None)
                }
            }
        }
        #[inline]
        fn end(&mut self) -> Option<Token> {
            match &mut self.state {
                State::Space => None,
                State::Word { text } => {
                    let text = take(text);
                    self.state = State::Space;
                    Some(Token::Word(text))
                }
                State::Number { value } => {
                    let value = *value;
                    self.state = State::Space;
                    Some(Token::Number(value))
                }
                State::Text { .. } => {
                    self.state = State::Space;
                    None
                }
            }
        }
        #[inline]
        fn depth(&mut self) -> usize {
            match &self.state {
                State::Space => self.nesting,
                State::Text { text, .. } => self.nesting + text.len(),
                _ => 0,
            }
        }
    }
}

instructions::machine! { Lexer, |l| u64::from(l.at) + 3 * u64::from(l.words) + 5 * l.texts as u64 + l.nesting as u64 }

// Its large values are copied behind the transition.
pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "lexer",
    "lexer, tokens with Strings",
    Lexer,
    run,
    4096,
    Goal::Percent(10.0)
);

fn of(t: Option<Token>) -> u64 {
    match t {
        None => 0,
        Some(Token::Word(s) | Token::Text(s)) => s.len() as u64,
        Some(Token::Number(n)) => n as u64,
        Some(Token::Op(c)) => c.into(),
    }
}

const TEXT: [u8; 64] = *b"let x = foo(bar + 12) * \"a string\" - (count_of 344 ) \"q\\\"\" 7a $ ";
drive! { Lexer, 64, |m, e, a| match e {
    0 => of(call::end(m)),
    1 => call::depth(m) as u64,
    _ => call::byte(m, if a > 200 { TEXT[usize::from(e)] } else { b"aeiou x1(2+)\" "[usize::from(a) % 14] }).map_or(9, of),
} }
