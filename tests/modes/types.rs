//! The types a system is made of, in each mode: their names, what they derive, where they may go.

use std::fmt::Debug;
use std::marker::PhantomData;
use std::rc::Rc;

macro_rules! in_each_mode {
    ($($input:tt)*) => {
        mod direct {
            frame_runtime::__private::frame_system! { (frame_runtime; event_enum) $($input)* }
        }
        mod direct_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; state_id(string)) $($input)*
            }
        }
        mod pool {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(pool)) $($input)*
            }
        }
        mod pool_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(pool(8)); state_id(string); event_id(string))
                $($input)*
            }
        }
        mod growing {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(pool); overflow(grow)) $($input)*
            }
        }
        mod heap {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(heap)) $($input)*
            }
        }
        mod heap_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; event_enum; events(heap); state_id(string); event_id(string))
                $($input)*
            }
        }
    };
}

in_each_mode! {
    @@[stack(2)]
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub @@system Turnstile {
        interface:
            drop_coin(value: u32): bool
            push()
            what(): (&'static str, &'static str)
        machine:
            $Locked {
                drop_coin(value: u32): bool {
                    -> $Un_locked(value)
                    @@:(true)
                }
                what(): (&'static str, &'static str) { (@@:event, @@:system.state.name) }
            }
            $Un_locked(paid: u32) {
                push() {
                    self.taken += paid;
                    -> $Locked
                }
                what(): (&'static str, &'static str) { (@@:event, @@:system.state.name) }
            }
        domain:
            pub taken: u32 = 0
    }

    /// Not `Send`, since its field is not.
    pub @@system Local {
        interface:
            put(value: u32)
        machine:
            $Only { put(value: u32) { self.values = std::rc::Rc::new(value); } }
        domain:
            values: std::rc::Rc<u32> = std::rc::Rc::new(0)
    }

    /// Its event can be neither cloned, nor compared, nor shown; it need not.
    pub @@system Opaque {
        interface:
            run(task: Box<dyn FnOnce() -> u32 + Send + Sync>): u32
        machine:
            $Only { run(task: Box<dyn FnOnce() -> u32 + Send + Sync>): u32 { task() } }
    }
}

fn hash(value: &impl std::hash::Hash) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

fn can_be_shared<T: Send + Sync>(value: T) -> T {
    value
}

fn derives_all<T: Clone + Debug + Eq + Ord + std::hash::Hash>(_: &T) {}

struct Is<T>(PhantomData<T>);

impl<T: Send> Is<T> {
    const SEND: bool = true;
}

/// The other case of [`Is`]: inherent constants go before those of traits.
trait IsNot {
    const SEND: bool = false;
}

impl<T> IsNot for Is<T> {}

macro_rules! types_of {
    ($mode:ident) => {
        #[test]
        fn $mode() {
            use $mode::{Local, Opaque, Turnstile, TurnstileEvent, TurnstileReply, TurnstileState};

            // The names of the API, and those in memory.
            let _: [fn(&mut Turnstile, TurnstileEvent) -> TurnstileReply; 1] =
                [Turnstile::dispatch];
            let mut machine = can_be_shared(Turnstile::new());
            assert_eq!(machine.what(), ("what", "Locked"));
            assert!(machine.drop_coin(5));
            assert_eq!(machine.what(), ("what", "Un_locked"));
            assert_eq!(
                (machine.state(), machine.state_name()),
                (TurnstileState::Un_locked, "Un_locked")
            );
            let event = TurnstileEvent::DropCoin { value: 5 };
            let reply = TurnstileReply::DropCoin(true);
            assert_eq!(format!("{event:?} {reply:?}"), "DropCoin { value: 5 } DropCoin(true)");
            derives_all(&event);
            derives_all(&reply);

            // What the system derives says nothing of how events exist.
            derives_all(&machine);
            let mut copy = machine.clone();
            assert_eq!((&copy, hash(&copy)), (&machine, hash(&machine)));
            machine.push();
            assert_ne!(copy, machine);
            copy.dispatch(TurnstileEvent::Push);
            assert_eq!((&copy, hash(&copy), copy.taken), (&machine, hash(&machine), 5));
            assert_eq!(copy.cmp(&machine), std::cmp::Ordering::Equal);
            assert!(format!("{machine:?}").starts_with("Turnstile { taken: 5, __state: Locked"));

            assert!(Is::<Turnstile>::SEND && Is::<TurnstileEvent>::SEND && Is::<Opaque>::SEND);
            assert!(!Is::<Local>::SEND && !Is::<Rc<u8>>::SEND);
            Local::new().put(1);
            let three = Box::new(|| 3);
            assert_eq!(can_be_shared(Opaque::new()).run(three), 3);
        }
    };
}

types_of!(direct);
types_of!(direct_by_name);
types_of!(pool);
types_of!(pool_by_name);
types_of!(growing);
types_of!(heap);
types_of!(heap_by_name);
