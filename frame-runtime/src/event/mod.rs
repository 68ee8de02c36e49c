//! Events that exist as values while they are dispatched: the pool they lie in, and the
//! handles they are dispatched by.

mod handle;
pub(crate) mod nested;
mod pool;
mod slots;
pub(crate) mod store;

#[cfg(feature = "alloc")]
mod growing;
#[cfg(feature = "alloc")]
pub(crate) mod heap;
#[cfg(test)]
mod tests;

pub use handle::{EventHandle, PoolFull, StaleHandle};
pub use pool::EventPool;

/// An event that found no room, for a system that checks ahead.
#[doc(hidden)]
pub fn full<E>(event: E) -> PoolFull<E> {
    PoolFull(event)
}

#[cfg(feature = "alloc")]
pub use growing::GrowingEventPool;
