//! The ring by hand, as `enum` and `match`.

use super::ring::{self, Reaction, Ring};
use super::text::{NOTE, lines, send_by_method};

pub(crate) fn source(ring: Ring) -> String {
    let variants = lines(0..ring.states, |state| {
        let variable = if ring::has_variable(state) { " { ticks: u64 }" } else { "" };
        format!("    S{state:03}{variable},")
    });
    let methods = lines(0..ring.events, |event| method(ring, event));
    let [left, entered] = [ring::left, ring::entered].map(|value| {
        lines(0..ring.states, |state| {
            format!(
                "            State::{} => self.note({}),",
                pattern(state, "{ .. }"),
                value(state)
            )
        })
    });
    let send = send_by_method(ring);
    format!(
        "\
enum State {{
{variants}}}

pub struct Ring {{
    state: State,
    trace: u64,
}}

impl Ring {{
{methods}
    fn note(&mut self, value: u64) {{
        {NOTE}
    }}

    fn go(&mut self, to: State) {{
        self.leave();
        self.state = to;
        self.enter();
    }}

    fn leave(&mut self) {{
        match self.state {{
{left}        }}
    }}

    fn enter(&mut self) {{
        match self.state {{
{entered}        }}
    }}
}}

pub fn start() -> Ring {{
    let mut ring = Ring {{ state: State::S000 {{ ticks: 0 }}, trace: 0 }};
    ring.enter();
    ring
}}

{send}
pub fn trace(ring: &Ring) -> u64 {{
    ring.trace
}}
"
    )
}

fn method(ring: Ring, event: usize) -> String {
    let arms: Vec<String> =
        ring.handlers_for(event).map(|(state, reaction)| arm(state, reaction)).collect();
    format!(
        "    \
    fn e{event:03}(&mut self) {{
        match self.state {{
{}
            _ => {{}}
        }}
    }}
",
        arms.join("\n")
    )
}

fn arm(state: usize, reaction: Reaction) -> String {
    match reaction {
        Reaction::Go(to) => format!(
            "            State::{} => self.go(State::{}),",
            pattern(state, "{ .. }"),
            pattern(to, "{ ticks: 0 }")
        ),
        Reaction::Tick => format!(
            "            \
            State::S{state:03} {{ ref mut ticks }} => {{
                *ticks += 1;
                let ticks = *ticks;
                self.note(ticks);
            }}"
        ),
        Reaction::Note(value) => {
            format!("            State::{} => self.note({value}),", pattern(state, "{ .. }"))
        }
    }
}

/// A state's variant, with this behind it if the state has a variable.
fn pattern(state: usize, fields: &str) -> String {
    if ring::has_variable(state) { format!("S{state:03} {fields}") } else { format!("S{state:03}") }
}
