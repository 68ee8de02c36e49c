//! Drives rust-analyzer over a crate that uses the macro: completion, diagnostics and the way
//! to a definition, while mistakes stand in the system. It is the one named by the variable
//! `RUST_ANALYZER`, else the one in the path; without one the test says that it skips.

#![cfg(unix)]
#![forbid(unsafe_code)]

mod editor {
    pub mod lamp;
    pub mod package;
    pub mod server;
}

use editor::lamp::{Holes, MARK};
use editor::server::Server;

/// A handler of another event, and a section, that are broken throughout.
const BROKEN: Holes = Holes { level: "-> $Nowhere", domain: "broken:", ..Holes::NONE };

#[test]
fn an_editor_helps_while_mistakes_stand() {
    let Some(mut server) = Server::start() else { return };
    members_are_offered(&mut server);
    a_call_leads_to_the_interface(&mut server);
    // Without the sources of the standard library there is no `compile_error!` to it, and no
    // indexing, by which state variables are reached.
    if server.has_library {
        variables_are_offered(&mut server);
        a_mistake_is_told_once(&mut server);
    }
}

fn members_are_offered(server: &mut Server) {
    let members = ["count", "blink", "turn_on", "turn_off", "level"];
    let body = |turn_off| Holes { turn_off, ..BROKEN };
    let cases: [(Holes, &[&str]); 11] = [
        // What the unfinished body of a handler offers …
        (body("self.|"), &members),
        (body("self.co|"), &["count"]),
        (body("self.|\n-> $Off"), &members),
        (body("if self.count > 3 { self.| } else { -> $Off }"), &members),
        (body("let x = self.|\nlet y = 3;"), &members),
        (body("say!(self.|);"), &members),
        (body("@@:self.|"), &members),
        (body("-> $|"), &["Off", "On"]),
        (Holes { turn_on: "le|", ..BROKEN }, &["level"]),
        // … that of an action …
        (Holes { blink: "self.|", ..BROKEN }, &members),
        // … and code outside of the macro.
        (Holes { main: "lamp.|", ..BROKEN }, &["count", "turn_on", "turn_off", "level", "state"]),
    ];
    for (holes, expected) in cases {
        offers(server, holes, expected);
    }
}

fn variables_are_offered(server: &mut Server) {
    offers(server, Holes { turn_off: "$.dim = $.|", ..BROKEN }, &["dim"]);
}

fn offers(server: &mut Server, holes: Holes, expected: &[&str]) {
    let offered = server.completions(&holes.text());
    for name in expected {
        let found = offered.iter().any(|label| label == name);
        assert!(found, "no {name} in {offered:?}, {holes:?}");
    }
    assert!(!offered.iter().any(|label| label.contains("unfinished")), "{offered:?}");
}

fn a_mistake_is_told_once(server: &mut Server) {
    let holes = Holes { turn_off: "self.", main: "lamp.turn_on(1);", ..BROKEN };
    let told = server.diagnostics(&holes.text());
    let codes: Vec<&str> = told.iter().map(|message| &message[..4]).collect();
    assert_eq!(codes, ["E002", "E402", "E002"], "{told:?}");
}

fn a_call_leads_to_the_interface(server: &mut Server) {
    let text = Holes { main: "lamp.turn_|on(1);", ..BROKEN }.text();
    let line = server.definition(&text);
    let declared = text.replace(MARK, "");
    let declared = declared.lines().nth(line).expect("the line is one of the file");
    assert_eq!(declared.trim(), "turn_on(level: u8)");
}
