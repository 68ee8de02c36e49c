//! Section 4, R17–R20: calls of the interface from within, and where the handler ends behind them.

mod statements {
    /// A native function between a self-call and the statement it stands in.
    fn double(n: i32) -> i32 {
        n * 2
    }

    // Every method takes `leave`: whether the self-call it makes leaves the state. What runs behind
    // the self-call is in the trace, what its statement does is in `n`.
    frame_system! {
        @@system Probe {
            operations:
                operate(leave: bool): i32 {
                    let n = @@:self.step(leave);
                    self.trace.push("rest of operation");
                    n
                }
            interface:
                nudge(leave: bool)
                step(leave: bool): i32
                maybe(leave: bool): Option<i32>
                add(n: i32)

                in_statement(leave: bool)
                in_native_call(leave: bool)
                in_let(leave: bool)
                in_assignment(leave: bool)
                in_frame_assignment(leave: bool)
                in_compound_assignment(leave: bool)
                in_argument(leave: bool)
                in_self_call(leave: bool)
                in_action_argument(leave: bool)
                in_method_chain(leave: bool)
                in_macro(leave: bool)
                in_sum(leave: bool)
                in_sum_with_variable(leave: bool)
                in_closure(leave: bool)
                in_value_of_if(leave: bool)
                in_if(leave: bool)
                in_else_if(leave: bool)
                in_if_let(leave: bool)
                in_let_chain(leave: bool)
                in_while(leave: bool)
                in_while_let(leave: bool)
                in_match(leave: bool)
                in_for(leave: bool)
                in_loop_body(leave: bool)
                in_block(leave: bool)
                in_branch_behind_head(leave: bool)
                in_branch(leave: bool)
                in_match_arm(leave: bool)
                in_let_else(leave: bool)
                in_action(leave: bool)
                in_operation(leave: bool)
                in_condition_of_action(leave: bool)
                in_parent(leave: bool)
                in_chain(leave: bool)
                link(leave: bool)

                in_value(leave: bool): i32
                in_value_with_variable(leave: bool): i32
                in_return_assignment(leave: bool): i32
                in_return_call(leave: bool): i32
                in_native_return(leave: bool): i32
                in_tail(leave: bool): i32
                in_nested_tail(leave: bool): i32
                in_question_mark(leave: bool): Result<i32, String> = Err("left".to_string())
                fallible(leave: bool): Result<i32, String> = Err("none".to_string())
            machine:
                $A => $Base {
                    $.three: i32 = 3

                    nudge(leave: bool) {
                        if leave { -> $B }
                    }
                    step(leave: bool): i32 {
                        @@:(7)
                        if leave { -> $B }
                    }
                    maybe(leave: bool): Option<i32> {
                        @@:(Some(7))
                        if leave { -> $B }
                    }
                    add(n: i32) { self.n += n; }

                    in_statement(leave: bool) {
                        @@:self.nudge(leave);
                        self.trace.push("after");
                    }
                    in_native_call(leave: bool) {
                        self.nudge(leave);
                        self.trace.push("after");
                    }
                    in_let(leave: bool) {
                        let n = @@:self.step(leave);
                        self.n = n;
                        self.trace.push("after");
                    }
                    in_assignment(leave: bool) {
                        self.n = @@:self.step(leave);
                        self.trace.push("after");
                    }
                    in_frame_assignment(leave: bool) {
                        @@:self.n = @@:self.step(leave)
                        self.trace.push("after");
                    }
                    in_compound_assignment(leave: bool) {
                        self.n += @@:self.step(leave);
                        self.trace.push("after");
                    }
                    in_argument(leave: bool) {
                        self.n = double(@@:self.step(leave));
                        self.trace.push("after");
                    }
                    in_self_call(leave: bool) {
                        @@:self.add(@@:self.step(leave));
                        self.trace.push("after");
                    }
                    in_action_argument(leave: bool) {
                        @@:self.keep(@@:self.step(leave));
                        self.trace.push("after");
                    }
                    in_method_chain(leave: bool) {
                        self.n = @@:self.maybe(leave).unwrap_or(3).pow(2);
                        self.trace.push("after");
                    }
                    in_macro(leave: bool) {
                        self.text = format!("step {}", @@:self.step(leave));
                        self.trace.push("after");
                    }
                    in_sum(leave: bool) {
                        self.n = @@:self.step(leave) + @@:self.step(false);
                        self.trace.push("after");
                    }
                    in_sum_with_variable(leave: bool) {
                        self.n = $.three + @@:self.step(leave);
                        self.trace.push("after");
                    }
                    in_closure(leave: bool) {
                        (0..2).for_each(|_| @@:self.nudge(leave));
                        self.trace.push("after");
                    }
                    in_value_of_if(leave: bool) {
                        self.n = if self.n == 1 { @@:self.step(leave) } else { 0 };
                        self.trace.push("after");
                    }
                    in_if(leave: bool) {
                        if @@:self.step(leave) == 7 {
                            self.trace.push("then");
                        } else {
                            self.trace.push("else");
                        }
                        self.trace.push("after");
                    }
                    in_else_if(leave: bool) {
                        if self.n == 99 {
                            self.trace.push("then");
                        } else if @@:self.step(leave) == 7 {
                            self.trace.push("else then");
                        } else {
                            self.trace.push("else");
                        }
                        self.trace.push("after");
                    }
                    in_if_let(leave: bool) {
                        if let Some(n) = @@:self.maybe(leave) {
                            self.n = n;
                        }
                        self.trace.push("after");
                    }
                    in_let_chain(leave: bool) {
                        if let Some(n) = @@:self.maybe(leave) && n > 5 {
                            self.trace.push("then");
                        }
                        self.trace.push("after");
                    }
                    in_while(leave: bool) {
                        while @@:self.step(leave) == 7 && self.n < 3 {
                            self.n += 1;
                            self.trace.push("body");
                        }
                        self.trace.push("after");
                    }
                    in_while_let(leave: bool) {
                        while let Some(n) = @@:self.maybe(leave) {
                            self.trace.push("body");
                            if self.n == n {
                                break;
                            }
                            self.n = n;
                        }
                        self.trace.push("after");
                    }
                    in_match(leave: bool) {
                        match @@:self.step(leave) {
                            7 => self.trace.push("seven"),
                            _ => self.trace.push("other"),
                        }
                        self.trace.push("after");
                    }
                    in_for(leave: bool) {
                        for i in 5..@@:self.step(leave) {
                            self.n = i;
                            self.trace.push("body");
                        }
                        self.trace.push("after");
                    }
                    in_loop_body(leave: bool) {
                        for _ in 0..2 {
                            @@:self.nudge(leave);
                            self.trace.push("body");
                        }
                        self.trace.push("after");
                    }
                    in_block(leave: bool) {
                        {
                            {
                                @@:self.nudge(leave);
                            }
                            self.trace.push("inner");
                        }
                        self.trace.push("after");
                    }
                    in_branch(leave: bool) {
                        if self.n == 1 {
                            @@:self.nudge(leave);
                            self.trace.push("branch");
                        } else {
                            self.trace.push("else");
                        }
                        self.trace.push("after");
                    }
                    in_branch_behind_head(leave: bool) {
                        if @@:self.step(false) == 7 {
                            self.n = @@:self.step(leave) + @@:self.step(false);
                            self.n += $.three;
                        }
                    }
                    in_match_arm(leave: bool) {
                        match self.n {
                            1 => @@:self.nudge(leave),
                            _ => self.trace.push("other"),
                        }
                        self.trace.push("after");
                    }
                    in_let_else(leave: bool) {
                        let Some(n) = @@:self.maybe(leave) else {
                            return;
                        };
                        self.n = n;
                        self.trace.push("after");
                    }
                    in_action(leave: bool) {
                        self.n = self.detour(leave);
                        self.trace.push("after");
                    }
                    in_operation(leave: bool) {
                        self.n = self.operate(leave);
                        self.trace.push("after");
                    }
                    in_condition_of_action(leave: bool) {
                        if self.detour(leave) == 7 {
                            self.trace.push("then");
                        }
                        self.trace.push("after");
                    }
                    in_parent(leave: bool) {
                        => $^
                        self.trace.push("after");
                    }
                    in_chain(leave: bool) {
                        @@:self.link(leave);
                        self.trace.push("after");
                    }
                    link(leave: bool) {
                        @@:self.nudge(leave);
                        self.trace.push("link");
                    }

                    in_value(leave: bool): i32 {
                        @@:(@@:self.step(leave))
                        self.trace.push("after");
                    }
                    in_value_with_variable(leave: bool): i32 {
                        @@:($.three + @@:self.step(leave))
                        self.trace.push("after");
                    }
                    in_return_assignment(leave: bool): i32 {
                        @@:return = @@:self.step(leave) + 1
                        self.trace.push("after");
                    }
                    in_return_call(leave: bool): i32 {
                        if self.n == 1 {
                            @@:return(@@:self.step(leave) + 2)
                        }
                        self.trace.push("after");
                    }
                    in_native_return(leave: bool): i32 {
                        if self.n == 1 {
                            return @@:self.step(leave) + 3;
                        }
                        0
                    }
                    in_tail(leave: bool): i32 {
                        self.trace.push("before");
                        @@:self.step(leave) + 4
                    }
                    in_nested_tail(leave: bool): i32 {
                        if self.n == 1 {
                            match leave {
                                true => @@:self.step(true) + 5,
                                false => 12,
                            }
                        } else {
                            0
                        }
                    }
                    fallible(leave: bool): Result<i32, String> {
                        @@:(Ok(7))
                        if leave { -> $B }
                    }
                    in_question_mark(leave: bool): Result<i32, String> {
                        let n = @@:self.fallible(leave)?;
                        self.trace.push("after");
                        Ok(n + 1)
                    }
                }
                $B {
                    $> { self.trace.push("B.enter"); }
                    step(_leave: bool): i32 { 100 }
                    add(n: i32) { self.n += n * 100; }
                }
                $Base {
                    in_parent(leave: bool) {
                        @@:self.nudge(leave);
                        self.trace.push("parent");
                    }
                }
            actions:
                detour(leave: bool): i32 {
                    let n = @@:self.step(leave);
                    self.trace.push("rest of action");
                    n
                }
                keep(n: i32) { self.n = n; }
            domain:
                n: i32 = 1
                text: String
                trace: Vec<&'static str>
        }
    }

    /// Trace and `n` of a call whose self-call stays, and of one whose self-call leaves.
    fn run(call: fn(&mut Probe, bool)) -> [(Vec<&'static str>, i32); 2] {
        [false, true].map(|leave| {
            let mut probe = Probe::new();
            call(&mut probe, leave);
            assert_eq!(probe.state() == ProbeState::B, leave);
            (probe.trace, probe.n)
        })
    }

    /// Like `run` for methods with a return value, which stands in the place of `n`.
    fn value(call: fn(&mut Probe, bool) -> i32) -> [(Vec<&'static str>, i32); 2] {
        [false, true].map(|leave| {
            let mut probe = Probe::new();
            let value = call(&mut probe, leave);
            (probe.trace, value)
        })
    }

    #[test]
    fn r18_a_statement() {
        let expected = [(vec!["after"], 1), (vec!["B.enter"], 1)];
        assert_eq!(run(Probe::in_statement), expected);
    }

    #[test]
    fn r19_a_native_call() {
        let expected = [(vec!["after"], 1), (vec!["B.enter"], 1)];
        assert_eq!(run(Probe::in_native_call), expected);
    }

    #[test]
    fn r18_a_let() {
        assert_eq!(run(Probe::in_let), [(vec!["after"], 7), (vec!["B.enter"], 1)]);
        assert_eq!(run(Probe::in_let_else), [(vec!["after"], 7), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_an_assignment_still_happens() {
        let expected = [(vec!["after"], 7), (vec!["B.enter"], 7)];
        assert_eq!(run(Probe::in_assignment), expected);
        assert_eq!(run(Probe::in_frame_assignment), expected);
        assert_eq!(run(Probe::in_value_of_if), expected);
        assert_eq!(run(Probe::in_sum_with_variable), [(vec!["after"], 10), (vec!["B.enter"], 10)]);
        assert_eq!(run(Probe::in_compound_assignment), [(vec!["after"], 8), (vec!["B.enter"], 8)]);
    }

    #[test]
    fn r18_the_call_a_self_call_is_an_argument_of_still_happens() {
        assert_eq!(run(Probe::in_argument), [(vec!["after"], 14), (vec!["B.enter"], 14)]);
        assert_eq!(run(Probe::in_self_call), [(vec!["after"], 8), (vec!["B.enter"], 701)]);
        assert_eq!(run(Probe::in_action_argument), [(vec!["after"], 7), (vec!["B.enter"], 7)]);
    }

    #[test]
    fn r18_a_method_chain() {
        assert_eq!(run(Probe::in_method_chain), [(vec!["after"], 49), (vec!["B.enter"], 49)]);
    }

    #[test]
    fn r18_behind_a_question_mark() {
        let mut probe = Probe::new();
        assert_eq!(probe.in_question_mark(false), Ok(8));
        assert_eq!(probe.in_question_mark(true), Err("left".to_string()));
        assert_eq!(probe.trace, ["after", "B.enter"]);
    }

    #[test]
    fn r18_a_macro_argument() {
        for (leave, last) in [(false, "after"), (true, "B.enter")] {
            let mut probe = Probe::new();
            probe.in_macro(leave);
            assert_eq!((probe.text.as_str(), probe.trace), ("step 7", vec![last]));
        }
    }

    #[test]
    fn r18_the_rest_of_the_expression_runs_in_the_new_state() {
        assert_eq!(run(Probe::in_sum), [(vec!["after"], 14), (vec!["B.enter"], 107)]);
    }

    #[test]
    fn r18_the_condition_of_an_if_ends_the_handler_right_there() {
        assert_eq!(run(Probe::in_if), [(vec!["then", "after"], 1), (vec!["B.enter"], 1)]);
        assert_eq!(run(Probe::in_else_if), [(vec!["else then", "after"], 1), (vec!["B.enter"], 1)]);
        assert_eq!(run(Probe::in_if_let), [(vec!["after"], 7), (vec!["B.enter"], 1)]);
        assert_eq!(run(Probe::in_let_chain), [(vec!["then", "after"], 1), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_the_condition_of_a_while_ends_the_handler_right_there() {
        assert_eq!(
            run(Probe::in_while),
            [(vec!["body", "body", "after"], 3), (vec!["B.enter"], 1)]
        );
        assert_eq!(
            run(Probe::in_while_let),
            [(vec!["body", "body", "after"], 7), (vec!["B.enter"], 1)]
        );
    }

    #[test]
    fn r18_the_scrutinee_of_a_match_ends_the_handler_right_there() {
        assert_eq!(run(Probe::in_match), [(vec!["seven", "after"], 1), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_the_head_of_a_for_ends_the_handler_right_there() {
        assert_eq!(run(Probe::in_for), [(vec!["body", "body", "after"], 6), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_loops_end_too() {
        assert_eq!(
            run(Probe::in_loop_body),
            [(vec!["body", "body", "after"], 1), (vec!["B.enter"], 1)]
        );
    }

    #[test]
    fn r18_enclosing_blocks_end_too() {
        assert_eq!(run(Probe::in_block), [(vec!["inner", "after"], 1), (vec!["B.enter"], 1)]);
        assert_eq!(run(Probe::in_branch), [(vec!["branch", "after"], 1), (vec!["B.enter"], 1)]);
        assert_eq!(run(Probe::in_match_arm), [(vec!["after"], 1), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_a_call_in_a_head_is_no_part_of_the_statements_behind_it() {
        assert_eq!(run(Probe::in_branch_behind_head), [(vec![], 17), (vec!["B.enter"], 107)]);
    }

    #[test]
    fn r18_a_closure_runs_to_its_end() {
        assert_eq!(run(Probe::in_closure), [(vec!["after"], 1), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_callers_end_too() {
        assert_eq!(run(Probe::in_chain), [(vec!["link", "after"], 1), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_a_parents_self_call_ends_the_forwarding_handler_too() {
        assert_eq!(run(Probe::in_parent), [(vec!["parent", "after"], 1), (vec!["B.enter"], 1)]);
    }

    #[test]
    fn r18_a_return_value_is_still_set() {
        let expected = |n| [(vec!["after"], n), (vec!["B.enter"], n)];
        assert_eq!(value(Probe::in_value), expected(7));
        assert_eq!(value(Probe::in_value_with_variable), expected(10));
        assert_eq!(value(Probe::in_return_assignment), expected(8));
        assert_eq!(value(Probe::in_return_call), [(vec![], 9), (vec!["B.enter"], 9)]);
        assert_eq!(value(Probe::in_native_return), [(vec![], 10), (vec!["B.enter"], 10)]);
        assert_eq!(value(Probe::in_tail), [(vec!["before"], 11), (vec!["before", "B.enter"], 11)]);
        assert_eq!(value(Probe::in_nested_tail), [(vec![], 12), (vec!["B.enter"], 12)]);
    }

    #[test]
    fn r20_an_action_runs_to_its_end_and_the_handler_ends_behind_it() {
        assert_eq!(
            run(Probe::in_action),
            [(vec!["rest of action", "after"], 7), (vec!["B.enter", "rest of action"], 7)]
        );
        assert_eq!(
            run(Probe::in_operation),
            [(vec!["rest of operation", "after"], 7), (vec!["B.enter", "rest of operation"], 7)]
        );
    }

    #[test]
    fn r19_an_action_in_a_condition_ends_the_handler_right_there() {
        assert_eq!(
            run(Probe::in_condition_of_action),
            [(vec!["rest of action", "then", "after"], 1), (vec!["B.enter", "rest of action"], 1)]
        );
    }

    #[test]
    fn r20_an_operation_called_from_outside_runs_like_any_function() {
        let mut probe = Probe::new();
        assert_eq!(probe.operate(true), 7);
        assert_eq!(probe.trace, ["B.enter", "rest of operation"]);
    }
}

mod variables {
    frame_system! {
        @@system Meter {
            interface:
                measure(go: i32): i32
                store(go: i32)
                add(go: i32)
                double(go: i32)
                read(): i32
                both(): String
            machine:
                $A {
                    $.x: i32 = 1
                    $.y: i32 = 2
                    measure(go: i32): i32 {
                        @@:(50)
                        match go {
                            0 => {}
                            1 => -> $A,
                            _ => -> $B,
                        }
                    }
                    store(go: i32) {
                        $.y = 3;
                        $.x = @@:self.measure(go);
                        $.y = 4;
                    }
                    add(go: i32) { $.x += @@:self.measure(go); }
                    double(go: i32) {
                        $.x += @@:self.measure(go) + $.x;
                        $.y = 5;
                    }
                    read(): i32 { $.x }
                    both(): String { format!("{} {}", $.x, $.y) }
                }
                $B {
                    $.x: i32 = 10
                    measure(_go: i32): i32 { 60 }
                    store(go: i32) { $.x = @@:self.measure(go) + 1; }
                    read(): i32 { $.x }
                }
        }
    }

    #[test]
    fn r18_a_store_into_a_variable_happens_in_the_state_that_stayed() {
        let mut meter = Meter::new();
        meter.store(0);
        assert_eq!(meter.both(), "50 4");
        meter.add(0);
        assert_eq!(meter.both(), "100 4");
    }

    #[test]
    fn r18_a_store_into_a_variable_is_dropped_with_the_state_that_was_left() {
        let mut meter = Meter::new();
        meter.store(2);
        assert_eq!((meter.state(), meter.read()), (MeterState::B, 10));
    }

    #[test]
    fn r18_a_store_is_dropped_when_the_state_was_left_and_entered_again() {
        let mut meter = Meter::new();
        meter.store(1);
        assert_eq!((meter.state(), meter.both()), (MeterState::A, "1 2".to_string()));
        meter.add(1);
        assert_eq!(meter.both(), "1 2");
    }

    #[test]
    fn r18_a_store_is_dropped_even_if_it_reads_the_variable() {
        let mut meter = Meter::new();
        meter.double(0);
        assert_eq!(meter.both(), "52 5");
        meter.double(1);
        assert_eq!(meter.both(), "1 2");
        meter.double(2);
        assert_eq!((meter.state(), meter.read()), (MeterState::B, 10));
    }

    #[test]
    fn r18_older_transitions_do_not_end_a_handler() {
        let mut meter = Meter::new();
        meter.store(2);
        meter.store(2);
        assert_eq!(meter.read(), 61);
    }
}

mod pending {
    frame_system! {
        @@system Pump {
            interface:
                drain()
                ask()
                again()
                ping(): u32
                overrule()
                begin()
                bounce()
                twice()
            machine:
                $A => $Base {
                    drain() {
                        => $^
                        self.note("A.drain");
                        self.pings += @@:self.ping();
                        self.note("never");
                    }
                    ask() {
                        => $^
                        self.note("A.ask");
                        @@:self.overrule();
                        self.note("never");
                    }
                    again() {
                        @@:self.twice();
                        self.note("A.again");
                        @@:self.twice();
                        self.note("never");
                    }
                    twice() {
                        self.pings += 1;
                        if self.pings == 2 { -> $A }
                    }
                    ping(): u32 {
                        self.note("A.ping");
                        @@:(5)
                    }
                    overrule() {
                        self.note("A.overrule");
                        -> $C
                    }
                    begin() {
                        -> $Begin
                    }
                    bounce() {
                        @@:self.begin();
                        self.note("never");
                    }
                    $> { self.note("A.enter"); }
                    <$ { self.note("A.exit"); }
                }
                $Base {
                    drain() { -> $B }
                    ask() { -> $B }
                }
                $B { $> { self.note("B.enter"); } }
                $C { $> { self.note("C.enter"); } }
                $Begin {
                    $> {
                        self.pings = @@:self.ping();
                        self.note("Begin.enter");
                        @@:self.overrule();
                        self.note("never");
                    }
                    ping(): u32 { @@:(9) }
                    overrule() { -> $A }
                }
            actions:
                note(what: &'static str) { self.trace.push(what); }
            domain:
                pub pings: u32 = 0
                pub trace: Vec<&'static str>
        }
    }

    fn pump() -> Pump {
        let mut pump = Pump::new();
        pump.trace.clear();
        pump
    }

    #[test]
    fn r17_a_self_call_performs_what_its_caller_had_queued() {
        let mut pump = pump();
        pump.drain();
        assert_eq!(pump.trace, ["A.drain", "A.ping", "A.exit", "B.enter"]);
        assert_eq!((pump.state(), pump.pings), (PumpState::B, 5));
    }

    #[test]
    fn r17_what_the_self_call_queues_overrides_what_its_caller_had_queued() {
        let mut pump = pump();
        pump.ask();
        assert_eq!(pump.trace, ["A.ask", "A.overrule", "A.exit", "C.enter"]);
        assert_eq!(pump.state(), PumpState::C);
    }

    #[test]
    fn r18_a_transition_to_the_same_state_ends_the_handler() {
        let mut pump = pump();
        pump.again();
        assert_eq!(pump.trace, ["A.again", "A.exit", "A.enter"]);
    }

    #[test]
    fn r18_the_transition_that_led_into_a_state_does_not_end_its_enter() {
        let mut pump = pump();
        pump.begin();
        assert_eq!(pump.trace, ["A.exit", "Begin.enter", "A.enter"]);
        assert_eq!((pump.state(), pump.pings), (PumpState::A, 9));
    }

    #[test]
    fn r18_leaving_and_coming_back_ends_the_handler() {
        let mut pump = pump();
        pump.bounce();
        assert_eq!(pump.trace, ["A.exit", "Begin.enter", "A.enter"]);
        assert_eq!(pump.state(), PumpState::A);
    }
}

mod steps {
    // Self-calls made in the midst of a transition.
    frame_system! {
        @@system Steps {
            interface:
                put(n: i32): i32
                enter()
                exit()
                hop()
                ping()
            machine:
                $A {
                    put(_n: i32): i32 { -> => $Queueing }
                    hop() { -> $Hopping }
                    enter() { -> $Leaving }
                    exit() { -> $Pinging }
                }
                $Queueing {
                    $> { -> $C }
                    put(n: i32): i32 {
                        @@:(n)
                        self.trace.push("Queueing.put");
                        @@:self.ping();
                        self.trace.push("never");
                    }
                    ping() { self.trace.push("Queueing.ping"); }
                }
                $Leaving {
                    $> { -> $Entered }
                    <$ {
                        self.trace.push("Leaving.exit");
                        -> $C
                    }
                }
                $Entered {
                    $> {
                        self.trace.push("Entered.enter");
                        @@:self.ping();
                        self.trace.push("never");
                    }
                    ping() { self.trace.push("Entered.ping"); }
                }
                $Hopping {
                    $> { -> $Hopped }
                }
                $Hopped {
                    $> {
                        @@:self.ping();
                        self.trace.push("Hopped.enter");
                    }
                    ping() { self.trace.push("Hopped.ping"); }
                }
                $Pinging {
                    @@[allow(W850)]
                    <$ {
                        @@:self.ping();
                        self.trace.push("Pinging.exit");
                    }
                    exit() { -> $C }
                    ping() { self.trace.push("Pinging.ping"); }
                }
                $C {
                    $> { self.trace.push("C.enter"); }
                    ping() { self.trace.push("C.ping"); }
                }
            domain:
                pub trace: Vec<&'static str>
        }
    }

    #[test]
    fn r17_a_forwarded_events_self_call_performs_what_enter_had_queued() {
        let mut steps = Steps::new();
        assert_eq!(steps.put(3), 3);
        assert_eq!(steps.trace, ["Queueing.put", "Queueing.ping", "C.enter"]);
    }

    #[test]
    fn r17_enters_self_call_performs_what_exit_had_queued() {
        let mut steps = Steps::new();
        steps.enter();
        assert_eq!(steps.trace, ["Leaving.exit", "Entered.enter", "Entered.ping", "C.enter"]);
    }

    #[test]
    fn r18_transitions_performed_on_the_way_do_not_end_an_enter() {
        let mut steps = Steps::new();
        steps.hop();
        assert_eq!(steps.trace, ["Hopped.ping", "Hopped.enter"]);
    }

    #[test]
    fn r17_a_self_call_in_exit_dispatches_in_the_state_being_left() {
        let mut steps = Steps::new();
        steps.exit();
        steps.exit();
        assert_eq!(steps.trace, ["Pinging.ping", "Pinging.exit", "C.enter"]);
    }
}

mod calls {
    frame_system! {
        @@system Bank {
            interface:
                balance(): i64
                deposit(amount: i64): bool
                double(): bool
                open(id: u32)
                number(): u32
                locked(): bool
            machine:
                $Open => $Any {
                    balance(): i64 { @@:self.total }
                    deposit(amount: i64): bool {
                        if @@:self.valid(amount) && @@:self.balance() + amount < 1000 {
                            @@:self.total = @@:self.balance() + amount
                            @@:self.history.push(amount)
                            @@:(true)
                        }
                    }
                    double(): bool { @@:self.deposit(@@:self.balance()) }
                    open(id: u32) { -> $Account(@@:self.number() + id) }
                    number(): u32 { => $^ }
                    locked(): bool {
                        => $^
                        @@:(@@:return && @@:self.last() == Some(1))
                    }
                }
                $Any {
                    number(): u32 { @@:(500) }
                    locked(): bool { @@:(@@:self.balance() > 5) }
                }
                $Account(id: u32) {
                    number(): u32 { id }
                }
            actions:
                valid(amount: i64): bool { amount > 0 }
                last(): Option<i64> { self.history.last().copied() }
            domain:
                total: i64 = 0
                history: Vec<i64>
        }
    }

    #[test]
    fn r17_a_self_call_dispatches_like_a_call_from_outside() {
        let mut bank = Bank::new();
        assert_eq!(
            [bank.deposit(300), bank.double(), bank.double(), bank.deposit(-1)],
            [true, true, false, false]
        );
        assert_eq!(bank.balance(), 600);
        assert!(!bank.locked());
        assert!(bank.deposit(1));
        assert!(bank.locked());
    }

    #[test]
    fn r17_a_self_call_may_be_an_arg_of_a_transition() {
        let mut bank = Bank::new();
        bank.open(7);
        assert_eq!((bank.state(), bank.number()), (BankState::Account, 507));
    }
}

mod ignored {
    frame_system! {
        @@system Relay {
            interface:
                start(): i32
                idle(): i32
            machine:
                $First {
                    start(): i32 { -> => $Second }
                    <$ {
                        if self.left == 0 {
                            self.left = 1;
                            -> $First
                        }
                    }
                }
                $Second {
                    start(): i32 = 1 {
                        let _ = @@:self.idle();
                        @@:return = 2;
                    }
                }
            domain:
                left: u32 = 0
        }
    }

    #[test]
    fn r17_a_call_that_the_state_ignores_performs_what_is_pending() {
        let mut relay = Relay::new();
        assert_eq!((relay.start(), relay.state()), (1, RelayState::First));
    }
}

mod value_of_pending {
    frame_system! {
        @@system Turn {
            interface:
                turn()
                ask(): i32
            machine:
                $A => $Base {
                    turn() {
                        => $^
                        self.answer = @@:self.ask();
                    }
                    ask(): i32 { @@:(1) }
                }
                $Base {
                    turn() { -> $B }
                }
                $B {
                    $> { @@:(@@:return + 10) }
                }
            domain:
                pub answer: i32 = 0
        }
    }

    #[test]
    fn r17_what_was_pending_may_set_the_value_of_the_call_that_performs_it() {
        let mut turn = Turn::new();
        turn.turn();
        assert_eq!((turn.answer, turn.state()), (11, TurnState::B));
    }
}

mod forwarded_twice {
    frame_system! {
        @@system Twice {
            interface:
                go()
                again(times: u32)
                ignored()
            machine:
                $A => $Base {
                    go() { => $^ => $^ }
                    again(times: u32) {
                        for _ in 0..times {
                            => $^
                        }
                    }
                }
                $Base {
                    go() {
                        @@:self.ignored();
                        self.runs += 1;
                        -> $B
                    }
                    again(times: u32) {
                        self.seen += times;
                        @@:self.ignored();
                        self.runs += 1;
                        -> $B
                    }
                }
                $B { }
            domain:
                pub runs: u32 = 0
                pub seen: u32 = 0
        }
    }

    #[test]
    fn r17_what_a_forward_queued_is_performed_by_a_self_call_in_the_next() {
        let mut twice = Twice::new();
        twice.go();
        assert_eq!((twice.runs, twice.state()), (1, TwiceState::B));
        let mut twice = Twice::new();
        twice.again(3);
        assert_eq!((twice.runs, twice.seen, twice.state()), (1, 6, TwiceState::B));
    }
}

mod state_behind_call {
    frame_system! {
        @@[allow(W601)]
        @@system Fuse {
            interface:
                blow(): u32
                let_else(): u32
                block(): u32
                closure(): u32
                branch(): u32
                tail(): u32
                returned(): u32
                arm(n: u32): u32
                args()
            machine:
                $Whole {
                    $.load: u32 = 1
                    blow(): u32 {
                        @@:(7)
                        -> $Blown
                    }
                    let_else(): u32 {
                        @@:(1)
                        let 0 = @@:self.blow() else {
                            $.load += 1;
                            return 2;
                        };
                        3
                    }
                    block(): u32 {
                        @@:(1)
                        self.seen = @@:self.blow() + { $.load += 1; 1 };
                        2
                    }
                    closure(): u32 {
                        @@:(1)
                        self.seen = Some(@@:self.blow()).map_or(0, |blown| blown + $.load);
                        2
                    }
                    branch(): u32 {
                        @@:(1)
                        self.seen = @@:self.blow() + if $.load > 0 { 1 } else { 2 };
                        2
                    }
                    tail(): u32 { @@:self.blow() + $.load }
                    returned(): u32 {
                        if self.seen == 0 {
                            return @@:self.blow() + $.load;
                        }
                        2
                    }
                    arm(n: u32): u32 {
                        @@:(1)
                        self.seen = match n {
                            0 => @@:self.blow() + $.load,
                            _ => 3,
                        };
                        2
                    }
                    args() { -> (@@:self.blow()) $Loaded($.load) }
                }
                $Blown {}
                $Loaded(load: u32) {
                    $>(blown: u32) { self.seen = blown + load; }
                }
            domain:
                pub seen: u32 = 0
        }
    }

    #[test]
    fn r18_a_state_variable_is_not_used_behind_a_call_that_left_its_state() {
        type Call = fn(&mut Fuse) -> u32;
        let calls: [(Call, u32); 8] = [
            (Fuse::let_else, 1),
            (Fuse::block, 1),
            (Fuse::closure, 1),
            (Fuse::branch, 1),
            (Fuse::tail, 0),
            (Fuse::returned, 0),
            (|fuse| fuse.arm(0), 1),
            (|fuse| fuse.arm(1), 2),
        ];
        for (at, (call, expected)) in calls.into_iter().enumerate() {
            let mut fuse = Fuse::new();
            assert_eq!(call(&mut fuse), expected, "call {at}");
            assert_eq!(fuse.seen, if at == 7 { 3 } else { 0 }, "call {at}");
        }
    }

    #[test]
    fn r18_a_transition_whose_args_left_the_state_of_others_is_not_queued() {
        let mut fuse = Fuse::new();
        fuse.args();
        assert_eq!((fuse.state(), fuse.seen), (FuseState::Blown, 0));
    }
}
