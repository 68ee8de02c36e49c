//! A state's parameters as its handlers see them: owned where the type can be cloned,
//! borrowed from the state where it cannot.

/// A parameter in its compartment.
pub struct Held<'a, T>(pub &'a T);

impl<T: Clone> Held<'_, T> {
    /// The handler's own copy.
    #[inline]
    #[must_use]
    pub fn value(self) -> T {
        self.0.clone()
    }
}

/// The other case of [`Held`]: inherent methods go before those of traits.
pub trait Borrowed<'a, T> {
    /// A borrow from the state.
    fn value(self) -> &'a T;
}

impl<'a, T> Borrowed<'a, T> for Held<'a, T> {
    #[inline]
    fn value(self) -> &'a T {
        self.0
    }
}
