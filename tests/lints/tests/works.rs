//! The systems under strict lints do what they say.

use lints::documented::{Pair, Words, WordsState, even};
use lints::modes::{Echo, Flip, FlipEvent, Gate, Lift, LiftEvent, LiftReply, Tape};
use lints::undocumented::{Chain, Clock, Door, Tally};

#[test]
fn the_documented_system_works() {
    let mut words = even("w");
    assert_eq!((words.report(), words.log.clone()), ("w: 2".to_string(), vec!["built"]));
    assert_eq!(words.add("", 1), Err("nothing to add".to_string()));
    assert_eq!(words.add("one", 2), Ok(2));
    assert_eq!(words.state(), WordsState::Page);
    assert_eq!(words.newest().map(String::as_str), Some("one"));
    assert!(words.add_pair((1, 2)));
    assert_eq!(words.add_all([7, 8]), 5);
    assert_eq!(words.add("x", 1), Ok(6));

    let mut out = String::new();
    words.write(&mut out);
    assert_eq!(out, "woneone1-278x.");
    assert_eq!(words.log, ["built", "by a word", "next"]);

    assert_eq!((words.detour(), words.state()), (0, WordsState::Note));
    words.back();
    assert_eq!(words.state(), WordsState::Page);
    assert!(words.switch(true));
    assert!(words.has_slots());
    assert!(words.switch(false));
    assert!(words.clone() == words);
    assert_eq!(words.close(), Some("one".to_string()));
    assert_eq!((words.state_name(), *words.first(), words.count()), ("Closed", 2, 5));

    let closed = Words::<'_, _, 1>::build(2000, "late", "w", 'c', 3);
    assert_eq!(closed.state(), WordsState::Closed);
    assert!(Pair::new().on(false));
}

#[test]
fn the_undocumented_systems_work() {
    let mut door = Door::default();
    assert!(!door.open(1) && door.open(1234));
    assert_eq!((door.state_of(), door.tries(), Door::keys()), ("open".to_string(), 2, 10));

    let mut tally = Tally::new();
    tally.add(3);
    assert_eq!(tally.total(), 3);

    let mut clock = Clock::new();
    assert_eq!((clock.tick(), clock.zone()), (1, "UTC".to_string()));

    let mut chain = Chain::new();
    chain.go(3);
    assert_eq!(chain.state_name(), "B");
    chain.go(0);
    chain.stop();
    assert_eq!(chain.state_name(), "A");
}

#[test]
fn the_private_systems_work() {
    assert_eq!(lints::heat(15), 1);
}

#[test]
fn the_systems_with_event_values_work() {
    let mut lift = Lift::new();
    let event = LiftEvent::Call { floor: 3, from: "hall".to_string() };
    assert!(matches!(lift.dispatch(event), LiftReply::Call(true)));
    assert_eq!((lift.floor(), lift.clone().log), (3, vec!["hall".to_string()]));
    lift.open();
    assert_eq!(lift.state_name(), "Open");

    assert_eq!(Gate::new().lift(3).ok(), Some(3));
    assert_eq!(Echo::new().echo(30), 30);

    let mut tape = Tape::new();
    assert_eq!((tape.write(b"ab"), tape.write(b"c")), (2, 3));
    tape.rewind();
    assert_eq!((tape.state_name(), tape.write(b"d")), ("Start", 1));

    let mut switch = Flip::new();
    let _ = switch.dispatch(FlipEvent::Flip);
    switch.set(false);
    assert_eq!(switch.state_name(), "Off");
}
