//! Runs an elevator through what a script has people do, and prints the timeline.
//!
//! ```text
//! cargo run --example elevator -- examples/data/elevator.script
//! ```
//!
//! Without an argument, it runs that very file. The controller, a Frame system, stands in `controller.rs`, the building in
//! `plant.rs`; `script.rs` tells what a script looks like, and `simulation.rs` lets it all happen.

#![forbid(unsafe_code)]

pub mod controller;
pub mod plant;
pub mod requests;
pub mod script;
pub mod simulation;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    const DEFAULT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/elevator.script");
    let path = std::env::args_os().nth(1).unwrap_or_else(|| OsString::from(DEFAULT));
    match fs::read_to_string(&path).map_err(Into::into).and_then(|script| print(&script)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("elevator: {}: {e}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn print(script: &str) -> Result<(), Box<dyn Error>> {
    let script = script::parse(script)?;
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    let result = simulation::run(&script, |entry| {
        let line = writeln!(out, "{entry}");
        if written.is_ok() {
            written = line;
        }
    });
    written?;
    let controller =
        result.map_err(|(time, accident)| format!("{} s: {accident}", time.as_secs_f64()))?;
    writeln!(
        out,
        "\nthe car stands at floor {}, in state {}",
        controller.floor,
        controller.state_name()
    )?;
    Ok(())
}
