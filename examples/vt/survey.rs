//! A consumer that keeps the text of a session and counts what else it consists of.

use std::collections::BTreeMap;
use std::fmt;

use crate::parser::{MAX_INTERMEDIATES, Params, Perform};
use crate::transcript::Transcript;

/// What was seen in a session.
pub struct Survey {
    /// The text, apart from what full-screen programs drew.
    pub transcript: Transcript,
    /// Characters to show, replaced ones included.
    printed: usize,
    /// Characters drawn on the alternate screen, as full-screen programs do.
    printed_full_screen: usize,
    /// U+FFFD, printed where the stream was not valid UTF-8.
    replaced: usize,
    controls: Tally<Control>,
    escapes: Tally<Function>,
    sequences: Tally<Function>,
    cursor_movements: usize,
    colours: Tally<Colour>,
    /// OSC strings by their number.
    commands: Tally<String>,
    titles: Vec<String>,
    device_strings: Tally<Function>,
    device_string_bytes: usize,
    /// Sequences that were longer than the parser keeps.
    cut: usize,
    /// How many characters had been printed when the alternate screen was entered, while it is shown.
    full_screen_since: Option<usize>,
}

/// How often each thing was seen.
type Tally<T> = BTreeMap<T, usize>;

fn count<T: Ord>(tally: &mut Tally<T>, thing: T) {
    *tally.entry(thing).or_default() += 1;
}

impl Survey {
    /// Begins a survey of a session on a terminal of `height` lines and `width` columns.
    pub fn new(height: usize, width: usize) -> Self {
        Self {
            transcript: Transcript::new(height, width),
            printed: 0,
            printed_full_screen: 0,
            replaced: 0,
            controls: Tally::new(),
            escapes: Tally::new(),
            sequences: Tally::new(),
            cursor_movements: 0,
            colours: Tally::new(),
            commands: Tally::new(),
            titles: Vec::new(),
            device_strings: Tally::new(),
            device_string_bytes: 0,
            cut: 0,
            full_screen_since: None,
        }
    }

    /// How many different colours of a kind were used, and how often.
    fn colours_of(&self, kind: fn(&Colour) -> bool) -> (usize, usize) {
        let of_kind = self.colours.iter().filter(|(colour, _)| kind(colour));
        of_kind.fold((0, 0), |(different, uses), (_, n)| (different + 1, uses + n))
    }

    fn on_main_screen(&self) -> bool {
        self.full_screen_since.is_none()
    }

    fn set_private_mode(&mut self, mode: u16, on: bool) {
        if let 47 | 1047 | 1049 = mode {
            match on {
                true => self.enter_full_screen(),
                false => self.leave_full_screen(),
            }
        }
    }

    fn enter_full_screen(&mut self) {
        self.full_screen_since.get_or_insert(self.printed);
    }

    fn leave_full_screen(&mut self) {
        if let Some(before) = self.full_screen_since.take() {
            let drawn = self.printed - before;
            self.printed_full_screen += drawn;
            self.transcript.remark(&format!("[full screen: {drawn} characters]"));
        }
    }

    fn edit_transcript(&mut self, params: &Params, final_byte: u8) {
        let given = |i: usize| params.iter().nth(i).map_or(0, |param| usize::from(param[0]));
        let (mode, n) = (given(0), given(0).max(1));
        let text = &mut self.transcript;
        match final_byte {
            b'A' => text.up(n),
            b'B' => text.down(n),
            b'C' => text.right(n),
            b'D' => text.left(n),
            b'G' => text.move_to_column(n - 1),
            b'd' => text.move_to_line(n - 1),
            b'H' | b'f' => {
                text.move_to_line(n - 1);
                text.move_to_column(given(1).max(1) - 1);
            }
            b'@' => text.insert_blanks(n),
            b'P' => text.delete_characters(n),
            b'X' => text.erase_characters(n),
            b'J' => match mode {
                0 => text.erase_to_end_of_screen(),
                1 => text.erase_to_start_of_screen(),
                2 => text.erase_screen(),
                _ => {}
            },
            b'K' => match mode {
                0 => text.erase_to_end_of_line(),
                1 => text.erase_to_start_of_line(),
                2 => text.erase_line(),
                _ => {}
            },
            _ => {}
        }
    }
}

impl Perform for Survey {
    fn print(&mut self, c: char) {
        if c == '\x7f' {
            return; // DEL is a filler that terminals do not show
        }
        self.printed += 1;
        self.replaced += usize::from(c == char::REPLACEMENT_CHARACTER);
        if self.on_main_screen() {
            self.transcript.print(c);
        }
    }

    fn execute(&mut self, control: u8) {
        count(&mut self.controls, Control(control));
        if self.on_main_screen() {
            match control {
                0x08 => self.transcript.left(1),
                b'\t' => self.transcript.tab(),
                b'\n' => self.transcript.line_feed(),
                b'\r' => self.transcript.carriage_return(),
                _ => {}
            }
        }
    }

    fn esc_dispatch(&mut self, intermediates: &[u8], ignore: bool, final_byte: u8) {
        self.cut += usize::from(ignore);
        count(&mut self.escapes, Function::new(intermediates, final_byte));
    }

    fn csi_dispatch(
        &mut self,
        params: &Params,
        intermediates: &[u8],
        ignore: bool,
        final_byte: u8,
    ) {
        self.cut += usize::from(ignore);
        count(&mut self.sequences, Function::new(intermediates, final_byte));
        match (intermediates, final_byte) {
            (b"", b'm') => colours(params, |colour| count(&mut self.colours, colour)),
            (b"", b'A'..=b'H' | b'`' | b'a' | b'd'..=b'f') => self.cursor_movements += 1,
            (b"?", b'h' | b'l') => {
                params.iter().for_each(|mode| self.set_private_mode(mode[0], final_byte == b'h'))
            }
            _ => {}
        }
        if intermediates.is_empty() && self.on_main_screen() {
            self.edit_transcript(params, final_byte);
        }
    }

    fn osc_dispatch(&mut self, string: &[u8], ignore: bool, _ended_by_bell: bool) {
        self.cut += usize::from(ignore);
        let (command, argument) = split_at_semicolon(string);
        count(&mut self.commands, lossy(command));
        if let b"0" | b"2" = command {
            self.titles.push(lossy(argument));
        }
    }

    fn hook(&mut self, _params: &Params, intermediates: &[u8], ignore: bool, final_byte: u8) {
        self.cut += usize::from(ignore);
        count(&mut self.device_strings, Function::new(intermediates, final_byte));
    }

    fn put(&mut self, _byte: u8) {
        self.device_string_bytes += 1;
    }
}

fn split_at_semicolon(string: &[u8]) -> (&[u8], &[u8]) {
    match string.iter().position(|&b| b == b';') {
        Some(i) => (&string[..i], &string[i + 1..]),
        None => (string, b""),
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A control code.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Control(u8);

impl fmt::Display for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const C0: [&str; 32] = [
            "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF",
            "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM",
            "SUB", "ESC", "FS", "GS", "RS", "US",
        ];
        match C0.get(usize::from(self.0)) {
            Some(name) => f.write_str(name),
            None => write!(f, "0x{:02x}", self.0),
        }
    }
}

/// What tells one sequence from another: its final byte and the bytes that qualify it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Function {
    final_byte: u8,
    /// Unused ones are 0.
    intermediates: [u8; MAX_INTERMEDIATES],
}

impl Function {
    fn new(intermediates: &[u8], final_byte: u8) -> Self {
        let mut all = [0; MAX_INTERMEDIATES];
        all[..intermediates.len()].copy_from_slice(intermediates);
        Self { final_byte, intermediates: all }
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used = self.intermediates.iter().take_while(|&&b| b != 0);
        used.chain([&self.final_byte]).try_for_each(|&b| match b {
            b' ' => f.write_str("SP"),
            _ => write!(f, "{}", char::from(b)),
        })
    }
}

/// A colour of text, of its background or of its underline.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Colour {
    /// One of the 16 colours that have parameters of their own.
    Basic(u16),
    /// One of the 256 colours of the palette.
    Indexed(u16),
    Rgb(u16, u16, u16),
}

/// Finds the colours in the parameters of a `CSI … m`.
fn colours(params: &Params, mut found: impl FnMut(Colour)) {
    let mut params = params.iter();
    while let Some(param) = params.next() {
        let colour = match *param {
            [n @ (30..=37 | 40..=47)] => Some(Colour::Basic(n % 10)),
            [n @ (90..=97 | 100..=107)] => Some(Colour::Basic(n % 10 + 8)),
            [38 | 48 | 58] => colour_in_parameters(params.by_ref().map(|param| param[0])),
            [38 | 48 | 58, 5, n] => Some(Colour::Indexed(n)),
            [38 | 48 | 58, 2, r, g, b] => Some(Colour::Rgb(r, g, b)),
            [38 | 48 | 58, 2, _colour_space, r, g, b] => Some(Colour::Rgb(r, g, b)),
            _ => None,
        };
        colour.into_iter().for_each(&mut found);
    }
}

/// Reads a colour in the form `38;5;n` or `38;2;r;g;b`, which is older than sub-parameters.
fn colour_in_parameters(mut params: impl Iterator<Item = u16>) -> Option<Colour> {
    match params.next()? {
        5 => Some(Colour::Indexed(params.next()?)),
        2 => Some(Colour::Rgb(params.next()?, params.next()?, params.next()?)),
        _ => None,
    }
}

impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown_full_screen = format!("{} on the full screen", self.printed_full_screen);
        row(f, "printed characters", self.printed, &shown_full_screen)?;
        row(f, "invalid UTF-8", self.replaced, "")?;
        tally_row(f, "control codes", &self.controls)?;
        tally_row(f, "ESC sequences", &self.escapes)?;
        tally_row(f, "CSI sequences", &self.sequences)?;
        row(f, "cursor movements", self.cursor_movements, "")?;
        self.colour_row(f, "basic colours", |c| matches!(c, Colour::Basic(..)))?;
        self.colour_row(f, "indexed colours", |c| matches!(c, Colour::Indexed(..)))?;
        self.colour_row(f, "RGB colours", |c| matches!(c, Colour::Rgb(..)))?;
        tally_row(f, "DCS strings", &self.device_strings)?;
        row(f, "bytes in them", self.device_string_bytes, "")?;
        tally_row(f, "OSC strings", &self.commands)?;
        row(f, "cut sequences", self.cut, "")?;
        row(f, "window titles", self.titles.len(), "")?;
        let mut repeats = self.titles.chunk_by(|a, b| a == b);
        repeats.try_for_each(|same| writeln!(f, "{:>6} × {}", same.len(), same[0]))
    }
}

impl Survey {
    fn colour_row(
        &self,
        f: &mut fmt::Formatter<'_>,
        label: &str,
        kind: fn(&Colour) -> bool,
    ) -> fmt::Result {
        let (different, uses) = self.colours_of(kind);
        row(f, label, uses, &format!("{different} different"))
    }
}

fn row(f: &mut fmt::Formatter<'_>, label: &str, total: usize, details: &str) -> fmt::Result {
    let line = format!("{label:<20}{total:>8}  {details}");
    writeln!(f, "{}", line.trim_end())
}

/// Writes the total of a tally and, a few to a line, what it consists of.
fn tally_row<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    label: &str,
    tally: &Tally<T>,
) -> fmt::Result {
    row(f, label, tally.values().sum(), "")?;
    let entries: Vec<String> =
        tally.iter().map(|(thing, n)| format!("{:>6} {n:<6}", thing.to_string())).collect();
    entries.chunks(5).try_for_each(|line| writeln!(f, "{}", line.concat().trim_end()))
}
