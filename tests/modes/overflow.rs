//! What a full pool does, and that what a call has taken from it comes back.

use super::panic_message;
use frame_runtime::frame_system;

frame_system! {
    /// Two events at once: enough for a transition, not for a call from within one.
    @@[events(pool(2))]
    #[derive(Clone, Debug, PartialEq)]
    @@system Panics {
        interface:
            poke(): u32
            toggle()
            chain(text: String): u32
            note(text: String): u32
            seen(&self): usize
        machine:
            $A {
                poke(): u32 { 1 }
                toggle() { -> $B }
                chain(text: String): u32 {
                    self.log.push(text.clone());
                    -> (text) $C
                    @@:(7)
                }
                note(text: String): u32 {
                    self.log.push(text);
                    2
                }
                seen(): usize { self.log.len() }
                <$ { self.log.push("exit A".to_string()); }
            }
            $B {
                poke(): u32 { 10 }
                toggle() { -> $A }
                $> { self.log.push("enter B".to_string()); }
            }
            $C {
                $>(text: String) { let _ = @@:self.note(text); }
            }
        domain:
            pub log: Vec<String>
    }

    @@[events(pool(2))]
    @@[overflow(reject)]
    @@[event_enum]
    #[derive(Clone, Debug, PartialEq)]
    @@system Rejects {
        interface:
            poke(): u32
            toggle()
            chain(text: &str, parts: &[u8]): u32
            note(text: String): u32
            log(&self): Vec<String>
        machine:
            $A => $Base {
                poke(): u32 { 1 }
                toggle() { -> $B }
                chain(text: &str, parts: &[u8]): u32 {
                    self.log.push(text.to_string());
                    -> (text.to_string()) $C(parts.len())
                }
                => $^
            }
            $B => $Base {
                poke(): u32 { 10 }
                toggle() { -> $A }
                $> { self.log.push("enter B".to_string()); }
                => $^
            }
            $C(parts: usize) => $Base {
                $>(text: String) { let _ = @@:self.note(text); }
                note(text: String): u32 { parts as u32 }
            }
            $Base {
                log(): Vec<String> { self.log.clone() }
            }
        domain:
            log: Vec<String>
    }

    @@[events(pool(1))]
    @@[overflow(grow)]
    @@[allow(W850)]
    @@system Grows {
        interface:
            sum(n: u32): u32
            chain()
            done()
        machine:
            $A {
                sum(n: u32): u32 {
                    if n == 0 {
                        @@:return(0)
                    }
                    n + @@:self.sum(n - 1)
                }
                chain() { -> $B }
                <$ { self.rest = @@:self.sum(10); }
            }
            $B {
                $> { @@:self.done(); }
                done() { -> $A }
            }
        domain:
            pub rest: u32 = 0
    }

    /// Calls itself as often as it is told, so its capacity cannot be counted.
    @@[events(pool(4))]
    #[derive(Clone, Debug, PartialEq)]
    @@system Recursive {
        interface:
            sum(n: u32): u32
            after(n: u32)
            enter(n: u32)
        machine:
            $A {
                sum(n: u32): u32 {
                    self.calls += 1;
                    if n == 0 {
                        @@:return(0)
                    }
                    n + @@:self.sum(n - 1)
                }
                after(n: u32) {
                    self.calls += 1;
                    if n == 0 {
                        -> $B
                    }
                    @@:self.after(n - 1);
                }
                <$ { self.left += 1; }
            }
            $B {
                $> { self.entered += 1; }
                enter(n: u32) { -> $A }
            }
        domain:
            pub calls: u32 = 0
            pub left: u32 = 0
            pub entered: u32 = 0
    }
}

#[test]
fn a_full_pool_is_named_before_anything_changes() {
    let mut machine = Panics::new();
    let before = machine.clone();
    for _ in 0..3 {
        assert_eq!(
            panic_message(|| machine.chain("a".to_string())),
            "event `chain` of `Panics`: the event pool holds 2 events at most"
        );
        assert_eq!((&machine, machine.state()), (&before, PanicsState::A));
    }

    // The pool is as empty as before: these need all of it.
    assert_eq!(machine.note("b".to_string()), 2);
    machine.toggle();
    assert_eq!((machine.poke(), machine.state()), (10, PanicsState::B));
    assert_eq!(machine.log, ["b", "exit A", "enter B"]);
    machine.toggle();
    assert_eq!((machine.poke(), machine.seen()), (1, 3));
}

#[test]
fn a_full_pool_hands_the_event_back() {
    let mut machine = Rejects::new();
    let before = machine.clone();
    for _ in 0..3 {
        let full = machine.chain("a", &[1, 2, 3]).unwrap_err();
        assert_eq!(full.to_string(), "the event pool is full");
        assert_eq!(
            full.into_event(),
            RejectsEvent::Chain { text: "a".to_string(), parts: vec![1, 2, 3] }
        );
        assert_eq!((&machine, machine.state()), (&before, RejectsState::A));
    }
    let event = RejectsEvent::Chain { text: "b".to_string(), parts: vec![] };
    assert_eq!(machine.dispatch(event.clone()).unwrap_err().into_event(), event);
    assert_eq!(machine, before);

    assert_eq!((machine.poke(), machine.toggle(), machine.poke()), (Ok(1), Ok(()), Ok(10)));
    assert_eq!(machine.dispatch(RejectsEvent::Toggle), Ok(RejectsReply::Nothing));
    assert_eq!(machine.dispatch(RejectsEvent::Poke), Ok(RejectsReply::Poke(1)));
    assert_eq!((machine.state(), machine.log()), (RejectsState::A, vec!["enter B".to_string()]));
}

#[test]
fn a_growing_pool_takes_every_call() {
    let mut machine = Grows::new();
    assert_eq!((machine.sum(100), machine.sum(3)), (5050, 6));
    for _ in 0..3 {
        machine.chain();
        assert_eq!((machine.state(), machine.rest), (GrowsState::A, 55));
        machine.rest = 0;
    }
}

#[test]
fn a_call_too_deep_panics_before_it_changes_anything() {
    let mut machine = Recursive::new();
    assert_eq!((machine.sum(3), machine.calls), (6, 4));
    let message = "event `sum` of `Recursive`: the event pool holds 4 events at most";
    assert_eq!(panic_message(|| machine.sum(4)), message);
    assert_eq!(machine.calls, 8, "the fifth call did not begin");
    assert_eq!((machine.sum(3), machine.calls), (6, 12));
}

/// The call at the bottom needs an event for `<$` and `$>` besides its own: it panics ahead of
/// its handler, not half way through its transition.
#[test]
fn a_call_too_deep_does_not_begin_a_transition() {
    let mut machine = Recursive::new();
    let message = "event `after` of `Recursive`: the event pool holds 4 events at most";
    assert_eq!(panic_message(|| machine.after(3)), message);
    let expected = Recursive { calls: 3, ..machine.clone() };
    assert_eq!((&machine, machine.state()), (&expected, RecursiveState::A));
    assert_eq!((machine.left, machine.entered), (0, 0));

    machine.after(2);
    assert_eq!((machine.left, machine.entered), (1, 1));
    assert_eq!(machine.state(), RecursiveState::B);
    machine.enter(0);
    machine.after(2);
    assert_eq!((machine.left, machine.entered), (2, 2));
}

mod rejected_from_outside_only {
    //! With `@@[overflow(reject)]`, self-calls and traits see the values that are declared.

    use crate::panic_message;
    use frame_runtime::frame_system;

    trait Meter {
        fn read(&mut self) -> u32;
        fn sum(&mut self, n: u32) -> u32;
    }

    frame_system! {
        @@[events(pool(3))]
        @@[overflow(reject)]
        #[derive(Debug, PartialEq)]
        @@system Gauge : Meter {
            operations:
                twice(): u32 { @@:self.read() + @@:self.read() }
            interface:
                read(): u32
                sum(n: u32): u32
            machine:
                $Only {
                    read(): u32 {
                        self.reads += 1;
                        self.reads
                    }
                    sum(n: u32): u32 {
                        if n == 0 {
                            @@:return(0)
                        }
                        n + self.sum(n - 1)
                    }
                }
            domain:
                reads: u32 = 0
        }
    }

    #[test]
    fn self_calls_and_traits_return_what_is_declared() {
        let mut gauge = Gauge::new();
        assert_eq!((gauge.twice(), gauge.read(), gauge.sum(2)), (3, Ok(3), Ok(3)));
        assert_eq!((Meter::read(&mut gauge), Meter::sum(&mut gauge, 2)), (4, 3));
    }

    /// What a call finds out on its way cannot be handed back any more.
    #[test]
    fn a_self_call_too_deep_panics() {
        let mut gauge = Gauge::new();
        let message = "event `sum` of `Gauge`: the event pool holds 3 events at most";
        for _ in 0..4 {
            assert_eq!(panic_message(|| gauge.sum(3)), message);
            assert_eq!(panic_message(|| Meter::sum(&mut gauge, 3)), message);
        }
        assert_eq!(gauge.sum(2), Ok(3));
    }
}

mod counted {
    //! Without a written capacity, the pool has just the one that the calls need.

    use frame_runtime::frame_system;

    frame_system! {
        @@[events(pool)]
        @@[allow(W850)]
        @@system Nested {
            interface:
                begin()
                first()
                second()
                third(): u32
            machine:
                $A {
                    begin() { -> $B }
                    first() { @@:self.second(); }
                    second() { self.log.push("A.second"); }
                    third(): u32 { 1 }
                    <$ {
                        self.log.push("A.exit");
                        @@:self.first();
                    }
                }
                $B {
                    $.at_start: u32 = self.count()
                    $> {
                        self.log.push("B.enter");
                        @@:self.first();
                        self.log.push("never: the state was left");
                    }
                    first() {
                        self.log.push("B.first");
                        -> $C($.at_start)
                    }
                    <$ {
                        let _ = @@:self.third();
                    }
                    third(): u32 {
                        self.log.push("B.third");
                        3
                    }
                }
                $C(at_start: u32) {
                    $> {
                        self.log.push("C.enter");
                        self.total = at_start + self.count();
                        @@:self.second();
                    }
                    second() { self.log.push("C.second"); }
                    third(): u32 { 4 }
                }
            actions:
                count(): u32 { @@:self.third() }
            domain:
                pub log: Vec<&'static str>
                pub total: u32 = 0
        }

        @@[events(pool)]
        @@system Passes {
            interface:
                pass()
                land(): u32
            machine:
                $A {
                    pass() { -> => $B }
                }
                $B {
                    $> { self.log = vec![@@:self.land()]; }
                    pass() {
                        let landed = @@:self.land();
                        self.log.push(landed + 1);
                    }
                    land(): u32 { 5 }
                }
            domain:
                pub log: Vec<u32>
        }

        @@[events(pool)]
        @@system Quiet {
            interface:
                a()
            machine:
                $Only { a() {} }
        }
    }

    #[test]
    fn the_counted_capacity_suffices_for_calls_in_lifecycle_handlers() {
        for _ in 0..3 {
            let mut machine = Nested::new();
            machine.begin();
            let left = ["A.exit", "A.second", "B.enter", "B.first", "B.third"];
            assert_eq!(machine.log, [&left[..], &["C.enter", "C.second"]].concat());
            assert_eq!((machine.state(), machine.total), (NestedState::C, 5));
        }
    }

    #[test]
    fn the_counted_capacity_suffices_for_a_forwarded_event() {
        let mut machine = Passes::new();
        machine.pass();
        assert_eq!((&machine.log[..], machine.state_name()), (&[5, 6][..], "B"));
    }

    /// One slot, and what a pool and a state take besides.
    #[test]
    fn the_counted_capacity_is_no_more_than_needed() {
        assert!(size_of::<Quiet>() <= 48, "{}", size_of::<Quiet>());
    }
}

mod panics_in_handlers {
    //! R27: what a broken call held is released, so that the pool does not run dry.

    use crate::panic_message;

    macro_rules! rig {
        ($($input:tt)*) => {
            mod reject {
                frame_runtime::__private::frame_system! {
                    (frame_runtime; events(pool(4)); overflow(reject)) $($input)*
                }
            }
            mod string {
                frame_runtime::__private::frame_system! {
                    (frame_runtime; events(pool(4)); event_id(string)) $($input)*
                }
            }
            mod grow {
                frame_runtime::__private::frame_system! {
                    (frame_runtime; events(pool); overflow(grow)) $($input)*
                }
            }
            mod heap {
                frame_runtime::__private::frame_system! { (frame_runtime; events(heap)) $($input)* }
            }
            mod counted {
                frame_runtime::__private::frame_system! { (frame_runtime; events(pool)) $($input)* }
            }
        };
    }

    rig! {
        @@[allow(W850)]
        #[derive(Debug, PartialEq)]
        pub @@system Rig {
            interface:
                go(place: &str)
                inner(place: &str)
                all(): u32
            machine:
                $A {
                    go(place: &str) {
                        self.place = place.to_string();
                        self.blow("handler");
                        -> $B
                    }
                    inner(place: &str) {
                        self.blow(place);
                    }
                    <$ {
                        self.blow("exit");
                        @@:self.inner("call in exit");
                    }
                    all(): u32 {
                        @@:self.inner("none");
                        1
                    }
                }
                $B {
                    $> {
                        self.blow("enter");
                        @@:self.inner("call in enter");
                    }
                    inner(place: &str) { self.blow(place); }
                    go(place: &str) { -> $A }
                    all(): u32 {
                        @@:self.inner("none");
                        2
                    }
                }
            actions:
                blow(place: &str) {
                    if self.place == place {
                        self.place.clear();
                        panic!("{place} blew up");
                    }
                }
            domain:
                place: String
        }
    }

    const PLACES: [&str; 5] = ["handler", "exit", "call in exit", "enter", "call in enter"];

    /// Each place blows up more often than the pool has slots.
    macro_rules! releases {
        ($module:ident, $answer:expr) => {
            #[test]
            fn $module() {
                use $module::{Rig, RigState};
                let mut rig = Rig::new();
                for (place, left) in PLACES.into_iter().zip([false, false, false, true, true]) {
                    for _ in 0..8 {
                        let message = panic_message(|| rig.go(place));
                        assert_eq!(message, format!("{place} blew up"));
                        let (state, all) =
                            if left { (RigState::B, 2_u32) } else { (RigState::A, 1) };
                        assert_eq!((rig.state(), rig.all()), (state, $answer(all)));
                        if left {
                            let _ = rig.go("");
                        }
                        assert_eq!(rig.state(), RigState::A);
                    }
                }
            }
        };
    }

    releases!(reject, Ok);
    releases!(string, std::convert::identity);
    releases!(grow, std::convert::identity);
    releases!(heap, std::convert::identity);
    releases!(counted, std::convert::identity);
}
