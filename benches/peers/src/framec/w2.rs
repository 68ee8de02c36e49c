use instructions::{Machine, w2};

pub(crate) use generated::Switch;

generated! { generated, "w2.rs" }

impl Machine for Switch {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        self.off_entered + 3 * self.off_left + 5 * self.on_entered + 7 * self.on_left
    }
}

impl w2::Switch for Switch {
    #[inline]
    fn on(&mut self) {
        Self::on(self);
    }

    #[inline]
    fn off(&mut self) {
        Self::off(self);
    }
}
