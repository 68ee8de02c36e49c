//! The evaluation of RFC-0021: measures what each of its optimisations is worth, and writes the
//! tables and plots of `docs/rfc-0021.md`, and the tables of `docs/modes.md`.
//!
//! Everything but what building takes repeats exactly with the same compiler.

#![forbid(unsafe_code)]

mod building;
mod chart;
mod code;
mod figures;
mod items;
mod modes;
mod report;
mod table;

use modes::Modes;
use report::Report;

fn main() {
    let modes = Modes::measure();
    let mut report = Report::default();
    items::events::report(&modes, &mut report);
    items::tags::report(&mut report);
    items::ids::report(&modes, &mut report);
    items::inlining::report(&mut report);
    items::compartments::report(&mut report);
    report.write();
}
