//! The pool whose events come and go in any order, in the place of a system's own store.

use frame_runtime::__private::Events;
pub use frame_runtime::EventHandle;
use frame_runtime::{EventPool, PoolFull};

/// Up to `N` events, in slots that a list links while they are free.
pub struct NestedEvents<E, const N: usize>(EventPool<E, N>);

impl<E, const N: usize> Default for NestedEvents<E, N> {
    fn default() -> Self {
        NestedEvents(EventPool::new())
    }
}

impl<E, const N: usize> Events<E> for NestedEvents<E, N> {
    type Held = EventHandle;

    #[inline]
    fn has_room(&self, events: usize) -> bool {
        N.checked_sub(events).is_some_and(|most| self.0.in_use() <= most)
    }

    #[inline]
    fn hold(&mut self, event: E) -> Result<EventHandle, E> {
        self.0.acquire(event).map_err(PoolFull::into_event)
    }

    #[inline]
    fn take(&mut self, held: &EventHandle) -> Option<E> {
        self.0.take(*held).ok()
    }

    #[inline]
    fn release(&mut self, held: &EventHandle) {
        let _ = self.0.release(*held);
    }
}

/// The runtime with this store in the place of its own.
pub mod __private {
    pub use super::{EventHandle, NestedEvents};
    pub use frame_runtime::__private::*;
}
