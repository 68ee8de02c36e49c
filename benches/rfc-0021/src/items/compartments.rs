//! Transitions between states that share a parent: its compartment made anew, or kept.

use instructions::measure::{Program, allocations, instructions, per_operation};

use crate::chart::Chart;
use crate::figures::{plain, times};
use crate::modes::OPERATIONS;
use crate::report::{Report, Verdict};
use crate::table::Table;

/// The machines of the program `compartments`.
const MACHINES: [(&str, &str); 5] = [
    ("anew-frame", "made anew"),
    ("anew-hand", "the same by hand"),
    ("retained-frame", "retained"),
    ("beside-hand", "by hand, beside"),
    ("nested-hand", "by hand, nested"),
];

/// Its variables.
const VARIABLES: [(&str, &str); 3] =
    [("u32", "4 bytes"), ("array", "256 bytes"), ("vec", "a `Vec`, emptied")];

pub fn report(report: &mut Report) {
    eprintln!("compartments");
    let program =
        Program { package: "rfc-0021", bin: "compartments", ..Program::workloads("") }.build();
    let counts = MACHINES.map(|(machine, _)| {
        VARIABLES.map(|(variable, _)| {
            let args = [machine, variable];
            let allocated = per_operation(allocations, &program, &args, OPERATIONS / 16);
            (per_operation(instructions, &program, &args, OPERATIONS), allocated)
        })
    });
    let head = std::iter::once("variable of the parent").chain(MACHINES.map(|(_, name)| name));
    let mut table = Table::of_figures(head);
    for (at, (_, variable)) in VARIABLES.iter().enumerate() {
        let cells = counts.map(|counts| match counts[at] {
            (count, 0.0) => plain(count),
            (count, allocated) => format!("{} and {allocated:.0} allocation", plain(count)),
        });
        table.row(variable, cells);
    }
    report.table("compartments", table);
    let series = MACHINES.iter().zip(counts);
    report.chart(
        "compartments",
        Chart {
            axis: "instructions of a transition and an event (logarithmic)",
            rows: VARIABLES.map(|(_, name)| name.to_owned()).into(),
            series: series
                .map(|((_, name), counts)| (*name, counts.map(|count| count.0).into()))
                .collect(),
        },
    );
    let [anew, _, retained, ..] = counts;
    let ratio = |at: usize| times(retained[at].0 / anew[at].0);
    report.verdict(Verdict {
        item: "reuse of a parent's compartment",
        switch: "`@@[retain]`",
        verdict: "option, since it keeps the values too",
        figure: format!(
            "{} the instructions of making anew with 4 bytes, {} with 256, {} and no allocation \
             with a `Vec`",
            ratio(0),
            ratio(1),
            ratio(2),
        ),
        not: "for large variables that own no memory",
    });
}
