//! What it costs to build the workloads.

use std::process::id;

use instructions::measure::Program;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

use crate::figures::median;

const ROUNDS: usize = 7;

/// The median of the processor time that building the library of workloads takes, for each of
/// these features. The builds take turns, so that what else the machine does hits all of them.
pub fn times(features: &[&str]) -> Vec<f64> {
    let mut all = vec![Vec::new(); features.len()];
    for round in 0..ROUNDS {
        for (features, times) in features.iter().zip(&mut all) {
            times.push(time(features, round));
        }
    }
    all.into_iter().map(median).collect()
}

/// What a build takes, less what finding takes that there is nothing to build.
fn time(features: &str, round: usize) -> f64 {
    let build = || {
        let before = spent();
        // No source has the name: it is there to be new.
        let new = format!("round_{}_{round}", id());
        let mut cargo = Program::workloads(features).cargo("rustc");
        let status = cargo.args(["--lib", "--", "--cfg", &new]).status();
        assert!(status.is_ok_and(|status| status.success()), "the library builds");
        spent() - before
    };
    let built = build();
    built - build()
}

/// The processor time of all commands so far, in seconds.
fn spent() -> f64 {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system knows");
    (usage.user_time() + usage.system_time()).num_microseconds() as f64 / 1e6
}
