//! Events that exist as values while they are dispatched: the pool they lie in, and the
//! handles they are dispatched by.

mod handle;
mod pool;
mod slots;

#[cfg(feature = "alloc")]
mod growing;
#[cfg(test)]
mod tests;

pub use handle::{EventHandle, PoolFull, PoolMark, StaleHandle};
pub use pool::EventPool;

#[cfg(feature = "alloc")]
pub use growing::GrowingEventPool;
