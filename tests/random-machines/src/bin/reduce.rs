//! `reduce 5017`: finds parts of a machine that can be left out while it still differs from its
//! interpretation.
//!
//! Prints the last test report. Every round compiles some variants at once and goes on with the
//! first that differs.

#![forbid(unsafe_code)]

use std::env;
use std::process::{Command, ExitCode};

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
    println!("{}", report(&[case]));
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
    let differs = |variant: &Case| {
        report.lines().any(|line| line.contains(&format!("RANDOM_MACHINES_CASES={variant} ")))
    };
    let found = variants.iter().position(|variant| variant != case && differs(variant))?;
    Some((found, variants[found].clone()))
}

fn report(cases: &[Case]) -> String {
    let cases = cases.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let mut test = Command::new(env::var("CARGO").unwrap_or("cargo".to_owned()));
    test.args(["test", "-p", "random-machines", "--test", "compare"])
        .env("RANDOM_MACHINES_CASES", cases);
    let output = test.output().expect("cargo runs");
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}
