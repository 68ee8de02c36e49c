//! Instructions per operation, as (cost of 2N operations − cost of N) / N under callgrind:
//! what starting, setting up and ending cost drops out, and the figures repeat.
//!
//! `--modes` compares the modes of a system instead of comparing it with the hand-written
//! machine. `--check` fails when a figure is further from what it is compared with than its
//! goal. Names as arguments, such as `W3 W6`, restrict the run to these workloads.

#![forbid(unsafe_code)]

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use instructions::measure::{Program, instructions, per_operation};
use instructions::{ALL, MODES, Workload, compare};

/// Fewer, because heap events take their time: a multiple of every sequence's length but those
/// of the longest.
const OPERATIONS_IN_MODES: u64 = 1 << 16;

/// How many times the instructions of direct events a pool may take.
const POOL: f64 = 3.0;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let chosen = compare::chosen(&ALL, &args);
    compare::assert_alike(&chosen);
    let missed = match args.iter().any(|arg| arg == "--modes") {
        true => compare_modes(&chosen),
        false => compare::by_hand(Program::workloads(""), None, &chosen),
    };
    compare::verdict(&args, missed)
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
