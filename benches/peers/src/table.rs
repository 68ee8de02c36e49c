//! Tables with a row for each workload and a column for each contender.

use instructions::Run;

use crate::{CONTENDERS, Race};

/// A cell for each of the [`CONTENDERS`].
pub type Row = [Option<String>; CONTENDERS.len()];

/// Makes a row with a cell for everyone who takes part.
pub fn row(race: &Race, mut cell: impl FnMut(&'static str, Run) -> String) -> Row {
    let mut names = CONTENDERS.into_iter();
    race.runs.map(|run| {
        let name = names.next()?;
        run.map(|run| cell(name, run))
    })
}

/// Prints a table, each row as soon as it is known.
pub fn print(title: &str, width: usize, races: &[&Race], row: fn(&Race) -> Row) {
    let line = |name: &str, cells: [&str; CONTENDERS.len()], what: &str| {
        println!("{name:4} | {} | {what}", cells.map(|cell| format!("{cell:>width$}")).join(" | "));
    };
    println!("\n{title}\n");
    line("", CONTENDERS, "");
    for race in races {
        let row = row(race);
        let cells = row.each_ref().map(|cell| cell.as_deref().unwrap_or("n/a"));
        line(race.workload.name, cells, race.workload.what);
    }
}
