//! Replays captured TCP connections through a state machine for either end, and prints what states they went through.
//!
//! ```text
//! cargo run --example tcp -- examples/data/tcp.pcap
//! ```
//!
//! Without an argument, it reads that very file; `tcpdump -w` records others. The machine, a Frame system, stands in
//! `connection.rs`, the bookkeeping of sequence numbers in `control.rs`. `pcap.rs` reads the capture, `replay.rs` plays it.

#![forbid(unsafe_code)]

pub mod connection;
pub mod control;
pub mod pcap;
pub mod replay;
pub mod segment;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    const DEFAULT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/tcp.pcap");
    let path = std::env::args_os().nth(1).unwrap_or_else(|| OsString::from(DEFAULT));
    match fs::read(&path).map_err(Into::into).and_then(|file| print(&file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("tcp: {}: {e}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn print(capture: &[u8]) -> Result<(), Box<dyn Error>> {
    let packets = pcap::packets(capture)?;
    let conversations = replay::conversations(&packets);
    let mut out = io::stdout().lock();
    for conversation in &conversations {
        writeln!(out, "{conversation}")?;
    }
    let remarks: usize = conversations.iter().map(|c| c.anomalies().count()).sum();
    writeln!(
        out,
        "{} segments in {} conversations, {remarks} remarks",
        packets.len(),
        conversations.len()
    )?;
    Ok(())
}
