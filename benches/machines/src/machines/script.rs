//! Forty states and three events.

use instructions::{Goal, Workload};

entries! { Script {
    fn next(n: u8) -> bool;
    fn fail(code: u8);
    fn status() -> u16;
} }

mod frame {
    frame_runtime::frame_system! {
            pub @@system Script : super::Script {
                interface:
                    next(n: u8): bool = false
                    fail(code: u8)
                    status(): u16 = 0
                machine:
                    $S0 {
        $>() { self.entered += 1; }
        <$() { self.left += 1; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 115 { @@:(true) -> $S1 } false }
        fail(code: u8) { self.fails += 1; -> $S3 }
        status(): u16 { 0 }
    }
    $S1 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 141 { @@:(true) -> $S2 } false }
        fail(code: u8) { self.fails += 1; -> $S10 }
    }
    $S2 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 185 { @@:(true) -> $S3 } false }
        fail(code: u8) { self.fails += 1; -> $S17 }
        status(): u16 { 6 }
    }
    $S3 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 57 { @@:(true) -> $S4 } false }
    }
    $S4 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 169 { @@:(true) -> $S5 } false }
        fail(code: u8) { self.fails += 1; -> $S31 }
        status(): u16 { 12 }
    }
    $S5 {
        $>() { self.entered += 6; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 113 { @@:(true) -> $S6 } false }
        fail(code: u8) { self.fails += 1; -> $S38 }
    }
    $S6 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 63 { @@:(true) -> $S7 } false }
        fail(code: u8) { self.fails += 1; -> $S5 }
        status(): u16 { 18 }
    }
    $S7 {
        <$() { self.left += 8; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 90 { @@:(true) -> $S8 } false }
    }
    $S8 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 78 { @@:(true) -> $S9 } false }
        fail(code: u8) { self.fails += 1; -> $S19 }
        status(): u16 { 24 }
    }
    $S9 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 145 { @@:(true) -> $S10 } false }
        fail(code: u8) { self.fails += 1; -> $S26 }
    }
    $S10 {
        $>() { self.entered += 11; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 170 { @@:(true) -> $S11 } false }
        fail(code: u8) { self.fails += 1; -> $S33 }
        status(): u16 { 30 }
    }
    $S11 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 113 { @@:(true) -> $S12 } false }
    }
    $S12 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 147 { @@:(true) -> $S13 } false }
        fail(code: u8) { self.fails += 1; -> $S7 }
        status(): u16 { 36 }
    }
    $S13 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 189 { @@:(true) -> $S14 } false }
        fail(code: u8) { self.fails += 1; -> $S14 }
    }
    $S14 {
        <$() { self.left += 15; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 76 { @@:(true) -> $S15 } false }
        fail(code: u8) { self.fails += 1; -> $S21 }
        status(): u16 { 42 }
    }
    $S15 {
        $>() { self.entered += 16; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 196 { @@:(true) -> $S16 } false }
    }
    $S16 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 113 { @@:(true) -> $S17 } false }
        fail(code: u8) { self.fails += 1; -> $S35 }
        status(): u16 { 48 }
    }
    $S17 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 53 { @@:(true) -> $S18 } false }
        fail(code: u8) { self.fails += 1; -> $S2 }
    }
    $S18 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 105 { @@:(true) -> $S19 } false }
        fail(code: u8) { self.fails += 1; -> $S9 }
        status(): u16 { 54 }
    }
    $S19 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 154 { @@:(true) -> $S20 } false }
    }
    $S20 {
        $>() { self.entered += 21; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 121 { @@:(true) -> $S21 } false }
        fail(code: u8) { self.fails += 1; -> $S23 }
        status(): u16 { 60 }
    }
    $S21 {
        <$() { self.left += 22; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 96 { @@:(true) -> $S22 } false }
        fail(code: u8) { self.fails += 1; -> $S30 }
    }
    $S22 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 149 { @@:(true) -> $S23 } false }
        fail(code: u8) { self.fails += 1; -> $S37 }
        status(): u16 { 66 }
    }
    $S23 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 90 { @@:(true) -> $S24 } false }
    }
    $S24 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 68 { @@:(true) -> $S25 } false }
        fail(code: u8) { self.fails += 1; -> $S11 }
        status(): u16 { 72 }
    }
    $S25 {
        $>() { self.entered += 26; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 85 { @@:(true) -> $S26 } false }
        fail(code: u8) { self.fails += 1; -> $S18 }
    }
    $S26 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 163 { @@:(true) -> $S27 } false }
        fail(code: u8) { self.fails += 1; -> $S25 }
        status(): u16 { 78 }
    }
    $S27 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 82 { @@:(true) -> $S28 } false }
    }
    $S28 {
        <$() { self.left += 29; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 83 { @@:(true) -> $S29 } false }
        fail(code: u8) { self.fails += 1; -> $S39 }
        status(): u16 { 84 }
    }
    $S29 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 50 { @@:(true) -> $S30 } false }
        fail(code: u8) { self.fails += 1; -> $S6 }
    }
    $S30 {
        $>() { self.entered += 31; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 51 { @@:(true) -> $S31 } false }
        fail(code: u8) { self.fails += 1; -> $S13 }
        status(): u16 { 90 }
    }
    $S31 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 103 { @@:(true) -> $S32 } false }
    }
    $S32 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 105 { @@:(true) -> $S33 } false }
        fail(code: u8) { self.fails += 1; -> $S27 }
        status(): u16 { 96 }
    }
    $S33 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 92 { @@:(true) -> $S34 } false }
        fail(code: u8) { self.fails += 1; -> $S34 }
    }
    $S34 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 92 { @@:(true) -> $S35 } false }
        fail(code: u8) { self.fails += 1; -> $S1 }
        status(): u16 { 102 }
    }
    $S35 {
        $>() { self.entered += 36; }
        <$() { self.left += 36; }
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 124 { @@:(true) -> $S36 } false }
    }
    $S36 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 130 { @@:(true) -> $S37 } false }
        fail(code: u8) { self.fails += 1; -> $S15 }
        status(): u16 { 108 }
    }
    $S37 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 100 { @@:(true) -> $S38 } false }
        fail(code: u8) { self.fails += 1; -> $S22 }
    }
    $S38 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 188 { @@:(true) -> $S39 } false }
        fail(code: u8) { self.fails += 1; -> $S29 }
        status(): u16 { 114 }
    }
    $S39 {
        next(n: u8): bool { self.sum = self.sum.wrapping_add(u64::from(n)); if n < 102 { @@:(true) -> $S0 } false }
    }
                domain:
                    pub sum: u64 = 0
                    pub entered: u32 = 0
                    pub left: u32 = 0
                    pub fails: u32 = 0
            }
        }
}

mod hand {
    enum State {
        S0,
        S1,
        S2,
        S3,
        S4,
        S5,
        S6,
        S7,
        S8,
        S9,
        S10,
        S11,
        S12,
        S13,
        S14,
        S15,
        S16,
        S17,
        S18,
        S19,
        S20,
        S21,
        S22,
        S23,
        S24,
        S25,
        S26,
        S27,
        S28,
        S29,
        S30,
        S31,
        S32,
        S33,
        S34,
        S35,
        S36,
        S37,
        S38,
        S39,
    }
    pub struct Script {
        state: State,
        pub sum: u64,
        pub entered: u32,
        pub left: u32,
        pub fails: u32,
    }
    impl Script {
        pub fn new() -> Self {
            Self { state: State::S0, sum: 0, entered: 1, left: 0, fails: 0 }
        }
    }
    impl super::Script for Script {
        #[inline]
        fn next(&mut self, n: u8) -> bool {
            match self.state {
                State::S0 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 115 {
                        self.left += 1;
                        self.state = State::S1;
                        true
                    } else {
                        false
                    }
                }
                State::S1 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 141 {
                        self.state = State::S2;
                        true
                    } else {
                        false
                    }
                }
                State::S2 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 185 {
                        self.state = State::S3;
                        true
                    } else {
                        false
                    }
                }
                State::S3 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 57 {
                        self.state = State::S4;
                        true
                    } else {
                        false
                    }
                }
                State::S4 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 169 {
                        self.state = State::S5;
                        self.entered += 6;
                        true
                    } else {
                        false
                    }
                }
                State::S5 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 113 {
                        self.state = State::S6;
                        true
                    } else {
                        false
                    }
                }
                State::S6 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 63 {
                        self.state = State::S7;
                        true
                    } else {
                        false
                    }
                }
                State::S7 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 90 {
                        self.left += 8;
                        self.state = State::S8;
                        true
                    } else {
                        false
                    }
                }
                State::S8 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 78 {
                        self.state = State::S9;
                        true
                    } else {
                        false
                    }
                }
                State::S9 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 145 {
                        self.state = State::S10;
                        self.entered += 11;
                        true
                    } else {
                        false
                    }
                }
                State::S10 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 170 {
                        self.state = State::S11;
                        true
                    } else {
                        false
                    }
                }
                State::S11 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 113 {
                        self.state = State::S12;
                        true
                    } else {
                        false
                    }
                }
                State::S12 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 147 {
                        self.state = State::S13;
                        true
                    } else {
                        false
                    }
                }
                State::S13 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 189 {
                        self.state = State::S14;
                        true
                    } else {
                        false
                    }
                }
                State::S14 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 76 {
                        self.left += 15;
                        self.state = State::S15;
                        self.entered += 16;
                        true
                    } else {
                        false
                    }
                }
                State::S15 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 196 {
                        self.state = State::S16;
                        true
                    } else {
                        false
                    }
                }
                State::S16 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 113 {
                        self.state = State::S17;
                        true
                    } else {
                        false
                    }
                }
                State::S17 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 53 {
                        self.state = State::S18;
                        true
                    } else {
                        false
                    }
                }
                State::S18 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 105 {
                        self.state = State::S19;
                        true
                    } else {
                        false
                    }
                }
                State::S19 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 154 {
                        self.state = State::S20;
                        self.entered += 21;
                        true
                    } else {
                        false
                    }
                }
                State::S20 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 121 {
                        self.state = State::S21;
                        true
                    } else {
                        false
                    }
                }
                State::S21 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 96 {
                        self.left += 22;
                        self.state = State::S22;
                        true
                    } else {
                        false
                    }
                }
                State::S22 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 149 {
                        self.state = State::S23;
                        true
                    } else {
                        false
                    }
                }
                State::S23 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 90 {
                        self.state = State::S24;
                        true
                    } else {
                        false
                    }
                }
                State::S24 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 68 {
                        self.state = State::S25;
                        self.entered += 26;
                        true
                    } else {
                        false
                    }
                }
                State::S25 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 85 {
                        self.state = State::S26;
                        true
                    } else {
                        false
                    }
                }
                State::S26 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 163 {
                        self.state = State::S27;
                        true
                    } else {
                        false
                    }
                }
                State::S27 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 82 {
                        self.state = State::S28;
                        true
                    } else {
                        false
                    }
                }
                State::S28 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 83 {
                        self.left += 29;
                        self.state = State::S29;
                        true
                    } else {
                        false
                    }
                }
                State::S29 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 50 {
                        self.state = State::S30;
                        self.entered += 31;
                        true
                    } else {
                        false
                    }
                }
                State::S30 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 51 {
                        self.state = State::S31;
                        true
                    } else {
                        false
                    }
                }
                State::S31 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 103 {
                        self.state = State::S32;
                        true
                    } else {
                        false
                    }
                }
                State::S32 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 105 {
                        self.state = State::S33;
                        true
                    } else {
                        false
                    }
                }
                State::S33 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 92 {
                        self.state = State::S34;
                        true
                    } else {
                        false
                    }
                }
                State::S34 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 92 {
                        self.state = State::S35;
                        self.entered += 36;
                        true
                    } else {
                        false
                    }
                }
                State::S35 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 124 {
                        self.left += 36;
                        self.state = State::S36;
                        true
                    } else {
                        false
                    }
                }
                State::S36 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 130 {
                        self.state = State::S37;
                        true
                    } else {
                        false
                    }
                }
                State::S37 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 100 {
                        self.state = State::S38;
                        true
                    } else {
                        false
                    }
                }
                State::S38 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 188 {
                        self.state = State::S39;
                        true
                    } else {
                        false
                    }
                }
                State::S39 => {
                    self.sum = self.sum.wrapping_add(u64::from(n));
                    if n < 102 {
                        self.state = State::S0;
                        self.entered += 1;
                        true
                    } else {
                        false
                    }
                }
            }
        }
        #[inline]
        fn fail(&mut self, _code: u8) {
            match self.state {
                State::S0 => {
                    self.fails += 1;
                    self.left += 1;
                    self.state = State::S3;
                }
                State::S1 => {
                    self.fails += 1;
                    self.state = State::S10;
                    self.entered += 11;
                }
                State::S2 => {
                    self.fails += 1;
                    self.state = State::S17;
                }
                State::S4 => {
                    self.fails += 1;
                    self.state = State::S31;
                }
                State::S5 => {
                    self.fails += 1;
                    self.state = State::S38;
                }
                State::S6 => {
                    self.fails += 1;
                    self.state = State::S5;
                    self.entered += 6;
                }
                State::S8 => {
                    self.fails += 1;
                    self.state = State::S19;
                }
                State::S9 => {
                    self.fails += 1;
                    self.state = State::S26;
                }
                State::S10 => {
                    self.fails += 1;
                    self.state = State::S33;
                }
                State::S12 => {
                    self.fails += 1;
                    self.state = State::S7;
                }
                State::S13 => {
                    self.fails += 1;
                    self.state = State::S14;
                }
                State::S14 => {
                    self.fails += 1;
                    self.left += 15;
                    self.state = State::S21;
                }
                State::S16 => {
                    self.fails += 1;
                    self.state = State::S35;
                    self.entered += 36;
                }
                State::S17 => {
                    self.fails += 1;
                    self.state = State::S2;
                }
                State::S18 => {
                    self.fails += 1;
                    self.state = State::S9;
                }
                State::S20 => {
                    self.fails += 1;
                    self.state = State::S23;
                }
                State::S21 => {
                    self.fails += 1;
                    self.left += 22;
                    self.state = State::S30;
                    self.entered += 31;
                }
                State::S22 => {
                    self.fails += 1;
                    self.state = State::S37;
                }
                State::S24 => {
                    self.fails += 1;
                    self.state = State::S11;
                }
                State::S25 => {
                    self.fails += 1;
                    self.state = State::S18;
                }
                State::S26 => {
                    self.fails += 1;
                    self.state = State::S25;
                    self.entered += 26;
                }
                State::S28 => {
                    self.fails += 1;
                    self.left += 29;
                    self.state = State::S39;
                }
                State::S29 => {
                    self.fails += 1;
                    self.state = State::S6;
                }
                State::S30 => {
                    self.fails += 1;
                    self.state = State::S13;
                }
                State::S32 => {
                    self.fails += 1;
                    self.state = State::S27;
                }
                State::S33 => {
                    self.fails += 1;
                    self.state = State::S34;
                }
                State::S34 => {
                    self.fails += 1;
                    self.state = State::S1;
                }
                State::S36 => {
                    self.fails += 1;
                    self.state = State::S15;
                    self.entered += 16;
                }
                State::S37 => {
                    self.fails += 1;
                    self.state = State::S22;
                }
                State::S38 => {
                    self.fails += 1;
                    self.state = State::S29;
                }
                _ => {}
            }
        }
        #[inline]
        fn status(&mut self) -> u16 {
            match self.state {
                State::S0 => 0,
                State::S2 => 6,
                State::S4 => 12,
                State::S6 => 18,
                State::S8 => 24,
                State::S10 => 30,
                State::S12 => 36,
                State::S14 => 42,
                State::S16 => 48,
                State::S18 => 54,
                State::S20 => 60,
                State::S22 => 66,
                State::S24 => 72,
                State::S26 => 78,
                State::S28 => 84,
                State::S30 => 90,
                State::S32 => 96,
                State::S34 => 102,
                State::S36 => 108,
                State::S38 => 114,
                _ => 0,
            }
        }
    }
}

instructions::machine! { Script, |s| s.sum + 3 * u64::from(s.entered) + 5 * u64::from(s.left) + 7 * u64::from(s.fails) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "script",
    "40 states × 3 events",
    Script,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Script, 8, |m, e, a| match e {
    0 => { call::fail(m, a); 0 }
    1 => call::status(m).into(),
    _ => call::next(m, a).into(),
} }
