//! The interpreter itself, on machines built by hand: the traces that the rules give.

use random_machines::ast::*;
use random_machines::interpreter::Interpreter;
use random_machines::subject::{Outcome, Subject};

const A: StateId = 0;
const B: StateId = 1;
const C: StateId = 2;
const D: StateId = 3;

const GO: MethodId = 0;
const GET: MethodId = 1;
const NEXT: MethodId = 2;

/// States `A` to `D` that note their `$>` and `<$`, and methods `go(a0)`, `get(a0): i32`, `next()`.
fn machine() -> Machine {
    let method = |name: &str, params, returns| Method {
        name: name.to_owned(),
        params,
        returns,
        ..Method::default()
    };
    Machine {
        name: "Machine".to_owned(),
        methods: vec![method("go", 1, false), method("get", 1, true), method("next", 0, false)],
        states: ["A", "B", "C", "D"].map(state).to_vec(),
        fields: vec![0],
        stack: true,
        ..Machine::default()
    }
}

fn state(name: &str) -> State {
    let lifecycle = |event: &str| {
        Some(Lifecycle { params: Vec::new(), body: vec![note(&format!("{name}.{event}"))] })
    };
    State {
        name: name.to_owned(),
        handlers: vec![None; 3],
        enter: lifecycle("enter"),
        exit: lifecycle("exit"),
        ..State::default()
    }
}

trait Build {
    fn child_of(&mut self, child: StateId, parent: StateId);
    fn on(&mut self, state: StateId, method: MethodId, body: Block);
    fn on_enter(&mut self, state: StateId, body: Block);
    fn on_exit(&mut self, state: StateId, body: Block);
}

impl Build for Machine {
    fn child_of(&mut self, child: StateId, parent: StateId) {
        self.states[child].parent = Some(parent);
    }

    fn on(&mut self, state: StateId, method: MethodId, body: Block) {
        self.states[state].handlers[method] = Some(Handler { body, ..Handler::default() });
    }

    fn on_enter(&mut self, state: StateId, body: Block) {
        self.states[state].enter.as_mut().expect("every state has one").body.extend(body);
    }

    fn on_exit(&mut self, state: StateId, body: Block) {
        self.states[state].exit.as_mut().expect("every state has one").body.extend(body);
    }
}

fn note(text: &str) -> Stmt {
    Stmt::Note(Label::Text(text.to_owned()), Expr::Int(0))
}

fn note_value(text: &str, value: Expr) -> Stmt {
    Stmt::Note(Label::Text(text.to_owned()), value)
}

fn transition(target: Target) -> Transition {
    Transition {
        push: false,
        exit: vec![],
        forward: false,
        enter: None,
        label: false,
        target,
        then: None,
    }
}

fn to(state: StateId) -> Stmt {
    Stmt::Transition(transition(Target::State(state, vec![])))
}

fn push_to(state: StateId) -> Stmt {
    Stmt::Transition(Transition { push: true, ..transition(Target::State(state, vec![])) })
}

fn forward_to(state: StateId) -> Stmt {
    Stmt::Transition(Transition { forward: true, ..transition(Target::State(state, vec![])) })
}

fn pop() -> Stmt {
    Stmt::Transition(transition(Target::Pop))
}

fn self_call(method: MethodId, args: &[i32]) -> Call {
    let args = args.iter().map(|&arg| Expr::Int(arg)).collect();
    Call { callee: Callee::Method(method), native: false, args }
}

fn call(method: MethodId, args: &[i32]) -> Stmt {
    Stmt::Call(self_call(method, args))
}

fn got(arg: i32) -> Expr {
    Expr::Call(self_call(GET, &[arg]))
}

fn set_return(value: Expr) -> Stmt {
    Stmt::SetReturn(Setter::Short, value)
}

fn set(place: Place, value: Expr) -> Stmt {
    Stmt::Assign(place, Assignment::Plain, value)
}

fn name(name: &str) -> Expr {
    Expr::Name(name.to_owned())
}

/// Makes the calls and returns the trace since construction, with values where they are not 0, then
/// what the last call returned and the state.
fn run(machine: &Machine, calls: &[(MethodId, &[i32])]) -> (String, Outcome, String) {
    let mut interpreter =
        Interpreter::new(machine).unwrap_or_else(|_| panic!("construction panics"));
    interpreter.take_trace();
    let mut outcome = Outcome::Returned(None);
    for (method, args) in calls {
        outcome = interpreter.call(*method, args);
    }
    let entries = interpreter.take_trace().into_iter();
    let entries =
        entries.map(|(label, value)| if value == 0 { label } else { format!("{label}={value}") });
    (entries.collect::<Vec<_>>().join(" "), outcome, interpreter.state_name().to_owned())
}

#[track_caller]
fn assert_trace(machine: &Machine, expected: &str) {
    assert_eq!(run(machine, &[(GO, &[0])]).0, expected);
}

#[track_caller]
fn assert_returns(machine: &Machine, expected: i32) {
    assert_eq!(run(machine, &[(GET, &[0])]).1, Outcome::Returned(Some(expected)));
}

#[test]
fn r02_an_event_without_handler_is_ignored() {
    assert_eq!(
        run(&machine(), &[(GET, &[1])]),
        (String::new(), Outcome::Returned(Some(0)), "A".to_owned())
    );
}

#[test]
fn r03_a_transition_leaves_the_handler_and_a_value_behind_it_counts() {
    let mut machine = machine();
    let then = Some((Setter::Leaving, Expr::Int(7)));
    let moved = Stmt::Transition(Transition { then, ..transition(Target::State(B, vec![])) });
    machine.on(
        A,
        GET,
        vec![
            Stmt::If(Condition { value: Expr::Int(0), below: 1 }, vec![moved], vec![]),
            note("no"),
        ],
    );
    let expected = ("A.exit B.enter".to_owned(), Outcome::Returned(Some(7)), "B".to_owned());
    assert_eq!(run(&machine, &[(GET, &[0])]), expected);
}

#[test]
fn r04_variables_are_initialised_behind_the_exit_handler() {
    let mut machine = machine();
    machine.states[B].vars = vec![Expr::Field(0)];
    machine.on_exit(A, vec![set(Place::Field(0), Expr::Int(5))]);
    machine.on_enter(B, vec![note_value("v", Expr::Var(0))]);
    machine.on(A, GO, vec![to(B)]);
    assert_trace(&machine, "A.exit B.enter v=5");
}

#[test]
fn r05_only_the_leaf_is_entered_and_left() {
    let mut machine = machine();
    machine.child_of(B, C);
    machine.on(A, GO, vec![to(B)]);
    assert_trace(&machine, "A.exit B.enter");
    machine.states[B].enter = None;
    machine.states[B].default_forward = true;
    assert_trace(&machine, "A.exit C.enter");
}

#[test]
fn r06_a_transition_queued_by_enter_is_next() {
    let mut machine = machine();
    machine.on(A, GO, vec![to(C)]);
    machine.on_enter(C, vec![to(D)]);
    assert_trace(&machine, "A.exit C.enter C.exit D.enter");
}

#[test]
fn r07_a_transition_queued_by_exit_follows_the_one_in_progress() {
    let mut machine = machine();
    machine.start = D;
    machine.on(D, GO, vec![to(B)]);
    machine.on_exit(D, vec![to(A)]);
    assert_trace(&machine, "D.exit B.enter B.exit A.enter");
}

#[test]
fn r08_the_last_queued_transition_wins() {
    let mut machine = machine();
    machine.child_of(A, B);
    machine.on(A, GO, vec![Stmt::Forward, to(C)]);
    machine.on(B, GO, vec![to(D)]);
    assert_trace(&machine, "A.exit C.enter");
    machine.on_exit(A, vec![to(D)]);
    machine.on_enter(C, vec![to(A)]);
    assert_trace(&machine, "A.exit C.enter C.exit A.enter");
}

#[test]
fn r09_a_transition_to_the_current_state_starts_it_afresh() {
    let mut machine = machine();
    machine.states[A].vars = vec![Expr::Int(1)];
    machine.on(A, GO, vec![set(Place::Var(0), Expr::Int(2)), to(A)]);
    machine.on_exit(A, vec![note_value("v", Expr::Var(0))]);
    machine.on_enter(A, vec![note_value("v", Expr::Var(0))]);
    assert_trace(&machine, "A.exit v=2 A.enter v=1");
}

#[test]
fn r10_code_behind_a_forward_runs() {
    let mut machine = machine();
    machine.child_of(A, B);
    machine.on(A, GO, vec![Stmt::Forward, note("behind")]);
    machine.on(B, GO, vec![note_value("parent", name("a0")), to(C)]);
    assert_eq!(run(&machine, &[(GO, &[4])]).0, "parent=4 behind A.exit C.enter");
}

#[test]
fn r11_parents_have_their_own_variables_and_the_leafs_name() {
    let mut machine = machine();
    machine.child_of(A, B);
    machine.states[A].vars = vec![Expr::Int(1)];
    machine.states[B].vars = vec![Expr::Int(2)];
    machine.on(A, GO, vec![Stmt::Forward, note_value("child", Expr::Var(0))]);
    machine.on(B, GO, vec![Stmt::Note(Label::StateName, Expr::Var(0))]);
    assert_trace(&machine, "A=2 child=1");
}

#[test]
fn r12_a_transition_between_children_builds_the_parent_anew_unless_it_is_retained() {
    let mut machine = machine();
    machine.child_of(A, C);
    machine.child_of(B, C);
    machine.states[C].vars = vec![Expr::Int(1)];
    machine.states[A].default_forward = true;
    machine.states[B].enter = None;
    machine.states[B].default_forward = true;
    machine.on(C, GO, vec![set(Place::Var(0), Expr::Int(2)), to(B)]);
    machine.on_enter(C, vec![note_value("v", Expr::Var(0))]);
    assert_trace(&machine, "A.exit C.enter v=1");
    machine.states[C].retain = true;
    assert_trace(&machine, "A.exit C.enter v=2");
}

#[test]
fn r13_args_go_by_position_to_the_whole_chain() {
    let mut machine = machine();
    machine.child_of(B, C);
    machine.states[B].params = vec![None];
    machine.states[C].params = vec![Some(7), Some(8)];
    machine.states[B].enter.as_mut().unwrap().params = vec![None, Some(9)];
    let target = Target::State(B, vec![Expr::Int(3)]);
    machine.on(
        A,
        GO,
        vec![Stmt::Transition(Transition {
            enter: Some(vec![Expr::Int(4)]),
            ..transition(target)
        })],
    );
    let enter = [name("s0"), name("e0"), name("e1")].map(|value| note_value("b", value));
    machine.on_enter(B, enter.into_iter().chain([Stmt::Forward]).collect());
    machine.on_enter(C, vec![note_value("c", name("s0")), note_value("c", name("s1"))]);
    assert_trace(&machine, "A.exit B.enter b=3 b=4 b=9 C.enter c=3 c=8");
}

#[test]
fn r13_an_ancestor_without_params_sees_those_of_the_leaf() {
    let mut machine = machine();
    machine.child_of(B, C);
    machine.states[B].params = vec![Some(6)];
    machine.states[B].default_forward = true;
    machine.on(C, GO, vec![note_value("c", name("s0"))]);
    machine.on(A, GO, vec![to(B)]);
    assert_eq!(run(&machine, &[(GO, &[0]), (GO, &[0])]).0, "A.exit B.enter c=6");
}

#[test]
fn r14_defaults_of_the_interface_then_of_the_handler() {
    let mut machine = machine();
    machine.methods[GET].default = Some(3);
    assert_returns(&machine, 3);
    machine.on(A, GET, vec![note_value("so far", Expr::ReturnValue)]);
    assert_returns(&machine, 3);
    machine.states[A].handlers[GET].as_mut().unwrap().default = Some(4);
    assert_returns(&machine, 4);
}

#[test]
fn r15_lifecycle_handlers_run_in_the_callers_context() {
    let mut machine = machine();
    machine.on(A, GET, vec![set_return(Expr::Int(5)), to(B)]);
    assert_returns(&machine, 5);
    let more = Expr::Pair(Pairing::Operator, Box::new(Expr::ReturnValue), Box::new(Expr::Int(8)));
    machine.on_enter(B, vec![set_return(more)]);
    assert_returns(&machine, 13);
}

#[test]
fn r16_a_self_call_has_its_own_return_value_and_data() {
    let mut machine = machine();
    machine.data = vec![1];
    machine.methods[NEXT].returns = true;
    let set_data = set(Place::Data(0), Expr::Int(2));
    machine.on(
        A,
        GET,
        vec![set_return(Expr::Int(5)), set_data, call(NEXT, &[]), note_value("k", Expr::Data(0))],
    );
    machine.on(A, NEXT, vec![note_value("inner k", Expr::Data(0)), set_return(Expr::Int(6))]);
    assert_eq!(run(&machine, &[(GET, &[0])]).0, "inner k=1 k=2");
    assert_returns(&machine, 5);
}

#[test]
fn r17_a_self_call_performs_what_its_caller_had_queued() {
    let mut machine = machine();
    machine.child_of(A, B);
    machine.on(A, GO, vec![Stmt::Forward, note("behind"), call(NEXT, &[]), note("no")]);
    machine.on(B, GO, vec![to(C)]);
    machine.on(A, NEXT, vec![note("next")]);
    assert_trace(&machine, "behind next A.exit C.enter");
}

#[test]
fn r18_the_handler_ends_behind_the_statement_whose_effect_happens() {
    let mut machine = machine();
    machine.on(A, GO, vec![set(Place::Field(0), got(0)), note("no")]);
    machine.on(A, GET, vec![set_return(Expr::Int(5)), to(B)]);
    machine.on(B, GO, vec![note_value("field", Expr::Field(0))]);
    assert_eq!(run(&machine, &[(GO, &[0]), (GO, &[0])]).0, "A.exit B.enter field=5");
}

#[test]
fn r18_callers_up_the_chain_end_likewise() {
    let mut machine = machine();
    machine.child_of(A, B);
    machine.on(A, GO, vec![Stmt::Forward, note("no")]);
    machine.on(B, GO, vec![call(GET, &[0]), note("no")]);
    machine.on(A, GET, vec![call(NEXT, &[]), note("no")]);
    machine.on(A, NEXT, vec![to(C)]);
    assert_trace(&machine, "A.exit C.enter");
}

#[test]
fn r18_a_head_ends_the_handler_right_there() {
    let mut machine = machine();
    machine.on(A, GET, vec![to(B)]);
    let condition = || Condition { value: got(0), below: 3 };
    let statements = [
        Stmt::If(condition(), vec![note("no")], vec![note("no")]),
        Stmt::While("n".to_owned(), 3, condition(), vec![note("no")]),
        Stmt::Match(got(0), vec![vec![note("no")]]),
        Stmt::For("i".to_owned(), got(0), vec![note("no")]),
        Stmt::LetUnless("l".to_owned(), condition(), vec![note("no")], Expr::Int(0)),
    ];
    for stmt in statements {
        machine.on(A, GO, vec![stmt, note("no")]);
        assert_trace(&machine, "A.exit B.enter");
    }
}

#[test]
fn r18_loops_end_too() {
    let mut machine = machine();
    let body = vec![note("round"), call(GET, &[0]), note("no")];
    machine.on(A, GO, vec![Stmt::For("i".to_owned(), Expr::Int(3), body), note("no")]);
    machine.on(A, GET, vec![to(B)]);
    assert_trace(&machine, "round A.exit B.enter");
}

#[test]
fn r18_a_store_is_dropped_with_the_state() {
    let mut machine = machine();
    machine.states[A].vars = vec![Expr::Int(1)];
    machine.on(A, GO, vec![set(Place::Var(0), got(0)), note("no")]);
    machine.on(A, GET, vec![set_return(Expr::Int(5)), to(A)]);
    machine.on(A, NEXT, vec![note_value("v", Expr::Var(0))]);
    assert_eq!(run(&machine, &[(GO, &[0]), (NEXT, &[])]).0, "A.exit A.enter v=1");
}

#[test]
fn r18_older_transitions_do_not_end_an_enter_handler() {
    let mut machine = machine();
    machine.on(A, GO, vec![to(B)]);
    machine.on_enter(B, vec![call(GET, &[0]), note("goes on")]);
    assert_trace(&machine, "A.exit B.enter goes on");
}

#[test]
fn r20_an_action_runs_to_its_end_and_then_its_caller_ends() {
    let mut machine = machine();
    let body = vec![call(NEXT, &[]), note("goes on"), Stmt::Tail(Expr::Int(3))];
    machine.actions = vec![Action { name: "act".to_owned(), body, ..Action::default() }];
    let act = Call { callee: Callee::Action(0), native: true, args: vec![] };
    machine.on(A, GO, vec![note("go"), Stmt::Call(act), note("no")]);
    machine.on(A, NEXT, vec![to(B)]);
    assert_trace(&machine, "go A.exit B.enter goes on");
}

#[test]
fn r21_a_push_with_a_transition_saves_the_state_after_its_exit_handler() {
    let mut machine = machine();
    machine.states[A].vars = vec![Expr::Int(1)];
    machine.on_exit(A, vec![set(Place::Var(0), Expr::Int(2))]);
    machine.on_enter(A, vec![note_value("v", Expr::Var(0))]);
    machine.on(B, NEXT, vec![pop()]);
    machine.on(A, GO, vec![push_to(B)]);
    assert_eq!(run(&machine, &[(GO, &[0]), (NEXT, &[])]).0, "A.exit B.enter B.exit A.enter v=2");
    machine.on(A, GO, vec![Stmt::Push, note("bare"), to(B)]);
    assert_eq!(
        run(&machine, &[(GO, &[0]), (NEXT, &[])]).0,
        "bare A.exit B.enter B.exit A.enter v=1"
    );
}

#[test]
fn r22_a_pop_enters_with_the_saved_args_or_with_new_ones() {
    let mut machine = machine();
    machine.start_enter_args = vec![4];
    machine.states[A].enter.as_mut().unwrap().params = vec![None];
    machine.on_enter(A, vec![note_value("e", name("e0"))]);
    machine.on(A, GO, vec![push_to(B)]);
    machine.on(B, NEXT, vec![pop()]);
    assert_eq!(run(&machine, &[(GO, &[0]), (NEXT, &[])]).0, "A.exit B.enter B.exit A.enter e=4");
    let enter = Some(vec![Expr::Int(6)]);
    machine.on(B, NEXT, vec![Stmt::Transition(Transition { enter, ..transition(Target::Pop) })]);
    assert_eq!(run(&machine, &[(GO, &[0]), (NEXT, &[])]).0, "A.exit B.enter B.exit A.enter e=6");
}

#[test]
fn r23_a_pop_of_an_empty_stack_panics_before_anything_has_changed() {
    let mut machine = machine();
    machine.on(A, GO, vec![pop()]);
    assert_eq!(run(&machine, &[(GO, &[0])]), (String::new(), Outcome::StackPanic, "A".to_owned()));
    machine.on(A, GO, vec![Stmt::Drop, note("goes on")]);
    assert_trace(&machine, "goes on");
}

#[test]
fn r23_a_full_stack_panics_before_anything_has_changed() {
    let mut machine = machine();
    machine.stack_bound = Some(1);
    machine.on(A, GO, vec![push_to(A)]);
    let twice: [(MethodId, &[i32]); 2] = [(GO, &[0]), (GO, &[0])];
    assert_eq!(
        run(&machine, &twice),
        ("A.exit A.enter".to_owned(), Outcome::StackPanic, "A".to_owned())
    );
}

#[test]
fn r25_the_event_in_hand_follows_enter() {
    let mut machine = machine();
    machine.on(A, GET, vec![forward_to(B)]);
    machine.on(B, GET, vec![note_value("B.get", name("a0")), set_return(Expr::Int(5))]);
    let expected =
        ("A.exit B.enter B.get=3".to_owned(), Outcome::Returned(Some(5)), "B".to_owned());
    assert_eq!(run(&machine, &[(GET, &[3])]), expected);
}

#[test]
fn r25_an_enter_event_in_hand_is_dispatched_once_with_its_own_args() {
    let mut machine = machine();
    for state in [B, C] {
        machine.states[state].enter.as_mut().unwrap().params = vec![None];
        machine.on_enter(state, vec![note_value("e", name("e0"))]);
    }
    let enter = Some(vec![Expr::Int(6)]);
    let moved = Transition { enter, ..transition(Target::State(B, vec![])) };
    machine.on(A, GO, vec![Stmt::Transition(moved)]);
    machine.on_enter(B, vec![forward_to(C)]);
    assert_trace(&machine, "A.exit B.enter e=6 B.exit C.enter e=6");
}

#[test]
fn r26_the_event_arrives_before_what_enter_queued_is_performed() {
    let mut machine = machine();
    machine.on(A, GO, vec![forward_to(B)]);
    machine.on_enter(B, vec![to(C)]);
    machine.on(B, GO, vec![note("B.go")]);
    assert_trace(&machine, "A.exit B.enter B.go B.exit C.enter");
}

#[test]
fn r27_a_panic_leaves_the_last_completed_step_and_forgets_the_queue() {
    let mut machine = machine();
    machine.child_of(A, B);
    machine.on(B, GO, vec![to(C)]);
    machine.on(A, GO, vec![Stmt::Forward, Stmt::Panic]);
    machine.on(A, NEXT, vec![to(D)]);
    machine.on_enter(D, vec![Stmt::Panic]);
    assert_eq!(run(&machine, &[(GO, &[0])]), (String::new(), Outcome::Boom, "A".to_owned()));
    let both: [(MethodId, &[i32]); 2] = [(GO, &[0]), (NEXT, &[])];
    assert_eq!(run(&machine, &both), ("A.exit D.enter".to_owned(), Outcome::Boom, "D".to_owned()));
}
