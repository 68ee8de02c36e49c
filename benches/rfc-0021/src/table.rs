//! Tables in Markdown.

use std::fmt::{self, Display};

pub struct Table {
    head: Vec<String>,
    /// How the columns behind the first are aligned.
    alignment: &'static str,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A column of labels, and columns of figures.
    pub fn of_figures<T: Display>(head: impl IntoIterator<Item = T>) -> Self {
        Self::new(head, "--:")
    }

    pub fn of_text<T: Display>(head: impl IntoIterator<Item = T>) -> Self {
        Self::new(head, "---")
    }

    fn new<T: Display>(head: impl IntoIterator<Item = T>, alignment: &'static str) -> Self {
        let head = head.into_iter().map(|cell| cell.to_string()).collect();
        Table { head, alignment, rows: Vec::new() }
    }

    pub fn row(&mut self, label: impl Display, cells: impl IntoIterator<Item = String>) {
        let row: Vec<String> = std::iter::once(label.to_string()).chain(cells).collect();
        assert_eq!(row.len(), self.head.len(), "the row `{label}`");
        self.rows.push(row);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let aligned = vec![self.alignment; self.head.len() - 1].join("|");
        writeln!(f, "| {} |\n|---|{aligned}|", self.head.join(" | "))?;
        self.rows.iter().try_for_each(|row| writeln!(f, "| {} |", row.join(" | ")))
    }
}
