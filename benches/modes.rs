//! The workloads in every mode, and the same machines by hand, in nanoseconds.
//!
//! Times depend on the machine; what the documents state are instructions, which
//! `cargo run -p rfc-0021 --release` counts. `cargo bench --bench modes -- W3` restricts the
//! run to what has `W3` in its name.

#![forbid(unsafe_code)]
// The same sources in each mode is what this compares.
#![allow(clippy::duplicate_mod)]

use std::cell::LazyCell;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
// The workloads' sources name them as `crate::…`.
use instructions::{Goal, Machine, Run, Workload, machine, random, workload};

/// A module for each mode, with the workloads in it, and the table of them.
macro_rules! modes {
    ($dollar:tt $($mode:ident ($($attribute:tt)*))*) => {
        $(
            #[path = "instructions/src"]
            mod $mode {
                macro_rules! frame_system {
                    ($dollar($dollar source:tt)*) => {
                        frame_runtime::__private::frame_system! {
                            (frame_runtime; $($attribute)*) $dollar($dollar source)*
                        }
                    };
                }

                pub(crate) mod workloads;
            }
        )*

        const MODES: &[(&str, [Workload; 14])] = &[$((stringify!($mode), $mode::workloads::ALL)),*];
    };
}

modes! { $
    direct (events(direct))
    direct_states (events(direct); state_id(string))
    pool (events(pool))
    pool_states (events(pool); state_id(string))
    pool_events (events(pool); event_id(string))
    pool_both (events(pool); state_id(string); event_id(string))
    grow (events(pool); overflow(grow))
    grow_states (events(pool); overflow(grow); state_id(string))
    grow_events (events(pool); overflow(grow); event_id(string))
    grow_both (events(pool); overflow(grow); state_id(string); event_id(string))
    heap (events(heap))
    heap_states (events(heap); state_id(string))
    heap_events (events(heap); event_id(string))
    heap_both (events(heap); state_id(string); event_id(string))
}

/// A multiple of every sequence's length, and long enough for what is done once not to count.
fn operations(workload: &Workload) -> u64 {
    if workload.name == "W3L" { 1 << 22 } else { 1 << 17 }
}

fn workloads(criterion: &mut Criterion) {
    for (at, by_hand) in instructions::ALL.iter().enumerate() {
        let operations = operations(by_hand);
        let mut group = criterion.benchmark_group(by_hand.name);
        group.throughput(Throughput::Elements(operations));
        let mut bench = |name: &str, run: Run| {
            // Looked at once, and only for what is chosen on the command line.
            let same = LazyCell::new(|| run(operations) == (by_hand.hand)(operations));
            group.bench_function(name, |bencher| {
                assert!(*same, "{} {name} differs from the machine by hand", by_hand.name);
                bencher.iter(|| run(black_box(operations)));
            });
        };
        bench("hand", by_hand.hand);
        for (mode, workloads) in MODES {
            bench(mode, workloads[at].frame);
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1));
    targets = workloads
}
criterion_main!(benches);
