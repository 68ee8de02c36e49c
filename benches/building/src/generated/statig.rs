//! The ring with `statig`.

use super::ring::{self, Handler, Reaction, Ring};
use super::text::{NOTE, lines, send_by_value};

const MACHINE: &str = "InitializedStateMachine<Ring>";

pub(crate) fn source(ring: Ring) -> String {
    let events = lines(0..ring.events, |event| format!("    E{event:03},"));
    let states = lines(0..ring.states, |number| state(ring, number));
    let send = send_by_value(ring, MACHINE, ["ring.handle(&", ")"], "Event");
    format!(
        "\
use statig::prelude::*;

#[derive(Default)]
pub struct Ring {{
    trace: u64,
}}

pub enum Event {{
{events}}}

#[state_machine(initial = \"State::s000(0)\")]
impl Ring {{
{states}}}

impl Ring {{
    fn note(&mut self, value: u64) {{
        {NOTE}
    }}
}}

pub fn start() -> {MACHINE} {{
    Ring::default().uninitialized_state_machine().init()
}}

{send}
pub fn trace(ring: &{MACHINE}) -> u64 {{
    ring.inner().trace
}}
"
    )
}

fn state(ring: Ring, number: usize) -> String {
    let variable = if ring::has_variable(number) { "ticks: &mut u64, " } else { "" };
    let (entered, left) = (ring::entered(number), ring::left(number));
    let arms = ring.handlers_of(number).map(|handler| arm(&handler)).join("\n");
    format!(
        "    \
    #[state(entry_action = \"enter_s{number:03}\", exit_action = \"leave_s{number:03}\")]
    fn s{number:03}(&mut self, {variable}event: &Event) -> Outcome<State> {{
        match event {{
{arms}
            _ => Super,
        }}
    }}

    #[action]
    fn enter_s{number:03}(&mut self) {{
        self.note({entered});
    }}

    #[action]
    fn leave_s{number:03}(&mut self) {{
        self.note({left});
    }}
"
    )
}

fn arm(Handler { event, reaction }: &Handler) -> String {
    let body = match reaction {
        Reaction::Go(to) => {
            let variable = if ring::has_variable(*to) { "0" } else { "" };
            format!("Transition(State::s{to:03}({variable}))")
        }
        Reaction::Tick => "{ *ticks += 1; self.note(*ticks); Handled }".to_string(),
        Reaction::Note(value) => format!("{{ self.note({value}); Handled }}"),
    };
    format!("            Event::E{event:03} => {body},")
}
