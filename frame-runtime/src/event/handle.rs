//! What a pool hands out: handles and errors.

use core::{error::Error, fmt};

/// Names an event in the pool that gave it; eight bytes.
///
/// A handle holds the place of its event and a generation: the number of the acquisition,
/// counted over the whole pool. Once its event is released, a handle is stale and the pool
/// answers it with [`StaleHandle`], also when another event has the place. Generations
/// start again after 2³² acquisitions; a handle kept for exactly as many, or a multiple,
/// is the only one that could be taken for another.
///
/// To any pool but the one that gave it, a handle means nothing in particular.
///
/// ```
/// # use frame_runtime::EventPool;
/// let mut pool: EventPool<&str, 1> = EventPool::new();
/// let first = pool.acquire("first")?;
/// pool.release(first).unwrap();
/// let second = pool.acquire("second")?;
/// assert_ne!(first, second);
/// assert!(pool.get(first).is_err());
/// assert_eq!(pool.get(second), Ok(&"second"));
/// # Ok::<(), frame_runtime::PoolFull<&str>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventHandle {
    pub(super) index: u32,
    pub(super) generation: u32,
}

/// The pool had no place for this event.
///
/// ```
/// # use frame_runtime::{EventPool, PoolFull};
/// let mut pool: EventPool<&str, 1> = EventPool::new();
/// pool.acquire("first")?;
/// let full = pool.acquire("second").unwrap_err();
/// assert_eq!(full.to_string(), "the event pool is full");
/// assert_eq!(full.into_event(), "second");
/// # Ok::<(), PoolFull<&str>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PoolFull<E>(pub(super) E);

impl<E> PoolFull<E> {
    /// The event that found no place.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut none: EventPool<char, 0> = EventPool::new();
    /// assert_eq!(none.acquire('x').unwrap_err().into_event(), 'x');
    /// ```
    #[inline]
    #[must_use]
    pub fn into_event(self) -> E {
        self.0
    }
}

impl<E> fmt::Debug for PoolFull<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PoolFull").finish_non_exhaustive()
    }
}

impl<E> fmt::Display for PoolFull<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the event pool is full")
    }
}

impl<E> Error for PoolFull<E> {}

/// The handle has no event: it was released, or it is taken out.
///
/// `E` is the event that was to be put under the handle, where there was one.
///
/// ```
/// # use frame_runtime::{EventPool, StaleHandle};
/// let mut pool: EventPool<&str, 1> = EventPool::new();
/// let handle = pool.acquire("key").unwrap();
/// pool.release(handle)?;
/// let stale = pool.take(handle).unwrap_err();
/// assert_eq!(stale.to_string(), "the handle has no event in the pool");
/// # Ok::<(), StaleHandle>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StaleHandle<E = ()>(pub(super) E);

impl<E> StaleHandle<E> {
    /// The event that was to be put under the handle.
    ///
    /// ```
    /// # use frame_runtime::{EventPool, StaleHandle};
    /// let mut pool: EventPool<&str, 1> = EventPool::new();
    /// let handle = pool.acquire("key").unwrap();
    /// pool.release(handle)?;
    /// assert_eq!(pool.put(handle, "late").unwrap_err().into_event(), "late");
    /// # Ok::<(), StaleHandle>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn into_event(self) -> E {
        self.0
    }
}

impl<E> fmt::Debug for StaleHandle<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaleHandle")
    }
}

impl<E> fmt::Display for StaleHandle<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the handle has no event in the pool")
    }
}

impl<E> Error for StaleHandle<E> {}
