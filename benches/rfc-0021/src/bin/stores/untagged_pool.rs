//! `EventPool` as it is, but for the generations: a handle is an index.

use std::mem;

/// The index of a slot.
#[derive(Clone, Copy, Debug)]
pub struct Index(u32);

const END: u32 = u32::MAX;

enum Slot<E> {
    Free(u32),
    Reserved(Option<E>),
}

/// Up to `N` events, without tags.
pub struct UntaggedPool<E, const N: usize> {
    slots: heapless::Vec<Slot<E>, N>,
    free: u32,
    in_use: usize,
}

impl<E, const N: usize> UntaggedPool<E, N> {
    #[must_use]
    pub const fn new() -> Self {
        UntaggedPool { slots: heapless::Vec::new(), free: END, in_use: 0 }
    }

    #[inline]
    pub fn acquire(&mut self, event: E) -> Result<Index, E> {
        if self.free == END {
            self.append();
        }
        let index = self.free;
        if let Some(slot) = self.slots.get_mut(index as usize)
            && let Slot::Free(next) = *slot
        {
            *slot = Slot::Reserved(Some(event));
            self.free = next;
            self.in_use += 1;
            Ok(Index(index))
        } else {
            Err(event)
        }
    }

    #[cold]
    fn append(&mut self) {
        match u32::try_from(self.slots.len()) {
            Ok(index) if index < END && self.slots.push(Slot::Free(END)).is_ok() => {
                self.free = index;
            }
            _ => {}
        }
    }

    #[inline]
    pub fn take(&mut self, index: Index) -> Option<E> {
        match self.slots.get_mut(index.0 as usize) {
            Some(Slot::Reserved(event)) => event.take(),
            _ => None,
        }
    }

    #[inline]
    pub fn release(&mut self, index: Index) -> Option<E> {
        let slot = self.slots.get_mut(index.0 as usize)?;
        if let Slot::Free(_) = slot {
            return None;
        }
        let Slot::Reserved(event) = mem::replace(slot, Slot::Free(self.free)) else { return None };
        self.free = index.0;
        self.in_use -= 1;
        event
    }

    #[inline]
    #[must_use]
    pub fn in_use(&self) -> usize {
        self.in_use
    }
}
