use instructions::{Machine, w6};

pub(crate) use generated::Worker;

generated! { generated, "w6.rs" }

impl Machine for Worker {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        Self::done(self)
    }
}

impl w6::Worker for Worker {
    #[inline]
    fn interrupt(&mut self, n: u64) {
        Self::interrupt(self, n);
    }

    #[inline]
    fn resume(&mut self) {
        Self::resume(self);
    }

    #[inline]
    fn done(&mut self) -> u64 {
        Self::done(self)
    }
}
