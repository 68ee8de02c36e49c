//! An editor with modes: counts, operators, a command line that comes back to where it was
//! opened, and an undo list.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Nothing,
    Moved(usize),
    Changed { at: usize, by: u16 },
    Unknown(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub at: u16,
    pub was: u8,
}

entries! { Editor {
    fn key(c: u8) -> Outcome;
    fn escape() -> Outcome;
    fn paste(text: &str) -> usize;
    fn undo() -> bool;
    fn selection() -> Option<(usize, usize)>;
} }

mod frame {
    use super::{Change, Outcome};
    frame_runtime::frame_system! {
        @@[stack(2)]
        pub @@system Editor : super::Editor {
            interface:
                key(c: u8): Outcome = Outcome::Nothing
                escape(): Outcome = Outcome::Nothing
                paste(text: &str): usize = 0
                undo(): bool = false
                selection(): Option<(usize, usize)> = None
            machine:
                $Normal => $Any {
                    $.count: u16 = 0
                    key(c: u8): Outcome {
                        match c {
                            b'0'..=b'9' => {
                                $.count = $.count.wrapping_mul(10) + u16::from(c - b'0');
                                Outcome::Nothing
                            }
                            b'd' | b'r' => -> $Pending(c, $.count.max(1)),
                            b'i' => -> $Insert,
                            b'v' => -> $Visual(self.cursor),
                            b':' => push$ -> $Command,
                            b'u' => {
                                let undone = self.take_back();
                                $.count = 0;
                                if undone { Outcome::Moved(self.cursor) } else { Outcome::Nothing }
                            }
                            _ => {
                                let outcome = self.motion(c, $.count.max(1));
                                $.count = 0;
                                outcome
                            }
                        }
                    }
                    escape(): Outcome { $.count = 0; Outcome::Nothing }
                    => $^
                }
                $Pending(operator: u8, count: u16) => $Any {
                    key(c: u8): Outcome {
                        if operator == b'r' {
                            self.set(self.cursor, c);
                            @@:(Outcome::Changed { at: self.cursor, by: 1 })
                            -> $Normal
                        }
                        let from = self.cursor;
                        match self.motion(c, count) {
                            Outcome::Moved(to) => {
                                for at in from.min(to)..from.max(to) { self.set(at, b'.'); }
                                @@:(Outcome::Changed { at: from, by: from.abs_diff(to) as u16 })
                            }
                            other => @@:(other)
                        }
                        -> $Normal
                    }
                    escape(): Outcome { -> $Normal }
                    => $^
                }
                $Insert => $Any {
                    $.typed: u16 = 0
                    $.from: usize = self.cursor
                    <$ { self.typed += u32::from($.typed); }
                    key(c: u8): Outcome {
                        self.set(self.cursor, c);
                        self.cursor = (self.cursor + 1) & 63;
                        $.typed += 1;
                        Outcome::Moved(self.cursor)
                    }
                    escape(): Outcome {
                        @@:(Outcome::Changed { at: $.from, by: $.typed })
                        -> $Normal
                    }
                    paste(text: &str): usize {
                        => $^
                        $.typed += text.len() as u16;
                        text.len()
                    }
                }
                $Visual(anchor: usize) => $Any {
                    key(c: u8): Outcome {
                        match c {
                            b':' => push$ -> $Command,
                            b'd' => {
                                let (from, to) = (anchor.min(self.cursor), anchor.max(self.cursor));
                                for at in from..=to { self.set(at, b'-'); }
                                self.cursor = from;
                                @@:(Outcome::Changed { at: from, by: (to - from) as u16 + 1 })
                                -> $Normal
                            }
                            _ => self.motion(c, 1)
                        }
                    }
                    escape(): Outcome { -> $Normal }
                    selection(): Option<(usize, usize)> {
                        Some((anchor.min(self.cursor), anchor.max(self.cursor)))
                    }
                    => $^
                }
                $Command => $Any {
                    $.line: [u8; 12] = [0; 12]
                    $.length: u8 = 0
                    key(c: u8): Outcome {
                        if c == b'\n' {
                            match $.line[0] {
                                b'g' => {
                                    self.cursor = usize::from($.line[1] & 63);
                                    @@:(Outcome::Moved(self.cursor))
                                }
                                other => @@:(Outcome::Unknown(other))
                            }
                            -> pop$
                        }
                        if $.length < 12 {
                            $.line[usize::from($.length)] = c;
                            $.length += 1;
                        }
                        Outcome::Nothing
                    }
                    escape(): Outcome { -> pop$ }
                    => $^
                }
                $Any {
                    paste(text: &str): usize {
                        for b in text.bytes() {
                            self.set(self.cursor, b);
                            self.cursor = (self.cursor + 1) & 63;
                        }
                        text.len()
                    }
                    undo(): bool { self.take_back() }
                }
            actions:
                set(at: usize, c: u8) {
                    if self.changes.len() == 32 { self.changes.clear(); }
                    self.changes.push(Change { at: at as u16, was: self.text[at & 63] });
                    self.text[at & 63] = c;
                }
                take_back(): bool {
                    match self.changes.pop() {
                        Some(change) => {
                            self.cursor = usize::from(change.at);
                            self.text[self.cursor & 63] = change.was;
                            true
                        }
                        None => false
                    }
                }
                motion(c: u8, count: u16): Outcome {
                    let count = usize::from(count & 15);
                    match c {
                        b'h' => self.cursor = self.cursor.saturating_sub(count),
                        b'l' => self.cursor = (self.cursor + count).min(63),
                        b'^' => self.cursor = 0,
                        _ => return Outcome::Unknown(c),
                    }
                    Outcome::Moved(self.cursor)
                }
            domain:
                pub text: [u8; 64] = [b' '; 64]
                pub cursor: usize = 0
                pub typed: u32 = 0
                changes: Vec<Change> = Vec::with_capacity(32)
        }
    }
}

mod hand {
    use super::{Change, Outcome};
    enum State {
        Normal { count: u16 },
        Pending { operator: u8, count: u16 },
        Insert { typed: u16, from: usize },
        Visual { anchor: usize },
        Command { line: [u8; 12], length: u8 },
    }
    pub struct Editor {
        state: State,
        stack: heapless::Vec<State, 2>,
        pub text: [u8; 64],
        pub cursor: usize,
        pub typed: u32,
        changes: Vec<Change>,
    }
    const NORMAL: State = State::Normal { count: 0 };
    impl Editor {
        pub fn new() -> Self {
            Self {
                state: NORMAL,
                stack: heapless::Vec::new(),
                text: [b' '; 64],
                cursor: 0,
                typed: 0,
                changes: Vec::with_capacity(32),
            }
        }
        #[inline]
        fn set(&mut self, at: usize, c: u8) {
            if self.changes.len() == 32 {
                self.changes.clear();
            }
            self.changes.push(Change { at: at as u16, was: self.text[at & 63] });
            self.text[at & 63] = c;
        }
        #[inline]
        fn take_back(&mut self) -> bool {
            match self.changes.pop() {
                Some(change) => {
                    self.cursor = usize::from(change.at);
                    self.text[self.cursor & 63] = change.was;
                    true
                }
                None => false,
            }
        }
        #[inline]
        fn motion(&mut self, c: u8, count: u16) -> Outcome {
            let count = usize::from(count & 15);
            match c {
                b'h' => self.cursor = self.cursor.saturating_sub(count),
                b'l' => self.cursor = (self.cursor + count).min(63),
                b'^' => self.cursor = 0,
                _ => return Outcome::Unknown(c),
            }
            Outcome::Moved(self.cursor)
        }
        #[inline]
        fn command(&mut self) -> Outcome {
            let left =
                std::mem::replace(&mut self.state, State::Command { line: [0; 12], length: 0 });
            if self.stack.push(left).is_err() {
                panic!("the stack is full");
            }
            Outcome::Nothing
        }
        #[inline]
        fn back(&mut self) {
            self.state = self.stack.pop().expect("a command line was opened somewhere");
        }
    }
    impl super::Editor for Editor {
        #[inline]
        fn key(&mut self, c: u8) -> Outcome {
            match &mut self.state {
                State::Normal { count } => match c {
                    b'0'..=b'9' => {
                        *count = count.wrapping_mul(10) + u16::from(c - b'0');
                        Outcome::Nothing
                    }
                    b'd' | b'r' => {
                        self.state = State::Pending { operator: c, count: (*count).max(1) };
                        Outcome::Nothing
                    }
                    b'i' => {
                        self.state = State::Insert { typed: 0, from: self.cursor };
                        Outcome::Nothing
                    }
                    b'v' => {
                        self.state = State::Visual { anchor: self.cursor };
                        Outcome::Nothing
                    }
                    b':' => self.command(),
                    b'u' => {
                        *count = 0;
                        if self.take_back() {
                            Outcome::Moved(self.cursor)
                        } else {
                            Outcome::Nothing
                        }
                    }
                    _ => {
                        let times = (*count).max(1);
                        *count = 0;
                        self.motion(c, times)
                    }
                },
                State::Pending { operator, count } => {
                    let (operator, count) = (*operator, *count);
                    self.state = NORMAL;
                    let from = self.cursor;
                    if operator == b'r' {
                        self.set(from, c);
                        return Outcome::Changed { at: from, by: 1 };
                    }
                    match self.motion(c, count) {
                        Outcome::Moved(to) => {
                            for at in from.min(to)..from.max(to) {
                                self.set(at, b'.');
                            }
                            Outcome::Changed { at: from, by: from.abs_diff(to) as u16 }
                        }
                        other => other,
                    }
                }
                State::Insert { typed, .. } => {
                    *typed += 1;
                    self.set(self.cursor, c);
                    self.cursor = (self.cursor + 1) & 63;
                    Outcome::Moved(self.cursor)
                }
                State::Visual { anchor } => match c {
                    b':' => self.command(),
                    b'd' => {
                        let (from, to) = ((*anchor).min(self.cursor), (*anchor).max(self.cursor));
                        for at in from..=to {
                            self.set(at, b'-');
                        }
                        self.cursor = from;
                        self.state = NORMAL;
                        Outcome::Changed { at: from, by: (to - from) as u16 + 1 }
                    }
                    _ => self.motion(c, 1),
                },
                State::Command { line, length } => {
                    if c == b'\n' {
                        let outcome = match line[0] {
                            b'g' => {
                                self.cursor = usize::from(line[1] & 63);
                                Outcome::Moved(self.cursor)
                            }
                            other => Outcome::Unknown(other),
                        };
                        self.back();
                        return outcome;
                    }
                    if *length < 12 {
                        line[usize::from(*length)] = c;
                        *length += 1;
                    }
                    Outcome::Nothing
                }
            }
        }
        #[inline]
        fn escape(&mut self) -> Outcome {
            match self.state {
                State::Normal { .. } | State::Pending { .. } | State::Visual { .. } => {
                    self.state = NORMAL;
                    Outcome::Nothing
                }
                State::Insert { typed, from } => {
                    self.typed += u32::from(typed);
                    self.state = NORMAL;
                    Outcome::Changed { at: from, by: typed }
                }
                State::Command { .. } => {
                    self.back();
                    Outcome::Nothing
                }
            }
        }
        #[inline]
        fn paste(&mut self, text: &str) -> usize {
            for b in text.bytes() {
                self.set(self.cursor, b);
                self.cursor = (self.cursor + 1) & 63;
            }
            if let State::Insert { typed, .. } = &mut self.state {
                *typed += text.len() as u16;
            }
            text.len()
        }
        #[inline]
        fn undo(&mut self) -> bool {
            match self.state {
                State::Insert { .. } => false,
                _ => self.take_back(),
            }
        }
        #[inline]
        fn selection(&mut self) -> Option<(usize, usize)> {
            match self.state {
                State::Visual { anchor } => {
                    Some((anchor.min(self.cursor), anchor.max(self.cursor)))
                }
                _ => None,
            }
        }
    }
}

instructions::machine! { Editor, |e| e.text.iter().fold(0_u64, |s, b| s.wrapping_mul(3) + u64::from(*b)) + e.cursor as u64 + u64::from(e.typed) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "editor",
    "modes, a command line on a stack, undo",
    Editor,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(o: Outcome) -> u64 {
    match o {
        Outcome::Nothing => 0,
        Outcome::Moved(n) => n as u64,
        Outcome::Changed { at, by } => at as u64 + u64::from(by) * 64,
        Outcome::Unknown(c) => 999 + u64::from(c),
    }
}
const KEYS: &[u8; 32] = b"hl3drivhl:g7\nu2l^dlihhll:gA\nvlld";
drive! { Editor, 32, |m, e, a| match e {
    0..4 => of(call::escape(m)),
    4 => { if a < 50 { call::paste(m, "some") as u64 } else { 1 } }
    5 => call::undo(m).into(),
    6..8 => call::selection(m).map_or(5, |(a, b)| (a * 64 + b) as u64),
    _ => of(call::key(m, KEYS[usize::from(a & 31)])),
} }
