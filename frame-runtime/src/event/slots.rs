//! What both pools are made of: slots that are linked into a list while they are free.

use super::{EventHandle, StaleHandle};
use core::{fmt, mem, ops::DerefMut};

/// The end of the list of free slots: an index that no slot has.
pub(super) const END: u32 = u32::MAX;

/// A place for one event.
#[derive(Clone)]
pub(super) enum Slot<E> {
    /// Free, with the index of the next free slot.
    Free(u32),
    /// Reserved by the acquisition of this number; without event while that is taken out.
    Reserved { generation: u32, event: Option<E> },
}

/// Where the slots lie.
pub(super) trait Store: DerefMut<Target = [Slot<Self::Event>]> {
    type Event;

    /// Appends a slot, and tells whether there was room for it.
    fn append(&mut self, slot: Slot<Self::Event>) -> bool;

    /// How many slots there is room for, those in use included.
    fn room(&self) -> usize;
}

/// The slots in use so far, of which those that are free again form a list.
#[derive(Clone)]
pub(super) struct Slots<S> {
    store: S,
    /// The head of the list: the slot released last.
    free: u32,
    in_use: usize,
    /// The number of the next acquisition.
    generation: u32,
}

impl<S: Store> Slots<S> {
    pub(super) const fn new(store: S) -> Self {
        Self::aged(store, 0)
    }

    /// Slots that have acquired so often before.
    pub(super) const fn aged(store: S, generation: u32) -> Self {
        Slots { store, free: END, in_use: 0, generation }
    }

    #[inline]
    pub(super) fn acquire(&mut self, event: S::Event) -> Result<EventHandle, S::Event> {
        if self.free == END {
            self.append();
        }
        let (index, generation) = (self.free, self.generation);
        if let Some(slot) = self.store.get_mut(index as usize)
            && let Slot::Free(next) = *slot
        {
            *slot = Slot::Reserved { generation, event: Some(event) };
            self.free = next;
            self.in_use += 1;
            self.generation = generation.wrapping_add(1);
            Ok(EventHandle { index, generation })
        } else {
            Err(event)
        }
    }

    /// Puts a new slot into the empty list, if there is room for one.
    #[cold]
    fn append(&mut self) {
        match u32::try_from(self.store.len()) {
            Ok(index) if index < END && self.store.append(Slot::Free(END)) => self.free = index,
            _ => {}
        }
    }

    #[inline]
    pub(super) fn get(&self, handle: EventHandle) -> Result<&S::Event, StaleHandle> {
        match self.store.get(handle.index as usize) {
            Some(Slot::Reserved { generation, event: Some(event) })
                if *generation == handle.generation =>
            {
                Ok(event)
            }
            _ => Err(StaleHandle(())),
        }
    }

    #[inline]
    pub(super) fn get_mut(&mut self, handle: EventHandle) -> Result<&mut S::Event, StaleHandle> {
        self.reserved(handle)?.as_mut().ok_or(StaleHandle(()))
    }

    #[inline]
    pub(super) fn take(&mut self, handle: EventHandle) -> Result<S::Event, StaleHandle> {
        self.reserved(handle)?.take().ok_or(StaleHandle(()))
    }

    #[inline]
    pub(super) fn put(
        &mut self,
        handle: EventHandle,
        event: S::Event,
    ) -> Result<(), StaleHandle<S::Event>> {
        match self.reserved(handle) {
            Ok(place) => {
                *place = Some(event);
                Ok(())
            }
            Err(_) => Err(StaleHandle(event)),
        }
    }

    #[inline]
    pub(super) fn release(&mut self, handle: EventHandle) -> Result<Option<S::Event>, StaleHandle> {
        self.reserved(handle)?;
        let free = Slot::Free(self.free);
        if let Some(slot) = self.store.get_mut(handle.index as usize)
            && let Slot::Reserved { event, .. } = mem::replace(slot, free)
        {
            self.free = handle.index;
            self.in_use -= 1;
            Ok(event)
        } else {
            Err(StaleHandle(()))
        }
    }

    /// The place for the event of a handle that has not been released.
    #[inline]
    fn reserved(&mut self, handle: EventHandle) -> Result<&mut Option<S::Event>, StaleHandle> {
        match self.store.get_mut(handle.index as usize) {
            Some(Slot::Reserved { generation, event }) if *generation == handle.generation => {
                Ok(event)
            }
            _ => Err(StaleHandle(())),
        }
    }

    #[inline]
    pub(super) fn in_use(&self) -> usize {
        self.in_use
    }

    #[inline]
    pub(super) fn capacity(&self) -> usize {
        self.store.room()
    }

    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.in_use == self.store.room()
    }

    /// Shows a pool of that name, whatever its events are.
    pub(super) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("in_use", &self.in_use())
            .field("capacity", &self.capacity())
            .finish_non_exhaustive()
    }
}
