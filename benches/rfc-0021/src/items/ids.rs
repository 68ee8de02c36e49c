//! States and events that are numbers, against names that are compared as text.

use crate::chart::Chart;
use crate::figures::{from_to, ratios};
use crate::modes::{Modes, titles};
use crate::report::{Report, Verdict};

/// A mode with names, and the same with numbers.
const NAMED: [(&str, &str, &str); 4] = [
    ("state names, direct", "direct, state strings", "direct"),
    ("state names, pool", "pool, state strings", "pool"),
    ("event names, pool", "pool, event strings", "pool"),
    ("event names, heap", "heap, event strings", "heap"),
];

pub fn report(modes: &Modes, report: &mut Report) {
    let compared =
        |named, numbered| ratios(modes.instructions(named), modes.instructions(numbered));
    let series = NAMED.map(|(name, named, numbered)| (name, compared(named, numbered).collect()));
    let axis =
        "instructions per operation, as a multiple of the same mode with enums (logarithmic)";
    report.chart("ids", Chart { axis, rows: titles(), series: series.into() });

    let states = from_to(compared("direct, state strings", "direct"));
    report.verdict(Verdict {
        item: "state ids as enums",
        switch: "`@@[state_id(…)]`",
        verdict: "default",
        figure: format!("strings take {states} the instructions"),
        not: "nowhere",
    });
    let pool = from_to(compared("pool, event strings", "pool"));
    let heap = from_to(compared("heap, event strings", "heap"));
    report.verdict(Verdict {
        item: "event ids as enums",
        switch: "`@@[event_id(…)]`",
        verdict: "default",
        figure: format!("strings take {pool} the instructions in a pool, {heap} on the heap"),
        not: "on the heap it is hardly seen",
    });
}
