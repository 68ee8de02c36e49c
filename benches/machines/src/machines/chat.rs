//! A chat, in which a parent's handlers look at what its children hold.

use instructions::{Goal, Workload};

entries! { Chat {
    fn join(name: String) -> bool;
    fn say(n: u32) -> usize;
    fn away(text: &str);
    fn back();
    fn rename(name: String) -> Option<String>;
    fn leave() -> Option<String>;
} }

mod frame {
    frame_runtime::frame_system! {
        pub @@system Chat : super::Chat {
            interface:
                join(name: String): bool = false
                say(n: u32): usize = 0
                away(text: &str)
                back()
                rename(name: String): Option<String> = None
                leave(): Option<String> = None
            machine:
                $Out {
                    join(name: String): bool {
                        if name.is_empty() { return false; }
                        @@:(true)
                        -> $Here(name)
                    }
                }
                $Here(name: String) => $Online {
                    $.said: usize = 0
                    say(n: u32): usize { $.said += n as usize; => $^ }
                    away(text: &str) { -> $Away(name, text.to_string()) }
                    rename(new: String): Option<String> {
                        @@:(Some(name.clone()))
                        -> $Here(new)
                    }
                    => $^
                }
                $Away(name: String, text: String) => $Online {
                    back() { -> $Here(name) }
                    away(new: &str) { if new != text.as_str() { self.changes += 1; } }
                    => $^
                }
                $Online {
                    say(n: u32): usize { self.lines += 1; name.len() + n as usize }
                    leave(): Option<String> { self.left += name.len(); @@:(Some(name)) -> $Out }
                }
            domain:
                pub lines: u32 = 0
                pub changes: u32 = 0
                pub left: usize = 0
        }
    }
}

mod hand {
    use std::mem::take;
    enum State {
        Out,
        Here { name: String, said: usize },
        Away { name: String, text: String },
    }
    pub struct Chat {
        state: State,
        pub lines: u32,
        pub changes: u32,
        pub left: usize,
    }
    impl Chat {
        pub fn new() -> Self {
            Self { state: State::Out, lines: 0, changes: 0, left: 0 }
        }
    }
    impl super::Chat for Chat {
        #[inline]
        fn join(&mut self, name: String) -> bool {
            match self.state {
                State::Out => {
                    if name.is_empty() {
                        return false;
                    }
                    self.state = State::Here { name, said: 0 };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn say(&mut self, n: u32) -> usize {
            let name = match &mut self.state {
                State::Out => return 0,
                State::Here { name, said } => {
                    *said += n as usize;
                    name
                }
                State::Away { name, .. } => name,
            };
            self.lines += 1;
            name.len() + n as usize
        }
        #[inline]
        fn away(&mut self, new: &str) {
            match &mut self.state {
                State::Out => {}
                State::Here { name, .. } => {
                    let name = take(name);
                    self.state = State::Away { name, text: new.to_string() };
                }
                State::Away { text, .. } => {
                    if new != text.as_str() {
                        self.changes += 1;
                    }
                }
            }
        }
        #[inline]
        fn back(&mut self) {
            if let State::Away { name, .. } = &mut self.state {
                let name = take(name);
                self.state = State::Here { name, said: 0 };
            }
        }
        #[inline]
        fn rename(&mut self, new: String) -> Option<String> {
            match &mut self.state {
                State::Here { name, .. } => {
                    let old = take(name);
                    self.state = State::Here { name: new, said: 0 };
                    Some(old)
                }
                _ => None,
            }
        }
        #[inline]
        fn leave(&mut self) -> Option<String> {
            match &mut self.state {
                State::Out => None,
                State::Here { name, .. } | State::Away { name, .. } => {
                    let name = take(name);
                    self.left += name.len();
                    self.state = State::Out;
                    Some(name)
                }
            }
        }
    }
}

instructions::machine! { Chat, |c| u64::from(c.lines) + 3 * u64::from(c.changes) + c.left as u64 }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "chat",
    "a parent reads its children's String",
    Chat,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Chat, 32, |m, e, a| match e {
    0 => call::join(m, "somebody".to_string()).into(),
    1 => call::rename(m, "another".to_string()).map_or(0, |s| s.len() as u64),
    2 => { if a < 60 { call::leave(m).map_or(0, |s| s.len() as u64) } else { 1 } }
    3 => { call::away(m, "lunch"); 0 }
    4 => { call::back(m); 0 }
    _ => call::say(m, u32::from(a)) as u64,
} }
