//! The events of one system. Each begins within the one before it and ends before that
//! does, so they lie in a row, and no list of free slots is needed: the next one is at the
//! depth they nest to.

use super::EventHandle;
use super::store::Events;

/// A place for one event.
struct Slot<E> {
    /// The number of events it has held.
    generation: u32,
    /// What lies in it; without meaning above the depth.
    event: Option<E>,
}

impl<E> Slot<E> {
    const EMPTY: Self = Slot { generation: 0, event: None };

    /// Moves an event in, and returns the generation it has there.
    #[inline]
    fn hold(&mut self, event: E) -> u32 {
        self.event = Some(event);
        self.generation = self.generation.wrapping_add(1);
        self.generation
    }
}

/// Takes an event out of the slots in use.
#[inline]
fn take<E>(used: Option<&mut [Slot<E>]>, held: EventHandle) -> Option<E> {
    let slot = used?.get_mut(held.index as usize)?;
    if slot.generation == held.generation { slot.event.take() } else { None }
}

/// Up to `N` events, without heap.
pub struct NestedEvents<E, const N: usize> {
    slots: [Slot<E>; N],
    depth: u32,
}

impl<E, const N: usize> Default for NestedEvents<E, N> {
    fn default() -> Self {
        const { assert!(N < u32::MAX as usize, "an event pool holds less than 2^32 - 1 events") };
        NestedEvents { slots: [const { Slot::EMPTY }; N], depth: 0 }
    }
}

impl<E, const N: usize> Events<E> for NestedEvents<E, N> {
    type Held = EventHandle;

    // Compared with a constant, so that a test ahead of a call makes those within it superfluous.
    #[inline]
    fn has_room(&self, events: usize) -> bool {
        N.checked_sub(events).is_some_and(|most| self.depth as usize <= most)
    }

    #[inline]
    fn hold(&mut self, event: E) -> Result<EventHandle, E> {
        let index = self.depth;
        let Some(slot) = self.slots.get_mut(index as usize) else { return Err(event) };
        self.depth += 1;
        Ok(EventHandle { index, generation: slot.hold(event) })
    }

    #[inline]
    fn take(&mut self, held: &EventHandle) -> Option<E> {
        take(self.slots.get_mut(..self.depth as usize), *held)
    }

    #[inline]
    fn release(&mut self, held: &EventHandle) {
        self.depth = held.index;
    }
}

/// As many events as there is memory for: a slot is made when the depth is greater than
/// ever before, and kept.
#[cfg(feature = "alloc")]
pub struct GrowingNestedEvents<E> {
    slots: alloc::vec::Vec<Slot<E>>,
    depth: u32,
}

#[cfg(feature = "alloc")]
impl<E> GrowingNestedEvents<E> {
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.slots.push(Slot::EMPTY);
    }
}

#[cfg(feature = "alloc")]
impl<E> Default for GrowingNestedEvents<E> {
    fn default() -> Self {
        GrowingNestedEvents { slots: alloc::vec::Vec::new(), depth: 0 }
    }
}

#[cfg(feature = "alloc")]
impl<E> Events<E> for GrowingNestedEvents<E> {
    type Held = EventHandle;

    #[inline]
    fn has_room(&self, _events: usize) -> bool {
        true
    }

    #[inline]
    fn hold(&mut self, event: E) -> Result<EventHandle, E> {
        let index = self.depth;
        if self.slots.len() <= index as usize {
            self.grow();
        }
        let Some(slot) = self.slots.get_mut(index as usize) else { return Err(event) };
        self.depth += 1;
        Ok(EventHandle { index, generation: slot.hold(event) })
    }

    #[inline]
    fn take(&mut self, held: &EventHandle) -> Option<E> {
        take(self.slots.get_mut(..self.depth as usize), *held)
    }

    #[inline]
    fn release(&mut self, held: &EventHandle) {
        self.depth = held.index;
    }
}
