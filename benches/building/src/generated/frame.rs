//! The ring as a Frame system.

use super::ring::{self, Handler, Reaction, Ring};
use super::text::{NOTE, lines, send_by_method};

pub(crate) fn source(ring: Ring) -> String {
    let methods = lines(0..ring.events, |event| format!("            e{event:03}()"));
    let states = lines(0..ring.states, |number| state(ring, number));
    let send = send_by_method(ring);
    format!(
        "\
frame_runtime::frame_system! {{
    @@system Ring {{
        interface:
{methods}        machine:
{states}        actions:
            note(value: u64) {{ {NOTE} }}
        domain:
            pub trace: u64 = 0
    }}
}}

pub fn start() -> Ring {{
    Ring::new()
}}

{send}
pub fn trace(ring: &Ring) -> u64 {{
    ring.trace
}}
"
    )
}

fn state(ring: Ring, number: usize) -> String {
    let variable = if ring::has_variable(number) { "$.ticks: u64 = 0" } else { "" };
    let (entered, left) = (ring::entered(number), ring::left(number));
    let handlers = ring.handlers_of(number).map(|handler| self::handler(&handler)).join("\n");
    format!(
        "            \
            $S{number:03} {{
                {variable}
                $>() {{ self.note({entered}); }}
                <$() {{ self.note({left}); }}
{handlers}
            }}"
    )
}

fn handler(Handler { event, reaction }: &Handler) -> String {
    let body = match reaction {
        Reaction::Go(to) => format!("-> $S{to:03}"),
        Reaction::Tick => "$.ticks += 1; self.note($.ticks);".to_string(),
        Reaction::Note(value) => format!("self.note({value});"),
    };
    format!("                e{event:03}() {{ {body} }}")
}
