//! A tokenizer of JSON: containers on a stack, and a byte that ends a number is looked at by
//! the container.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Open(u8),
    Close { items: u32 },
    Key { hash: u32, length: u16 },
    Text { hash: u32, length: u16 },
    Word(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Byte(u8),
    Depth,
}

entries! { Json {
    fn byte(b: u8) -> Result<Option<Token>, Bad>;
    fn depth() -> usize;
    fn reset() -> bool;
} }

mod frame {
    use super::{Bad, Token};
    frame_runtime::frame_system! {
        @@[stack(8)]
        pub @@system Json : super::Json {
            interface:
                byte(b: u8): Result<Option<Token>, Bad> = Ok(None)
                depth(): usize = 0
                reset(): bool = false
            machine:
                $Top => $Container {
                    byte(b: u8): Result<Option<Token>, Bad> { => $^ }
                    => $^
                }
                $Array => $Container {
                    $.items: u32 = 0
                    byte(b: u8): Result<Option<Token>, Bad> {
                        match b {
                            b',' => {
                                $.items += 1;
                                Ok(None)
                            }
                            b']' => {
                                @@:(Ok(Some(Token::Close { items: $.items + 1 })))
                                -> pop$
                            }
                            _ => => $^
                        }
                    }
                    => $^
                }
                $Object => $Container {
                    $.items: u32 = 0
                    $.key: bool = true
                    byte(b: u8): Result<Option<Token>, Bad> {
                        match b {
                            b',' => {
                                $.items += 1;
                                $.key = true;
                                Ok(None)
                            }
                            b':' => {
                                $.key = false;
                                Ok(None)
                            }
                            b'}' => {
                                @@:(Ok(Some(Token::Close { items: $.items + 1 })))
                                -> pop$
                            }
                            b'"' => push$ -> $Text($.key),
                            _ if $.key && b > b' ' => -> (b) $Broken,
                            _ => => $^
                        }
                    }
                    => $^
                }
                $Container {
                    byte(b: u8): Result<Option<Token>, Bad> {
                        match b {
                            b' ' | b'\n' | b'\t' => Ok(None),
                            b'[' | b'{' if @@:system.stack.depth == 7 => {
                                self.errors += 1;
                                Err(Bad::Depth)
                            }
                            b'[' => push$ -> $Array @@:(Ok(Some(Token::Open(b)))),
                            b'{' => push$ -> $Object @@:(Ok(Some(Token::Open(b)))),
                            b'"' => push$ -> $Text(false),
                            b'-' => push$ -> $Number(true, 0),
                            b'0'..=b'9' => push$ -> $Number(false, i64::from(b - b'0')),
                            b't' | b'n' => push$ -> $Word(b, 3),
                            b'f' => push$ -> $Word(b, 4),
                            _ => -> (b) $Broken
                        }
                    }
                    reset(): bool { -> $Drained @@:(true) }
                }
                $Text(key: bool) {
                    $.hash: u32 = 0
                    $.length: u16 = 0
                    $.escaped: bool = false
                    byte(b: u8): Result<Option<Token>, Bad> {
                        if b == b'"' && !$.escaped {
                            self.texts += 1;
                            let (hash, length) = ($.hash, $.length);
                            @@:(Ok(Some(if key { Token::Key { hash, length } } else { Token::Text { hash, length } })))
                            -> pop$
                        }
                        $.escaped = b == b'\\' && !$.escaped;
                        $.hash = $.hash.wrapping_mul(31).wrapping_add(u32::from(b));
                        $.length += 1;
                        Ok(None)
                    }
                    reset(): bool { -> $Drained @@:(true) }
                }
                $Number(negative: bool, first: i64) {
                    $.value: i64 = first
                    byte(b: u8): Result<Option<Token>, Bad> {
                        if b.is_ascii_digit() {
                            $.value = $.value.wrapping_mul(10).wrapping_add(i64::from(b - b'0'));
                            return Ok(None);
                        }
                        self.number = Some(if negative { -$.value } else { $.value });
                        -> => pop$
                    }
                    reset(): bool { -> $Drained @@:(true) }
                }
                $Word(first: u8, length: u8) {
                    $.left: u8 = length
                    byte(b: u8): Result<Option<Token>, Bad> {
                        if !b.is_ascii_lowercase() { -> (b) $Broken }
                        $.left -= 1;
                        if $.left == 0 {
                            @@:(Ok(Some(Token::Word(first))))
                            -> pop$
                        }
                        Ok(None)
                    }
                    reset(): bool { -> $Drained @@:(true) }
                }
                $Broken {
                    $>(b: u8) {
                        self.errors += 1;
                        @@:(Err(Bad::Byte(b)))
                    }
                    byte(b: u8): Result<Option<Token>, Bad> {
                        if b == b'\n' { -> $Drained }
                        Err(Bad::Byte(b))
                    }
                    reset(): bool { -> $Drained @@:(true) }
                }
                $Drained {
                    $> {
                        while @@:system.stack.depth > 0 { pop$ }
                        -> $Top
                    }
                }
            domain:
                pub number: Option<i64> = None
                pub texts: u32 = 0
                pub errors: u32 = 0
        }
    }
}

mod hand {
    use super::{Bad, Token};
    #[derive(Clone, Copy)]
    enum State {
        Top,
        Array { items: u32 },
        Object { items: u32, key: bool },
        Text { key: bool, hash: u32, length: u16, escaped: bool },
        Number { negative: bool, value: i64 },
        Word { first: u8, left: u8 },
        Broken,
    }
    pub struct Json {
        state: State,
        stack: heapless::Vec<State, 8>,
        pub number: Option<i64>,
        pub texts: u32,
        pub errors: u32,
    }
    type Outcome = Result<Option<Token>, Bad>;
    impl Json {
        pub fn new() -> Self {
            Self {
                state: State::Top,
                stack: heapless::Vec::new(),
                number: None,
                texts: 0,
                errors: 0,
            }
        }
        #[inline]
        fn push(&mut self, to: State) {
            if self.stack.push(self.state).is_err() {
                panic!("the stack is full");
            }
            self.state = to;
        }
        #[inline]
        fn pop(&mut self) {
            self.state = self.stack.pop().expect("what was pushed");
        }
        #[inline]
        fn text(&mut self, key: bool) -> Outcome {
            self.push(State::Text { key, hash: 0, length: 0, escaped: false });
            Ok(None)
        }
        #[inline]
        fn broken(&mut self, b: u8) -> Outcome {
            self.errors += 1;
            self.state = State::Broken;
            Err(Bad::Byte(b))
        }
        #[inline]
        fn drain(&mut self) {
            self.stack.clear();
            self.state = State::Top;
        }
        #[inline]
        fn container(&mut self, b: u8) -> Outcome {
            match b {
                b' ' | b'\n' | b'\t' => Ok(None),
                b'[' | b'{' if self.stack.len() == 7 => {
                    self.errors += 1;
                    Err(Bad::Depth)
                }
                b'[' => {
                    self.push(State::Array { items: 0 });
                    Ok(Some(Token::Open(b)))
                }
                b'{' => {
                    self.push(State::Object { items: 0, key: true });
                    Ok(Some(Token::Open(b)))
                }
                b'"' => self.text(false),
                b'-' => {
                    self.push(State::Number { negative: true, value: 0 });
                    Ok(None)
                }
                b'0'..=b'9' => {
                    self.push(State::Number { negative: false, value: i64::from(b - b'0') });
                    Ok(None)
                }
                b't' | b'n' => {
                    self.push(State::Word { first: b, left: 3 });
                    Ok(None)
                }
                b'f' => {
                    self.push(State::Word { first: b, left: 4 });
                    Ok(None)
                }
                _ => self.broken(b),
            }
        }
    }
    impl super::Json for Json {
        #[inline]
        fn byte(&mut self, b: u8) -> Outcome {
            // A number ends with the byte that its container has to see.
            if let State::Number { negative, value } = &mut self.state {
                if b.is_ascii_digit() {
                    *value = value.wrapping_mul(10).wrapping_add(i64::from(b - b'0'));
                    return Ok(None);
                }
                self.number = Some(if *negative { -*value } else { *value });
                self.pop();
            }
            match &mut self.state {
                State::Top | State::Number { .. } => self.container(b),
                State::Array { items } => match b {
                    b',' => {
                        *items += 1;
                        Ok(None)
                    }
                    b']' => {
                        let items = *items + 1;
                        self.pop();
                        Ok(Some(Token::Close { items }))
                    }
                    _ => self.container(b),
                },
                State::Object { items, key } => match b {
                    b',' => {
                        *items += 1;
                        *key = true;
                        Ok(None)
                    }
                    b':' => {
                        *key = false;
                        Ok(None)
                    }
                    b'}' => {
                        let items = *items + 1;
                        self.pop();
                        Ok(Some(Token::Close { items }))
                    }
                    b'"' => {
                        let key = *key;
                        self.text(key)
                    }
                    _ if *key && b > b' ' => self.broken(b),
                    _ => self.container(b),
                },
                State::Text { key, hash, length, escaped } => {
                    if b == b'"' && !*escaped {
                        self.texts += 1;
                        let (key, hash, length) = (*key, *hash, *length);
                        self.pop();
                        return Ok(Some(if key {
                            Token::Key { hash, length }
                        } else {
                            Token::Text { hash, length }
                        }));
                    }
                    *escaped = b == b'\\' && !*escaped;
                    *hash = hash.wrapping_mul(31).wrapping_add(u32::from(b));
                    *length += 1;
                    Ok(None)
                }
                State::Word { first, left } => {
                    if !b.is_ascii_lowercase() {
                        return self.broken(b);
                    }
                    *left -= 1;
                    if *left > 0 {
                        return Ok(None);
                    }
                    let first = *first;
                    self.pop();
                    Ok(Some(Token::Word(first)))
                }
                State::Broken => {
                    if b == b'\n' {
                        self.drain();
                        return Ok(None);
                    }
                    Err(Bad::Byte(b))
                }
            }
        }
        #[inline]
        fn depth(&mut self) -> usize {
            0
        }
        #[inline]
        fn reset(&mut self) -> bool {
            self.drain();
            true
        }
    }
}

instructions::machine! { Json, |j| j.number.unwrap_or(3) as u64 + 3 * u64::from(j.texts) + 5 * u64::from(j.errors) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "json",
    "JSON, containers on a stack",
    Json,
    run,
    4096,
    Goal::Percent(5.0)
);

const TEXT: &[u8] = b"{\"name\": \"a \\\"b\\\"\", \"list\": [1, -22, [true, null], 345], \"of\": {\"x\": false}}\n[0,7,\"s\"]\n";
drive! { Json, 255, |m, e, a, t| match e {
    0 => { if a < 50 { call::reset(m).into() } else { 1 } }
    1..8 => call::depth(m) as u64,
    _ => match call::byte(m, if a == 254 { b'?' } else { TEXT[(t / 7) as usize % TEXT.len()] }) {
        Ok(None) => 0,
        Ok(Some(Token::Open(b) | Token::Word(b))) => b.into(),
        Ok(Some(Token::Close { items })) => items.into(),
        Ok(Some(Token::Key { hash, length })) => u64::from(hash) + u64::from(length),
        Ok(Some(Token::Text { hash, length })) => 3 * u64::from(hash) + u64::from(length),
        Err(Bad::Byte(b)) => 9 + u64::from(b),
        Err(Bad::Depth) => 8,
    },
} }
