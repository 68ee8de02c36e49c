//! Section 4, R25–R26: transitions that take the event in hand along.

mod events {
    frame_system! {
        @@system Router {
            interface:
                put(item: String): String
                both(n: i32): i32
                either(n: i32): i32
                arm(key: i32): i32
                lost(n: i32): i32
                queue(n: i32): i32
                home()
            machine:
                $Idle => $Base {
                    put(item: String): String {
                        self.note("Idle.put");
                        @@:(format!("Idle {item}"))
                        -> => $Busy
                    }
                    both(n: i32): i32 { ("bye") -> => ("hi") "to" $Args(n + 1) }
                    either(n: i32): i32 { ("bye") -> ("hi") => $Args(n + 1) }
                    arm(key: i32): i32 {
                        match key {
                            0 => -> => $Args(5),
                            1 => ("bye") -> => ("arm") $Args(6),
                            _ => {}
                        }
                        @@:(-1)
                    }
                    lost(n: i32): i32 {
                        @@:(n)
                        -> => $Busy
                    }
                    queue(n: i32): i32 {
                        => $^
                        self.note("Idle.queue");
                        @@:(n + 1)
                    }
                    <$(why: &'static str) {
                        self.note("Idle.exit");
                        self.note(why);
                    }
                }
                $Base {
                    queue(_n: i32): i32 { -> => $Args(8) }
                }
                $Busy {
                    $> { self.note("Busy.enter"); }
                    put(item: String): String {
                        self.note("Busy.put");
                        @@:(format!("{} Busy {item} {} {}", @@:return, @@:event, @@:params.item))
                    }
                    home() { -> $Idle }
                }
                $Args(n: i32) {
                    $>(hello: &'static str) {
                        self.note("Args.enter");
                        self.note(hello);
                    }
                    both(m: i32): i32 { @@:(n * 10 + m) }
                    either(m: i32): i32 { @@:(n * 100 + m) }
                    arm(key: i32): i32 { @@:(n + key) }
                    queue(m: i32): i32 { @@:(@@:return * 10 + m) }
                    home() { -> $Idle }
                }
            actions:
                note(what: &'static str) { self.trace.push(what); }
            domain:
                pub trace: Vec<&'static str>
        }
    }

    #[test]
    fn r25_the_event_is_dispatched_to_the_new_state_after_its_enter() {
        let mut router = Router::new();
        assert_eq!(router.put("x".to_string()), "Idle x Busy x put x");
        assert_eq!(router.trace, ["Idle.put", "Idle.exit", "", "Busy.enter", "Busy.put"]);
    }

    #[test]
    fn r25_args_given_together_with_the_event_are_honoured() {
        let mut router = Router::new();
        assert_eq!(router.both(3), 43);
        assert_eq!(router.trace, ["Idle.exit", "bye", "Args.enter", "hi"]);
        router.home();
        assert_eq!(router.either(3), 403);
        assert_eq!(router.trace[4..], ["Idle.exit", "bye", "Args.enter", "hi"]);
    }

    #[test]
    fn r25_a_match_arm_may_take_the_event_along() {
        assert_eq!(Router::new().arm(2), -1);
        assert_eq!(Router::new().arm(0), 5);
        let mut router = Router::new();
        assert_eq!(router.arm(1), 7);
        assert_eq!(router.trace, ["Idle.exit", "bye", "Args.enter", "arm"]);
    }

    #[test]
    fn r25_a_state_without_handler_ignores_the_event() {
        let mut router = Router::new();
        assert_eq!((router.lost(4), router.state()), (4, RouterState::Busy));
        router.home();
        assert_eq!(router.state(), RouterState::Idle);
    }

    #[test]
    fn r25_a_parent_may_take_the_event_along() {
        let mut router = Router::new();
        assert_eq!(router.queue(4), 54);
        assert_eq!(router.trace, ["Idle.queue", "Idle.exit", "", "Args.enter", ""]);
    }
}

mod hierarchy {
    frame_system! {
        @@system Desk {
            interface:
                ask(n: u32): u32
            machine:
                $Closed {
                    ask(n: u32): u32 { -> => $Counter }
                }
                $Counter => $Office {
                    => $^
                }
                $Office {
                    $.base: u32 = 100
                    $> { self.entered += 1; }
                    ask(n: u32): u32 { @@:($.base + n) }
                }
            domain:
                pub entered: u32 = 0
        }
    }

    #[test]
    fn r25_the_event_follows_the_default_forward_of_the_new_state() {
        let mut desk = Desk::new();
        assert_eq!((desk.ask(7), desk.entered), (107, 1));
    }
}

mod lifecycle {
    frame_system! {
        @@system Boot {
            interface:
                boot(n: u32)
                restart()
            machine:
                $Off {
                    boot(n: u32) { -> (n, "by hand") $Check }
                    restart() { -> (0, "again") $Check }
                }
                $Check {
                    $>(n: u32, how: &'static str) {
                        self.trace.push(format!("Check.enter {n} {how}"));
                        if n > 0 {
                            -> => $On
                        }
                    }
                    <$ { self.trace.push("Check.exit".to_string()); }
                }
                $On {
                    $>(volts: u32, why: &'static str) {
                        self.trace.push(format!("On.enter {volts} {why} {}", @@:event));
                    }
                }
            domain:
                pub trace: Vec<String>
        }
    }

    #[test]
    fn r25_an_enter_event_in_hand_is_dispatched_once_with_its_own_args() {
        let mut boot = Boot::new();
        boot.boot(5);
        assert_eq!(boot.trace, ["Check.enter 5 by hand", "Check.exit", "On.enter 5 by hand $>"]);
        let mut boot = Boot::new();
        boot.restart();
        assert_eq!(boot.trace, ["Check.enter 0 again"]);
    }
}

mod all_args {
    frame_system! {
        @@system Relay {
            interface:
                low(n: u32)
                high()
                bare()
                word(text: String)
                part()
                keep()
            machine:
                $Off {
                    low(n: u32) { -> (n, 20, 30) $Low }
                    high() { -> (1) $High }
                    bare() { -> $Low }
                    word(text: String) { -> (text) $Word }
                    part() { -> (1, 2) $Part }
                    keep() { push$ -> (4, 40, 400) $Back }
                    $>(a: u32 = 6, b: u32 = 60) { self.note(format!("Off {a} {b}")); }
                }
                $Low => $High {
                    $>(a: u32, b: u32, c: u32) {
                        self.note(format!("Low {a} {b} {c}"));
                        => $^
                    }
                }
                $High {
                    $>(a: u32) {
                        self.note(format!("High {a}"));
                        -> => $Taker
                    }
                }
                $Taker {
                    $>(a: u32 = 7, b: u32 = 8, c: u32 = 9, d: u32 = 10) {
                        self.note(format!("Taker {a} {b} {c} {d}"));
                    }
                }
                $Word {
                    $>(text: String) { -> => $Held(text.len()) }
                }
                $Held(length: usize) {
                    $>(text: String) { self.note(format!("Held {text} {length}")); }
                }
                $Part {
                    $>(a: u32, b: u32) {
                        self.note(format!("Part {a} {b}"));
                        -> (50) => $Taker
                    }
                }
                $Back => $Returning {
                    $>(a: u32, b: u32, c: u32) { => $^ }
                }
                $Returning {
                    $>(a: u32) { -> => pop$ }
                }
            actions:
                note(what: String) { self.trace.push(what); }
            domain:
                pub trace: Vec<String>
        }
    }

    fn trace(call: impl FnOnce(&mut Relay)) -> Vec<String> {
        let mut relay = Relay::new();
        relay.trace.clear();
        call(&mut relay);
        relay.trace
    }

    #[test]
    fn r25_an_enter_event_takes_all_args_along_that_the_transition_gave() {
        assert_eq!(trace(|relay| relay.low(10)), ["Low 10 20 30", "High 10", "Taker 10 20 30 10"]);
        assert_eq!(trace(Relay::high), ["High 1", "Taker 1 8 9 10"]);
    }

    #[test]
    fn r25_what_an_enter_event_lacks_takes_the_defaults_of_the_new_state() {
        assert_eq!(trace(Relay::bare), ["Low 0 0 0", "High 0", "Taker 7 8 9 10"]);
    }

    #[test]
    fn r25_the_args_of_an_enter_event_may_be_named_beside_it() {
        assert_eq!(trace(|relay| relay.word("four".to_string())), ["Held four 4"]);
    }

    #[test]
    fn r25_args_given_beside_an_enter_event_stand_in_for_its_own() {
        assert_eq!(trace(Relay::part), ["Part 1 2", "Taker 50 2 9 10"]);
    }

    #[test]
    fn r25_an_enter_event_is_taken_to_a_popped_state_with_all_its_args() {
        assert_eq!(trace(Relay::keep), ["Off 4 40"]);
    }
}

mod named_args {
    frame_system! {
        @@system Inbox {
            interface:
                put(item: String, to: Vec<u8>): String
            machine:
                $Empty {
                    put(item: String, to: Vec<u8>): String {
                        (to) -> => $Open(item)
                        @@:(item.to_uppercase())
                    }
                    <$(to: Vec<u8>) { self.left_with = to; }
                }
                $Open(first: String) {
                    put(item: String, to: Vec<u8>): String {
                        @@:(format!("{} {first} {item} {to:?} {:?}", @@:return, self.left_with))
                    }
                }
            domain:
                left_with: Vec<u8>
        }
    }

    #[test]
    fn r25_args_of_the_event_may_be_args_of_the_transition_too() {
        assert_eq!(Inbox::new().put("a".to_string(), vec![1]), "A a a [1] [1]");
    }
}

mod queued {
    frame_system! {
        @@system Lift {
            interface:
                call(floor: u32): u32
                race(floor: u32): u32
            machine:
                $Idle {
                    call(floor: u32): u32 {
                        @@:(floor)
                        -> => $Closing
                    }
                    race(floor: u32): u32 { -> => $Closing }
                    <$ { self.trace.push("Idle.exit"); }
                }
                $Closing {
                    $> {
                        self.trace.push("Closing.enter");
                        -> $Moving
                    }
                    <$ { self.trace.push("Closing.exit"); }
                    call(floor: u32): u32 {
                        self.trace.push("Closing.call");
                        @@:(@@:return + floor * 10)
                    }
                    race(floor: u32): u32 {
                        self.trace.push("Closing.race");
                        -> $Stuck
                        @@:(floor * 100)
                    }
                }
                $Moving {
                    $> { self.trace.push("Moving.enter"); }
                    call(floor: u32): u32 { @@:(floor) }
                }
                $Stuck {
                    $> { self.trace.push("Stuck.enter"); }
                }
            domain:
                pub trace: Vec<&'static str>
        }
    }

    #[test]
    fn r26_the_event_comes_before_what_enter_queued() {
        let mut lift = Lift::new();
        assert_eq!(lift.call(3), 33);
        assert_eq!(
            lift.trace,
            ["Idle.exit", "Closing.enter", "Closing.call", "Closing.exit", "Moving.enter"]
        );
        assert_eq!(lift.state(), LiftState::Moving);
    }

    #[test]
    fn r08_what_the_forwarded_event_queues_overrides_what_enter_queued() {
        let mut lift = Lift::new();
        assert_eq!(lift.race(3), 300);
        assert_eq!(
            lift.trace,
            ["Idle.exit", "Closing.enter", "Closing.race", "Closing.exit", "Stuck.enter"]
        );
    }
}

mod stack {
    frame_system! {
        @@system Modal {
            interface:
                open()
                key(k: char): String
            machine:
                $Edit {
                    $.text: String = "> "
                    open() { push$ -> $Dialog }
                    key(k: char): String {
                        $.text.push(k);
                        @@:($.text)
                    }
                }
                $Dialog {
                    key(k: char): String {
                        if k == '?' {
                            @@:return("help")
                        }
                        -> => pop$
                    }
                }
        }
    }

    #[test]
    fn r25_the_event_can_be_taken_to_a_popped_state() {
        let mut modal = Modal::new();
        modal.key('a');
        modal.open();
        assert_eq!(modal.key('?'), "help");
        assert_eq!(modal.key('b'), "> ab");
        assert_eq!(modal.state(), ModalState::Edit);
    }
}

mod values {
    #[derive(Debug, PartialEq)]
    pub struct Parcel(u32);

    frame_system! {
        @@system Post {
            interface:
                send(weight: u32): Parcel
                back(weight: u32): Parcel
                stamp(weight: u32): u32
                lend()
            machine:
                $Shop {
                    send(weight: u32): Parcel {
                        if weight > 9 {
                            -> => $Depot
                        }
                        -> => $Van
                    }
                    back(weight: u32): Parcel { Parcel(weight) }
                    stamp(weight: u32): u32 { weight }
                    lend() { push$ -> $Van }
                }
                $Van => $Garage {
                    send(weight: u32): Parcel { => $^ }
                    back(weight: u32): Parcel { -> => pop$ }
                    stamp(weight: u32): u32 {
                        => $^
                        -> $Shop
                    }
                }
                $Garage {
                    send(weight: u32): Parcel { -> => $Depot }
                    stamp(weight: u32): u32 { -> => $Depot }
                }
                $Depot {
                    send(weight: u32): Parcel { Parcel(weight * 10) }
                    back(weight: u32): Parcel { Parcel(weight * 100) }
                    stamp(weight: u32): u32 { weight }
                    lend() { -> $Van }
                }
        }
    }

    #[test]
    fn r14_a_value_is_set_where_the_event_is_taken_to() {
        let mut post = Post::new();
        assert_eq!((post.send(3), post.state()), (Parcel(30), PostState::Depot));
        let mut post = Post::new();
        assert_eq!((post.send(12), post.back(1)), (Parcel(120), Parcel(100)));
        let mut post = Post::new();
        post.lend();
        assert_eq!((post.back(4), post.state()), (Parcel(4), PostState::Shop));
    }

    #[test]
    fn r14_an_event_that_is_taken_nowhere_in_the_end_sets_nothing() {
        let mut post = Post::new();
        post.lend();
        assert_eq!((post.stamp(5), post.state()), (0, PostState::Shop));
    }
}
