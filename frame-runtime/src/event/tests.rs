//! The slots of the pools against a model, what a model does not show, and the events of a system.

extern crate std;

use super::{
    EventHandle, EventPool, PoolFull, StaleHandle,
    nested::NestedEvents,
    slots::{Slot, Slots, Store},
    store::Events,
};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::{collections::BTreeMap, format, rc::Rc, string::ToString, vec::Vec};

/// One call on a pool. An index picks among all the handles given so far.
#[derive(Clone, Debug)]
enum Call {
    Acquire(u8),
    Get(Index),
    GetMut(Index, u8),
    Take(Index),
    Put(Index, u8),
    Release(Index),
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        6 => any::<u8>().prop_map(Call::Acquire),
        1 => any::<Index>().prop_map(Call::Get),
        1 => any::<(Index, u8)>().prop_map(|(at, event)| Call::GetMut(at, event)),
        2 => any::<Index>().prop_map(Call::Take),
        2 => any::<(Index, u8)>().prop_map(|(at, event)| Call::Put(at, event)),
        4 => any::<Index>().prop_map(Call::Release),
    ]
}

/// Events by the number of their acquisition.
type Model = BTreeMap<usize, Option<u8>>;

fn agrees_with_model<S>(mut slots: Slots<S>, capacity: usize, calls: Vec<Call>)
where
    S: Store<Event = u8>,
{
    let mut model = Model::new();
    let mut handles = Vec::new();
    let stale = StaleHandle(());

    for call in calls {
        let pick = |at: Index| (!handles.is_empty()).then(|| at.index(handles.len()));
        match call {
            Call::Acquire(event) if model.len() == capacity => {
                assert_eq!(slots.acquire(event), Err(event));
            }
            Call::Acquire(event) => {
                model.insert(handles.len(), Some(event));
                handles.push(slots.acquire(event).unwrap());
            }
            Call::Get(at) => {
                let Some(id) = pick(at) else { continue };
                let event = model.get(&id).and_then(Option::as_ref);
                assert_eq!(slots.get(handles[id]), event.ok_or(stale));
            }
            Call::GetMut(at, event) => {
                let Some(id) = pick(at) else { continue };
                let old = model.get_mut(&id).and_then(Option::as_mut);
                let new = slots.get_mut(handles[id]);
                assert_eq!(new.as_deref().ok(), old.as_deref());
                if let (Some(old), Ok(new)) = (old, new) {
                    (*old, *new) = (event, event);
                }
            }
            Call::Take(at) => {
                let Some(id) = pick(at) else { continue };
                let event = model.get_mut(&id).and_then(Option::take);
                assert_eq!(slots.take(handles[id]), event.ok_or(stale));
            }
            Call::Put(at, event) => {
                let Some(id) = pick(at) else { continue };
                let place = model.get_mut(&id).map(|place| *place = Some(event));
                assert_eq!(slots.put(handles[id], event), place.ok_or(StaleHandle(event)));
            }
            Call::Release(at) => {
                let Some(id) = pick(at) else { continue };
                assert_eq!(slots.release(handles[id]), model.remove(&id).ok_or(stale));
            }
        }
        assert_eq!(slots.in_use(), model.len());
        for (id, &handle) in handles.iter().enumerate() {
            assert_eq!(slots.get(handle).ok().copied(), model.get(&id).copied().flatten());
        }
    }
}

/// Generations that soon start again, and any other.
fn generation() -> impl Strategy<Value = u32> {
    prop_oneof![u32::MAX - 8..=u32::MAX, any::<u32>()]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 8 } else { 1024 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn fixed_slots_agree_with_the_model(calls in vec(call(), 0..64), age in generation()) {
        agrees_with_model(Slots::aged(arrayvec::ArrayVec::<Slot<u8>, 4>::new_const(), age), 4, calls);
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn growing_slots_agree_with_the_model(calls in vec(call(), 0..64), age in generation()) {
        agrees_with_model(Slots::aged(Vec::<Slot<u8>>::new(), age), usize::MAX, calls);
    }
}

#[test]
fn a_handle_stays_stale_while_its_slot_is_used_again() {
    let mut pool: EventPool<u32, 1> = EventPool::new();
    let first = pool.acquire(0).unwrap();
    pool.release(first).unwrap();
    for event in 0..if cfg!(miri) { 100 } else { 100_000 } {
        let handle = pool.acquire(event).unwrap();
        assert_eq!(pool.take(first), Err(StaleHandle(())));
        assert_eq!(pool.release(handle), Ok(Some(event)));
    }
}

#[test]
fn a_handle_is_eight_bytes() {
    assert_eq!(size_of::<EventHandle>(), 8);
}

#[test]
fn a_pool_without_slots_is_full() {
    let mut pool: EventPool<char, 0> = EventPool::new();
    assert!(pool.is_full());
    assert_eq!(pool.acquire('a'), Err(PoolFull('a')));
}

#[test]
fn a_handle_of_a_larger_pool_is_stale() {
    let mut large: EventPool<char, 2> = EventPool::new();
    large.acquire('a').unwrap();
    let second = large.acquire('b').unwrap();
    let mut small: EventPool<char, 1> = EventPool::new();
    small.acquire('a').unwrap();
    assert_eq!(small.get(second), Err(StaleHandle(())));
}

#[test]
fn every_event_is_dropped_once() {
    let event = Rc::new(());
    let mut pool: EventPool<Rc<()>, 3> = EventPool::new();
    let first = pool.acquire(event.clone()).unwrap();
    let second = pool.acquire(event.clone()).unwrap();
    pool.acquire(event.clone()).unwrap();
    assert_eq!(Rc::strong_count(&event), 4);

    pool.put(first, event.clone()).unwrap();
    assert_eq!(Rc::strong_count(&event), 4);
    drop(pool.take(first));
    assert_eq!(Rc::strong_count(&event), 3);
    drop(pool.release(second));
    assert_eq!(Rc::strong_count(&event), 2);
    drop(pool);
    assert_eq!(Rc::strong_count(&event), 1);
}

#[test]
fn errors_and_pools_are_shown_whatever_the_event_is() {
    struct Event;
    let mut pool: EventPool<Event, 1> = EventPool::new();
    let handle = pool.acquire(Event).unwrap();
    assert_eq!(format!("{pool:?}"), "EventPool { in_use: 1, capacity: 1, .. }");
    let full = pool.acquire(Event).unwrap_err();
    assert_eq!(format!("{full:?}: {full}"), "PoolFull(..): the event pool is full");
    assert!(pool.release(handle).is_ok());
    let stale = pool.put(handle, Event).unwrap_err();
    assert_eq!(format!("{stale:?}"), "StaleHandle");
    assert_eq!(stale.to_string(), "the handle has no event in the pool");
}

#[cfg(feature = "alloc")]
#[test]
fn a_growing_pool_uses_its_slots_again() {
    let mut pool = super::GrowingEventPool::new();
    let handles: Vec<_> = (0..10).map(|event| pool.acquire(event)).collect();
    let capacity = pool.capacity();
    for (event, &handle) in handles.iter().enumerate() {
        assert_eq!(pool.release(handle), Ok(Some(event)));
    }
    for event in 0..10 {
        pool.acquire(event);
    }
    assert_eq!((pool.in_use(), pool.capacity()), (10, capacity));
}

/// Events as a system holds them: each ends before the one it began in.
fn nests<S: Events<Rc<u8>, Held = EventHandle>>(mut events: S) {
    let (outer, inner) = (Rc::new(1), Rc::new(2));
    assert!(events.has_room(2));
    let first = events.hold(outer.clone()).unwrap();
    let second = events.hold(inner.clone()).unwrap();
    assert_eq!(events.take(&first), Some(outer.clone()));
    assert_eq!(events.take(&first), None, "an event is taken once");
    assert_eq!(events.take(&second), Some(inner.clone()));

    events.release(&second);
    let third = events.hold(inner.clone()).unwrap();
    assert_eq!(events.take(&second), None, "the handle is stale, though its slot is in use");
    events.release(&third);
    assert_eq!(events.take(&third), None, "the slot is free");
    events.release(&first);
    drop(events);
    assert_eq!((Rc::strong_count(&outer), Rc::strong_count(&inner)), (1, 1));
}

#[test]
fn nested_events_are_reached_by_their_handles_only() {
    nests(NestedEvents::<_, 2>::default());
    #[cfg(feature = "alloc")]
    nests(super::nested::GrowingNestedEvents::default());
}

#[test]
fn nested_events_beyond_the_capacity_come_back() {
    let mut events = NestedEvents::<char, 1>::default();
    assert!(events.has_room(1) && !events.has_room(2));
    let held = events.hold('a').unwrap();
    assert!(events.has_room(0) && !events.has_room(1));
    assert_eq!(events.hold('b'), Err('b'));
    events.release(&held);
    assert!(events.has_room(1));
}
