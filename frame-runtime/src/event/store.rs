//! What a system needs of the place its events live in, whatever that is.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

/// An event as a system stores it: a call, or the entering or leaving of a state.
pub enum Signal<E> {
    /// `$>`, whose arguments travel with the transition.
    Enter,
    /// `<$`, likewise.
    Exit,
    /// An event of the interface with its arguments.
    Call(E),
}

/// An event under the name of its message.
pub struct Named<E> {
    /// The method's name, `"$>"` or `"<$"`.
    pub message: &'static str,
    /// The event itself.
    pub event: E,
}

/// Holds events while they are dispatched.
pub trait Events<E> {
    /// Reaches an event that is held.
    type Held;

    /// Whether so many more events can be held.
    fn has_room(&self, events: usize) -> bool;

    /// Holds an event, or hands it back when there is no room.
    ///
    /// # Errors
    /// The event itself, when it cannot be held.
    fn hold(&mut self, event: E) -> Result<Self::Held, E>;

    /// Takes an event out, while its place stays held.
    fn take(&mut self, held: &Self::Held) -> Option<E>;

    /// Ends the holding of an event.
    fn release(&mut self, held: &Self::Held);
}

/// A system's events as a field of it. Between calls there are none, so two such fields
/// are always equal, and a clone begins empty.
#[derive(Default)]
pub struct Kept<S>(pub S);

impl<S: Default> Clone for Kept<S> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<S> PartialEq for Kept<S> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<S> Eq for Kept<S> {}

impl<S> PartialOrd for Kept<S> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<S> Ord for Kept<S> {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

impl<S> Hash for Kept<S> {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl<S> fmt::Debug for Kept<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

/// A system that holds events.
pub trait Machine {
    /// Reaches one of them.
    type Held;

    /// Ends the holding of an event.
    fn release(&mut self, held: &Self::Held);
}

/// Holds an event for as long as it is dispatched, also when the dispatch panics.
pub struct Scope<'m, M: Machine> {
    /// The system, for whoever dispatches.
    pub machine: &'m mut M,
    held: M::Held,
}

impl<'m, M: Machine> Scope<'m, M> {
    /// Takes over an event that `machine` holds.
    #[inline]
    pub fn new(machine: &'m mut M, held: M::Held) -> Self {
        Scope { machine, held }
    }

    /// What the event is reached by.
    #[inline]
    pub fn held(&self) -> &M::Held {
        &self.held
    }
}

impl<M: Machine> Drop for Scope<'_, M> {
    #[inline]
    fn drop(&mut self) {
        self.machine.release(&self.held);
    }
}

/// An event for which its pool has no room.
///
/// # Panics
/// Always, naming system, event and capacity.
#[cold]
#[inline(never)]
pub fn pool_is_full(system: &str, event: &str, capacity: usize) -> ! {
    panic!("event `{event}` of `{system}`: the event pool holds {capacity} events at most")
}
