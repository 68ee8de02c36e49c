//! Instructions per operation, as (cost of 2N operations − cost of N) / N under callgrind:
//! what starting, setting up and ending cost drops out, and the figures repeat.

use std::path::Path;
use std::process::Command;

/// What an operation costs in a program whose last argument is the number of operations.
///
/// # Panics
///
/// If valgrind is missing, or the program fails.
#[must_use]
pub fn per_operation(program: &Path, args: &[&str], operations: u64) -> f64 {
    let cost = |operations| instructions(program, args, operations);
    (cost(2 * operations) - cost(operations)) as f64 / operations as f64
}

fn instructions(program: &Path, args: &[&str], operations: u64) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(args)
        .arg(operations.to_string())
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {report}", args.join(" "));
    let collected = report.lines().find_map(|line| line.split_once("Collected : "));
    let (_, count) = collected.expect("callgrind reports what it collected");
    count.trim().parse().expect("a number of instructions")
}
