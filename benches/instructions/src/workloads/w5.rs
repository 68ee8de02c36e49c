use std::hint::black_box;

use crate::Goal;

mod frame {
    frame_system! {
        pub @@system Blinker {
            interface:
                tick()
            machine:
                $Dark {
                    $.ticks: u32 = 0

                    $>() { self.dark_entered += 1; }
                    <$() { self.dark_left += 1; }
                    tick() {
                        $.ticks += 1;
                        if $.ticks == 8 { -> $Lit }
                    }
                }
                $Lit {
                    $>() { self.lit_entered += 1; }
                    <$() { self.lit_left += 1; }
                    tick() { -> $Dark }
                }
            domain:
                pub dark_entered: u64 = 0
                pub dark_left: u64 = 0
                pub lit_entered: u64 = 0
                pub lit_left: u64 = 0
        }
    }
}

mod hand {
    enum State {
        Dark { ticks: u32 },
        Lit,
    }

    pub struct Blinker {
        state: State,
        pub dark_entered: u64,
        pub dark_left: u64,
        pub lit_entered: u64,
        pub lit_left: u64,
    }

    impl Blinker {
        pub fn new() -> Self {
            Self {
                state: State::Dark { ticks: 0 },
                dark_entered: 1,
                dark_left: 0,
                lit_entered: 0,
                lit_left: 0,
            }
        }

        #[inline]
        pub fn tick(&mut self) {
            match &mut self.state {
                State::Dark { ticks } => {
                    *ticks += 1;
                    if *ticks == 8 {
                        self.dark_left += 1;
                        self.state = State::Lit;
                        self.lit_entered += 1;
                    }
                }
                State::Lit => {
                    self.lit_left += 1;
                    self.state = State::Dark { ticks: 0 };
                    self.dark_entered += 1;
                }
            }
        }
    }
}

crate::workload! {
    "W5", "a state variable counts to 8", Blinker, Goal::Instructions(1.0);

    #[inline(never)]
    fn tick(blinker: &mut Blinker) {
        blinker.tick();
    }

    pub(super) fn run(operations: u64) -> u64 {
        let mut blinker = Blinker::new();
        for _ in 0..operations {
            tick(black_box(&mut blinker));
        }
        let Blinker { dark_entered, dark_left, lit_entered, lit_left, .. } = blinker;
        dark_entered + 3 * dark_left + 5 * lit_entered + 7 * lit_left
    }
}
