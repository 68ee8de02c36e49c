//! Allocations per operation: none, but for the `String` that W8's caller makes.

#[path = "../../../tests/allocations/counting.rs"]
mod counting;

use counting::allocations;
use instructions::{ALL, Run};

/// A multiple of every sequence's length, so that setting up costs the same in both runs.
const OPERATIONS: u64 = 1 << 20;

fn of_operations(run: Run) -> u64 {
    run(0); // makes what is made once
    let once = allocations(|| run(OPERATIONS));
    let twice = allocations(|| run(2 * OPERATIONS));
    twice - once
}

#[test]
fn no_workload_allocates() {
    for workload in ALL {
        let callers = if workload.name == "W8" { OPERATIONS } else { 0 };
        assert_eq!(of_operations(workload.hand), callers, "{} by hand", workload.name);
        assert_eq!(of_operations(workload.frame), callers, "{} as a Frame system", workload.name);
    }
}
