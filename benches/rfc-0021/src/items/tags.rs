//! The pool's inside: generation tags, and the list of free slots.

use std::path::Path;
use std::process::Command;

use instructions::measure::{Program, instructions, per_operation};

use crate::chart::Chart;
use crate::figures::{compared, from_to, median, plain, ratios};
use crate::modes::{OPERATIONS, titles, workloads};
use crate::report::{Report, Verdict};
use crate::table::Table;

/// The stores of the program `stores`; the runtime's comes first.
const STORES: [(&str, &str); 4] = [
    ("row", "row"),
    ("untagged-row", "row without tags"),
    ("free-list", "free list"),
    ("untagged-free-list", "free list without tags"),
];

pub fn report(report: &mut Report) {
    let program = Program { package: "rfc-0021", bin: "stores", ..Program::workloads("") }.build();
    let counts = STORES.map(|(store, _)| {
        eprintln!("store: {store}");
        workloads().map(|workload| counted(&program, store, workload.name)).collect::<Vec<f64>>()
    });
    within_systems(&counts, report);
    on_their_own(&program, report);
}

fn counted(program: &Path, store: &str, name: &str) -> f64 {
    per_operation(instructions, program, &[store, name], OPERATIONS)
}

fn within_systems(counts: &[Vec<f64>; 4], report: &mut Report) {
    let head = std::iter::once("workload").chain(STORES.map(|(_, name)| name));
    let mut table = Table::of_figures(head);
    for (at, title) in titles().into_iter().enumerate() {
        table.row(title, counts.iter().map(|counts| plain(counts[at])));
    }
    report.table("stores", table);
    let series = STORES.iter().zip(counts);
    report.chart(
        "stores",
        Chart {
            axis: "instructions per operation, as a multiple of the row's (logarithmic)",
            rows: titles(),
            series: series
                .map(|((_, name), count)| (*name, ratios(count, &counts[0]).collect()))
                .collect(),
        },
    );
    let [row, untagged, list, _] = counts;
    report.verdict(Verdict {
        item: "row of slots in a system",
        switch: "none",
        verdict: "built in; the free list is dropped",
        figure: format!("a free list takes {} the instructions", from_to(ratios(list, row))),
        not: "for events in any order: `EventPool` keeps its free list",
    });
    let more = median(row.iter().zip(untagged).map(|(row, untagged)| row - untagged));
    report.verdict(Verdict {
        item: "generation tags in it",
        switch: "none",
        verdict: "built in; no switch",
        figure: format!("{more:+.1} instructions for an operation, in the median"),
        not: "for speed: it is a check",
    });
}

/// `EventPool` in use as a queue, with and without tags.
fn on_their_own(program: &Path, report: &mut Report) {
    let mut table = Table::of_figures(["pool of 16", "instructions", "bytes"]);
    let untagged = counted(program, "untagged-free-list", "queue");
    let tagged = counted(program, "free-list", "queue");
    table.row("without tags", [plain(untagged), size(program, "untagged-free-list")]);
    table.row("`EventPool`", [compared(tagged, untagged), size(program, "free-list")]);
    report.table("queue", table);
    report.verdict(Verdict {
        item: "generation tags in `EventPool`",
        switch: "none",
        verdict: "built in; no switch",
        figure: format!("{:+.1} instructions from `acquire` to `release`", tagged - untagged),
        not: "for speed: it is a check",
    });
}

fn size(program: &Path, store: &str) -> String {
    let output = Command::new(program).args([store, "queue"]).output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
