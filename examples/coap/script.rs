//! What happens to the client, a line each: `SECONDS get PATH`, `SECONDS ack ID [ANSWER]`,
//! `SECONDS answer ID ANSWER`, `SECONDS reset ID`. What is lost on the way has no line.

use std::time::Duration;

use super::client::ClientEvent;

pub struct Line {
    pub at: Duration,
    pub event: ClientEvent,
}

/// The lines of a script, without comments (`#`) and empty ones.
pub fn parse(script: &str) -> Result<Vec<Line>, String> {
    let lines = script.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let lines = lines.enumerate().filter(|(_, line)| !line.is_empty());
    lines
        .map(|(at, line)| parse_line(line).ok_or_else(|| format!("line {}: `{line}`", at + 1)))
        .collect()
}

fn parse_line(line: &str) -> Option<Line> {
    let (at, rest) = line.split_once(' ')?;
    let at = Duration::try_from_secs_f64(at.parse().ok()?).ok()?;
    let (verb, rest) = rest.trim_start().split_once(' ')?;
    let (word, text) = match rest.trim_start().split_once(' ') {
        Some((word, text)) => (word, Some(text.trim_start().to_owned())),
        None => (rest.trim_start(), None),
    };
    let event = match verb {
        "get" => ClientEvent::Get { path: word.to_owned() },
        "ack" => ClientEvent::Ack { id: word.parse().ok()?, answer: text },
        "answer" => ClientEvent::Answer { id: word.parse().ok()?, answer: text? },
        "reset" => ClientEvent::Reset { id: word.parse().ok()? },
        _ => return None,
    };
    Some(Line { at, event })
}
