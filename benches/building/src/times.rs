//! How long a package with one small machine takes to build.

use std::path::Path;

use crate::options::Options;
use crate::package::{Package, assert_alike};
use crate::rounds::{beside_first, medians, timed};
use crate::table::Table;

/// Something between on and off, so that all states and events are met.
const EVENTS: [usize; 7] = [0, 0, 1, 0, 1, 1, 0];

/// Prints the times, and how often they are those of the Frame system.
pub(crate) fn measure(room: &Path, options: &Options) {
    let Options { ways, rounds, .. } = options;
    let packages = ways.iter().map(|way| Package::from_template(room, "lamp", *way));
    let mut packages: Vec<Package> = packages.collect();
    let [dev, release] = ["dev", "release"].map(|profile| {
        medians(*rounds, &mut packages, |package| {
            package.clean();
            timed(|| package.build(profile))
        })
    });
    for package in &packages {
        package.build("dev");
        package.check();
    }
    assert_alike(&packages, "dev", &EVENTS);
    let rebuild = medians(*rounds, &mut packages, |package| {
        package.edit();
        timed(|| package.build("dev"))
    });
    let recheck = medians(*rounds, &mut packages, |package| {
        package.edit();
        timed(|| package.check())
    });

    let mut table =
        Table::new(["a lamp", "from nothing", "release, from nothing", "rebuild", "check"]);
    for (index, package) in packages.iter().enumerate() {
        let [dev, release, rebuild, recheck] =
            [&dev, &release, &rebuild, &recheck].map(|times| beside_first(times, index));
        table.row([package.way.name.to_string(), dev, release, rebuild, recheck]);
    }
    println!("{table}");
}
