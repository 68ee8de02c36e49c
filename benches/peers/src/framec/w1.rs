use instructions::{Machine, w1};

pub(crate) use generated::Counter;

generated! { generated, "w1.rs" }

impl Machine for Counter {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        self.total
    }
}

impl w1::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        Self::bump(self, n);
    }
}
