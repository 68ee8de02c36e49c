//! Screens on a stack, some of them large.

use instructions::{Goal, Workload};

entries! { Shell {
    fn open(kind: u8, id: u32) -> bool;
    fn key(c: u8) -> u32;
    fn back() -> u32;
    fn redraw();
} }

mod frame {
    frame_runtime::frame_system! {
        @@[stack(8)]
        pub @@system Shell : super::Shell {
            interface:
                open(kind: u8, id: u32): bool = false
                key(c: u8): u32 = 0
                back(): u32 = 0
                redraw()
            machine:
                $Home {
                    $.at: u32 = 0
                    $>() { self.drawn += 1; }
                    open(kind: u8, id: u32): bool {
                        @@:(true)
                        match kind {
                            0 | 1 => push$ -> $List(id, kind),
                            2 => push$ -> $Dialog(id),
                            _ => push$ -> $Form
                        }
                    }
                    key(c: u8): u32 { $.at += u32::from(c & 3); $.at }
                    redraw() { self.drawn += $.at & 1; }
                }
                $List(id: u32, kind: u8) {
                    $.at: u32 = 0
                    $>() { self.drawn += 2; }
                    <$() { self.lists += 1; }
                    open(k: u8, new: u32): bool {
                        @@:(self.depth < 6)
                        if self.depth < 6 {
                            self.depth += 1;
                            if k < 2 { push$ -> $Dialog(new + u32::from(kind)) }
                            push$ -> $List(new, k)
                        }
                    }
                    key(c: u8): u32 { $.at = $.at.wrapping_mul(3) + u32::from(c); $.at ^ id }
                    back(): u32 { @@:(id) self.depth = self.depth.saturating_sub(1); -> pop$ }
                    redraw() { self.drawn += 2; }
                }
                $Dialog(id: u32) {
                    $>() { self.drawn += 3; }
                    key(c: u8): u32 {
                        if c & 1 == 0 { @@:(id + 1) -> pop$ }
                        id
                    }
                    back(): u32 { self.depth = self.depth.saturating_sub(1); @@:(1) -> pop$ }
                }
                $Form {
                    $.text: [u8; 16] = [0; 16]
                    $.length: usize = 0
                    $>() { self.drawn += 5; }
                    key(c: u8): u32 {
                        if $.length == 16 { @@:(16) -> pop$ }
                        $.text[$.length] = c;
                        $.length += 1;
                        u32::from($.text[0])
                    }
                    open(kind: u8, id: u32): bool { push$ -> $Dialog(id) @@:(true) }
                    back(): u32 { @@:($.length as u32) -> pop$ }
                    redraw() { self.drawn += $.length as u32; }
                }
            domain:
                pub drawn: u32 = 0
                pub lists: u32 = 0
                pub depth: u32 = 0
        }
    }
}

mod hand {
    #[derive(Clone, Copy)]
    enum State {
        Home { at: u32 },
        List { id: u32, kind: u8, at: u32 },
        Dialog { id: u32 },
        Form { text: [u8; 16], length: usize },
    }
    pub struct Shell {
        state: State,
        stack: heapless::Vec<State, 8>,
        pub drawn: u32,
        pub lists: u32,
        pub depth: u32,
    }
    impl Shell {
        pub fn new() -> Self {
            Self {
                state: State::Home { at: 0 },
                stack: heapless::Vec::new(),
                drawn: 1,
                lists: 0,
                depth: 0,
            }
        }
        #[inline]
        fn push(&mut self, to: State, drawn: u32) {
            if self.stack.push(self.state).is_err() {
                panic!("the stack is full");
            }
            self.state = to;
            self.drawn += drawn;
        }
        #[inline]
        fn pop(&mut self) {
            self.state = self.stack.pop().expect("the stack is empty");
            self.drawn += match self.state {
                State::Home { .. } => 1,
                State::List { .. } => 2,
                State::Dialog { .. } => 3,
                State::Form { .. } => 5,
            };
        }
    }
    const FORM: State = State::Form { text: [0; 16], length: 0 };
    impl super::Shell for Shell {
        #[inline]
        fn open(&mut self, kind: u8, id: u32) -> bool {
            match self.state {
                State::Home { .. } => {
                    match kind {
                        0 | 1 => self.push(State::List { id, kind, at: 0 }, 2),
                        2 => self.push(State::Dialog { id }, 3),
                        _ => self.push(FORM, 5),
                    }
                    true
                }
                State::List { kind: own, .. } => {
                    if self.depth >= 6 {
                        return false;
                    }
                    self.depth += 1;
                    self.lists += 1;
                    if kind < 2 {
                        self.push(State::Dialog { id: id + u32::from(own) }, 3);
                    } else {
                        self.push(State::List { id, kind, at: 0 }, 2);
                    }
                    true
                }
                State::Dialog { .. } => false,
                State::Form { .. } => {
                    self.push(State::Dialog { id }, 3);
                    true
                }
            }
        }
        #[inline]
        fn key(&mut self, c: u8) -> u32 {
            match &mut self.state {
                State::Home { at } => {
                    *at += u32::from(c & 3);
                    *at
                }
                State::List { id, at, .. } => {
                    *at = at.wrapping_mul(3) + u32::from(c);
                    *at ^ *id
                }
                State::Dialog { id } => {
                    let id = *id;
                    if c & 1 == 0 {
                        self.pop();
                        return id + 1;
                    }
                    id
                }
                State::Form { text, length } => {
                    if *length == 16 {
                        self.pop();
                        return 16;
                    }
                    text[*length] = c;
                    *length += 1;
                    u32::from(text[0])
                }
            }
        }
        #[inline]
        fn back(&mut self) -> u32 {
            match self.state {
                State::Home { .. } => 0,
                State::List { id, .. } => {
                    self.depth = self.depth.saturating_sub(1);
                    self.lists += 1;
                    self.pop();
                    id
                }
                State::Dialog { .. } => {
                    self.depth = self.depth.saturating_sub(1);
                    self.pop();
                    1
                }
                State::Form { length, .. } => {
                    self.pop();
                    length as u32
                }
            }
        }
        #[inline]
        fn redraw(&mut self) {
            match self.state {
                State::Home { at } => self.drawn += at & 1,
                State::List { .. } => self.drawn += 2,
                State::Dialog { .. } => {}
                State::Form { length, .. } => self.drawn += length as u32,
            }
        }
    }
}

instructions::machine! { Shell, |s| u64::from(s.drawn) + 3 * u64::from(s.lists) + 5 * u64::from(s.depth) }

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("shell", "screens on a stack", Shell, run, 4096, Goal::Percent(5.0));

drive! { Shell, 16, |m, e, a| match e {
    0..3 => call::open(m, a & 3, u32::from(a) * 77).into(),
    3..8 => call::back(m).into(),
    8..10 => { call::redraw(m); 0 }
    _ => call::key(m, a).into(),
} }
