//! Instructions and time per operation of machines made in different ways.
//!
//! `--instructions` or `--times` prints one of the two tables only. Names as arguments, such
//! as `W3 W6`, restrict the run to these workloads.

#![forbid(unsafe_code)]

use std::env;
use std::hint::black_box;
use std::time::Duration;

use instructions::Run;
use instructions::measure::{self, per_operation};
use peers::table::{Row, print, row};
use peers::times::{Spread, rounds, time};
use peers::{RACES, Race, chosen};

/// The argument that makes this program run one contender, for callgrind.
const ALONE: &str = "--alone";

/// How long a contender's turn is, at least.
const TURN: Duration = Duration::from_millis(5);

const ROUNDS: usize = 41;

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    if let [first, workload, contender, operations] = args.as_slice()
        && first == ALONE
    {
        return run_alone(workload, contender, operations);
    }
    let given = |option: &str| args.iter().any(|arg| arg == option);
    let races = chosen(&args);

    races.iter().for_each(|race| race.check());
    if given("--instructions") || !given("--times") {
        print("instructions per operation, the loop included", 8, &races, instructions);
    }
    if given("--times") || !given("--instructions") {
        print("times as multiples of hand's: median (quartiles)", 19, &races, times);
    }
}

fn run_alone(workload: &str, contender: &str, operations: &str) {
    let race = RACES.iter().find(|race| race.workload.name == workload);
    let contenders = race.expect("a workload").contenders();
    let (_, run) = contenders.iter().find(|(name, _)| *name == contender).expect("a contender");
    println!("{}", run(operations.parse().expect("a number of operations")));
}

fn instructions(race: &Race) -> Row {
    let program = env::current_exe().expect("this program has a path");
    row(race, |name, _| {
        let args = [ALONE, race.workload.name, name];
        format!("{:.2}", per_operation(measure::instructions, &program, &args, race.operations()))
    })
}

fn times(race: &Race) -> Row {
    let turns: Vec<(Run, u64)> = race
        .contenders()
        .into_iter()
        .map(|(_, run)| (run, turn(run, race.workload.period)))
        .collect();
    let times = per_operation_in_rounds(&turns);
    let mut contenders = times.iter();
    row(race, |name, _| {
        let own = contenders.next().expect("everyone who takes part has been timed");
        match name {
            "hand" => format!("{:.2} ns", own.iter().copied().collect::<Spread>().median),
            _ => {
                let ratios = own.iter().zip(&times[0]).map(|(own, hand)| own / hand);
                let Spread { lower, median, upper } = ratios.collect();
                format!("{median:.2} ({lower:.2}–{upper:.2})")
            }
        }
    })
}

/// How many operations fill a turn.
fn turn(run: Run, period: u64) -> u64 {
    let mut operations = period;
    while time(|| _ = black_box(run(black_box(operations)))) < TURN {
        operations *= 2;
    }
    operations
}

/// The nanoseconds that an operation takes each contender in each round.
fn per_operation_in_rounds(turns: &[(Run, u64)]) -> Vec<Vec<f64>> {
    let mut contenders: Vec<Box<dyn FnMut()>> = Vec::new();
    for (run, operations) in turns {
        contenders.push(Box::new(|| _ = black_box(run(black_box(*operations)))));
    }
    let times = rounds(ROUNDS, &mut contenders);
    let per_operation = |(times, (_, operations)): (Vec<Duration>, &(Run, u64))| {
        times.iter().map(|time| time.as_secs_f64() * 1e9 / *operations as f64).collect()
    };
    times.into_iter().zip(turns).map(per_operation).collect()
}
