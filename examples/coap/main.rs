//! A client of CoAP, the web protocol of small devices, on a link that loses messages: what it
//! sends, when it sends it again, and when it gives up.
//!
//! ```text
//! cargo run --example coap -- examples/data/coap.script
//! ```
//!
//! Without an argument, it runs that very file. `client.rs` is the client, a Frame system;
//! `timers.rs` keeps its events in an `EventPool` until they are due.

#![forbid(unsafe_code)]

pub mod client;
pub mod script;
pub mod timers;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::process::ExitCode;
use std::time::Duration;

use client::{Client, Report};

fn main() -> ExitCode {
    const DEFAULT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/coap.script");
    let path = std::env::args_os().nth(1).unwrap_or_else(|| OsString::from(DEFAULT));
    match fs::read_to_string(&path).map_err(Into::into).and_then(|script| print(&script)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("coap: {}: {e}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn print(script: &str) -> Result<(), Box<dyn Error>> {
    for (time, report) in run(script::parse(script)?) {
        print!("{:9.3}  ", time.as_secs_f64());
        match report {
            Report::Sent { id, path, again: 0 } => println!("{id} GET {path}"),
            Report::Sent { id, path, again } => println!("{id} GET {path}, again: {again}"),
            Report::Acknowledged { id } => println!("{id} will be answered"),
            Report::Answered { id, answer } => println!("{id} {answer}"),
            Report::Failed { id, why } => println!("{id} failed: {why}"),
        }
    }
    Ok(())
}

/// Gives the client what the script has happen, and between that what its timers hold.
pub fn run(script: Vec<script::Line>) -> Vec<(Duration, Report)> {
    let mut client = Client::new();
    for line in script {
        while let Some(event) = client.timers.advance(line.at) {
            client.dispatch(event);
        }
        client.dispatch(line.event);
    }
    while let Some(event) = client.timers.advance(Duration::MAX) {
        client.dispatch(event);
    }
    client.reports
}
