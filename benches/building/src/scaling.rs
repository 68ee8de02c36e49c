//! Machines that grow: how long they take to check and to build, and what they expand to.

use std::path::Path;

use crate::expansion;
use crate::generated::Ring;
use crate::options::Options;
use crate::package::{Package, assert_alike};
use crate::rounds::{beside_first, medians, timed};
use crate::table::Table;

/// The last one has no more handlers than the one before, and ten times the events.
const RINGS: [Ring; 4] = [
    Ring { states: 10, events: 20 },
    Ring { states: 50, events: 20 },
    Ring { states: 200, events: 20 },
    Ring { states: 200, events: 200 },
];

/// How much more than between the two smallest machines a token of source may add to the
/// expansion.
const TOLERANCE: f64 = 1.05;

/// How large a Frame system is, in tokens.
struct Extent {
    source: usize,
    expansion: usize,
}

/// Prints the times and the sizes of the expansions. Tells whether those of Frame systems grow
/// no faster than their sources.
pub(crate) fn measure(room: &Path, options: &Options) -> bool {
    let rounds = options.rounds;
    let packages = options.ways.iter().filter_map(|way| {
        let source = way.generated?(RINGS[0]);
        Some(Package::new(room, &format!("generated-{}", way.file), *way, source))
    });
    let mut packages: Vec<Package> = packages.collect();
    let mut times = Table::new(["machine", "", "check", "build"]);
    let mut expansions = Table::new([
        "machine",
        "",
        "tokens",
        "expanded to",
        "for each handler",
        "expanded in",
        "for each handler",
    ]);
    let mut extents = Vec::new();
    for ring in RINGS {
        for package in &mut packages {
            package.generate(ring);
            package.build("dev");
            package.check();
        }
        assert_alike(&packages, "dev", &ring.walk());
        time(ring, &mut packages, rounds, &mut times);
        extents.push(expand(ring, &mut packages, rounds, &mut expansions));
    }
    println!("{times}\n{expansions}");
    is_linear(&extents)
}

/// Looks at what is added from machine to machine, since what every machine has would hide it
/// in the smallest one.
fn is_linear(extents: &[Extent]) -> bool {
    let added = extents.windows(2).map(|pair| {
        let source = pair[1].source - pair[0].source;
        (pair[1].expansion as f64 - pair[0].expansion as f64) / source as f64
    });
    let added: Vec<f64> = added.collect();
    println!("From one Frame system to the next, each token of source adds {added:.2?} tokens.\n");
    added.iter().all(|added_by_one| *added_by_one <= added[0] * TOLERANCE)
}

fn time(ring: Ring, packages: &mut [Package], rounds: usize, table: &mut Table) {
    let check = medians(rounds, packages, |package| {
        package.edit();
        timed(|| package.check())
    });
    let build = medians(rounds, packages, |package| {
        package.edit();
        timed(|| package.build("dev"))
    });
    for (index, package) in packages.iter().enumerate() {
        let [check, build] = [&check, &build].map(|times| beside_first(times, index));
        table.row([ring.to_string(), package.way.name.to_string(), check, build]);
    }
}

/// Returns the extent of the Frame system.
fn expand(ring: Ring, packages: &mut [Package], rounds: usize, table: &mut Table) -> Extent {
    let handlers = ring.handlers() as f64;
    let times = medians(rounds, packages, expansion::time);
    let extents = packages.iter().map(|package| Extent {
        source: expansion::tokens(package.source()),
        expansion: expansion::tokens(&expansion::expanded(package)),
    });
    let mut extents: Vec<Extent> = extents.collect();
    for ((package, time), extent) in packages.iter().zip(times).zip(&extents) {
        let milliseconds = time.as_secs_f64() * 1e3;
        table.row([
            ring.to_string(),
            package.way.name.to_string(),
            extent.source.to_string(),
            extent.expansion.to_string(),
            format!("{:.1}", extent.expansion as f64 / handlers),
            format!("{milliseconds:.1} ms"),
            format!("{:.3} ms", milliseconds / handlers),
        ]);
    }
    extents.swap_remove(0)
}
