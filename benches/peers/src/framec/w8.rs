use instructions::{Machine, w8};

pub(crate) use generated::Reader;

generated! { generated, "w8.rs" }

impl Machine for Reader {
    fn new() -> Self {
        Self::__create()
    }

    fn checksum(&mut self) -> u64 {
        self.length as u64
    }
}

impl w8::Reader for Reader {
    #[inline]
    fn line(&mut self, text: String) {
        Self::line(self, text);
    }

    #[inline]
    fn flip(&mut self) {
        Self::flip(self);
    }
}
