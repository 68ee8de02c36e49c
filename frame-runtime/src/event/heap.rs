//! Events as reference-counted objects, after Frame's reference runtime: one allocation
//! for each, and a stack of the contexts they are dispatched in.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::Cell;

use super::store::Events;

/// The context stack of a system with heap events.
pub struct HeapEvents<E> {
    contexts: Vec<Rc<Cell<Option<E>>>>,
}

impl<E> HeapEvents<E> {
    /// An empty stack, which has not allocated yet.
    #[must_use]
    pub const fn new() -> Self {
        HeapEvents { contexts: Vec::new() }
    }
}

impl<E> Default for HeapEvents<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Events<E> for HeapEvents<E> {
    type Held = Rc<Cell<Option<E>>>;

    #[inline]
    fn room(&self) -> usize {
        usize::MAX
    }

    #[inline]
    fn hold(&mut self, event: E) -> Result<Self::Held, E> {
        let event = Rc::new(Cell::new(Some(event)));
        self.contexts.push(Rc::clone(&event));
        Ok(event)
    }

    #[inline]
    fn take(&mut self, held: &Self::Held) -> Option<E> {
        held.take()
    }

    #[inline]
    fn release(&mut self, _: &Self::Held) {
        self.contexts.pop();
    }
}
