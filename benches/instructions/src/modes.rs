//! The modes against each other: the same systems, compiled in each.

use instructions::Workload;
use instructions::callgrind::per_operation;

use crate::build;

/// A name that a profile may have, and the features that make the mode.
const MODES: [(&str, &str); 6] = [
    ("direct", ""),
    ("pool", "pool"),
    ("heap", "heap"),
    ("direct-string", "string-ids"),
    ("pool-string", "pool,string-ids"),
    ("heap-string", "heap,string-ids"),
];

/// Fewer than elsewhere, because heap events take their time: a multiple of every sequence's
/// length but W3L's.
const OPERATIONS: u64 = 1 << 16;

/// Prints instructions per operation, and how often they are those of direct events.
pub(crate) fn compare(workloads: &[&Workload]) {
    let programs = MODES.map(|(name, features)| build(&format!("mode-{name}"), 1, features));
    println!("     | {}", MODES.map(|(name, _)| format!("{name:>15}")).join(" | "));
    for workload in workloads.iter().filter(|workload| workload.period <= OPERATIONS) {
        let counts = programs
            .each_ref()
            .map(|program| per_operation(program, &[workload.name, "frame"], OPERATIONS));
        let cells = counts.map(|count| format!("{count:8.2} {:5.2}x", count / counts[0]));
        println!("{:4} | {} | {}", workload.name, cells.join(" | "), workload.what);
    }
}
