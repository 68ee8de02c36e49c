//! Instructions per operation, as (cost of 2N operations − cost of N) / N under callgrind:
//! what starting, setting up and ending cost drops out, and the figures repeat.
//!
//! `--modes` compares the modes of a system instead of comparing it with the hand-written
//! machine. `--check` fails when a figure is further from what it is compared with than its
//! goal. Names as arguments, such as `W3 W6`, restrict the run to these workloads.

#![forbid(unsafe_code)]

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use instructions::measure::{Program, instructions, per_operation};
use instructions::{ALL, MODES, Workload};

/// A multiple of every sequence's length.
const OPERATIONS: u64 = 1 << 20;

/// Fewer, because heap events take their time: a multiple of every sequence's length but those
/// of the longest.
const OPERATIONS_IN_MODES: u64 = 1 << 16;

/// How many times the instructions of direct events a pool may take.
const POOL: f64 = 3.0;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let check = args.iter().any(|arg| arg == "--check");
    let named = |workload: &&Workload| args.iter().any(|arg| arg == workload.name);
    let chosen: Vec<&Workload> = ALL.iter().filter(named).collect();
    let chosen = if chosen.is_empty() { ALL.iter().collect() } else { chosen };

    for workload in &chosen {
        let (frame, hand) = ((workload.frame)(OPERATIONS), (workload.hand)(OPERATIONS));
        assert_eq!(frame, hand, "{}: the two machines differ", workload.name);
    }
    let missed = match args.iter().any(|arg| arg == "--modes") {
        true => compare_modes(&chosen),
        false => compare_by_hand(&chosen),
    };
    if check && missed > 0 {
        eprintln!("{missed} figures miss their goal");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Prints a table for each number of codegen units, and returns how many goals are missed.
fn compare_by_hand(workloads: &[&Workload]) -> usize {
    let mut missed = 0;
    for codegen_units in [1, 16] {
        let program = Program { codegen_units, ..Program::workloads("") }.build();
        println!("\ncodegen-units = {codegen_units}");
        println!("     |  frame |   hand |   more | ratio | bytes   |");
        for workload in workloads {
            missed += usize::from(!compare(&program, workload));
        }
    }
    missed
}

/// Prints one line of the table, and tells whether its goal is met.
fn compare(program: &Path, workload: &Workload) -> bool {
    let [frame, hand] = ["frame", "hand"]
        .map(|side| per_operation(instructions, program, &[workload.name, side], OPERATIONS));
    let (frame_size, hand_size) = (workload.frame_size, workload.hand_size);
    let met = workload.goal.is_met(frame, hand) && frame_size <= hand_size;
    println!(
        "{:4} | {frame:6.2} | {hand:6.2} | {:+6.2} | {:5.3} | {frame_size:3} {hand_size:3} | {} {}",
        workload.name,
        frame - hand,
        frame / hand,
        if met { "   " } else { "<!>" },
        workload.what,
    );
    met
}

/// Prints instructions per operation in each mode, and how often they are those of direct
/// events. Returns how often a pool takes too many.
fn compare_modes(workloads: &[&Workload]) -> usize {
    let programs: Vec<PathBuf> =
        MODES.iter().map(|mode| Program::workloads(mode.features).build()).collect();
    let mut missed = 0;
    for workload in workloads.iter().filter(|w| w.period <= OPERATIONS_IN_MODES) {
        println!("\n{}: {}", workload.name, workload.what);
        let mut direct = None;
        for (mode, program) in MODES.iter().zip(&programs) {
            let args = [workload.name, "frame"];
            let count = per_operation(instructions, program, &args, OPERATIONS_IN_MODES);
            let ratio = count / *direct.get_or_insert(count);
            let met = mode.name != "pool" || ratio <= POOL;
            missed += usize::from(!met);
            let mark = if met { "" } else { " <!>" };
            println!("{:20} | {count:7.2} | {ratio:5.2}x{mark}", mode.name);
        }
    }
    missed
}
