//! The pool of fixed capacity.

use super::{
    EventHandle, PoolFull, StaleHandle,
    slots::{END, Slot, Slots, Store},
};
use arrayvec::ArrayVec;
use core::fmt;

/// Keeps up to `N` events in place, without heap, and hands out a handle to each.
///
/// An event is acquired, looked at or taken out and put back by its handle, and released,
/// in any order. Each of these takes a constant number of steps, and none panics. A handle
/// whose event has been released is answered with [`StaleHandle`], never with another event.
///
/// `N` is less than 2³² − 1, or [`new`](Self::new) does not compile. A pool has the size of
/// `N` events and a few bytes more for each.
///
/// ```
/// use frame_runtime::EventPool;
///
/// #[derive(Debug, PartialEq)]
/// enum Key {
///     Char(char),
///     Enter,
/// }
///
/// let mut pool: EventPool<Key, 2> = EventPool::new();
/// let letter = pool.acquire(Key::Char('a'))?;
/// let enter = pool.acquire(Key::Enter)?;
/// assert_eq!(pool.get(letter), Ok(&Key::Char('a')));
///
/// // Full: the event comes back.
/// assert_eq!(pool.acquire(Key::Enter).unwrap_err().into_event(), Key::Enter);
///
/// assert_eq!(pool.release(letter), Ok(Some(Key::Char('a'))));
/// assert!(pool.release(letter).is_err());
/// assert_eq!(pool.in_use(), 1);
/// # assert!(pool.get(enter).is_ok());
/// # Ok::<(), frame_runtime::PoolFull<Key>>(())
/// ```
#[derive(Clone)]
pub struct EventPool<E, const N: usize>(Slots<ArrayVec<Slot<E>, N>>);

impl<E, const N: usize> Store for ArrayVec<Slot<E>, N> {
    type Event = E;

    #[inline]
    fn append(&mut self, slot: Slot<E>) -> bool {
        self.try_push(slot).is_ok()
    }

    #[inline]
    fn room(&self) -> usize {
        N
    }
}

impl<E, const N: usize> EventPool<E, N> {
    /// An empty pool.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// const POOL: EventPool<char, 4> = EventPool::new();
    /// assert_eq!(POOL.in_use(), 0);
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        const { assert!(N < END as usize, "an event pool holds less than 2^32 - 1 events") };
        EventPool(Slots::new(ArrayVec::new_const()))
    }

    /// Reserves a slot and moves the event in.
    ///
    /// # Errors
    /// [`PoolFull`] with the event when `N` are in use.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// let handle = pool.acquire('a')?;
    /// assert_eq!(pool.get(handle), Ok(&'a'));
    /// assert_eq!(pool.acquire('b').unwrap_err().into_event(), 'b');
    /// # Ok::<(), frame_runtime::PoolFull<char>>(())
    /// ```
    #[inline]
    pub fn acquire(&mut self, event: E) -> Result<EventHandle, PoolFull<E>> {
        self.0.acquire(event).map_err(PoolFull)
    }

    /// The event of a handle.
    ///
    /// # Errors
    /// [`StaleHandle`] when the event was released, or is taken out.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// let handle = pool.acquire('a').unwrap();
    /// assert_eq!(*pool.get(handle)?, 'a');
    /// # Ok::<(), frame_runtime::StaleHandle>(())
    /// ```
    #[inline]
    pub fn get(&self, handle: EventHandle) -> Result<&E, StaleHandle> {
        self.0.get(handle)
    }

    /// The event of a handle, to be changed in place.
    ///
    /// # Errors
    /// [`StaleHandle`] when the event was released, or is taken out.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// let handle = pool.acquire('a').unwrap();
    /// *pool.get_mut(handle)? = 'b';
    /// assert_eq!(pool.get(handle), Ok(&'b'));
    /// # Ok::<(), frame_runtime::StaleHandle>(())
    /// ```
    #[inline]
    pub fn get_mut(&mut self, handle: EventHandle) -> Result<&mut E, StaleHandle> {
        self.0.get_mut(handle)
    }

    /// Moves the event out, and keeps its slot reserved, so that it can be
    /// [put](Self::put) back.
    ///
    /// # Errors
    /// [`StaleHandle`] when the event was released, or is taken out already.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// let handle = pool.acquire('a').unwrap();
    /// assert_eq!(pool.take(handle)?, 'a');
    /// assert!(pool.take(handle).is_err());
    /// assert_eq!(pool.in_use(), 1);
    /// # Ok::<(), frame_runtime::StaleHandle>(())
    /// ```
    #[inline]
    pub fn take(&mut self, handle: EventHandle) -> Result<E, StaleHandle> {
        self.0.take(handle)
    }

    /// Moves an event into the slot of a handle, where it takes the place of the one
    /// that is there, if any.
    ///
    /// # Errors
    /// [`StaleHandle`] with the event when the handle was released.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// let handle = pool.acquire('a').unwrap();
    /// let event = pool.take(handle).unwrap();
    /// pool.put(handle, event)?;
    /// assert_eq!(pool.get(handle), Ok(&'a'));
    /// # Ok::<(), frame_runtime::StaleHandle<char>>(())
    /// ```
    #[inline]
    pub fn put(&mut self, handle: EventHandle, event: E) -> Result<(), StaleHandle<E>> {
        self.0.put(handle, event)
    }

    /// Frees the slot of a handle, and gives back the event unless it is taken out.
    ///
    /// # Errors
    /// [`StaleHandle`] when the handle was released before.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// let handle = pool.acquire('a').unwrap();
    /// assert_eq!(pool.release(handle)?, Some('a'));
    /// assert!(pool.release(handle).is_err());
    ///
    /// let handle = pool.acquire('b').unwrap();
    /// pool.take(handle)?;
    /// assert_eq!(pool.release(handle)?, None);
    /// # Ok::<(), frame_runtime::StaleHandle>(())
    /// ```
    #[inline]
    pub fn release(&mut self, handle: EventHandle) -> Result<Option<E>, StaleHandle> {
        self.0.release(handle)
    }

    /// How many slots are reserved.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 2> = EventPool::new();
    /// pool.acquire('a')?;
    /// assert_eq!(pool.in_use(), 1);
    /// # Ok::<(), frame_runtime::PoolFull<char>>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.0.in_use()
    }

    /// How many slots there are: `N`.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let pool: EventPool<char, 2> = EventPool::new();
    /// assert_eq!(pool.capacity(), 2);
    /// ```
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// Whether all slots are reserved, so that nothing can be acquired.
    ///
    /// ```
    /// # use frame_runtime::EventPool;
    /// let mut pool: EventPool<char, 1> = EventPool::new();
    /// assert!(!pool.is_full());
    /// pool.acquire('a')?;
    /// assert!(pool.is_full());
    /// # Ok::<(), frame_runtime::PoolFull<char>>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.is_full()
    }
}

impl<E, const N: usize> Default for EventPool<E, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E, const N: usize> fmt::Debug for EventPool<E, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show("EventPool", f)
    }
}
