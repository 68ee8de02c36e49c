//! Return values: how a handler's end becomes one.

use core::task::Poll;

/// The value of a slot that a handler has set on every path.
///
/// # Panics
/// When none did, which the compiler of the system has ruled out.
#[inline]
pub fn returned<T>(slot: Option<T>) -> T {
    match slot {
        Some(value) => value,
        None => unreachable!("every handler sets the return value"),
    }
}

/// Told when a state's variable is reached after code that the compiler cannot see into
/// has left the state.
///
/// # Panics
/// Always.
#[cold]
#[inline(never)]
#[track_caller]
pub fn state_was_left(state: &str) -> ! {
    panic!("a variable of `${state}` was used after its state had been left by a call on `self`")
}

/// What stands at the end of a handler that may have no value of its own: `()` means none.
pub struct Tail<T>(pub T);

impl Tail<()> {
    /// A call that returned nothing.
    #[inline]
    pub fn settle<R>(self) -> Poll<R> {
        Poll::Pending
    }
}

/// The other case of [`Tail`]: inherent methods go before those of traits.
pub trait Settle<R> {
    /// A call that returned the value.
    fn settle(self) -> Poll<R>;
}

impl<R> Settle<R> for Tail<R> {
    #[inline]
    fn settle(self) -> Poll<R> {
        Poll::Ready(self.0)
    }
}
