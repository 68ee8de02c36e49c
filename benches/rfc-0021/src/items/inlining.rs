//! Handlers inlined into the dispatcher, or not.

use instructions::measure::{Program, instructions, per_operation};

use crate::chart::Chart;
use crate::code;
use crate::figures::{compared, from_to, ratios, times};
use crate::modes::{OPERATIONS, instructions_of, titles};
use crate::report::{Report, Verdict};
use crate::table::Table;

/// The values of the attribute, and the features that choose them.
const VALUES: [(&str, &str); 3] =
    [("auto", ""), ("always", "inline-always"), ("never", "inline-never")];

/// Features of all the ways an event exists and is named.
const MODES: [(&str, &str); 7] = [
    ("direct", ""),
    ("pool", "pool"),
    ("grow", "grow"),
    ("heap", "heap"),
    ("direct, strings", "string-states"),
    ("pool, strings", "pool,string-states,string-events"),
    ("heap, strings", "heap,string-states,string-events"),
];

pub fn report(report: &mut Report) {
    let counts = VALUES.map(|(value, features)| {
        eprintln!("inlining: {value}");
        instructions_of(&Program::workloads(features).build())
    });
    let series = VALUES.iter().zip(&counts);
    report.chart(
        "inlining",
        Chart {
            axis: "instructions per operation, as a multiple of auto's (logarithmic)",
            rows: titles(),
            series: series
                .map(|((value, _), count)| (*value, ratios(count, &counts[0]).collect()))
                .collect(),
        },
    );
    check_what_is_emitted();
    let (speed, size) = shared(report);
    let [auto, always, never] = &counts;
    let (always, never) = (from_to(ratios(always, auto)), from_to(ratios(never, auto)));
    report.verdict(Verdict {
        item: "inlining of handlers",
        switch: "`@@[inline(…)]`",
        verdict: "`auto` is the default, `always` and `never` are options",
        figure: format!(
            "`always` takes {always}, `never` {never} the instructions of `auto`; `never` on a \
             long shared handler {}, with {} the code",
            times(speed),
            times(size),
        ),
        not: "`always` in anything measured, `never` on short handlers",
    });
}

/// The attribute does what it says, in each mode: which handlers of W3's ring the compiler
/// leaves as functions of their own.
fn check_what_is_emitted() {
    for (mode, features) in MODES {
        eprintln!("inlining: {mode}");
        let left = |value: &str| {
            let features = format!("{features},{value}");
            let program = code::ring("ring_frame", &features, "3").build();
            code::functions(&program, is_handler_of_the_ring).len()
        };
        assert_eq!(left("inline-always"), 0, "{mode}");
        // Less than there are, because those with the same code become one.
        assert!(left("inline-never") > 16, "{mode}");
    }
}

/// `Ring::__s0_a`, `Ring::__enter_s0`, `Ring::__exit_s0`, mangled.
fn is_handler_of_the_ring(symbol: &str) -> bool {
    let state = |prefix: &str| (0..8).any(|state| symbol.contains(&format!("{prefix}s{state}")));
    symbol.contains("4Ring") && (state("__") || state("__enter_") || state("__exit_"))
}

/// Returns what `never` costs in instructions and saves in code, at the higher level.
fn shared(report: &mut Report) -> (f64, f64) {
    let mut table = Table::of_figures([
        "long handler, shared by eight states",
        "instructions, `opt-level = 3`",
        "bytes of code",
        "instructions, `\"z\"`",
        "bytes of code",
    ]);
    let figures = VALUES.map(|(_, features)| ["3", "z"].map(|level| figures(features, level)));
    let [auto, ..] = figures;
    for ((value, _), levels) in VALUES.iter().zip(figures) {
        let cells = levels.iter().zip(auto).flat_map(|(figures, auto)| {
            [compared(figures.0, auto.0), format!("{} ({})", figures.1, times(figures.1 / auto.1))]
        });
        table.row(format!("`{value}`"), cells);
    }
    report.table("shared", table);
    let [[auto, _], _, [never, _]] = figures;
    (never.0 / auto.0, never.1 / auto.1)
}

/// Instructions for an operation, and the bytes of the machine's functions.
fn figures(features: &str, opt_level: &str) -> (f64, f64) {
    let program =
        Program { package: "rfc-0021", bin: "inlining", opt_level, ..Program::workloads(features) }
            .build();
    let machine = |symbol: &str| symbol.contains("8inlining7machine") && !symbol.contains("3run");
    let bytes: u64 = code::functions(&program, machine).iter().sum();
    (per_operation(instructions, &program, &[], OPERATIONS), bytes as f64)
}
