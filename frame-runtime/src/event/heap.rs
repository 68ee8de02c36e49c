//! Events as objects on the heap, after Frame's reference runtime: one allocation for
//! each, and a stack of the contexts they are dispatched in.

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::store::Events;

/// The context stack of a system with heap events.
pub struct HeapEvents<E> {
    contexts: Vec<Option<Box<E>>>,
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
    /// The position of the context.
    type Held = usize;

    #[inline]
    fn has_room(&self, _events: usize) -> bool {
        true
    }

    #[inline]
    fn hold(&mut self, event: E) -> Result<usize, E> {
        self.contexts.push(Some(Box::new(event)));
        Ok(self.contexts.len() - 1)
    }

    #[inline]
    fn take(&mut self, held: &usize) -> Option<E> {
        self.contexts.get_mut(*held)?.take().map(|event| *event)
    }

    #[inline]
    fn release(&mut self, held: &usize) {
        self.contexts.truncate(*held);
    }
}
