use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W6 drives.
pub trait Worker: Machine {
    fn interrupt(&mut self, n: u64);
    fn resume(&mut self);
    fn done(&mut self) -> u64;
}

mod frame {
    frame_system! {
        @@[stack(4)]
        pub @@system Worker : super::Worker {
            interface:
                interrupt(n: u64)
                resume()
                done(): u64 = 0
            machine:
                $Working {
                    $.done: u64 = 0

                    interrupt(n: u64) {
                        $.done += n;
                        push$ -> $Paused
                    }
                    done(): u64 { @@:($.done) }
                }
                $Paused {
                    resume() { -> pop$ }
                }
        }
    }
}

mod hand {
    #[derive(Clone, Copy)]
    enum State {
        Working { done: u64 },
        Paused,
    }

    pub struct Worker {
        state: State,
        stack: [State; 4],
        depth: usize,
    }

    impl Worker {
        pub fn new() -> Self {
            Self { state: State::Working { done: 0 }, stack: [State::Paused; 4], depth: 0 }
        }
    }

    impl super::Worker for Worker {
        #[inline]
        fn interrupt(&mut self, n: u64) {
            match &mut self.state {
                State::Working { done } => {
                    *done += n;
                    assert!(self.depth < self.stack.len(), "the stack is full");
                    self.stack[self.depth] = self.state;
                    self.depth += 1;
                    self.state = State::Paused;
                }
                State::Paused => {}
            }
        }

        #[inline]
        fn resume(&mut self) {
            match self.state {
                State::Working { .. } => {}
                State::Paused => {
                    assert!(self.depth > 0, "the stack is empty");
                    self.depth -= 1;
                    self.state = self.stack[self.depth];
                }
            }
        }

        fn done(&mut self) -> u64 {
            match self.state {
                State::Working { done } => done,
                State::Paused => 0,
            }
        }
    }
}

crate::machine! { Worker, |worker| worker.done() }

pub const WORKLOAD: Workload = crate::workload! {
    "W6", "push, then pop of a state with data", Worker, run, 1, Goal::Percent(5.0)
};

#[inline(never)]
fn interrupt(worker: &mut impl Worker, n: u64) {
    worker.interrupt(n);
}

#[inline(never)]
fn resume(worker: &mut impl Worker) {
    worker.resume();
}

pub fn run<W: Worker>(operations: u64) -> u64 {
    let mut worker = W::new();
    for n in 0..operations {
        interrupt(black_box(&mut worker), black_box(n));
        resume(black_box(&mut worker));
    }
    worker.checksum()
}
