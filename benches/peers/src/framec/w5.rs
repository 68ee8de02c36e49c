use instructions::{Machine, w5};

pub(crate) use generated::Blinker;

generated! { generated, "w5.rs" }

impl Machine for Blinker {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        self.dark_entered + 3 * self.dark_left + 5 * self.lit_entered + 7 * self.lit_left
    }
}

impl w5::Blinker for Blinker {
    #[inline]
    fn tick(&mut self) {
        Self::tick(self);
    }
}
