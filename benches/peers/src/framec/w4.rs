use instructions::{Machine, w4};

pub(crate) use generated::Counter;

generated! { generated, "w4.rs" }

impl Machine for Counter {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        self.total
    }
}

impl w4::Counter for Counter {
    #[inline]
    fn bump(&mut self, n: u32) {
        Self::bump(self, n);
    }

    #[inline]
    fn flip(&mut self) {
        Self::flip(self);
    }
}
