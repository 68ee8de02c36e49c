//! What expanded code names where an allocator is needed and the feature `alloc` is off. The
//! expansion says by name what needs it; these are there so that nothing else is said.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use crate::BoundedStack;
use crate::event::nested::NestedEvents;
use crate::event::store::Events;

/// The error that says what needs the feature `alloc`.
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_alloc {
    ($($error:tt)*) => { $($error)* };
}

/// No room for a state.
pub type GrowingStack<T> = BoundedStack<T, 0>;

/// No room for an event.
pub type GrowingNestedEvents<E> = NestedEvents<E, 0>;

/// No event at all.
pub struct HeapEvents<E>(PhantomData<E>);

impl<E> Default for HeapEvents<E> {
    fn default() -> Self {
        HeapEvents(PhantomData)
    }
}

impl<E> Events<E> for HeapEvents<E> {
    type Held = usize;

    fn has_room(&self, _events: usize) -> bool {
        false
    }

    fn hold(&mut self, event: E) -> Result<usize, E> {
        Err(event)
    }

    fn take(&mut self, _: &usize) -> Option<E> {
        None
    }

    fn release(&mut self, _: &usize) {}
}

/// No text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct String;

impl From<&str> for String {
    fn from(_: &str) -> Self {
        String
    }
}

impl Deref for String {
    type Target = str;

    fn deref(&self) -> &str {
        ""
    }
}

impl fmt::Display for String {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// No items.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vec<T>(PhantomData<T>);

impl<T> From<&[T]> for Vec<T> {
    fn from(_: &[T]) -> Self {
        Vec(PhantomData)
    }
}

impl<T> Deref for Vec<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &[]
    }
}

/// A literal where a `String` is declared: the program's own, which has an allocator.
#[must_use]
pub fn string<T: for<'a> From<&'a str>>(text: &str) -> T {
    T::from(text)
}
