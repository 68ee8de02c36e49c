//! Events that are to happen later, unless somebody calls them off before.

use std::time::Duration;

use frame_runtime::{EventHandle, EventPool};

/// Up to `N` events that wait for their time. Whoever starts one gets its handle, which may be
/// kept for as long as one likes: when the event has happened, it is stale.
pub struct Timers<E, const N: usize> {
    now: Duration,
    waiting: EventPool<(Duration, E), N>,
    handles: heapless::Vec<EventHandle, N>,
}

impl<E, const N: usize> Default for Timers<E, N> {
    fn default() -> Self {
        Timers { now: Duration::ZERO, waiting: EventPool::new(), handles: heapless::Vec::new() }
    }
}

impl<E, const N: usize> Timers<E, N> {
    pub fn now(&self) -> Duration {
        self.now
    }

    /// Has an event happen after a while. `None` when `N` are waiting.
    pub fn start(&mut self, after: Duration, event: E) -> Option<EventHandle> {
        let handle = self.waiting.acquire((self.now + after, event)).ok()?;
        self.handles.push(handle).ok()?;
        Some(handle)
    }

    /// Calls an event off. One that has happened cannot be, which the stale handle tells.
    pub fn cancel(&mut self, handle: EventHandle) -> bool {
        self.handles.retain(|other| *other != handle);
        self.waiting.release(handle).is_ok()
    }

    /// Lets time pass up to the next event, and returns it, or up to `until` when there is none.
    pub fn advance(&mut self, until: Duration) -> Option<E> {
        let due = self.handles.iter().copied().filter_map(|handle| {
            let (due, _) = self.waiting.get(handle).ok()?;
            (*due <= until).then_some((*due, handle))
        });
        let Some((due, handle)) = due.min_by_key(|(due, _)| *due) else {
            self.now = until;
            return None;
        };
        self.now = due;
        self.handles.retain(|other| *other != handle);
        self.waiting.release(handle).ok().flatten().map(|(_, event)| event)
    }
}
