//! Section 4, R14–R16: where a return value comes from, and what a call's context holds.

mod defaults {
    frame_system! {
        @@system Sensor {
            interface:
                read(): i32 = 10
                unset(): Vec<u8>
                own(): i32 = 20
                asked(): i32 = 30
                partly(set: bool): i32 = 40
                next()
            machine:
                $Cold => $Base {
                    read(): i32 { self.reads += 1; }
                    unset(): Vec<u8> { self.reads += 1; }
                    own(): i32 = 21 { self.reads += 1; }
                    asked(): i32 {
                        @@:(31)
                        => $^
                    }
                    partly(set: bool): i32 = 41 {
                        self.begun.push(@@:return);
                        if set {
                            @@:(42)
                        }
                    }
                    next() { -> $Warm }
                }
                $Base {
                    asked(): i32 = 32 { self.begun.push(@@:return); }
                }
                $Warm {
                    read(): i32 {
                        -> $Cold
                        @@:(11)
                    }
                }
            domain:
                pub reads: u32 = 0
                pub begun: Vec<i32>
        }
    }

    #[test]
    fn r14_the_value_starts_as_the_interface_default() {
        let mut sensor = Sensor::new();
        assert_eq!((sensor.read(), sensor.reads), (10, 1));
        sensor.next();
        assert_eq!((sensor.own(), sensor.read(), sensor.read()), (20, 11, 10));
    }

    #[test]
    fn r14_unset_at_the_end_gives_the_types_default() {
        let mut sensor = Sensor::new();
        assert_eq!((sensor.unset(), sensor.reads), (vec![], 1));
    }

    #[test]
    fn r14_a_handlers_own_default_sets_the_value_when_it_begins() {
        let mut sensor = Sensor::new();
        assert_eq!((sensor.own(), sensor.partly(false), sensor.partly(true)), (21, 41, 42));
        assert_eq!(sensor.begun, [41, 41]);
    }

    #[test]
    fn r14_a_parents_default_sets_the_value_when_its_handler_begins() {
        let mut sensor = Sensor::new();
        assert_eq!((sensor.asked(), sensor.begun), (32, vec![32]));
    }
}

mod without_default {
    /// Neither `Default` nor `Clone`.
    #[derive(Debug, PartialEq)]
    pub struct Verdict(&'static str);

    frame_system! {
        @@system Judge {
            interface:
                rule(guilty: bool): Verdict
                appeal(): Verdict = Verdict("denied")
            machine:
                $First {
                    rule(guilty: bool): Verdict {
                        if guilty {
                            -> $Second
                            @@:(Verdict("guilty"))
                        }
                        Verdict("free")
                    }
                }
                $Second {
                    rule(guilty: bool): Verdict {
                        match guilty {
                            true => @@:(Verdict("guilty again")),
                            false => {
                                @@:(Verdict("free after all"))
                            }
                        }
                    }
                    appeal(): Verdict { @@:return(Verdict("granted")) }
                }
        }
    }

    #[test]
    fn r14_a_type_without_default_is_fine_where_no_path_ends_unset() {
        let mut judge = Judge::new();
        assert_eq!(judge.appeal(), Verdict("denied"));
        assert_eq!([judge.rule(false), judge.rule(true)], [Verdict("free"), Verdict("guilty")]);
        assert_eq!(
            [judge.rule(true), judge.rule(false)],
            [Verdict("guilty again"), Verdict("free after all")]
        );
        assert_eq!(judge.appeal(), Verdict("granted"));
    }
}

mod beside_transitions {
    frame_system! {
        @@system Till {
            interface:
                pay(coins: u32): Result<String, u32> = Err(0)
                paid(coins: u32): bool
                name(): String
            machine:
                $Open {
                    pay(coins: u32): Result<String, u32> {
                        if coins == 1 { return Err(1); }
                        if coins > 9 {
                            @@:(Err(self.note("value", coins)))
                            -> $Full(self.note("argument", coins))
                        }
                        let text = self.checked(coins)?;
                        -> $Full(self.note("argument", coins)) @@:(Ok(text))
                    }
                    paid(coins: u32): bool {
                        let answer = @@:self.pay(coins);
                        @@:(answer.is_ok())
                    }
                    name(): String {
                        @@:("open")
                        -> $Empty
                    }
                    <$() { self.note("<$", 0); }
                }
                $Full(coins: u32) {
                    $>() {
                        self.note("$>", coins);
                        -> $Open
                    }
                }
                $Empty {
                    $>() { @@:("empty") }
                    name(): String { -> $Open @@:("closed") }
                }
            actions:
                note(what: &'static str, coins: u32): u32 {
                    self.trace.push((what, coins));
                    coins
                }
                checked(coins: u32): Result<String, u32> {
                    if coins == 0 { Err(7) } else { Ok(coins.to_string()) }
                }
            domain:
                pub trace: Vec<(&'static str, u32)>
        }
    }

    #[test]
    fn r3_a_value_beside_a_transition_comes_before_its_arguments() {
        let mut till = Till::new();
        assert_eq!(till.pay(12), Err(12));
        assert_eq!(till.trace, [("value", 12), ("argument", 12), ("<$", 0), ("$>", 12)]);
    }

    #[test]
    fn r15_a_value_beside_a_transition_survives_all_that_comes_of_it() {
        let mut till = Till::new();
        assert_eq!((till.pay(3), till.state_name()), (Ok("3".to_owned()), "Open"));
        assert_eq!((till.pay(0), till.pay(1)), (Err(7), Err(1)));
        assert_eq!(till.trace, [("argument", 3), ("<$", 0), ("$>", 3)]);
        // The transition ends the caller behind its statement.
        assert!(!till.paid(4));
        assert_eq!(till.trace.len(), 6);
    }

    #[test]
    fn r15_an_enter_handler_replaces_a_value_beside_a_transition() {
        let mut till = Till::new();
        assert_eq!((till.name(), till.state_name()), ("empty".to_owned(), "Empty"));
        assert_eq!((till.name(), till.state_name()), ("closed".to_owned(), "Open"));
    }
}

mod transitions {
    frame_system! {
        @@system Door {
            interface:
                open(): i32
                close(): i32
                lock(): i32
                kick()
            machine:
                $Closed {
                    $> { @@:(1) }
                    open(): i32 {
                        @@:(5)
                        -> $Open
                    }
                    lock(): i32 {
                        @@:(7)
                        -> $Locked
                    }
                    kick() { -> $Locked }
                }
                $Open {
                    <$ {
                        self.seen.push(@@:return);
                        @@:(@@:return + 20)
                    }
                    close(): i32 {
                        @@:(6)
                        -> $Closing
                    }
                }
                $Closing {
                    $> {
                        self.seen.push(@@:return);
                        @@:(@@:return + 100)
                        -> $Closed
                    }
                }
                $Locked {
                    $> { @@:return = 77 }
                }
            domain:
                pub seen: Vec<i32>
        }
    }

    #[test]
    fn r15_a_value_set_before_a_transition_survives_it() {
        let mut door = Door::new();
        assert_eq!((door.open(), door.state()), (5, DoorState::Open));
    }

    #[test]
    fn r15_exit_and_enter_read_and_set_the_callers_value() {
        let mut door = Door::new();
        door.open();
        assert_eq!(door.close(), 1);
        assert_eq!(door.seen, [6, 26]);
        assert_eq!(door.lock(), 77);
    }

    #[test]
    fn r15_without_a_value_to_set_it_is_dropped() {
        let mut door = Door::new();
        door.kick();
        assert_eq!((door.state(), door.open()), (DoorState::Locked, 0));
    }
}

mod context {
    frame_system! {
        @@[data(mark: u32 = 1)]
        @@system Nested {
            interface:
                outer(n: u32): String
                middle(n: u32, word: String): String
                inner(n: u32): u32
                inside(): String
            machine:
                $Only => $Parent {
                    outer(n: u32): String {
                        @@:("outer")
                        @@:data.mark += n;
                        @@:data.word.push_str("outer");
                        let middle = @@:self.middle(n + 1, "w");
                        let middles = middle.len();
                        @@:(format!(
                            "{}/{middle}/{middles} {} {} {} {}",
                            @@:return, @@:event, @@:params.n, @@:data.mark, @@:data.word
                        ))
                    }
                    middle(n: u32, word: String): String {
                        => $^
                        let inner = @@:self.inner(n + 1);
                        @@:(format!(
                            "{}{inner}{word} {} {} {} {:?}",
                            @@:return, @@:event, @@:params.n, @@:data.mark, @@:data.word
                        ))
                    }
                    inner(n: u32): u32 {
                        @@:data.mark += 1000;
                        @@:(n * 10)
                    }
                    inside(): String {
                        self.helper();
                        @@:(@@:event)
                    }
                }
                $Parent {
                    middle(n: u32, _word: String): String {
                        @@:(format!("[{n} {}]", @@:event))
                        @@:data.mark += 10;
                    }
                }
            actions:
                helper() { self.last = @@:self.inner(5); }
            domain:
                pub last: u32 = 0
        }
    }

    #[test]
    fn r16_every_call_has_its_own_context() {
        let mut nested = Nested::new();
        let middle = "[3 middle]40w middle 3 11 \"\"";
        assert_eq!(nested.outer(2), format!("outer/{middle}/{} outer 2 3 outer", middle.len()));
    }

    #[test]
    fn r16_a_call_made_by_an_action_has_its_own_context_too() {
        let mut nested = Nested::new();
        assert_eq!((nested.inside(), nested.last), ("inside".to_string(), 50));
    }
}

mod lifecycle_context {
    frame_system! {
        @@system Train {
            interface:
                depart(to: String)
                arrive(): String
            machine:
                $Station {
                    depart(to: String) {
                        self.note(@@:event);
                        self.note(&@@:params.to);
                        -> $Track
                    }
                    <$ { self.note(@@:event); }
                    $> { self.note(@@:event); }
                }
                $Track {
                    $> { self.note(@@:event); }
                    arrive(): String {
                        -> $Station
                        @@:(@@:event)
                    }
                }
            actions:
                note(what: &str) { self.trace.push(what.to_string()); }
            domain:
                pub trace: Vec<String>
        }
    }

    #[test]
    fn r16_lifecycle_events_have_names_of_their_own() {
        let mut train = Train::new();
        train.depart("York".to_string());
        assert_eq!(train.arrive(), "arrive");
        assert_eq!(train.trace, ["$>", "depart", "York", "<$", "$>", "$>"]);
    }
}

mod without_default_in_a_let {
    #[derive(Debug, PartialEq)]
    pub struct Page(u32);

    frame_system! {
        @@system Book {
            interface:
                open(at: Option<u32>): Result<Page, &'static str>
            machine:
                $Closed {
                    open(at: Option<u32>): Result<Page, &'static str> {
                        let Some(at) = at else {
                            @@:(Err("no page"))
                            -> $Lost
                        };
                        let page = match at {
                            0 => -> $Lost @@:(Err("page 0")),
                            1..100 => Page(at),
                            _ => {
                                @@:(Err("behind the end"))
                                -> $Lost
                            }
                        };
                        Ok(page)
                    }
                }
                $Lost {
                    open(at: Option<u32>): Result<Page, &'static str> { Err("lost") }
                }
        }
    }

    #[test]
    fn r14_branches_within_a_let_may_set_the_value_and_leave() {
        let open = |at| {
            let mut book = Book::new();
            (book.open(at), book.state())
        };
        assert_eq!(open(Some(3)), (Ok(Page(3)), BookState::Closed));
        assert_eq!(open(None), (Err("no page"), BookState::Lost));
        assert_eq!(open(Some(0)), (Err("page 0"), BookState::Lost));
        assert_eq!(open(Some(100)), (Err("behind the end"), BookState::Lost));
    }
}
