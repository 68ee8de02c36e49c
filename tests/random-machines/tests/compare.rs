//! Every machine does what the rules say, in every mode.

use std::cell::Cell;
use std::fmt::Write;
use std::panic;
use std::sync::Once;

use fastrand::Rng;
use random_machines::ast::Machine;
use random_machines::features::Features;
use random_machines::interpreter::Interpreter;
use random_machines::print::print;
use random_machines::reduce::Case;
use random_machines::subject::{Call, Compiled, observe, random_calls};

/// How many times a machine is constructed and called.
const RUNS: usize = 20;

/// The machines, compiled with a `frame_system!` that is in scope by one line.
macro_rules! mode {
    ($mode:ident from $file:literal: $($frame_system:tt)*) => {
        #[allow(warnings, clippy::all, clippy::pedantic, reason = "random code is no model of style")]
        mod $mode {
            $($frame_system)*
            use random_machines::ast::FUEL;
            use random_machines::subject::*;
            include!(concat!(env!("OUT_DIR"), "/", $file));
        }
    };
}

mode!(direct from "machines.rs": use frame_runtime::frame_system;);

/// The same machines with attributes that every system is given.
macro_rules! mode_with {
    ($dollar:tt $mode:ident: $($attributes:tt)*) => {
        mode! { $mode from "in_every_mode.rs":
            macro_rules! frame_system {
                ($dollar($dollar source:tt)*) => {
                    frame_runtime::__private::frame_system! {
                        (frame_runtime; $($attributes)*) $dollar($dollar source)*
                    }
                };
            }
        }
    };
}

mode_with!($ pool: events(pool(64)));
mode_with!($ heap: events(heap); state_id(string); event_id(string));

#[test]
fn direct_does_what_the_rules_say() {
    assert_all(direct::COMPILED, direct::WITHOUT);
}

#[test]
fn pool_does_what_the_rules_say() {
    assert_all(pool::COMPILED, pool::WITHOUT);
}

#[test]
fn heap_with_string_ids_does_what_the_rules_say() {
    assert_all(heap::COMPILED, heap::WITHOUT);
}

fn assert_all(compiled: &[Compiled], without: &str) {
    let allowed = Features::all_but(without);
    silence_machines();
    QUIET.set(true);
    let differences: Vec<String> =
        compiled.iter().filter_map(|compiled| difference(compiled, &allowed)).collect();
    QUIET.set(false);
    assert!(
        differences.is_empty(),
        "{}\n{} machines differ",
        differences.join("\n"),
        differences.len()
    );
}

thread_local! {
    /// Whether this thread runs machines, which panic on purpose.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

fn silence_machines() {
    static SILENCED: Once = Once::new();
    SILENCED.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                hook(info);
            }
        }));
    });
}

fn difference(compiled: &Compiled, allowed: &Features) -> Option<String> {
    let case: Case = compiled.case.parse().expect("the build script wrote it");
    let machine = case.machine(allowed);
    let mut rng = Rng::with_seed(case.seed);
    let mut runs = (0..RUNS).map(|_| random_calls(&machine, &mut rng));
    let calls = runs.find(|calls| differ(compiled, &machine, calls))?;
    Some(report(compiled, &machine, &fewest(compiled, &machine, calls)))
}

fn differ(compiled: &Compiled, machine: &Machine, calls: &[Call]) -> bool {
    (compiled.run)(calls) != interpreted(machine, calls)
}

fn interpreted(machine: &Machine, calls: &[Call]) -> Vec<String> {
    observe(Interpreter::new(machine).ok(), calls)
}

/// Leaves out calls for as long as the difference stays.
fn fewest(compiled: &Compiled, machine: &Machine, mut calls: Vec<Call>) -> Vec<Call> {
    let mut index = calls.len();
    while index > 0 {
        index -= 1;
        let mut fewer = calls.clone();
        fewer.remove(index);
        if differ(compiled, machine, &fewer) {
            calls = fewer;
        }
    }
    calls
}

fn report(compiled: &Compiled, machine: &Machine, calls: &[Call]) -> String {
    let (actual, expected) = ((compiled.run)(calls), interpreted(machine, calls));
    let same =
        actual.iter().zip(&expected).take_while(|(actual, expected)| actual == expected).count();
    let mut report = format!("---- {} ----\n{}\n", machine.name, print(machine));
    for line in &expected[..same] {
        writeln!(report, "{line}").expect("writing to a string succeeds");
    }
    let line = |lines: &[String]| lines.get(same).cloned().unwrap_or_default();
    format!(
        "{report}expected: {}\nactual:   {}\nagain with: RANDOM_MACHINES_CASES={} cargo test -p random-machines\n",
        line(&expected),
        line(&actual),
        compiled.case,
    )
}
