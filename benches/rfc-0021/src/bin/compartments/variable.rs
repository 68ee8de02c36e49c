//! What the parent state has for a variable.

/// A variable of the parent, which each of its events changes.
pub trait Variable {
    fn new() -> Self;

    /// What the parent's `$>` does with a variable that it has kept.
    fn enter(&mut self);

    fn note(&mut self, n: u32);

    fn sum(&self) -> u64;
}

/// Four bytes, which survive.
impl Variable for u32 {
    fn new() -> Self {
        0
    }

    #[inline]
    fn enter(&mut self) {}

    #[inline]
    fn note(&mut self, n: u32) {
        *self = self.wrapping_add(n);
    }

    fn sum(&self) -> u64 {
        u64::from(*self)
    }
}

/// 256 bytes, which survive.
impl Variable for [u64; 32] {
    fn new() -> Self {
        [0; 32]
    }

    #[inline]
    fn enter(&mut self) {}

    #[inline]
    fn note(&mut self, n: u32) {
        self[n as usize % 32] += u64::from(n);
    }

    fn sum(&self) -> u64 {
        self.iter().sum()
    }
}

/// A buffer of which only the memory survives.
impl Variable for Vec<u32> {
    fn new() -> Self {
        Vec::new()
    }

    #[inline]
    fn enter(&mut self) {
        self.clear();
    }

    #[inline]
    fn note(&mut self, n: u32) {
        self.push(n);
    }

    fn sum(&self) -> u64 {
        self.iter().copied().map(u64::from).sum()
    }
}
