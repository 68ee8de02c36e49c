//! The ring with `smlang`: a transition that arrives in a state with data has an action that
//! makes them, and one that stays hands them on.

use super::ring::{self, Handler, Reaction, Ring};
use super::text::{NOTE, lines, send_by_value};

const MACHINE: &str = "StateMachine<Trace>";

pub(crate) fn source(ring: Ring) -> String {
    let transitions = lines(0..ring.states, |state| transitions(ring, state));
    let hooks = lines(0..ring.states, hooks);
    let actions = lines(0..ring.states, |state| actions(ring, state));
    let send = send_by_value(ring, MACHINE, ["let _ = ring.process_event(", ")"], "Events");
    format!(
        "\
use smlang::statemachine;

statemachine! {{
    transitions: {{
        *{}
    }}
}}

#[derive(Default)]
pub struct Trace {{
    trace: u64,
}}

impl Trace {{
    fn note(&mut self, value: u64) {{
        {NOTE}
    }}
}}

impl StateMachineContext for Trace {{
{hooks}{actions}}}

pub fn start() -> {MACHINE} {{
    let mut trace = Trace::default();
    trace.on_entry_s000();
    StateMachine::new(trace, 0)
}}

{send}
pub fn trace(ring: &{MACHINE}) -> u64 {{
    ring.context().trace
}}
",
        transitions.trim()
    )
}

fn transitions(ring: Ring, state: usize) -> String {
    let transition = |Handler { event, reaction }: Handler| {
        let to = target(state, reaction);
        let action = match reaction {
            Reaction::Go(to) if !ring::has_variable(to) => String::new(),
            _ => format!(" / s{state:03}_e{event:03}"),
        };
        format!("        {} + E{event:03}{action} = {},", variant(state), variant(to))
    };
    ring.handlers_of(state).map(transition).join("\n")
}

fn target(state: usize, reaction: Reaction) -> usize {
    match reaction {
        Reaction::Go(to) => to,
        Reaction::Tick | Reaction::Note(_) => state,
    }
}

fn variant(state: usize) -> String {
    let data = if ring::has_variable(state) { "(u64)" } else { "" };
    format!("S{state:03}{data}")
}

fn hooks(state: usize) -> String {
    format!(
        "    \
    fn on_entry_s{state:03}(&mut self) {{
        self.note({});
    }}

    fn on_exit_s{state:03}(&mut self) {{
        self.note({});
    }}
",
        ring::entered(state),
        ring::left(state)
    )
}

fn actions(ring: Ring, state: usize) -> String {
    ring.handlers_of(state).iter().filter_map(|handler| action(state, handler)).collect()
}

fn action(state: usize, Handler { event, reaction }: &Handler) -> Option<String> {
    let has_variable = ring::has_variable(state);
    let (data, body) = match reaction {
        Reaction::Go(to) if !ring::has_variable(*to) => return None,
        Reaction::Go(_) => ("u64", "Ok(0)".to_string()),
        Reaction::Tick => ("u64", "self.note(ticks + 1); Ok(ticks + 1)".to_string()),
        Reaction::Note(value) if has_variable => ("u64", format!("self.note({value}); Ok(*ticks)")),
        Reaction::Note(value) => ("()", format!("self.note({value}); Ok(())")),
    };
    let variable = match (has_variable, reaction) {
        (true, Reaction::Go(_)) => ", _: &u64",
        (true, _) => ", ticks: &u64",
        (false, _) => "",
    };
    Some(format!(
        "    fn s{state:03}_e{event:03}(&mut self{variable}) -> Result<{data}, ()> {{ {body} }}\n"
    ))
}
