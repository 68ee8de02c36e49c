//! A server that follows a script: what it says, and what it expects the client to say.
//!
//! A script has a line for each step. `S:` stands before what the server says, `C:` before what the client says, `#` before
//! a comment. In brackets stands what happens to the connection: `[accepted]` or `[refused]` when the client connects,
//! `[secured]` when it negotiates TLS, `[hung up]` when it closes the connection, `[lost]` when that breaks, and `[silence]`
//! when the server says nothing until the client loses patience.

use std::fmt;
use std::time::Duration;

use super::client::{Client, ClientState, Order};

/// A step of a script, and the number of its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub line: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Server(String),
    Client(String),
    Accepted,
    Refused,
    Secured,
    HungUp,
    Lost,
    Silence,
}

/// Why a script cannot be played to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    Syntax {
        line: usize,
    },
    /// The client does something else than the script.
    Differs {
        line: usize,
        does: String,
    },
    /// The client goes on when the script has ended.
    TooShort {
        does: String,
    },
    /// The client is done before the script is.
    TooLong {
        line: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Syntax { line } => write!(f, "line {line} is no step of a script"),
            Error::Differs { line, does } => {
                write!(f, "the client does not do what line {line} has, but {does}")
            }
            Error::TooShort { does } => write!(f, "the script has ended, but the client {does}"),
            Error::TooLong { line } => write!(f, "the client was done before line {line}"),
        }
    }
}

impl std::error::Error for Error {}

/// Reads a script.
pub fn script(text: &str) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    for (i, text) in text.lines().enumerate() {
        let line = i + 1;
        let kind = match text.trim_end() {
            "" => continue,
            comment if comment.starts_with('#') => continue,
            "[accepted]" => Kind::Accepted,
            "[refused]" => Kind::Refused,
            "[secured]" => Kind::Secured,
            "[hung up]" => Kind::HungUp,
            "[lost]" => Kind::Lost,
            "[silence]" => Kind::Silence,
            said => match (said.split_once(':'), said) {
                (Some(("S", text)), _) => Kind::Server(without_space(text)),
                (Some(("C", text)), _) => Kind::Client(without_space(text)),
                _ => return Err(Error::Syntax { line }),
            },
        };
        steps.push(Step { line, kind });
    }
    Ok(steps)
}

fn without_space(text: &str) -> String {
    text.strip_prefix(' ').unwrap_or(text).to_owned()
}

/// What happens while a script is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub time: Duration,
    /// The state of the client before it knows.
    pub state: ClientState,
    pub text: String,
}

/// Lets a client talk to a server that follows a script, and tells `log` what happens. Time passes only where the client
/// waits, or the server is silent.
pub fn play(client: &mut Client, script: &[Step], mut log: impl FnMut(Event)) -> Result<(), Error> {
    let mut steps = script.iter();
    let mut now = Duration::ZERO;
    loop {
        while let Some(order) = client.next_order() {
            let does = description(&order);
            let Some(step) = steps.next() else { return Err(Error::TooShort { does }) };
            log(Event { time: now, state: client.state(), text: label(&order, &step.kind) });
            match (&order, &step.kind) {
                (Order::Connect, Kind::Accepted) => client.connected(),
                (Order::Connect, Kind::Refused) => client.closed(),
                (Order::Secure, Kind::Secured) => client.secured(),
                (Order::Connect | Order::Secure, Kind::Lost) => client.closed(),
                (Order::HangUp, Kind::HungUp) => {}
                (Order::Say(said) | Order::Whisper(said), Kind::Client(text)) if said == text => {}
                _ => return Err(Error::Differs { line: step.line, does }),
            }
        }
        if client.is_done() {
            return match steps.next() {
                Some(step) => Err(Error::TooLong { line: step.line }),
                None => Ok(()),
            };
        }
        let does = "waits".to_owned();
        let mut event = |now, text| log(Event { time: now, state: client.state(), text });
        if client.state() != ClientState::Waiting {
            let Some(step) = steps.next() else { return Err(Error::TooShort { does }) };
            match &step.kind {
                Kind::Server(text) => {
                    event(now, format!("S: {text}"));
                    client.line(text);
                    continue;
                }
                Kind::Lost => {
                    event(now, "the connection is lost".to_owned());
                    client.closed();
                    continue;
                }
                Kind::Silence => {}
                _ => return Err(Error::Differs { line: step.line, does }),
            }
        }
        let until = client.deadline().unwrap_or(now);
        event(now, format!("nothing happens for {} min", (until - now).as_secs() / 60));
        now = until;
        client.tick(now);
    }
}

/// What an order makes the client do.
fn description(order: &Order) -> String {
    match order {
        Order::Connect => "connects".to_owned(),
        Order::Say(text) => format!("says {text:?}"),
        Order::Whisper(_) => "says something secret".to_owned(),
        Order::Secure => "negotiates TLS".to_owned(),
        Order::HangUp => "hangs up".to_owned(),
    }
}

/// How an order appears in the log.
fn label(order: &Order, step: &Kind) -> String {
    let result = match step {
        Kind::Accepted | Kind::Secured => "it succeeds",
        _ => "it fails",
    };
    match order {
        Order::Connect => format!("the client connects, {result}"),
        Order::Say(text) => format!("C: {text}"),
        Order::Whisper(_) => "C: (secret)".to_owned(),
        Order::Secure => format!("the client negotiates TLS, {result}"),
        Order::HangUp => "the client hangs up".to_owned(),
    }
}
