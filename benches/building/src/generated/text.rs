//! What the sources of generated machines have in common.

use std::fmt::Write;

use super::ring::Ring;

pub(super) fn lines(
    numbers: impl IntoIterator<Item = usize>,
    line: impl Fn(usize) -> String,
) -> String {
    numbers.into_iter().fold(String::new(), |mut text, number| {
        writeln!(text, "{}", line(number)).expect("a string can be written to");
        text
    })
}

/// The function by which the program sends an event, for machines with a method for each.
pub(super) fn send_by_method(ring: Ring) -> String {
    let arms = lines(0..ring.events, |event| format!("        {event} => ring.e{event:03}(),"));
    format!(
        "\
pub fn send(ring: &mut Ring, event: usize) {{
    match event {{
{arms}        _ => unreachable!(),
    }}
}}
"
    )
}

/// The same, for machines that take an event as a value; `call` stands around it.
pub(super) fn send_by_value(
    ring: Ring,
    subject: &str,
    call: [&str; 2],
    event_type: &str,
) -> String {
    let arms =
        lines(0..ring.events, |event| format!("        {event} => {event_type}::E{event:03},"));
    let [before, behind] = call;
    format!(
        "\
pub fn send(ring: &mut {subject}, event: usize) {{
    let event = match event {{
{arms}        _ => unreachable!(),
    }};
    {before}event{behind};
}}
"
    )
}

/// How every machine keeps what happened.
pub(super) const NOTE: &str = "self.trace = self.trace.wrapping_mul(31).wrapping_add(value);";
