//! The pool that grows.

use super::{
    EventHandle, StaleHandle,
    slots::{Slot, Slots, Store},
};
use alloc::vec::Vec;
use core::fmt;

/// Keeps any number of events on the heap, and hands out a handle to each: an
/// [`EventPool`](crate::EventPool) that is never full.
///
/// It allocates when more events are in use than ever before, as a `Vec` does, uses the
/// slots of released events again, and frees nothing before it is dropped.
///
/// ```
/// use frame_runtime::GrowingEventPool;
///
/// let mut pool = GrowingEventPool::new();
/// let first = pool.acquire("first");
/// let second = pool.acquire("second");
/// assert_eq!(pool.get(first), Ok(&"first"));
///
/// assert_eq!(pool.release(first), Ok(Some("first")));
/// assert!(pool.release(first).is_err());
/// assert_eq!(pool.in_use(), 1);
/// # assert!(pool.get(second).is_ok());
/// ```
#[derive(Clone)]
pub struct GrowingEventPool<E>(Slots<Vec<Slot<E>>>);

impl<E> Store for Vec<Slot<E>> {
    type Event = E;

    #[inline]
    fn append(&mut self, slot: Slot<E>) -> bool {
        self.push(slot);
        true
    }

    #[inline]
    fn room(&self) -> usize {
        Vec::capacity(self)
    }
}

impl<E> GrowingEventPool<E> {
    /// An empty pool, which has not allocated yet.
    ///
    /// ```
    /// # use frame_runtime::GrowingEventPool;
    /// const POOL: GrowingEventPool<char> = GrowingEventPool::new();
    /// assert_eq!((POOL.in_use(), POOL.capacity()), (0, 0));
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        GrowingEventPool(Slots::new(Vec::new()))
    }

    /// Reserves a slot and moves the event in; allocates when no slot is free.
    ///
    /// # Panics
    /// With 2³² − 1 events in use, or out of memory, as [`Vec::push`] does.
    ///
    /// ```
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// let handle = pool.acquire('a');
    /// assert_eq!(pool.get(handle), Ok(&'a'));
    /// ```
    #[inline]
    pub fn acquire(&mut self, event: E) -> EventHandle {
        let Ok(handle) = self.0.acquire(event) else {
            panic!("an event pool holds less than 2^32 events");
        };
        handle
    }

    /// The event of a handle.
    ///
    /// # Errors
    /// [`StaleHandle`] when the event was released, or is taken out.
    ///
    /// ```
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// let handle = pool.acquire('a');
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
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// let handle = pool.acquire('a');
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
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// let handle = pool.acquire('a');
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
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// let handle = pool.acquire('a');
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
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// let handle = pool.acquire('a');
    /// assert_eq!(pool.release(handle)?, Some('a'));
    /// assert!(pool.release(handle).is_err());
    /// # Ok::<(), frame_runtime::StaleHandle>(())
    /// ```
    #[inline]
    pub fn release(&mut self, handle: EventHandle) -> Result<Option<E>, StaleHandle> {
        self.0.release(handle)
    }

    /// How many slots are reserved.
    ///
    /// ```
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// pool.acquire('a');
    /// assert_eq!(pool.in_use(), 1);
    /// ```
    #[inline]
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.0.in_use()
    }

    /// How many slots are allocated.
    ///
    /// ```
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// assert_eq!(pool.capacity(), 0);
    /// pool.acquire('a');
    /// assert!(pool.capacity() >= 1);
    /// ```
    #[inline]
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// Whether all allocated slots are reserved, so that the next acquisition allocates.
    ///
    /// ```
    /// # use frame_runtime::GrowingEventPool;
    /// let mut pool = GrowingEventPool::new();
    /// assert!(pool.is_full());
    /// let handle = pool.acquire('a');
    /// pool.release(handle)?;
    /// assert!(!pool.is_full());
    /// # Ok::<(), frame_runtime::StaleHandle>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.0.is_full()
    }
}

impl<E> Default for GrowingEventPool<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> fmt::Debug for GrowingEventPool<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show("GrowingEventPool", f)
    }
}
