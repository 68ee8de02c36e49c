//! A pool on its own: events that wait in it for each other, so that they come and go in
//! another order than calls do.

use std::hint::black_box;

use frame_runtime::{EventHandle, EventPool};

use crate::untagged_pool::{Index, UntaggedPool};

const CAPACITY: usize = 16;
const WAITING: usize = 8;

/// A call with its arguments.
pub enum Event {
    Press(u32),
    Move { x: f64, y: f64 },
}

pub trait Pool: Default {
    type Handle: Copy;

    fn acquire(&mut self, event: Event) -> Option<Self::Handle>;
    fn release(&mut self, handle: Self::Handle) -> Option<Event>;
}

#[derive(Default)]
pub struct Tagged(EventPool<Event, CAPACITY>);

impl Pool for Tagged {
    type Handle = EventHandle;

    #[inline]
    fn acquire(&mut self, event: Event) -> Option<EventHandle> {
        self.0.acquire(event).ok()
    }

    #[inline]
    fn release(&mut self, handle: EventHandle) -> Option<Event> {
        self.0.release(handle).ok().flatten()
    }
}

pub struct Untagged(UntaggedPool<Event, CAPACITY>);

impl Default for Untagged {
    fn default() -> Self {
        Untagged(UntaggedPool::new())
    }
}

impl Pool for Untagged {
    type Handle = Index;

    #[inline]
    fn acquire(&mut self, event: Event) -> Option<Index> {
        self.0.acquire(event).ok()
    }

    #[inline]
    fn release(&mut self, handle: Index) -> Option<Event> {
        self.0.release(handle)
    }
}

#[inline(never)]
fn acquire<P: Pool>(pool: &mut P, event: Event) -> Option<P::Handle> {
    pool.acquire(event)
}

#[inline(never)]
fn release<P: Pool>(pool: &mut P, handle: P::Handle) -> Option<Event> {
    pool.release(handle)
}

/// Each operation puts an event in, and takes the one out that has waited longest.
pub fn run<P: Pool>(operations: u64) -> u64 {
    let mut pool = P::default();
    let mut waiting = [const { None }; WAITING];
    let mut sum = 0;
    for n in 0..operations {
        let place = &mut waiting[n as usize % WAITING];
        let oldest = place.and_then(|handle| release(black_box(&mut pool), black_box(handle)));
        sum += match oldest {
            None => 0,
            Some(Event::Press(key)) => u64::from(key),
            Some(Event::Move { x, y }) => (x + y) as u64,
        };
        let event = match n % 2 {
            0 => Event::Press(n as u32),
            _ => Event::Move { x: n as f64, y: 1.0 },
        };
        *place = acquire(black_box(&mut pool), black_box(event));
    }
    sum
}
