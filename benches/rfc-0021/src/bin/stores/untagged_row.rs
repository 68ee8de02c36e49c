//! The runtime's row of slots, with a handle that is nothing but the depth.

use frame_runtime::__private::Events;

/// The depth that an event lies at.
#[derive(Clone, Copy)]
pub struct EventHandle(u32);

/// Up to `N` events, without tags.
pub struct NestedEvents<E, const N: usize> {
    slots: [Option<E>; N],
    depth: u32,
}

impl<E, const N: usize> Default for NestedEvents<E, N> {
    fn default() -> Self {
        NestedEvents { slots: [const { None }; N], depth: 0 }
    }
}

impl<E, const N: usize> Events<E> for NestedEvents<E, N> {
    type Held = EventHandle;

    #[inline]
    fn has_room(&self, events: usize) -> bool {
        N.checked_sub(events).is_some_and(|most| self.depth as usize <= most)
    }

    #[inline]
    fn hold(&mut self, event: E) -> Result<EventHandle, E> {
        let at = self.depth;
        let Some(slot) = self.slots.get_mut(at as usize) else { return Err(event) };
        *slot = Some(event);
        self.depth += 1;
        Ok(EventHandle(at))
    }

    #[inline]
    fn take(&mut self, held: &EventHandle) -> Option<E> {
        self.slots.get_mut(..self.depth as usize)?.get_mut(held.0 as usize)?.take()
    }

    #[inline]
    fn release(&mut self, held: &EventHandle) {
        self.depth = held.0;
    }
}

/// The runtime with this store in the place of its own.
pub mod __private {
    pub use super::{EventHandle, NestedEvents};
    pub use frame_runtime::__private::*;
}
