//! `reduce 5017`: finds parts of a machine that can be left out while it still differs from its
//! interpretation.
//!
//! Prints the last test report. Every round compiles some variants at once and goes on with the
//! first that differs.

#![forbid(unsafe_code)]

use std::process::{Command, ExitCode};
use std::{env, fs};

use random_machines::features::Features;
use random_machines::reduce::Case;

/// How many variants are compiled at once.
const VARIANTS: usize = 24;

fn main() -> ExitCode {
    let Some(Ok(case)) = env::args().nth(1).map(|argument| argument.parse::<Case>()) else {
        eprintln!("usage: reduce SEED[:PART,PART…]");
        return ExitCode::FAILURE;
    };
    let without = env::var("RANDOM_MACHINES_WITHOUT").unwrap_or_default();
    let parts = case.parts(&Features::all_but(&without));
    let case = reduce(case, parts);
    let report = report(&[case]);
    let lines = report.lines().skip_while(|line| !line.starts_with("---- Machine"));
    lines.take_while(|line| !line.ends_with("machines differ")).for_each(|line| println!("{line}"));
    ExitCode::SUCCESS
}

/// Leaves out ever smaller ranges of parts.
fn reduce(mut case: Case, parts: usize) -> Case {
    let mut size = parts.div_ceil(2);
    loop {
        let mut start = 0;
        while start < parts {
            let starts = (start..parts).step_by(size).take(VARIANTS);
            let variants: Vec<Case> = starts.map(|start| fewer(&case, start, size)).collect();
            start += size * variants.len();
            if let Some((found, smaller)) = first_that_differs(&case, &variants) {
                start -= size * (variants.len() - found - 1);
                case = smaller;
                eprintln!("{case}");
            }
        }
        if size == 1 {
            return case;
        }
        size = size.div_ceil(2);
    }
}

fn fewer(case: &Case, start: usize, size: usize) -> Case {
    let more = (start..start + size).filter(|part| !case.dropped.contains(part));
    let mut dropped: Vec<usize> = case.dropped.iter().copied().chain(more).collect();
    dropped.sort_unstable();
    Case { dropped, ..*case }
}

fn first_that_differs(case: &Case, variants: &[Case]) -> Option<(usize, Case)> {
    let report = report(variants);
    let differs = |variant: &Case| report.contains(&format!("RANDOM_MACHINES_CASES={variant} "));
    let found = variants.iter().position(|variant| variant != case && differs(variant))?;
    Some((found, variants[found].clone()))
}

/// What the test says about the variants that compile.
fn report(cases: &[Case]) -> String {
    let output = test(cases);
    let broken = broken(&output);
    if broken.is_empty() {
        return output;
    }
    let compiling = cases.iter().enumerate().filter(|(index, _)| !broken.contains(index));
    test(&compiling.map(|(_, case)| case.clone()).collect::<Vec<_>>())
}

fn test(cases: &[Case]) -> String {
    let cases = cases.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let mut test = Command::new(env::var("CARGO").unwrap_or("cargo".to_owned()));
    test.args(["test", "-p", "random-machines", "--test", "compare", "--message-format", "short"]);
    test.env("CARGO_INCREMENTAL", "0").env("RANDOM_MACHINES_CASES", cases);
    let output = test.output().expect("cargo runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The variants in whose modules errors are, found by the lines that the errors name.
fn broken(output: &str) -> Vec<usize> {
    let errors = output.lines().filter(|line| line.contains(": error"));
    errors
        .filter_map(|error| {
            let (path, rest) = error.split_once("machines.rs:")?;
            let line = rest.split(':').next()?.parse().ok()?;
            let text = fs::read_to_string(format!("{path}machines.rs")).ok()?;
            let modules = text.lines().take(line).filter(|line| line.starts_with("mod machine_"));
            modules.count().checked_sub(1)
        })
        .collect()
}
