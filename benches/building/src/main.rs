//! What a machine costs to build, and in code size: a Frame system, the same machine by hand,
//! and the same machine with other libraries.
//!
//! `cargo run -p building --release` measures everything; `times`, `scaling` and `size` as
//! arguments restrict it. The tables are Markdown.
//!
//! - `times`: a package with one small machine, built from nothing, and again after an edit.
//! - `scaling`: generated machines of up to 200 states, and what their expansion costs.
//! - `size`: a ring of eight states as a stripped program, over a program without a machine.
//!
//! Names of libraries as arguments, such as `statig smlang`, leave the others out; `framec` is
//! the one that takes minutes. `--rounds 9` takes the median of nine rounds instead of five.
//! `--check` fails when the expansion of a system grows faster than its source. `--keep` leaves
//! the packages that were measured where they are, and says where. What is measured is fetched
//! from the registry first.

#![forbid(unsafe_code)]

mod expansion;
mod generated;
mod options;
mod package;
mod rounds;
mod scaling;
mod size;
mod table;
mod times;
mod way;

use std::process::ExitCode;

use options::{Options, Part};

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(mistake) => {
            eprintln!("{mistake}");
            return ExitCode::FAILURE;
        }
    };
    let room = tempfile::Builder::new()
        .prefix("building-")
        .disable_cleanup(options.keep)
        .tempdir()
        .expect("a temporary directory can be made");
    if options.keep {
        eprintln!("packages are in {}", room.path().display());
    }
    let mut met = true;
    for part in &options.parts {
        match part {
            Part::Times => times::measure(room.path(), &options),
            Part::Scaling => met &= scaling::measure(room.path(), &options),
            Part::Size => size::measure(room.path(), &options),
        }
    }
    if options.check && !met {
        eprintln!("an expansion grows faster than its source");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
