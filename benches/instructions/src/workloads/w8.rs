use std::hint::black_box;

use crate::Goal;

mod frame {
    frame_system! {
        pub @@system Reader {
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

        #[inline]
        pub fn line(&mut self, text: String) {
            match self.state {
                State::Open => self.length = text.len(),
                State::Closed => {}
            }
        }

        #[inline]
        pub fn flip(&mut self) {
            self.state = match self.state {
                State::Open => State::Closed,
                State::Closed => State::Open,
            };
        }
    }
}

crate::workload! {
    "W8", "an event that carries a `String`", Reader, Goal::Instructions(1.0);

    #[inline(never)]
    fn line(reader: &mut Reader, text: String) {
        reader.line(text);
    }

    pub(super) fn run(operations: u64) -> u64 {
        let mut reader = Reader::new();
        // Twice, so that the state is more than a constant.
        reader.flip();
        reader.flip();
        for _ in 0..operations {
            line(black_box(&mut reader), black_box("frame by frame").to_owned());
        }
        reader.length as u64
    }
}
