//! What is written: plots, and tables between their marks in the documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::chart::Chart;
use crate::table::Table;

/// The documents with tables in them.
const DOCUMENTS: [&str; 2] = ["rfc-0021.md", "modes.md"];

/// A table stands between these, the first of which says which it is.
const BEGIN: &str = "<!-- figures: ";
const END: &str = "<!-- end of figures -->";

/// A line of the summary.
pub struct Verdict {
    pub item: &'static str,
    pub switch: &'static str,
    pub verdict: &'static str,
    pub figure: String,
    /// Where it does not pay.
    pub not: &'static str,
}

pub struct Report {
    tables: BTreeMap<&'static str, Table>,
    charts: Vec<(&'static str, Chart)>,
    summary: Table,
}

impl Default for Report {
    fn default() -> Self {
        let summary = Table::of_text(["item", "switch", "verdict", "figure", "does not pay"]);
        Report { tables: BTreeMap::new(), charts: Vec::new(), summary }
    }
}

impl Report {
    pub fn table(&mut self, name: &'static str, table: Table) {
        self.tables.insert(name, table);
    }

    /// A plot, in a file of this name.
    pub fn chart(&mut self, name: &'static str, chart: Chart) {
        self.charts.push((name, chart));
    }

    pub fn verdict(&mut self, verdict: Verdict) {
        let Verdict { item, switch, verdict, figure, not } = verdict;
        let cells = [switch.to_owned(), verdict.to_owned(), figure, not.to_owned()];
        self.summary.row(item, cells);
    }

    pub fn write(mut self) {
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
        self.tables.insert("summary", self.summary);
        for name in DOCUMENTS {
            refresh(&docs.join(name), &mut self.tables);
        }
        let unused: Vec<_> = self.tables.keys().collect();
        assert!(unused.is_empty(), "no document has a place for {unused:?}");

        let plots = docs.join("rfc-0021");
        fs::create_dir_all(&plots).expect("the folder can be made");
        for (name, chart) in &self.charts {
            let path = plots.join(name).with_extension("svg");
            fs::write(path, chart.svg()).expect("the plot can be written");
        }
    }
}

/// Puts its tables into a document, each in the place of what was there, and takes them out
/// of `tables`.
fn refresh(path: &Path, tables: &mut BTreeMap<&'static str, Table>) {
    let text = fs::read_to_string(path).expect("the document can be read");
    let mut parts = text.split(BEGIN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").expect("a mark is closed");
        let (_, behind) = rest.split_once(END).expect("a table has an end");
        let table = tables.remove(name).unwrap_or_else(|| panic!("nothing is measured as {name}"));
        out += &format!("{BEGIN}{name} -->\n{table}{END}{behind}");
    }
    fs::write(path, out).expect("the document can be written");
}
