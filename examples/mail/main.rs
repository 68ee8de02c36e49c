//! Delivers a message to a server that follows a script, and prints the dialogue.
//!
//! ```text
//! cargo run --example mail -- examples/data/mail.script
//! ```
//!
//! Without an argument, it plays that very file. The client, a Frame system, stands in `client.rs`; `server.rs` tells what
//! a script looks like, and plays it.

#![forbid(unsafe_code)]

pub mod client;
pub mod message;
pub mod reply;
pub mod server;

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use client::{Client, Login};
use message::{Message, Status};

fn main() -> ExitCode {
    const DEFAULT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/mail.script");
    let path = std::env::args_os().nth(1).unwrap_or_else(|| OsString::from(DEFAULT));
    match fs::read_to_string(&path).map_err(Into::into).and_then(|script| print(&script)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("mail: {}: {e}", path.display());
            ExitCode::FAILURE
        }
    }
}

/// The client that the script is about.
pub fn client() -> Client {
    let text = "\
From: Lamp <lamp@example.com>
To: bob@example.org, carol@example.org, dave@example.org
Subject: Switched on

I was switched on at
.
half past seven.
..
";
    let to = ["bob@example.org", "carol@example.org", "dave@example.org"];
    let message = Message::new("lamp@example.com", &to, text);
    let login = Login { name: "lamp".to_owned(), password: "let there be light".to_owned() };
    Client::new("house.example.com".to_owned(), message, Some(login), 8)
}

fn print(script: &str) -> Result<(), Box<dyn Error>> {
    let script = server::script(script)?;
    let mut client = client();
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    let result = server::play(&mut client, &script, |event| {
        let minutes = event.time.as_secs() / 60;
        let (hours, minutes) = (minutes / 60, minutes % 60);
        let state = format!("{:?}", event.state);
        let line = writeln!(out, "{hours:3}:{minutes:02}  {state:13}  {}", event.text);
        if written.is_ok() {
            written = line;
        }
    });
    written?;
    result?;
    writeln!(out, "\nafter {} attempts:", client.attempts)?;
    for recipient in &client.message.recipients {
        let status = match &recipient.status {
            Status::Failed(why) => format!("failed: {why}"),
            Status::Delivered => "delivered".to_owned(),
            Status::Pending | Status::Accepted => "pending".to_owned(),
        };
        writeln!(out, "{:>20}  {status}", recipient.address)?;
    }
    Ok(())
}
