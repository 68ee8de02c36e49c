//! Instructions per operation of the Frame systems and of the machines by hand, with the loop
//! that drives both, and their ratio also without it. `--check` fails when a figure is further
//! from the machine by hand than its goal. Names as arguments, such as
//! `uart chat`, restrict the run to these machines.

#![forbid(unsafe_code)]

use std::env;
use std::process::ExitCode;

use instructions::compare;
use instructions::measure::Program;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let chosen = compare::chosen(&machines::ALL, &args);
    compare::assert_alike(&chosen);
    let program = Program { package: "machines", bin: "machine", ..Program::workloads("") };
    compare::verdict(
        &args,
        compare::by_hand(program, Some("machines::machines::*::call::*"), &chosen),
    )
}
