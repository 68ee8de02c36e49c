//! Section 4, R10–R13: parents, forwards, and what a compartment chain holds.

mod forwarding {
    frame_system! {
        @@[data(hops: u32 = 0)]
        @@system Window {
            interface:
                click(x: i32): i32
                name(text: String): String
                close(why: String): String
                reset()
                scroll()
            machine:
                $Button => $Panel {
                    click(x: i32): i32 {
                        self.note("Button before");
                        @@:(x)
                        @@:data.hops += 1;
                        => $^
                        self.note("Button after");
                        @@:return = @@:return + @@:data.hops as i32
                    }
                    name(text: String): String {
                        => $^
                        @@:(format!("{}{text}", @@:return))
                    }
                    close(why: String): String {
                        => $^
                        self.note("Button after");
                        @@:(why)
                    }
                    reset() { => $^ }
                    scroll() { => $^ }
                    <$ { self.note("Button.exit"); }
                }
                $Panel => $Screen {
                    click(x: i32): i32 {
                        self.note("Panel before");
                        @@:return = @@:return + 10 * x
                        @@:data.hops += 1;
                        => $^
                        self.note("Panel after");
                    }
                    name(text: String): String { @@:(format!("<{text}|{}|{}>", @@:event, @@:params.text)) }
                    close(reason: String): String {
                        self.note(&reason);
                        -> $Closed
                        @@:("closing")
                    }
                }
                $Screen {
                    click(x: i32): i32 {
                        self.note("Screen");
                        @@:return = @@:return + 100 * x
                        @@:data.hops += 1;
                    }
                    reset() { self.note("Screen.reset"); }
                }
                $Closed {
                    $> { self.note("Closed.enter"); }
                }
            actions:
                note(what: &str) { self.trace.push(what.to_string()); }
            domain:
                pub trace: Vec<String>
        }
    }

    #[test]
    fn r10_execution_continues_behind_a_forward() {
        let mut window = Window::new();
        window.click(1);
        assert_eq!(
            window.trace,
            ["Button before", "Panel before", "Screen", "Panel after", "Button after"]
        );
    }

    #[test]
    fn r10_a_forward_shares_the_context_of_the_call() {
        let mut window = Window::new();
        assert_eq!((window.click(1), window.click(2)), (114, 225));
        assert_eq!(window.name("n".to_string()), "<n|name|n>n");
    }

    #[test]
    fn r10_execution_continues_even_if_the_parent_queued_a_transition() {
        let mut window = Window::new();
        assert_eq!(window.close("done".to_string()), "done");
        assert_eq!(window.trace, ["done", "Button after", "Button.exit", "Closed.enter"]);
        assert_eq!(window.state(), WindowState::Closed);
    }

    #[test]
    fn r10_a_parent_without_handler_ignores_the_event() {
        let mut window = Window::new();
        window.reset();
        window.scroll();
        assert!(window.trace.is_empty());
    }
}

mod default_forward {
    frame_system! {
        @@system Shell {
            interface:
                run(n: u32): u32
                quit(): bool
                help(): String
                next()
            machine:
                $Prompt => $Session {
                    run(n: u32): u32 { n }
                    next() { -> $Deaf }
                    => $^
                }
                $Deaf => $Session {
                    next() { -> $Deep }
                }
                $Deep => $Middle {
                    => $^
                }
                $Middle => $Session {
                    help(): String { "middle" }
                    => $^
                }
                $Session {
                    run(n: u32): u32 { n + 100 }
                    quit(): bool {
                        -> $Closed
                        @@:(true)
                    }
                    help(): String { "session" }
                    $> { self.entered += 1; }
                }
                $Closed {}
            domain:
                pub entered: u32 = 0
        }
    }

    #[test]
    fn r10_a_default_forward_takes_what_the_state_does_not_handle() {
        let mut shell = Shell::new();
        assert_eq!((shell.run(1), shell.help()), (1, "session".to_string()));
        assert!(shell.quit());
        assert_eq!(shell.state(), ShellState::Closed);
    }

    #[test]
    fn r02_without_default_forward_the_parent_is_not_asked() {
        let mut shell = Shell::new();
        shell.next();
        assert_eq!((shell.run(1), shell.help(), shell.quit()), (0, String::new(), false));
        assert_eq!(shell.state(), ShellState::Deaf);
    }

    #[test]
    fn r10_default_forwards_lead_through_several_levels() {
        let mut shell = Shell::new();
        shell.next();
        shell.next();
        assert_eq!((shell.run(1), shell.help()), (101, "middle".to_string()));
        assert_eq!(shell.entered, 2);
        assert!(shell.quit());
    }
}

mod variables {
    frame_system! {
        @@system Nest {
            interface:
                add(n: u32): String
                sibling()
                place(): String
            machine:
                $Inner => $Outer {
                    $.n: u32 = 1
                    $.own: u32 = 10
                    add(n: u32): String {
                        $.n += n;
                        => $^
                        @@:(format!("{} inner {}", @@:return, $.n + $.own))
                    }
                    sibling() { -> $Sibling }
                    place(): String { => $^ }
                }
                $Sibling => $Outer {
                    => $^
                    sibling() { -> $Inner }
                }
                $Outer {
                    $.n: u32 = 100
                    add(n: u32): String {
                        $.n += n * 10;
                        @@:(format!("outer {}", $.n))
                    }
                    place(): String { @@:system.state.name }
                }
        }
    }

    #[test]
    fn r11_each_handler_sees_the_variables_of_its_own_state() {
        let mut nest = Nest::new();
        assert_eq!(nest.add(1), "outer 110 inner 12");
        assert_eq!(nest.add(1), "outer 120 inner 13");
    }

    #[test]
    fn r11_the_state_name_is_the_leafs_in_a_parents_handler() {
        let mut nest = Nest::new();
        assert_eq!(nest.place(), "Inner");
        nest.sibling();
        assert_eq!(nest.place(), "Sibling");
    }

    #[test]
    fn r12_parent_variables_do_not_survive_a_transition_between_children() {
        let mut nest = Nest::new();
        nest.add(5);
        nest.sibling();
        assert_eq!(nest.add(0), "outer 100");
        nest.add(3);
        nest.sibling();
        assert_eq!(nest.add(0), "outer 100 inner 11");
    }
}

mod retained {
    frame_system! {
        @@system Game {
            interface:
                score(n: u32): String
                next()
                over()
                start(level: u32)
            machine:
                $Title {
                    start(level: u32) { -> $Run(level) }
                }
                $Run(level: u32) => $Match {
                    $.steps: u32 = 0
                    score(n: u32): String {
                        $.steps += n;
                        => $^
                        @@:(format!("{} steps {}", @@:return, $.steps))
                    }
                    next() { -> $Rest(level + 1) }
                    over() { -> $Title }
                }
                $Rest(level: u32) => $Pause {
                    => $^
                    next() { -> $Run(level + 1) }
                }
                $Pause => $Match {
                    $.paused: u32 = 0
                    score(_n: u32): String {
                        $.paused += 1;
                        => $^
                        @@:(format!("{} paused {}", @@:return, $.paused))
                    }
                    => $^
                }
                @@[retain]
                $Match(level: u32) {
                    $.score: u32 = self.build()
                    score(n: u32): String {
                        $.score += n;
                        @@:(format!("score {} of {level}", $.score))
                    }
                    over() { -> $Title }
                }
            actions:
                build(): u32 {
                    self.builds += 1;
                    0
                }
            domain:
                pub builds: u32 = 0
        }
    }

    #[test]
    fn r12_a_retained_parent_keeps_its_compartment_between_descendants() {
        let mut game = Game::new();
        game.start(1);
        assert_eq!(game.score(5), "score 5 of 1 steps 5");
        game.next();
        assert_eq!(game.score(2), "score 7 of 1 paused 1");
        game.next();
        assert_eq!(game.score(1), "score 8 of 1 steps 1");
        assert_eq!(game.builds, 1);
    }

    #[test]
    fn r12_a_retained_parent_is_built_anew_when_entered_from_outside() {
        let mut game = Game::new();
        game.start(1);
        game.score(5);
        game.over();
        game.start(2);
        assert_eq!(game.score(1), "score 1 of 2 steps 1");
        game.next();
        game.over();
        game.start(3);
        assert_eq!((game.score(0), game.builds), ("score 0 of 3 steps 0".to_string(), 3));
    }

    frame_system! {
        @@system Trip {
            interface:
                start(name: String)
                next(): String
                back(): String
                stop(): String
                name(): String
            machine:
                $Home {
                    start(name: String) { -> $Outward(name) }
                }
                $Outward => $Away { => $^ }
                $Homeward => $Away { => $^ }
                @@[retain]
                $Away(name: String) {
                    next(): String { -> (name) $Homeward @@:("next") }
                    back(): String { @@:(name) -> $Outward }
                    stop(): String { @@:(name) -> $Home }
                    name(): String { @@:(name.clone()) }
                    $>(_from: String) {}
                }
        }
    }

    /// What a handler of it answers with or hands on stays in it.
    #[test]
    fn r12_a_retained_parent_keeps_its_params() {
        let mut trip = Trip::new();
        trip.start("Ada".to_owned());
        assert_eq!((trip.next(), trip.name()), ("next".to_owned(), "Ada".to_owned()));
        assert_eq!((trip.back(), trip.name()), ("Ada".to_owned(), "Ada".to_owned()));
        assert_eq!((trip.stop(), trip.state()), ("Ada".to_owned(), TripState::Home));
    }
}

mod args {
    frame_system! {
        @@system Chain {
            interface:
                full()
                partly()
                back()
                sum(): String
            machine:
                $Idle {
                    full() { -> (7, "in") $Leaf(1, 2, 3) }
                    partly() { -> $Leaf(4) }
                }
                $Leaf(a: u32, b: u32, c: u32 = 30) => $Middle {
                    $>(n: u32, word: &'static str) {
                        self.note(format!("Leaf.enter {n} {word:?}"));
                        => $^
                    }
                    <$(reason: &'static str) {
                        self.note(format!("Leaf.exit {reason:?}"));
                        => $^
                    }
                    sum(): String {
                        => $^
                        @@:(format!("{} leaf {a} {b} {c}", @@:return))
                    }
                    back() { => $^ }
                }
                $Middle => $Root {
                    $> {
                        self.note("Middle.enter".to_string());
                        => $^
                    }
                    => $^
                    back() { => $^ }
                }
                $Root(x: u32, y: u32 = 20) {
                    $.y: u32 = y + 1
                    $>(n: u32) { self.note(format!("Root.enter {n}")); }
                    <$(reason: &'static str, code: u32 = 9) {
                        self.note(format!("Root.exit {reason:?} {code}"));
                    }
                    sum(): String { @@:(format!("root {x} {}", $.y)) }
                    back() { ("out") -> $Idle }
                }
            actions:
                note(what: String) { self.trace.push(what); }
            domain:
                pub trace: Vec<String>
        }

        @@system Devices {
            interface:
                open(id: u32)
                show(): String
                close()
            machine:
                $Idle {
                    open(id: u32) {
                        if id < 5 { -> $Disk(id, "disk") } else { -> $Tape("tape", id) }
                    }
                }
                $Disk(id: u32, kind: &'static str) => $Device {
                    $.reads: u32 = 0
                    show(): String {
                        $.reads += 1;
                        => $^
                    }
                    close() { => $^ }
                }
                $Tape(kind: &'static str, id: u32) => $Device {
                    show(): String { => $^ }
                    close() { => $^ }
                }
                $Device {
                    show(): String { format!("{kind} {id}") }
                    close() {
                        self.closed.push(id);
                        -> $Idle
                    }
                }
            domain:
                pub closed: Vec<u32>
        }
    }

    #[test]
    fn r13_state_args_go_by_position_to_every_state_of_the_chain() {
        let mut chain = Chain::new();
        chain.full();
        assert_eq!(chain.sum(), "root 1 3 leaf 1 2 3");
    }

    #[test]
    fn r13_missing_args_take_the_declared_default_or_the_types() {
        let mut chain = Chain::new();
        chain.partly();
        assert_eq!(chain.sum(), "root 4 21 leaf 4 0 30");
        assert_eq!(chain.trace, ["Leaf.enter 0 \"\"", "Middle.enter", "Root.enter 0"]);
    }

    #[test]
    fn r13_enter_and_exit_args_reach_every_handler_of_the_chain() {
        let mut chain = Chain::new();
        chain.full();
        chain.back();
        assert_eq!(
            chain.trace,
            [
                "Leaf.enter 7 \"in\"",
                "Middle.enter",
                "Root.enter 7",
                "Leaf.exit \"out\"",
                "Root.exit \"out\" 9",
            ]
        );
    }

    #[test]
    fn r13_an_ancestor_sees_the_params_of_its_descendants_by_name() {
        let mut devices = Devices::new();
        devices.open(4);
        assert_eq!(devices.show(), "disk 4");
        devices.close();
        devices.open(5);
        assert_eq!(devices.show(), "tape 5");
        devices.close();
        assert_eq!(devices.closed, [4, 5]);
    }
}

mod own_defaults {
    frame_system! {
        @@system Levels {
            interface:
                given(n: u32)
                missing()
                direct()
                typed()
                leave()
                help()
                back()
                again()
            machine:
                $Idle {
                    given(n: u32) { -> (n) $Leaf(n) }
                    missing() { -> $Leaf }
                    direct() { -> $Middle }
                    typed() { -> $Typed }
                }
                $Leaf(a: u32 = 1) => $Middle {
                    $>(mut n: u32 = 1, word: String = "leaf") {
                        => $^
                        n += 1;
                        self.note(format!("Leaf.enter {n} {word} of {a}"));
                    }
                    <$(n: u32 = 10) {
                        self.note(format!("Leaf.exit {n}"));
                        => $^
                    }
                    help() { push$ -> $Help }
                    leave() { (7) -> $Idle }
                    missing() { -> $Idle }
                    => $^
                }
                $Middle(a: u32 = 2) => $Root {
                    $>(n: u32 = 2) {
                        self.note(format!("Middle.enter {n} of {a}"));
                        => $^
                    }
                    <$ { => $^ }
                    leave() { -> $Idle }
                    => $^
                }
                $Root(a: u32 = 3) {
                    $>(n: u32 = 3, word: String = "root") {
                        self.note(format!("Root.enter {n} {word} of {a}"));
                    }
                    <$(n: u32 = 30, why: &'static str = "no reason") {
                        self.note(format!("Root.exit {n}, {why}"));
                    }
                }
                $Help {
                    back() { -> pop$ }
                    again() { -> (5) pop$ }
                }
                $Typed(a: &'static str = "a") => $Number {
                    $>(n: &'static str = "n") {
                        => $^
                        self.note(format!("Typed.enter {n} of {a}"));
                    }
                    <$(n: &'static str = "x") {
                        => $^
                        self.note(format!("Typed.exit {n}"));
                    }
                    leave() { -> $Idle }
                }
                $Number(a: u32 = 4) {
                    $>(n: u32 = 5) { self.note(format!("Number.enter {n} of {a}")); }
                    <$(n: u32 = 6) { self.note(format!("Number.exit {n}")); }
                }
            actions:
                note(what: String) { self.trace.push(what); }
            domain:
                pub trace: Vec<String>
        }

        @@system Start($>(n: u32)) {
            interface:
                again()
            machine:
                $First => $Second {
                    $>(n: u32, m: u32 = 1) {
                        self.trace.push([n, m]);
                        => $^
                    }
                    again() { -> $First }
                }
                $Second {
                    $>(n: u32 = 2, m: u32 = 3) { self.trace.push([n, m]); }
                }
            domain:
                pub trace: Vec<[u32; 2]>
        }
    }

    #[test]
    fn r13_a_missing_arg_takes_the_default_of_each_handler_that_declares_it() {
        let mut levels = Levels::new();
        levels.missing();
        assert_eq!(
            levels.trace,
            ["Middle.enter 2 of 2", "Root.enter 3 root of 3", "Leaf.enter 2 leaf of 1"]
        );
        levels.trace.clear();
        levels.missing();
        assert_eq!(levels.trace, ["Leaf.exit 10", "Root.exit 30, no reason"]);
        levels.trace.clear();
        levels.direct();
        levels.leave();
        assert_eq!(
            levels.trace,
            ["Middle.enter 2 of 2", "Root.enter 3 root of 3", "Root.exit 30, no reason"]
        );
    }

    #[test]
    fn r13_a_given_arg_reaches_every_handler_in_place_of_its_default() {
        let mut levels = Levels::new();
        levels.given(8);
        assert_eq!(
            levels.trace,
            ["Middle.enter 8 of 8", "Root.enter 8 root of 8", "Leaf.enter 9 leaf of 8"]
        );
        levels.trace.clear();
        levels.leave();
        assert_eq!(levels.trace, ["Leaf.exit 7", "Root.exit 7, no reason"]);
    }

    #[test]
    fn r22_an_arg_that_was_missing_is_missing_again_unless_it_is_given() {
        let mut levels = Levels::new();
        levels.missing();
        levels.help();
        levels.trace.clear();
        levels.back();
        assert_eq!(
            levels.trace,
            ["Middle.enter 2 of 2", "Root.enter 3 root of 3", "Leaf.enter 2 leaf of 1"]
        );
        levels.help();
        levels.trace.clear();
        levels.again();
        assert_eq!(
            levels.trace,
            ["Middle.enter 5 of 2", "Root.enter 5 root of 3", "Leaf.enter 6 leaf of 1"]
        );
    }

    #[test]
    fn r13_an_arg_that_nothing_gives_may_have_a_type_at_each_level() {
        let mut levels = Levels::new();
        levels.typed();
        levels.leave();
        assert_eq!(
            levels.trace,
            ["Number.enter 5 of 4", "Typed.enter n of a", "Number.exit 6", "Typed.exit x"]
        );
    }

    #[test]
    fn r13_the_start_state_is_entered_with_the_defaults_of_each_handler() {
        let mut start = Start::new(7);
        start.again();
        assert_eq!(start.trace, [[7, 1], [7, 3], [0, 1], [2, 3]]);
    }
}

mod event_args {
    frame_system! {
        @@system Inbox {
            interface:
                put(item: Vec<u32>, tag: String): usize
            machine:
                $Open => $Base {
                    put(item: Vec<u32>, tag: String): usize {
                        => $^
                        @@:return = @@:return + item.len()
                        => $^
                        self.log.push(tag);
                    }
                }
                $Base {
                    put(mut item: Vec<u32>, tag: String): usize {
                        item.push(0);
                        self.log.push(format!("{tag} {item:?}"));
                        @@:(item.len() * 10)
                    }
                }
            domain:
                pub log: Vec<String>
        }
    }

    #[test]
    fn r10_every_forward_hands_on_the_events_own_args() {
        let mut inbox = Inbox::new();
        assert_eq!(inbox.put(vec![1, 2], "t".to_string()), 30);
        assert_eq!(inbox.log, ["t [1, 2, 0]", "t [1, 2, 0]", "t"]);
    }
}
