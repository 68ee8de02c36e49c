//! The ring with `rust-fsm`, which has neither handlers nor data in states: what stays in a
//! state is an output of the machine, and acted upon behind it.

use super::ring::{self, Handler, Reaction, Ring};
use super::text::{NOTE, lines, send_by_value};

pub(crate) fn source(ring: Ring) -> String {
    let transitions = lines(0..ring.states, |state| transitions(ring, state));
    let outputs = lines(0..ring.states, |state| outputs(ring, state));
    let left = lines(0..ring.states, |state| {
        format!("            ring::State::S{state:03} => self.note({}),", ring::left(state))
    });
    let entered = lines(0..ring.states, |state| {
        let reset = if ring::has_variable(state) { "self.ticks = 0; " } else { "" };
        let value = ring::entered(state);
        format!("            ring::State::S{state:03} => {{ {reset}self.note({value}); }}")
    });
    let send = send_by_value(ring, "Ring", ["ring.handle(&", ")"], "ring::Input");
    format!(
        "\
rust_fsm::state_machine! {{
    #[derive(Clone, Copy)]
    ring(S000)

{transitions}}}

pub struct Ring {{
    machine: ring::StateMachine,
    ticks: u64,
    trace: u64,
}}

impl Ring {{
    fn handle(&mut self, event: &ring::Input) {{
        let before = *self.machine.state();
        let Ok(output) = self.machine.consume(event) else {{ return }};
        match output {{
            None => {{
                self.leave(before);
                self.enter(*self.machine.state());
            }}
{outputs}        }}
    }}

    fn note(&mut self, value: u64) {{
        {NOTE}
    }}

    fn leave(&mut self, state: ring::State) {{
        match state {{
{left}        }}
    }}

    fn enter(&mut self, state: ring::State) {{
        match state {{
{entered}        }}
    }}
}}

pub fn start() -> Ring {{
    let mut ring = Ring {{ machine: ring::StateMachine::new(), ticks: 0, trace: 0 }};
    ring.enter(ring::State::S000);
    ring
}}

{send}
pub fn trace(ring: &Ring) -> u64 {{
    ring.trace
}}
"
    )
}

fn transitions(ring: Ring, state: usize) -> String {
    let transition = |Handler { event, reaction }: Handler| match reaction {
        Reaction::Go(to) => format!("        E{event:03} => S{to:03}"),
        Reaction::Tick | Reaction::Note(_) => {
            format!("        E{event:03} => S{state:03} [S{state:03}E{event:03}]")
        }
    };
    let transitions = ring.handlers_of(state).map(transition).join(",\n");
    let separator = if state + 1 == ring.states { "" } else { "," };
    format!("    S{state:03} => {{\n{transitions}\n    }}{separator}")
}

fn outputs(ring: Ring, state: usize) -> String {
    let arm = |Handler { event, reaction }: &Handler| {
        let body = match reaction {
            Reaction::Go(_) => return None,
            Reaction::Tick => "self.ticks += 1; self.note(self.ticks);".to_string(),
            Reaction::Note(value) => format!("self.note({value});"),
        };
        Some(format!("            Some(ring::Output::S{state:03}E{event:03}) => {{ {body} }}"))
    };
    ring.handlers_of(state).iter().filter_map(arm).collect::<Vec<_>>().join("\n")
}
