//! How often each mode calls the allocator, statement by statement: never with direct and pool
//! events, once for each event with heap events.

#![deny(unsafe_code)]

#[allow(unsafe_code)]
#[path = "allocations/counting.rs"]
mod counting;

use counting::allocations;

macro_rules! in_each_mode {
    ($($input:tt)*) => {
        mod direct {
            frame_runtime::__private::frame_system! { (frame_runtime) $($input)* }
        }
        mod direct_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; state_id(string)) $($input)*
            }
        }
        mod pool {
            frame_runtime::__private::frame_system! {
                (frame_runtime; events(pool(8)); no_alloc) $($input)*
            }
        }
        mod pool_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; events(pool(8)); no_alloc; state_id(string); event_id(string))
                $($input)*
            }
        }
        mod rejecting {
            frame_runtime::__private::frame_system! {
                (frame_runtime; events(pool(8)); overflow(reject); no_alloc) $($input)*
            }
        }
        mod growing {
            frame_runtime::__private::frame_system! {
                (frame_runtime; events(pool); overflow(grow)) $($input)*
            }
        }
        mod heap {
            frame_runtime::__private::frame_system! { (frame_runtime; events(heap)) $($input)* }
        }
        mod heap_by_name {
            frame_runtime::__private::frame_system! {
                (frame_runtime; events(heap); state_id(string); event_id(string)) $($input)*
            }
        }
    };
}

in_each_mode! {
    @@[event_enum]
    @@[stack(4)]
    @@[data(seen: u32 = 1, word: &'static str = "")]
    #[derive(Debug)]
    pub @@system All {
        interface:
            plain(n: u32): u32
            ignored(n: u32)
            query(&self, n: u32): u32
            to_b(n: u32)
            to_a(text: [u8; 4]): u32
            forward(n: u32): u32
            call(n: u32): u32
            call_that_moves(): u32
            hand_on(n: u32): u32
            push_copy()
            save(n: u32)
            back()
            data(): u32
            vars(n: u32): usize
            context(): usize
            long(): u32
            retain()
            native(n: u32): Option<u32>
        machine:
            $A => $Base {
                $.hits: u32 = 0
                $>(text: [u8; 4]) { self.total += u32::from(text[0]); }
                <$(n: u32) { self.total += n; }
                plain(n: u32): u32 {
                    @@:(n)
                    self.total += @@:return;
                }
                query(n: u32): u32 { $.hits + n }
                to_b(n: u32) { (n) -> => (n) "next" $B(n, [n; 3]) }
                forward(n: u32): u32 {
                    => $^
                    $.hits += n;
                }
                call(n: u32): u32 {
                    let first = @@:self.plain(n);
                    first + self.add(n)
                }
                call_that_moves(): u32 {
                    @@:(1)
                    @@:self.to_b(3);
                    $.hits += 1;
                }
                hand_on(n: u32): u32 { -> => $B(n, [0; 3]) }
                data(): u32 {
                    @@:data.word = "five";
                    @@:data.seen += 4;
                    => $^
                }
                vars(n: u32): usize {
                    $.hits = n;
                    @@:($.hits as usize)
                }
                context(): usize { @@:event.len() + @@:system.state.name.len() }
                long(): u32 {
                    @@:(8)
                    -> $C
                }
                => $^
            }
            $B(n: u32, rest: [u32; 3]) => $Base {
                $.count: u32 = n + rest[0]
                $>(n: u32) { self.total += n + @@:self.plain(1); }
                <$ { self.total += $.count; }
                plain(n: u32): u32 { n }
                hand_on(n: u32): u32 {
                    $.count += n;
                    @@:($.count)
                }
                to_a(text: [u8; 4]): u32 {
                    @@:return = 5;
                    -> (text) $A
                }
                => $^
            }
            $C {
                $> { -> $D }
            }
            $D {
                $> { -> $A }
                <$ { self.total += 1; }
            }
            @@[retain]
            $Base {
                $.kept: [u32; 4] = [0; 4]
                forward(n: u32): u32 {
                    $.kept[0] += n;
                    @@:($.kept[0])
                }
                data(): u32 { @@:(@@:data.seen + @@:data.word.len() as u32) }
                push_copy() {
                    push$
                    pop$
                }
                save(n: u32) { push$ -> (n) $B(n, [n; 3]) }
                back() { -> pop$ }
                retain() { -> $B(0, [0; 3]) }
                native(n: u32): Option<u32> {
                    for at in 0..n {
                        if at == 3 {
                            let left = n.checked_sub(4)?;
                            return Some(left);
                        }
                    }
                    None
                }
            }
        actions:
            add(n: u32): u32 { @@:self.forward(n) + 1 }
        domain:
            pub total: u32 = 0
    }
}

/// Every statement of the language, with the most events that a dispatch of it makes: one for the
/// call, one for each call within it, one for each `$>` and `<$`.
macro_rules! counts {
    ($mode:ident, $allowed:expr) => {
        #[test]
        fn $mode() {
            use $mode::{All, AllEvent, AllState};
            let allowed: fn(u64) -> u64 = $allowed;
            let mut all = All::new();
            // What heap events keep between calls, and a pool that grows, is there by now.
            let _ = (all.call_that_moves(), all.to_a([1; 4]), all.long());

            let check = |all: &mut All, events: u64, call: &dyn Fn(&mut All)| {
                let count = allocations(|| call(all));
                assert_eq!(count, allowed(events), "{events} events, now in {:?}", all.state());
            };
            macro_rules! check {
                ($count:expr, $method:ident($arguments:expr)) => {
                    check(&mut all, $count, &|all| _ = all.$method($arguments))
                };
                ($count:expr, $method:ident()) => {
                    check(&mut all, $count, &|all| _ = all.$method())
                };
            }
            check!(1, plain(1));
            check!(1, ignored(1));
            check!(0, query(1));
            check!(1, forward(1));
            check!(3, call(1));
            check!(1, data());
            check!(1, vars(1));
            check!(1, context());
            check!(1, native(5));
            check!(1, push_copy());
            check(&mut all, 1, &|all| _ = all.dispatch(AllEvent::Plain { n: 1 }));

            check!(4, to_b(1)); // `<$`, `$>` and its call
            assert_eq!(all.state(), AllState::B);
            check!(3, to_a([1; 4]));
            assert_eq!(all.state(), AllState::A);
            check!(5, call_that_moves());
            assert_eq!(all.state(), AllState::B);
            check!(3, to_a([1; 4]));
            check!(4, hand_on(1));
            assert_eq!(all.state(), AllState::B);
            check!(4, save(1));
            check!(4, back());
            assert_eq!(all.state(), AllState::B);
            check!(3, to_a([1; 4]));
            check!(4, retain());
            check!(3, to_a([1; 4]));
            check!(6, long()); // through `$C` and `$D`
            assert_eq!(all.state(), AllState::A);
            check(&mut all, 4, &|all| _ = all.dispatch(AllEvent::ToB { n: 1 }));
            assert_eq!(all.state(), AllState::B);
        }
    };
}

const NONE: fn(u64) -> u64 = |_| 0;
const EACH: fn(u64) -> u64 = |events| events;

counts!(direct, NONE);
counts!(direct_by_name, NONE);
counts!(pool, NONE);
counts!(pool_by_name, NONE);
counts!(rejecting, NONE);
counts!(growing, NONE);
counts!(heap, EACH);
counts!(heap_by_name, EACH);

frame_runtime::frame_system! {
    @@system Typist {
        interface:
            load(text: String)
            press(): Option<u8>
            left(&self): usize
        machine:
            $Idle {
                load(text: String) { -> $Typing(text) }
            }
            $Typing(text: String) {
                $.at: usize = 0
                $.pressed: u32 = 0
                press(): Option<u8> {
                    @@:(text.bytes().nth($.at))
                    $.at += 1;
                    $.pressed += text.len() as u32;
                    if $.at == text.len() { -> $Idle }
                }
                left(): usize { text.len() - $.at + usize::from($.pressed > 99) }
            }
    }
}

/// R13: a state param that a handler only looks at is not copied for it, whatever else of the
/// state it changes.
#[test]
fn looking_at_a_state_param_does_not_copy_it() {
    let mut typist = Typist::new();
    typist.load("abc".to_owned());
    let count = allocations(|| {
        assert_eq!((typist.press(), typist.left(), typist.press()), (Some(b'a'), 2, Some(b'b')));
    });
    assert_eq!(count, 0);
    assert_eq!((typist.press(), typist.state()), (Some(b'c'), TypistState::Idle));
}

pub struct Parcel {
    pub items: Vec<u8>,
    pub to: String,
}

frame_runtime::frame_system! {
    @@system Shop {
        interface:
            order(items: Vec<u8>, to: String)
            pack(limit: usize): bool
            cancel(): Option<Vec<u8>>
            unpack(): Option<(usize, String)>
        machine:
            $Open {
                order(items: Vec<u8>, to: String) { -> $Ordered(items, to) }
            }
            $Ordered(items: Vec<u8>, to: String) => $Any {
                pack(limit: usize): bool {
                    if items.len() > limit { return false; }
                    -> (Some(Parcel { items, to }), 9 / limit) $Packed
                    @@:(true)
                }
                => $^
            }
            $Packed {
                $.parcel: Option<Parcel> = None
                $>(parcel: Option<Parcel>, room: usize) {
                    $.parcel = parcel;
                    self.room = room;
                }
                unpack(): Option<(usize, String)> {
                    let Parcel { items, to } = $.parcel.take()?;
                    Some((items.len(), to))
                }
            }
            $Any {
                cancel(): Option<Vec<u8>> {
                    @@:(Some(items))
                    -> $Open
                }
            }
        domain:
            pub room: usize = 0
    }
}

fn ordered() -> Shop {
    let mut shop = Shop::new();
    shop.order(vec![1, 2], "Ada".to_owned());
    shop
}

/// A param that a transition uses up is moved into what is made of it, by a parent's handler
/// as well.
#[test]
fn using_a_state_param_up_does_not_copy_it() {
    let (mut shop, mut other) = (ordered(), ordered());
    let count = allocations(|| assert_eq!((shop.pack(1), shop.pack(3)), (false, true)));
    assert_eq!((count, shop.unpack(), shop.room), (0, Some((2, "Ada".to_owned())), 3));
    let count = allocations(|| assert_eq!(other.cancel().map(|items| items.len()), Some(2)));
    assert_eq!((count, other.state()), (0, ShopState::Open));
}

/// R27: they stay in their state where another argument panics.
#[test]
fn a_panic_in_an_argument_uses_no_param_up() {
    let mut shop = Shop::new();
    shop.order(Vec::new(), "Ada".to_owned());
    let broken = std::panic::AssertUnwindSafe(|| shop.pack(0));
    assert!(std::panic::catch_unwind(broken).is_err());
    assert_eq!((shop.pack(2), shop.unpack()), (true, Some((0, "Ada".to_owned()))));
}

frame_runtime::frame_system! {
    @@system Line {
        interface:
            dial(number: String)
            hang_up(again: bool)
            forward(to: String): Option<String> = None
            wait()
            length(&self): Option<usize> = None
        machine:
            $Free {
                dial(number: String) { -> $Calling(number) }
            }
            $Calling(number: String) {
                hang_up(again: bool) {
                    if again { -> (number, 3) $Waiting }
                    -> $Free
                }
                length(): Option<usize> { Some(number.len()) }
                <$() {
                    assert!(!self.jammed, "jammed");
                    self.billed += number.len();
                }
            }
            $Waiting {
                $.number: String = String::new()
                $.times: u32 = 0
                $>(number: String, times: u32) {
                    $.number = number;
                    $.times = times;
                }
                length(): Option<usize> { Some($.number.len() + 10) }
                hang_up(_again: bool) { -> $Free }
                wait() { -> $Held(std::mem::take(&mut $.number)) }
            }
            $Held(number: String) {
                forward(to: String): Option<String> {
                    @@:(Some(number.clone()))
                    -> $Held(to)
                }
                wait() { -> (number.clone(), number.clone().len() as u32) $Waiting }
                length(): Option<usize> { Some(number.len() + 20) }
            }
        domain:
            pub jammed: bool = false
            pub billed: usize = 0
    }
}

/// R4: a param that is handed on past a `<$` is there when that runs, and moved then.
#[test]
fn handing_a_state_param_on_past_an_exit_handler_does_not_copy_it() {
    let mut line = Line::new();
    line.dial("0123".to_owned());
    assert_eq!(allocations(|| line.hang_up(true)), 0);
    assert_eq!((line.length(), line.billed), (Some(14), 4));
    line.hang_up(true);
    assert_eq!((line.length(), line.state()), (None, LineState::Free));
}

/// Nobody has the other one when a `String` is copied in the last place that uses it.
#[test]
fn a_copy_of_a_state_param_that_is_given_up_is_the_param() {
    let mut line = Line::new();
    line.dial("0123".to_owned());
    line.hang_up(true);
    let to = "89".to_owned();
    let count = allocations(|| {
        line.wait();
        assert_eq!(line.forward(to).as_deref(), Some("0123"));
        assert_eq!(line.length(), Some(22));
        line.wait();
    });
    // The one that is made for its length alone.
    assert_eq!((count, line.length()), (1, Some(12)));
}

/// R27: it stays in its state where that panics.
#[test]
fn a_panic_in_an_exit_handler_moves_no_param() {
    let mut line = Line::new();
    line.dial("0123".to_owned());
    line.jammed = true;
    let broken = std::panic::AssertUnwindSafe(|| line.hang_up(true));
    assert!(std::panic::catch_unwind(broken).is_err());
    assert_eq!((line.length(), line.billed, line.state()), (Some(4), 0, LineState::Calling));
    line.jammed = false;
    line.hang_up(true);
    assert_eq!((line.length(), line.billed), (Some(14), 4));
}
