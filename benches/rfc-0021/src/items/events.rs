//! Events in a pool, of fixed size or growing, against the heap and against no object at all.

use std::path::Path;
use std::process::Command;

use instructions::MODES;
use instructions::measure::{allocations, per_operation};

use crate::chart::Chart;
use crate::figures::{compared, from_to, plain, ratios, times};
use crate::modes::{Modes, OPERATIONS, titles, workloads};
use crate::report::{Report, Verdict};
use crate::table::Table;
use crate::{building, code};

/// The ways an event exists, ids being numbers.
const EVENTS: [&str; 4] = ["direct", "pool", "grow", "heap"];

/// What the guide to the modes has in columns.
const GUIDE: [(&str, &str); 7] = [
    ("`direct`", "direct"),
    ("`pool`", "pool"),
    ("`pool`, `grow`", "grow"),
    ("`heap`", "heap"),
    ("`direct`, strings", "direct, state strings"),
    ("`pool`, strings", "pool, both strings"),
    ("`heap`, strings", "heap, both strings"),
];

pub fn report(modes: &Modes, report: &mut Report) {
    instructions(modes, report);
    memory(modes, report);
    code_size(report);
    build_time(report);
    guide(modes, report);
    verdicts(modes, report);
}

fn instructions(modes: &Modes, report: &mut Report) {
    let direct = modes.instructions("direct");
    let series = EVENTS.map(|mode| (mode, ratios(modes.instructions(mode), direct).collect()));
    let axis = "instructions per operation, as a multiple of direct events (logarithmic)";
    report.chart("events", Chart { axis, rows: titles(), series: series.into() });
}

/// Allocations per operation, and the size of the system.
fn memory(modes: &Modes, report: &mut Report) {
    let mut table = Table::of_figures([
        "workload",
        "allocations: `direct`, `pool`, `grow`",
        "`heap`",
        "bytes: `direct`",
        "`pool`",
        "`grow`",
        "`heap`",
    ]);
    for workload in workloads() {
        eprintln!("memory: {}", workload.name);
        let [direct, pool, grow, heap] =
            EVENTS.map(|mode| allocated(modes.program(mode), workload.name));
        assert!(direct == pool && direct == grow, "a pool allocates like direct events");
        let sizes = EVENTS.map(|mode| size(modes.program(mode), workload.name));
        table.row(workload.name, [plain(direct), plain(heap)].into_iter().chain(sizes));
    }
    report.table("memory", table);
}

fn allocated(program: &Path, workload: &str) -> f64 {
    per_operation(allocations, program, &[workload, "frame"], OPERATIONS / 16)
}

fn size(program: &Path, workload: &str) -> String {
    let output = Command::new(program).args([workload, "frame"]).output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// What the ring of W3 adds to a program.
fn code_size(report: &mut Report) {
    let mut table = Table::of_figures(["W3", "`opt-level = \"z\"`", "`opt-level = 3`"]);
    let nothing = LEVELS.map(|level| code::bytes(&code::ring("ring_none", "", level).build()));
    let mut row = |label: &str, bin: &str, features: &str| {
        eprintln!("code: {label}");
        let bytes = LEVELS.map(|level| code::bytes(&code::ring(bin, features, level).build()));
        let more = bytes.iter().zip(nothing).map(|(bytes, nothing)| bytes - nothing);
        table.row(label, more.map(|bytes| bytes.to_string()));
    };
    row("by hand", "ring_hand", "");
    for mode in &MODES {
        if GUIDE.iter().any(|(_, name)| *name == mode.name) {
            row(mode.name, "ring_frame", mode.features);
        }
    }
    report.table("code", table);
}

const LEVELS: [&str; 2] = ["z", "3"];

fn build_time(report: &mut Report) {
    eprintln!("build time");
    let features = EVENTS.map(|name| {
        MODES.iter().find(|mode| mode.name == name).map(|mode| mode.features).unwrap_or_default()
    });
    let medians = building::times(&features);
    let mut table = Table::of_figures(["", "processor time"]);
    for (mode, median) in EVENTS.iter().zip(&medians) {
        table.row(format!("`{mode}`"), [times(median / medians[0])]);
    }
    report.table("building", table);
}

/// The table of `docs/modes.md`.
fn guide(modes: &Modes, report: &mut Report) {
    let head = std::iter::once("workload").chain(GUIDE.map(|(heading, _)| heading));
    let mut table = Table::of_figures(head);
    for (at, title) in titles().into_iter().enumerate() {
        let direct = modes.instructions("direct")[at];
        let cells = GUIDE.map(|(_, mode)| match modes.instructions(mode)[at] {
            figure if mode == "direct" => plain(figure),
            figure => compared(figure, direct),
        });
        table.row(title, cells);
    }
    report.table("modes", table);
}

fn verdicts(modes: &Modes, report: &mut Report) {
    let against_direct =
        |mode| from_to(ratios(modes.instructions(mode), modes.instructions("direct")));
    report.verdict(Verdict {
        item: "event pool",
        switch: "`@@[events(pool)]`",
        verdict: "option",
        figure: format!(
            "{} the instructions of direct events, no allocation; heap events {}",
            against_direct("pool"),
            against_direct("heap"),
        ),
        not: "for speed: direct events, the default, have nothing to pool",
    });
    report.verdict(Verdict {
        item: "event pool that grows",
        switch: "`@@[overflow(grow)]`",
        verdict: "option",
        figure: format!("{} the instructions of direct events", against_direct("grow")),
        not: "where calls from within do not recurse without a bound",
    });
}
