//! Reads a recorded terminal session and prints its text and what else it consists of.
//!
//! ```text
//! cargo run --example vt -- examples/data/session.vt
//! ```
//!
//! The parser, a Frame system, stands in `parser.rs`; `survey.rs` is the consumer that it calls.

#![forbid(unsafe_code)]

mod parser;
mod survey;
mod transcript;

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::ExitCode;

use parser::Parser;
use survey::Survey;

/// Lines and columns of the terminal that the session was recorded on.
const SIZE: (usize, usize) = (24, 80);

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: vt <recording>");
        return ExitCode::FAILURE;
    };
    match File::open(&path).and_then(parse).and_then(print) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("vt: {}: {e}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// Parses a stream in pieces as a terminal would receive them.
fn parse(mut stream: impl Read) -> io::Result<Parser<Survey>> {
    let (height, width) = SIZE;
    let mut parser = Parser::new(Survey::new(height, width));
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer)? {
            0 => return Ok(parser),
            n => parser.feed(&buffer[..n]),
        }
    }
}

fn print(parser: Parser<Survey>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let survey = &parser.performer;
    writeln!(out, "{}\n", survey.transcript.text())?;
    writeln!(out, "{:─<60}", "")?;
    write!(out, "{survey}")?;
    writeln!(out, "the session ends in state {}", parser.state_name())
}
