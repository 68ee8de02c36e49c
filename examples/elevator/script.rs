//! What people do to an elevator.
//!
//! A script has a line for each thing: the time in seconds, then what happens. `#` stands before a comment.
//!
//! ```text
//! 2.5 call 3 down      a button at a landing
//! 9 select 0           a button in the car
//! ```
//!
//! The others are `open` and `close`, the buttons of the doors; `obstacle`; `overload on`; `fire on`; `key on`, `hold up` and
//! `release`, which are a mechanic's; `jam on`, which keeps the car from moving; and `end`. For `on`, there is `off`.

use std::fmt;
use std::time::Duration;

use super::requests::Direction;

/// Something that somebody does, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub time: Duration,
    pub action: Action,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Call(usize, Direction),
    Select(usize),
    Open,
    Close,
    Obstacle,
    Overload(bool),
    Fire(bool),
    Key(bool),
    Hold(Direction),
    Release,
    Jam(bool),
    End,
}

/// What is wrong with a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    Time { line: usize },
    Order { line: usize },
    Action { line: usize },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Time { line } => write!(f, "line {line} does not begin with a time"),
            Error::Order { line } => write!(f, "line {line} is earlier than the one before"),
            Error::Action { line } => write!(f, "line {line} is nothing that can be done"),
        }
    }
}

impl std::error::Error for Error {}

/// Reads a script.
pub fn parse(text: &str) -> Result<Vec<Event>, Error> {
    let mut events: Vec<Event> = Vec::new();
    for (i, text) in text.lines().enumerate() {
        let line = i + 1;
        let text = text.split('#').next().unwrap_or_default();
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let [time, words @ ..] = &words[..] else { continue };
        let time = seconds(time).ok_or(Error::Time { line })?;
        if events.last().is_some_and(|event| event.time > time) {
            return Err(Error::Order { line });
        }
        let action = action(words).ok_or(Error::Action { line })?;
        events.push(Event { time, action });
    }
    Ok(events)
}

/// A time of day at most, so that no script takes long.
fn seconds(word: &str) -> Option<Duration> {
    let time = Duration::try_from_secs_f64(word.parse().ok()?).ok()?;
    (time <= Duration::from_secs(24 * 60 * 60)).then_some(time)
}

fn action(words: &[&str]) -> Option<Action> {
    let direction = |word: &str| match word {
        "up" => Some(Direction::Up),
        "down" => Some(Direction::Down),
        _ => None,
    };
    let switch = |word: &str| match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    Some(match *words {
        ["call", floor, way] => Action::Call(floor.parse().ok()?, direction(way)?),
        ["select", floor] => Action::Select(floor.parse().ok()?),
        ["open"] => Action::Open,
        ["close"] => Action::Close,
        ["obstacle"] => Action::Obstacle,
        ["overload", on] => Action::Overload(switch(on)?),
        ["fire", on] => Action::Fire(switch(on)?),
        ["key", on] => Action::Key(switch(on)?),
        ["hold", way] => Action::Hold(direction(way)?),
        ["release"] => Action::Release,
        ["jam", on] => Action::Jam(switch(on)?),
        ["end"] => Action::End,
        _ => return None,
    })
}

/// As a script has it.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = |direction: &Direction| match direction {
            Direction::Up => "up",
            Direction::Down => "down",
        };
        let switch = |on: &bool| if *on { "on" } else { "off" };
        match self {
            Action::Call(floor, direction) => write!(f, "call {floor} {}", way(direction)),
            Action::Select(floor) => write!(f, "select {floor}"),
            Action::Open => f.write_str("open"),
            Action::Close => f.write_str("close"),
            Action::Obstacle => f.write_str("obstacle"),
            Action::Overload(on) => write!(f, "overload {}", switch(on)),
            Action::Fire(on) => write!(f, "fire {}", switch(on)),
            Action::Key(on) => write!(f, "key {}", switch(on)),
            Action::Hold(direction) => write!(f, "hold {}", way(direction)),
            Action::Release => f.write_str("release"),
            Action::Jam(on) => write!(f, "jam {}", switch(on)),
            Action::End => f.write_str("end"),
        }
    }
}
