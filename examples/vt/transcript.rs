//! The lines of text that a session leaves on the screen and above it.

/// Text with a cursor in it, as on a terminal that remembers every line that was scrolled or cleared off its screen.
///
/// Every character takes one cell: this is text to read and to search, not a picture of the screen.
pub struct Transcript {
    /// Everything so far; the last `height` lines are the screen.
    lines: Vec<Line>,
    height: usize,
    width: usize,
    row: usize,
    /// It equals `width` behind a character in the last column: only the next character moves to the next line.
    column: usize,
}

#[derive(Clone, Default)]
struct Line {
    cells: Vec<char>,
    /// Whether its text goes on in the next line, as it was too long for this one.
    wrapped: bool,
}

impl Transcript {
    pub fn new(height: usize, width: usize) -> Self {
        Self { lines: vec![Line::default()], height, width, row: 0, column: 0 }
    }

    /// The text in lines of any length, without blanks at their ends and without blank lines at its end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            text.extend(&line.cells);
            if !line.wrapped {
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\n');
            }
        }
        text.truncate(text.trim_end().len());
        text
    }

    pub fn print(&mut self, c: char) {
        if self.column == self.width {
            self.lines[self.row].wrapped = true;
            self.line_feed();
            self.carriage_return();
        }
        let column = self.column;
        self.cells_up_to(column + 1)[column] = c;
        self.column += 1;
    }

    /// Adds a line of its own, which is not part of what the session printed.
    pub fn remark(&mut self, text: &str) {
        self.carriage_return();
        text.chars().for_each(|c| self.print(c));
        self.line_feed();
        self.carriage_return();
    }

    pub fn line_feed(&mut self) {
        self.move_to_row(self.row + 1);
    }

    pub fn carriage_return(&mut self) {
        self.column = 0;
    }

    pub fn tab(&mut self) {
        self.move_to_column((self.column / 8 + 1) * 8);
    }

    pub fn up(&mut self, n: usize) {
        self.row = self.row.saturating_sub(n).max(self.top());
    }

    pub fn down(&mut self, n: usize) {
        self.move_to_row((self.row + n).min(self.bottom()));
    }

    pub fn left(&mut self, n: usize) {
        let column = self.column.min(self.width - 1);
        self.column = column.saturating_sub(n);
    }

    pub fn right(&mut self, n: usize) {
        self.move_to_column(self.column + n);
    }

    /// Moves to a column of the line, counted from 0.
    pub fn move_to_column(&mut self, column: usize) {
        self.column = column.min(self.width - 1);
    }

    /// Moves to a line of the screen, counted from 0.
    pub fn move_to_line(&mut self, line: usize) {
        self.move_to_row((self.top() + line).min(self.bottom()));
    }

    pub fn erase_to_end_of_line(&mut self) {
        let column = self.column;
        let line = &mut self.lines[self.row];
        line.cells.truncate(column);
        line.wrapped = false;
    }

    pub fn erase_to_start_of_line(&mut self) {
        self.erase(0, self.column + 1);
    }

    pub fn erase_line(&mut self) {
        self.lines[self.row] = Line::default();
    }

    /// Erases `n` characters from the cursor on and leaves the rest of the line where it is.
    pub fn erase_characters(&mut self, n: usize) {
        self.erase(self.column, n);
    }

    pub fn insert_blanks(&mut self, n: usize) {
        let (column, width) = (self.column, self.width);
        let cells = self.cells_up_to(column);
        cells.splice(column..column, std::iter::repeat_n(' ', n.min(width)));
        cells.truncate(width);
    }

    pub fn delete_characters(&mut self, n: usize) {
        let column = self.column;
        let cells = &mut self.lines[self.row].cells;
        let end = cells.len();
        cells.drain(column.min(end)..(column + n).min(end));
    }

    pub fn erase_to_end_of_screen(&mut self) {
        self.erase_to_end_of_line();
        self.lines[self.row + 1..].fill(Line::default());
    }

    pub fn erase_to_start_of_screen(&mut self) {
        let top = self.top();
        self.lines[top..self.row].fill(Line::default());
        self.erase_to_start_of_line();
    }

    /// Begins an empty screen. What was on the old one stays above it, for it was shown.
    pub fn erase_screen(&mut self) {
        let line = self.row - self.top();
        self.lines.resize(self.lines.len() + self.height, Line::default());
        self.move_to_line(line);
    }

    fn top(&self) -> usize {
        self.lines.len().saturating_sub(self.height)
    }

    fn bottom(&self) -> usize {
        self.top() + self.height - 1
    }

    fn move_to_row(&mut self, row: usize) {
        if row >= self.lines.len() {
            self.lines.resize(row + 1, Line::default());
        }
        self.row = row;
    }

    /// The cells of the line, at least so many of them.
    fn cells_up_to(&mut self, length: usize) -> &mut Vec<char> {
        let cells = &mut self.lines[self.row].cells;
        if cells.len() < length {
            cells.resize(length, ' ');
        }
        cells
    }

    fn erase(&mut self, start: usize, n: usize) {
        let cells = &mut self.lines[self.row].cells;
        let end = cells.len();
        cells[start.min(end)..(start + n).min(end)].fill(' ');
    }
}
