//! A state's parameters as its handlers see them: owned where the type can be cloned,
//! borrowed from the state where it cannot.

use core::marker::PhantomData;

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

/// A parameter of which fields are used as values. Where they are `Copy` all of them, it can
/// stay in its compartment. The function is never called: it tells the types of the fields.
pub struct Looked<'a, T, F>(pub &'a T, pub fn(&T) -> F);

impl<'a, T, F: Copy> Looked<'a, T, F> {
    /// A borrow from the state.
    #[inline]
    #[must_use]
    pub fn value(self) -> &'a T {
        self.0
    }
}

/// Where a field is moved out of the parameter.
pub trait Moved<T> {
    /// The handler's own copy.
    fn value(self) -> T;
}

impl<T: Clone, F> Moved<T> for Looked<'_, T, F> {
    #[inline]
    fn value(self) -> T {
        self.0.clone()
    }
}

/// Where the parameter cannot be cloned either: a borrowed receiver is tried last.
pub trait Stuck<'a, T> {
    /// A borrow from the state.
    fn value(&self) -> &'a T;
}

impl<'a, T, F> Stuck<'a, T> for Looked<'a, T, F> {
    #[inline]
    fn value(&self) -> &'a T {
        self.0
    }
}

/// A parameter that was taken out of its compartment for code that asks for a copy of it.
pub struct Taken<T>(pub T);

impl<T> Taken<T> {
    /// The parameter itself, in place of the copy.
    #[inline]
    #[must_use]
    #[allow(clippy::should_implement_trait)]
    pub fn clone(self) -> T {
        self.0
    }
}

/// The type of a field; `Copy` if that is.
#[derive(Clone, Copy)]
pub struct Field<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> Field<T> {
    /// Of the field at this place, which is not read.
    #[must_use]
    pub fn of(_: *const T) -> Self {
        Field(PhantomData)
    }
}
