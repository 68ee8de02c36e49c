//! Section 4, R27: a panic in native code leaves the machine in the state of the last completed step.

use super::panic_message;

// `bomb` names the place that blows up next, once.
frame_system! {
    @@[data(seen: u32 = 0)]
    @@system Rig(bomb: &'static str = "") {
        operations:
            inspect() { self.blow("operation"); }
            depth(): usize { @@:system.stack.depth }
        interface:
            go(n: u32): String
            forward(): String
            save(): String
            back(): String
            chain(): String
            take(n: u32): String
            nest(): String
            inner(n: u32): u32
            tally(): String
            hop(): String
            context(): String = ""
            read(): u32
        machine:
            $A => $Base {
                $.n: u32 = 1

                go(n: u32): String {
                    $.n += n;
                    @@:("gone")
                    self.blow("handler");
                    (self.blow("exit arg")) -> (self.blow("enter arg")) $B(self.blow("state arg"))
                }
                forward(): String {
                    @@:("forwarded")
                    => $^
                    self.blow("behind forward");
                }
                save(): String { push$ -> $B(3) }
                chain(): String { -> $C }
                take(n: u32): String { -> => $B(n) }
                nest(): String {
                    @@:("nested")
                    @@:data.seen = 5;
                    => $^
                    $.n += @@:self.inner(10);
                }
                inner(n: u32): u32 {
                    @@:data.seen = n;
                    self.blow("self-call");
                    @@:(n)
                }
                tally(): String { self.count(); }
                hop(): String { self.go_and_blow(); }
                context(): String {
                    @@:(format!("{}{} {}", @@:return, @@:event, @@:data.seen))
                }
                read(): u32 { $.n }
                $> { self.blow("enter A"); }
                <$(_arg: u32) {
                    $.n += 100;
                    self.blow("exit A");
                }
            }
            $Base {
                forward(): String {
                    self.blow("parent");
                    -> $B(2)
                }
                nest(): String { -> $B(6) }
            }
            $B(n: u32) {
                $.n: u32 = n + self.blow("initialiser")
                take(n: u32): String {
                    $.n += n;
                    @@:("taken")
                    self.blow("forwarded event");
                }
                back(): String { -> pop$ }
                read(): u32 { $.n }
                $>(_arg: u32) { self.blow("enter B"); }
                <$ { self.blow("exit B"); }
            }
            $C {
                $> { -> $D }
                <$ { self.blow("exit C"); }
            }
            $D => $Tail {
                $> {
                    => $^
                    self.blow("enter D");
                }
            }
            $Tail {
                $> { -> $A }
            }
        actions:
            blow(place: &'static str): u32 {
                if self.bomb == place {
                    self.bomb = "";
                    panic!("{place} blew up");
                }
                0
            }
            count() {
                self.counted += 1;
                self.blow("action");
                self.counted += 10;
            }
            go_and_blow() {
                let _gone = @@:self.go(0);
                self.blow("rest of action");
            }
        domain:
            bomb: &'static str
            counted: u32 = 0
    }
}

/// Makes `call` blow up at `bomb`, and checks that the next call finds nothing of it.
fn blow<R>(rig: &mut Rig, bomb: &'static str, call: impl FnOnce(&mut Rig) -> R) -> (RigState, u32) {
    rig.bomb = bomb;
    let message = panic_message(|| {
        call(rig);
    });
    assert_eq!(message, format!("{bomb} blew up"));
    let state = rig.state();
    let n = rig.read();
    assert_eq!(rig.state(), state, "what was queued is performed by the next call");
    (state, n)
}

#[test]
fn r27_a_panic_in_a_handler() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "handler", |rig| rig.go(1)), (RigState::A, 2));
    assert_eq!((rig.go(1), rig.state()), ("gone".to_string(), RigState::B));
}

#[test]
fn r27_a_panic_in_an_arg_of_a_transition() {
    for place in ["exit arg", "enter arg", "state arg"] {
        let mut rig = Rig::default();
        assert_eq!(blow(&mut rig, place, |rig| rig.go(1)), (RigState::A, 2));
        assert_eq!((rig.go(1), rig.state()), ("gone".to_string(), RigState::B));
    }
}

#[test]
fn r27_a_panic_in_an_action_or_operation() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "action", Rig::tally), (RigState::A, 1));
    assert_eq!(rig.counted, 1);
    assert_eq!(blow(&mut rig, "operation", Rig::inspect), (RigState::A, 1));
    rig.tally();
    assert_eq!(rig.counted, 12);
}

#[test]
fn r27_a_panic_in_exit_or_initialiser_stays_in_the_old_state() {
    for place in ["exit A", "initialiser"] {
        let mut rig = Rig::default();
        assert_eq!(blow(&mut rig, place, |rig| rig.go(0)), (RigState::A, 101));
        assert_eq!((rig.go(0), rig.state()), ("gone".to_string(), RigState::B));
    }
}

#[test]
fn r27_a_panic_in_enter_stays_in_the_new_state() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "enter B", |rig| rig.go(0)), (RigState::B, 0));
}

#[test]
fn r27_what_was_queued_is_forgotten() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "behind forward", Rig::forward), (RigState::A, 1));
    assert_eq!(blow(&mut rig, "parent", Rig::forward), (RigState::A, 1));
    assert_eq!((rig.forward(), rig.state()), ("forwarded".to_string(), RigState::B));
}

#[test]
fn r27_what_enter_queued_is_forgotten() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "exit C", Rig::chain), (RigState::C, 0));

    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "enter D", Rig::chain), (RigState::D, 0));

    let mut rig = Rig::default();
    rig.chain();
    assert_eq!(rig.state(), RigState::A);
}

#[test]
fn r27_a_panic_within_a_self_call_forgets_what_its_caller_had_queued() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "self-call", Rig::nest), (RigState::A, 1));
    assert_eq!((rig.nest(), rig.state()), ("nested".to_string(), RigState::B));
}

#[test]
fn r27_steps_completed_before_the_panic_stay() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "rest of action", Rig::hop), (RigState::B, 0));
}

#[test]
fn r27_a_forwarded_event_is_forgotten() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "enter B", |rig| rig.take(4)), (RigState::B, 4));

    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "forwarded event", |rig| rig.take(4)), (RigState::B, 8));
    assert_eq!(rig.take(1), "taken");
}

#[test]
fn r27_a_broken_push_leaves_the_stack_as_it_was() {
    for place in ["exit A", "initialiser"] {
        let mut rig = Rig::default();
        assert_eq!(blow(&mut rig, place, Rig::save), (RigState::A, 101));
        assert_eq!(rig.depth(), 0);
        rig.save();
        assert_eq!((rig.state(), rig.depth()), (RigState::B, 1));
    }
}

#[test]
fn r27_a_push_is_complete_when_enter_panics() {
    let mut rig = Rig::default();
    assert_eq!(blow(&mut rig, "enter B", Rig::save), (RigState::B, 3));
    assert_eq!(rig.depth(), 1);
    rig.back();
    assert_eq!((rig.state(), rig.depth(), rig.read()), (RigState::A, 0, 101));
}

#[test]
fn r27_a_broken_pop_leaves_the_stack_as_it_was() {
    let mut rig = Rig::default();
    rig.save();
    assert_eq!(blow(&mut rig, "exit B", Rig::back), (RigState::B, 3));
    assert_eq!(rig.depth(), 1);
    assert_eq!(blow(&mut rig, "enter A", Rig::back), (RigState::A, 101));
    assert_eq!(rig.depth(), 0);
}

#[test]
fn r27_the_next_call_has_a_context_of_its_own() {
    let mut rig = Rig::default();
    for (place, call) in
        [("self-call", Rig::nest as fn(&mut Rig) -> String), ("behind forward", Rig::forward)]
    {
        blow(&mut rig, place, call);
        assert_eq!(rig.context(), "context 0");
    }
}

#[test]
fn r27_panics_use_nothing_up() {
    let mut rig = Rig::default();
    for _ in 0..50 {
        blow(&mut rig, "self-call", Rig::nest);
        blow(&mut rig, "exit A", |rig| rig.go(0));
    }
    assert_eq!(rig.nest(), "nested");
}

#[test]
fn r27_a_panic_during_construction_constructs_nothing() {
    assert_eq!(panic_message(|| drop(Rig::new("enter A"))), "enter A blew up");
}
