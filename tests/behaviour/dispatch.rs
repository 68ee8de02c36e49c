//! Section 4, R1–R9: from the call to the last state it reaches.

mod turnstile {
    frame_system! {
        @@system Washer {
            interface:
                start(minutes: u32): bool
                finish(): u32
                spin()
                stop()
            machine:
                $Idle {
                    start(minutes: u32): bool {
                        if minutes == 0 {
                            @@:return(false)
                        }
                        -> $Filling(minutes)
                        @@:(true)
                    }
                    <$ { self.trace.push("Idle.exit"); }
                    $> { self.trace.push("Idle.enter"); }
                }
                $Filling(minutes: u32) {
                    $> {
                        self.trace.push("Filling.enter");
                        -> $Washing(minutes + 1)
                    }
                }
                $Washing(minutes: u32) {
                    $> { self.trace.push("Washing.enter"); }
                    finish(): u32 {
                        -> $Idle
                        @@:(minutes)
                    }
                    spin() {
                        for turn in 0..3 {
                            if turn == 1 {
                                -> $Idle
                            }
                            self.trace.push("turn");
                        }
                        self.trace.push("never");
                    }
                }
            domain:
                pub trace: Vec<&'static str>
        }
    }

    #[test]
    fn r01_a_call_returns_when_everything_queued_is_performed() {
        let mut washer = Washer::new();
        assert!(washer.start(30));
        assert_eq!(washer.state(), WasherState::Washing);
        assert_eq!(washer.trace, ["Idle.enter", "Idle.exit", "Filling.enter", "Washing.enter"]);
        assert_eq!(washer.finish(), 31);
        assert_eq!(washer.state(), WasherState::Idle);
    }

    #[test]
    fn r02_an_event_without_handler_is_ignored() {
        let mut washer = Washer::new();
        washer.spin();
        washer.stop();
        assert_eq!(washer.finish(), 0);
        assert_eq!((washer.state(), washer.trace), (WasherState::Idle, vec!["Idle.enter"]));
    }

    #[test]
    fn r03_a_transition_leaves_the_handler_at_once() {
        let mut washer = Washer::new();
        washer.start(1);
        washer.trace.clear();
        washer.spin();
        assert_eq!(washer.trace, ["turn", "Idle.enter"]);
    }

    #[test]
    fn r03_a_handler_may_stay() {
        let mut washer = Washer::new();
        assert!(!washer.start(0));
        assert_eq!((washer.state(), washer.trace), (WasherState::Idle, vec!["Idle.enter"]));
    }
}

mod arguments {
    frame_system! {
        @@system Parcel {
            interface:
                send()
                snapshot()
                weigh(): u32
                weigh_out(): u32
            machine:
                $Here {
                    $.weight: u32 = 5

                    send() {
                        (self.mark("exit", 1)) -> (self.mark("enter", 2)) $There(self.mark("state", 3))
                    }
                    snapshot() {
                        (self.count) -> (self.count) $There(self.count)
                    }
                    weigh(): u32 {
                        -> $There(0)
                        @@:(self.mark("value", $.weight) + self.count)
                    }
                    weigh_out(): u32 {
                        -> $There(0);
                        @@:return($.weight + self.count);
                    }
                    <$(n: u32) {
                        self.trace.push(("<$", n));
                        self.count += 10;
                    }
                }
                $There(n: u32) {
                    $>(m: u32) {
                        self.trace.push(("$>", m));
                        self.trace.push(("n", n));
                    }
                }
            actions:
                mark(what: &'static str, n: u32): u32 {
                    self.trace.push((what, n));
                    n
                }
            domain:
                count: u32 = 7
                pub trace: Vec<(&'static str, u32)>
        }
    }

    #[test]
    fn r03_args_are_evaluated_once_in_written_order_before_the_exit_handler() {
        let mut parcel = Parcel::new();
        parcel.send();
        assert_eq!(
            parcel.trace,
            [("exit", 1), ("enter", 2), ("state", 3), ("<$", 1), ("$>", 2), ("n", 3)]
        );
    }

    #[test]
    fn r03_args_keep_the_value_they_had_when_queued() {
        let mut parcel = Parcel::new();
        parcel.snapshot();
        assert_eq!(parcel.trace, [("<$", 7), ("$>", 7), ("n", 7)]);
        assert_eq!(parcel.count, 17);
    }

    #[test]
    fn r03_a_value_behind_the_transition_counts_as_written_before_it() {
        let mut parcel = Parcel::new();
        assert_eq!(parcel.weigh(), 12);
        assert_eq!(parcel.trace, [("value", 5), ("<$", 0), ("$>", 0), ("n", 0)]);
        assert_eq!(Parcel::new().weigh_out(), 12);
    }
}

mod untaken_args {
    frame_system! {
        @@[allow(W414)]
        @@system Sorter {
            interface:
                next()
                keep()
            machine:
                $Shelf {
                    next() { (self.take()) -> $Table }
                    keep() { push$ -> $Table }
                }
                $Drawer => $Shelf {
                    <$(_n: u32) {}
                }
                $Table {
                    next() { -> (self.take()) pop$ }
                }
            actions:
                take(): u32 {
                    self.taken += 1;
                    self.taken
                }
            domain:
                pub taken: u32 = 0
        }
    }

    #[test]
    fn r03_args_are_evaluated_even_where_nothing_takes_them() {
        let mut sorter = Sorter::new();
        sorter.next();
        assert_eq!((sorter.taken, sorter.state()), (1, SorterState::Table));
        let mut sorter = Sorter::new();
        sorter.keep();
        sorter.next();
        assert_eq!((sorter.taken, sorter.state()), (1, SorterState::Shelf));
    }
}

mod building {
    frame_system! {
        @@system Builder {
            interface:
                build(size: u32)
                sum(): u32
                again()
            machine:
                $Idle {
                    build(size: u32) { -> $Roof(size) }
                    <$ { self.note("Idle.exit", 0); }
                }
                $Roof(size: u32) => $Walls {
                    $.tiles: u32 = self.note("Roof.tiles", size + 3)
                    $> { self.note("Roof.enter", $.tiles); }
                    <$ { self.note("Roof.exit", $.tiles); }
                    sum(): u32 {
                        => $^
                        @@:return = @@:return + $.tiles
                    }
                    again() {
                        $.tiles = 90;
                        -> $Roof(size + 10)
                    }
                }
                $Walls(size: u32) => $Ground {
                    $.bricks: u32 = self.note("Walls.bricks", size + 1)
                    $.doors: u32 = self.note("Walls.doors", size + 2)
                    sum(): u32 {
                        => $^
                        @@:return = @@:return + $.bricks + $.doors
                    }
                }
                $Ground {
                    $.depth: u32 = self.note("Ground.depth", 1)
                    sum(): u32 { $.depth }
                }
            actions:
                note(what: &str, n: u32): u32 {
                    self.trace.push(format!("{what} {n} in {}", @@:system.state.name));
                    n
                }
            domain:
                pub trace: Vec<String>
        }
    }

    #[test]
    fn r04_exit_then_the_chain_root_first_then_the_state_then_enter() {
        let mut builder = Builder::new();
        builder.build(4);
        assert_eq!(
            builder.trace,
            [
                "Idle.exit 0 in Idle",
                "Ground.depth 1 in Idle",
                "Walls.bricks 5 in Idle",
                "Walls.doors 6 in Idle",
                "Roof.tiles 7 in Idle",
                "Roof.enter 7 in Roof",
            ]
        );
        assert_eq!(builder.sum(), 19);
    }

    #[test]
    fn r09_a_transition_to_the_current_state_leaves_and_re_enters_it() {
        let mut builder = Builder::new();
        builder.build(4);
        builder.trace.clear();
        builder.again();
        assert_eq!(
            builder.trace,
            [
                "Roof.exit 90 in Roof",
                "Ground.depth 1 in Roof",
                "Walls.bricks 15 in Roof",
                "Walls.doors 16 in Roof",
                "Roof.tiles 17 in Roof",
                "Roof.enter 17 in Roof",
            ]
        );
        assert_eq!(builder.sum(), 49);
    }
}

mod lifecycle {
    frame_system! {
        @@system Levels {
            interface:
                silent()
                own()
                forwarding()
                defaulting()
                home()
            machine:
                $Home {
                    silent() { -> $Silent }
                    own() { -> $Own }
                    forwarding() { -> $Forwarding }
                    defaulting() { -> $Defaulting }
                }
                $Silent => $Base {
                    home() { => $^ }
                }
                @@[allow(W851)]
                $Own => $Base {
                    $> { self.trace.push("Own.enter"); }
                    <$ { self.trace.push("Own.exit"); }
                    home() { => $^ }
                }
                $Forwarding => $Base {
                    $> {
                        => $^
                        self.trace.push("Forwarding.enter");
                    }
                    <$ {
                        self.trace.push("Forwarding.exit");
                        => $^
                    }
                    home() { => $^ }
                }
                $Defaulting => $Base {
                    => $^
                }
                $Base {
                    $> { self.trace.push("Base.enter"); }
                    <$ { self.trace.push("Base.exit"); }
                    home() { -> $Home }
                }
            domain:
                pub trace: Vec<&'static str>
        }
    }

    fn there_and_back(there: fn(&mut Levels)) -> Vec<&'static str> {
        let mut levels = Levels::new();
        there(&mut levels);
        levels.home();
        assert_eq!(levels.state(), LevelsState::Home);
        levels.trace
    }

    #[test]
    fn r05_only_the_leaf_is_entered_and_left() {
        assert!(there_and_back(Levels::silent).is_empty());
        assert_eq!(there_and_back(Levels::own), ["Own.enter", "Own.exit"]);
    }

    #[test]
    fn r05_a_lifecycle_event_can_be_forwarded() {
        assert_eq!(
            there_and_back(Levels::forwarding),
            ["Base.enter", "Forwarding.enter", "Forwarding.exit", "Base.exit"]
        );
    }

    #[test]
    fn r05_a_default_forward_takes_lifecycle_events_too() {
        assert_eq!(there_and_back(Levels::defaulting), ["Base.enter", "Base.exit"]);
    }
}

mod queue {
    frame_system! {
        @@system Relay {
            interface:
                to_c()
                to_d()
                go()
            machine:
                $A {
                    to_c() { -> $C }
                    to_d() { -> $D }
                    $> { self.trace.push("A.enter"); }
                    <$ { self.trace.push("A.exit"); }
                }
                $B {
                    $> { self.trace.push("B.enter"); }
                    <$ { self.trace.push("B.exit"); }
                }
                $C {
                    $> {
                        self.trace.push("C.enter");
                        -> $D
                    }
                    <$ { self.trace.push("C.exit"); }
                }
                $D {
                    $> { self.trace.push("D.enter"); }
                    <$ {
                        self.trace.push("D.exit");
                        -> $A
                    }
                    go() { -> $B }
                }
            domain:
                pub trace: Vec<&'static str>
        }

        @@system Rivals {
            interface:
                go()
                leave()
            machine:
                $A => $Base {
                    go() {
                        => $^
                        self.trace.push("A.go");
                        ("by A") -> $B
                    }
                    <$(why: &'static str) { self.trace.push(why); }
                }
                $Base {
                    go() {
                        self.trace.push("Base.go");
                        ("by Base") -> $C(self.count())
                    }
                }
                $B {
                    $> { self.trace.push("B.enter"); }
                    <$ { -> $C(1) }
                    leave() { -> $D }
                }
                $C(n: u32) {
                    $.n: u32 = n
                    $> { self.trace.push("C.enter"); }
                    leave() { self.counted += $.n; }
                }
                $D {
                    $> {
                        self.trace.push("D.enter");
                        -> $E
                    }
                    <$ { self.trace.push("D.exit"); }
                }
                $E {
                    $> { self.trace.push("E.enter"); }
                }
            actions:
                count(): u32 {
                    self.counted += 1;
                    self.counted
                }
            domain:
                pub trace: Vec<&'static str>
                pub counted: u32 = 0
        }
    }

    #[test]
    fn r06_a_transition_queued_by_enter_is_performed_next() {
        let mut relay = Relay::new();
        relay.trace.clear();
        relay.to_c();
        assert_eq!(relay.trace, ["A.exit", "C.enter", "C.exit", "D.enter"]);
        assert_eq!(relay.state(), RelayState::D);
    }

    #[test]
    fn r07_a_transition_queued_by_exit_is_performed_after_the_one_in_progress() {
        let mut relay = Relay::new();
        relay.to_d();
        relay.trace.clear();
        relay.go();
        assert_eq!(relay.trace, ["D.exit", "B.enter", "B.exit", "A.enter"]);
        assert_eq!(relay.state(), RelayState::A);
    }

    #[test]
    fn r08_the_last_of_several_queued_transitions_wins() {
        let mut rivals = Rivals::new();
        rivals.go();
        assert_eq!(rivals.trace, ["Base.go", "A.go", "by A", "B.enter"]);
        assert_eq!(rivals.state(), RivalsState::B);
        // The args of the loser were evaluated where it was queued, as any expression is.
        assert_eq!(rivals.counted, 1);
    }

    #[test]
    fn r08_enter_overrides_what_exit_queued() {
        let mut rivals = Rivals::new();
        rivals.go();
        rivals.trace.clear();
        rivals.leave();
        assert_eq!(rivals.trace, ["D.enter", "D.exit", "E.enter"]);
        assert_eq!(rivals.state(), RivalsState::E);
    }
}
