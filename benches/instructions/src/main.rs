//! Instructions per operation of Frame systems and of machines written by hand.
//!
//! `--check` fails when a Frame system is further from the hand-written machine than its
//! goal. `--modes` compares the modes of a system instead. Names as arguments, such as `W3 W6`,
//! restrict the run to these workloads.

#![forbid(unsafe_code)]

mod modes;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use instructions::callgrind::per_operation;
use instructions::{ALL, Workload};

/// A multiple of every sequence's length.
const OPERATIONS: u64 = 1 << 20;

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
    if args.iter().any(|arg| arg == "--modes") {
        modes::compare(&chosen);
        return ExitCode::SUCCESS;
    }
    let mut missed = 0;
    for units in [1, 16] {
        let program = build(&format!("units-{units}"), units, "");
        println!("\ncodegen-units = {units}");
        println!("     |  frame |   hand |   more | ratio | bytes   |");
        for workload in &chosen {
            missed += usize::from(!compare(&program, workload));
        }
    }
    if check && missed > 0 {
        eprintln!("{missed} figures miss their goal");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Prints one line of the table, and tells whether its goal is met.
fn compare(program: &Path, workload: &Workload) -> bool {
    let [frame, hand] =
        ["frame", "hand"].map(|side| per_operation(program, &[workload.name, side], OPERATIONS));
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

/// Builds the workloads in a profile of their own, and returns the program's path.
fn build(profile: &str, units: u32, features: &str) -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "build",
            "--quiet",
            "--bin",
            "workload",
            "--profile",
            profile,
            "--features",
            features,
        ])
        .arg(format!("--config=profile.{profile}.inherits='release'"))
        .arg(format!("--config=profile.{profile}.codegen-units={units}"))
        .stdout(Stdio::null())
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the workloads do not build");
    let here = env::current_exe().expect("this program has a path");
    let target = here.ancestors().nth(2).expect("it lies in a profile's directory");
    target.join(profile).join("workload")
}
