//! Frame systems beside the same machines by hand.

use std::path::Path;
use std::process::ExitCode;

use crate::Workload;
use crate::measure::{Program, instructions, instructions_within, per_operation};

/// A multiple of every sequence's length.
const OPERATIONS: u64 = 1 << 20;

/// The workloads that are named among the arguments, or all of them.
#[must_use]
pub fn chosen<'a>(all: &'a [Workload], args: &[String]) -> Vec<&'a Workload> {
    let named = |workload: &&Workload| args.iter().any(|arg| arg == workload.name);
    let chosen: Vec<&Workload> = all.iter().filter(named).collect();
    if chosen.is_empty() { all.iter().collect() } else { chosen }
}

/// Before anything is measured: both machines do the same.
///
/// # Panics
///
/// Panics when they do not.
pub fn assert_alike(workloads: &[&Workload]) {
    for workload in workloads {
        let (frame, hand) = ((workload.frame)(OPERATIONS), (workload.hand)(OPERATIONS));
        assert_eq!(frame, hand, "{}: the two machines differ", workload.name);
    }
}

/// With `--check`, a failure when goals are missed.
#[must_use]
pub fn verdict(args: &[String], missed: usize) -> ExitCode {
    if args.iter().any(|arg| arg == "--check") && missed > 0 {
        eprintln!("{missed} figures miss their goal");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Prints a table for each number of codegen units, and returns how many goals are missed.
/// Where `calls` names the functions that call the machines, the last ratio is of what runs
/// within them, without the loop that drives both.
#[must_use]
pub fn by_hand(program: Program, calls: Option<&str>, workloads: &[&Workload]) -> usize {
    let mut missed = 0;
    for codegen_units in [1, 16] {
        let program = Program { codegen_units, ..program }.build();
        println!("\ncodegen-units = {codegen_units}");
        let within = if calls.is_some() { " calls |" } else { "" };
        println!("{:8} |  frame |   hand |   more | ratio |{within} bytes   |", "");
        for workload in workloads {
            missed += usize::from(!compare(&program, calls, workload));
        }
    }
    missed
}

/// Prints one line of the table, and tells whether its goal is met.
fn compare(program: &Path, calls: Option<&str>, workload: &Workload) -> bool {
    let [frame, hand] = ["frame", "hand"]
        .map(|side| per_operation(instructions, program, &[workload.name, side], OPERATIONS));
    let within = calls.map(|calls| {
        let count = |program: &Path, args: &[&str]| instructions_within(calls, program, args);
        let [frame, hand] = ["frame", "hand"]
            .map(|side| per_operation(count, program, &[workload.name, side], OPERATIONS));
        format!(" {:5.3} |", frame / hand)
    });
    let (frame_size, hand_size) = (workload.frame_size, workload.hand_size);
    let goal = workload.goal;
    let met = goal.is_met(frame, hand) && goal.is_met_by_size(frame_size, hand_size);
    println!(
        "{:8} | {frame:6.2} | {hand:6.2} | {:+6.2} | {:5.3} |{} {frame_size:3} {hand_size:3} | {} {}",
        workload.name,
        frame - hand,
        frame / hand,
        within.unwrap_or_default(),
        if met { "   " } else { "<!>" },
        workload.what,
    );
    met
}
