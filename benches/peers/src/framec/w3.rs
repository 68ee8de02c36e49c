use instructions::{Machine, w3};

generated! { plain, "w3.rs" }
generated! { varied, "w3v.rs" }

pub(crate) type Plain = plain::Ring;
pub(crate) type Varied = varied::Ring;

macro_rules! ring {
    ($ring:ty) => {
        impl Machine for $ring {
            fn new() -> Self {
                Self::__create()
            }

            fn checksum(&mut self) -> u64 {
                let counts = self.entered.iter().chain(&self.left);
                counts.fold(0, |sum, count| sum.wrapping_mul(31) + u64::from(*count))
            }
        }

        impl w3::Ring for $ring {
            #[inline]
            fn a(&mut self) {
                Self::a(self);
            }

            #[inline]
            fn b(&mut self) {
                Self::b(self);
            }

            #[inline]
            fn c(&mut self) {
                Self::c(self);
            }

            #[inline]
            fn d(&mut self) {
                Self::d(self);
            }
        }
    };
}

ring! { Plain }
ring! { Varied }
