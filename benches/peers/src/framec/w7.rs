use instructions::{Machine, w7};

pub(crate) use generated::Gauge;

generated! { generated, "w7.rs" }

impl Machine for Gauge {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        self.asked
    }
}

impl w7::Gauge for Gauge {
    #[inline]
    fn query(&mut self, x: u32) -> u32 {
        Self::query(self, x)
    }

    #[inline]
    fn flip(&mut self) {
        Self::flip(self);
    }
}
