use std::hint::black_box;

use crate::{Goal, Machine, Workload};

/// What W8 drives.
pub trait Reader: Machine {
    fn line(&mut self, text: String);
    fn flip(&mut self);
}

mod frame {
    frame_system! {
        pub @@system Reader : super::Reader {
            interface:
                line(text: String)
                flip()
            machine:
                $Open {
                    line(text: String) { self.length = text.len(); }
                    flip() { -> $Closed }
                }
                $Closed {
                    flip() { -> $Open }
                }
            domain:
                pub length: usize = 0
        }
    }
}

mod hand {
    #[derive(Default)]
    enum State {
        #[default]
        Open,
        Closed,
    }

    #[derive(Default)]
    pub struct Reader {
        state: State,
        pub length: usize,
    }

    impl Reader {
        pub fn new() -> Self {
            Self::default()
        }
    }

    impl super::Reader for Reader {
        #[inline]
        fn line(&mut self, text: String) {
            match self.state {
                State::Open => self.length = text.len(),
                State::Closed => {}
            }
        }

        #[inline]
        fn flip(&mut self) {
            self.state = match self.state {
                State::Open => State::Closed,
                State::Closed => State::Open,
            };
        }
    }
}

crate::machine! { Reader, |reader| reader.length as u64 }

pub const WORKLOAD: Workload = crate::workload! {
    "W8", "an event that carries a `String`", Reader, run, 1, Goal::Instructions(1.0)
};

#[inline(never)]
fn line(reader: &mut impl Reader, text: String) {
    reader.line(text);
}

pub fn run<R: Reader>(operations: u64) -> u64 {
    let mut reader = R::new();
    // Twice, so that the state is more than a constant.
    reader.flip();
    reader.flip();
    for _ in 0..operations {
        line(black_box(&mut reader), black_box("frame by frame").to_owned());
    }
    reader.checksum()
}
