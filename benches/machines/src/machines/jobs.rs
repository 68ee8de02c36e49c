//! Jobs on a stack that grows, with a struct among a state's params.

use instructions::{Goal, Workload};

entries! { Jobs {
    fn start(kind: u8, name: &str) -> usize;
    fn step(n: u32) -> Option<u32>;
    fn urgent(n: u32);
    fn cancel(why: &str) -> bool;
    fn log(line: &str);
} }

mod frame {
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct Task {
        pub kind: u8,
        pub left: u32,
        pub parts: Vec<u32>,
    }
    frame_runtime::frame_system! {
        pub @@system Jobs : super::Jobs {
            interface:
                start(kind: u8, name: &str): usize = 0
                step(n: u32): Option<u32> = None
                urgent(n: u32)
                cancel(why: &str): bool = false
                log(line: &str)
            machine:
                $Idle {
                    $>() { self.idles += 1; }
                    start(kind: u8, name: &str): usize {
                        let task = Task { kind, left: 20, parts: Vec::new() };
                        @@:(name.len())
                        -> (name.len()) $Running(task)
                    }
                    log(line: &str) { self.chars += line.len(); }
                }
                $Running(task: Task) {
                    $.done: u32 = 0
                    $.log: Vec<u32> = Vec::with_capacity(8)
                    $>(length: usize) { self.started += length; }
                    <$() { self.finished += $.done; }
                    step(n: u32): Option<u32> {
                        $.done += n & 7;
                        if $.done > task.left { @@:(Some($.done)) -> $Idle }
                        $.log.push(n);
                        if $.log.len() == 8 { $.log.clear(); }
                        Some(task.left - $.done)
                    }
                    urgent(n: u32) { push$ -> (n) $Urgent }
                    cancel(why: &str): bool {
                        self.chars += why.len();
                        if task.kind == 3 { return false; }
                        @@:(true)
                        -> $Idle
                    }
                    log(line: &str) { self.chars += line.len() + $.log.len(); }
                }
                $Urgent {
                    $.count: u32 = 0
                    $>(n: u32) { $.count = n; }
                    step(n: u32): Option<u32> {
                        if $.count == 0 { -> pop$ }
                        $.count -= 1;
                        Some($.count)
                    }
                    cancel(why: &str): bool { @@:(true) -> pop$ }
                    urgent(n: u32) { $.count += n; }
                }
            domain:
                pub idles: u32 = 0
                pub started: usize = 0
                pub finished: u32 = 0
                pub chars: usize = 0
        }
    }
}

mod hand {
    use super::frame::Task;
    enum State {
        Idle,
        Running { task: Task, done: u32, log: Vec<u32>, length: usize },
        Urgent { count: u32 },
    }
    pub struct Jobs {
        state: State,
        stack: Vec<State>,
        pub idles: u32,
        pub started: usize,
        pub finished: u32,
        pub chars: usize,
    }
    impl Jobs {
        pub fn new() -> Self {
            Self {
                state: State::Idle,
                stack: Vec::new(),
                idles: 1,
                started: 0,
                finished: 0,
                chars: 0,
            }
        }
        #[inline]
        fn idle(&mut self, done: u32) {
            self.finished += done;
            self.state = State::Idle;
            self.idles += 1;
        }
        #[inline]
        fn pop(&mut self) {
            self.state = self.stack.pop().expect("the stack is empty");
            match &self.state {
                State::Idle => self.idles += 1,
                State::Running { length, .. } => self.started += length,
                State::Urgent { .. } => {}
            }
        }
    }
    impl super::Jobs for Jobs {
        #[inline]
        fn start(&mut self, kind: u8, name: &str) -> usize {
            match self.state {
                State::Idle => {
                    self.state = State::Running {
                        task: Task { kind, left: 20, parts: Vec::new() },
                        done: 0,
                        log: Vec::with_capacity(8),
                        length: name.len(),
                    };
                    self.started += name.len();
                    name.len()
                }
                _ => 0,
            }
        }
        #[inline]
        fn step(&mut self, n: u32) -> Option<u32> {
            match &mut self.state {
                State::Idle => None,
                State::Running { task, done, log, .. } => {
                    *done += n & 7;
                    if *done > task.left {
                        let done = *done;
                        self.idle(done);
                        return Some(done);
                    }
                    log.push(n);
                    if log.len() == 8 {
                        log.clear();
                    }
                    Some(task.left - *done)
                }
                State::Urgent { count } => {
                    if *count == 0 {
                        self.pop();
                        return None;
                    }
                    *count -= 1;
                    Some(*count)
                }
            }
        }
        #[inline]
        fn urgent(&mut self, n: u32) {
            match &mut self.state {
                State::Idle => {}
                State::Running { done, .. } => {
                    self.finished += *done;
                    let old = std::mem::replace(&mut self.state, State::Urgent { count: n });
                    self.stack.push(old);
                }
                State::Urgent { count } => *count += n,
            }
        }
        #[inline]
        fn cancel(&mut self, why: &str) -> bool {
            match &self.state {
                State::Idle => false,
                State::Running { task, done, .. } => {
                    self.chars += why.len();
                    if task.kind == 3 {
                        return false;
                    }
                    let done = *done;
                    self.idle(done);
                    true
                }
                State::Urgent { .. } => {
                    self.pop();
                    true
                }
            }
        }
        #[inline]
        fn log(&mut self, line: &str) {
            match &self.state {
                State::Idle => self.chars += line.len(),
                State::Running { log, .. } => self.chars += line.len() + log.len(),
                State::Urgent { .. } => {}
            }
        }
    }
}

instructions::machine! { Jobs, |j| u64::from(j.idles) + 3 * j.started as u64 + 5 * u64::from(j.finished) + j.chars as u64 }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "jobs",
    "a stack that grows, struct params, &str",
    Jobs,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Jobs, 16, |m, e, a| match e {
    0..3 => call::start(m, a & 3, "a job") as u64,
    3 => { call::urgent(m, u32::from(a & 3)); 0 }
    4 => call::cancel(m, "because").into(),
    5..7 => { call::log(m, "line"); 0 }
    _ => call::step(m, u32::from(a)).map_or(77, u64::from),
} }
