//! A reader of CSV that is generic over what takes the fields.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvError {
    StrayQuote { line: u32 },
    TooLong,
}

pub trait Sink {
    fn field(&mut self, bytes: &[u8]);
    fn record(&mut self, fields: usize);
}

/// Sums up what it is given.
#[derive(Default)]
pub struct Totals {
    pub bytes: u64,
    pub fields: u64,
}
impl Sink for Totals {
    #[inline]
    fn field(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64 + bytes.first().map_or(0, |b| u64::from(*b));
    }
    #[inline]
    fn record(&mut self, fields: usize) {
        self.fields = self.fields.wrapping_mul(3) + fields as u64;
    }
}

entries! { Csv {
    fn byte(b: u8) -> Result<(), CsvError>;
    fn end() -> usize;
    fn line() -> u32;
} }

/// How both readers are driven.
macro_rules! entry_points {
    () => {
        pub type Csv = Reader<super::Totals, 24>;
        impl super::Csv for Csv {
            #[inline]
            fn byte(&mut self, b: u8) -> Result<(), CsvError> {
                Reader::byte(self, b)
            }
            #[inline]
            fn end(&mut self) -> usize {
                Reader::end(self)
            }
            #[inline]
            fn line(&mut self) -> u32 {
                Reader::line(self)
            }
        }
        impl instructions::Machine for Csv {
            fn new() -> Self {
                Reader::new(super::Totals::default(), b',')
            }
            fn checksum(&mut self) -> u64 {
                self.sink.bytes.wrapping_add(self.sink.fields).wrapping_add(self.errors.into())
            }
        }
    };
}

mod frame {
    use super::{CsvError, Sink};
    frame_runtime::frame_system! {
        pub @@system Reader<S, const MAX: usize>(sink: S, separator: u8) where S: Sink {
            interface:
                byte(b: u8): Result<(), CsvError> = Ok(())
                end(): usize = 0
                line(&self): u32
            machine:
                $RecordStart => $Anywhere {
                    byte(b: u8): Result<(), CsvError> {
                        match b {
                            b'\r' | b'\n' => Ok(()),
                            _ => -> => $FieldStart
                        }
                    }
                    => $^
                }
                $FieldStart => $Record {
                    byte(b: u8): Result<(), CsvError> {
                        match b {
                            b'"' => -> $Quoted,
                            b if b == self.separator => {
                                self.field();
                                Ok(())
                            }
                            b'\n' => -> (true) $RecordEnd,
                            _ => {
                                self.text.push(b);
                                -> $Bare
                            }
                        }
                    }
                    => $^
                }
                $Bare => $Record {
                    byte(b: u8): Result<(), CsvError> {
                        match b {
                            b if b == self.separator => { self.field(); -> $FieldStart }
                            b'\n' => -> (true) $RecordEnd,
                            b'"' => {
                                self.errors += 1;
                                Err(CsvError::StrayQuote { line: self.lines })
                            }
                            _ => self.add(b)
                        }
                    }
                    => $^
                }
                $Quoted => $Record {
                    byte(b: u8): Result<(), CsvError> {
                        if b == b'"' { -> $QuoteSeen }
                        if b == b'\n' { self.lines += 1; }
                        self.add(b)
                    }
                    => $^
                }
                $QuoteSeen => $Record {
                    byte(b: u8): Result<(), CsvError> {
                        match b {
                            b'"' => {
                                @@:(self.add(b))
                                -> $Quoted
                            }
                            b if b == self.separator => { self.field(); -> $FieldStart }
                            b'\n' => -> (true) $RecordEnd,
                            _ => {
                                self.errors += 1;
                                @@:(Err(CsvError::StrayQuote { line: self.lines }))
                                -> $Skipping
                            }
                        }
                    }
                    => $^
                }
                $Skipping => $Anywhere {
                    byte(b: u8): Result<(), CsvError> {
                        if b == b'\n' { -> (false) $RecordEnd }
                        Ok(())
                    }
                    => $^
                }
                $RecordEnd => $Anywhere {
                    $>(good: bool) {
                        if good {
                            self.field();
                            self.sink.record(self.fields);
                        }
                        self.fields = 0;
                        self.text.clear();
                        self.lines += 1;
                        -> $RecordStart
                    }
                    => $^
                }
                $Record => $Anywhere {
                    end(): usize {
                        @@:(self.fields + 1)
                        -> (true) $RecordEnd
                    }
                    => $^
                }
                $Anywhere {
                    line(): u32 { self.lines }
                }
            actions:
                field() {
                    self.sink.field(&self.text);
                    self.text.clear();
                    self.fields += 1;
                }
                add(b: u8): Result<(), CsvError> {
                    if self.text.len() == MAX {
                        self.errors += 1;
                        return Err(CsvError::TooLong);
                    }
                    self.text.push(b);
                    Ok(())
                }
            domain:
                pub sink: S
                separator: u8
                text: Vec<u8> = Vec::with_capacity(MAX)
                fields: usize = 0
                lines: u32 = 1
                pub errors: u32 = 0
        }
    }
    entry_points! {}
}

mod hand {
    use super::{CsvError, Sink};
    enum State {
        RecordStart,
        FieldStart,
        Bare,
        Quoted,
        QuoteSeen,
        Skipping,
    }
    pub struct Reader<S, const MAX: usize> {
        state: State,
        pub sink: S,
        separator: u8,
        text: Vec<u8>,
        fields: usize,
        lines: u32,
        pub errors: u32,
    }
    impl<S: Sink, const MAX: usize> Reader<S, MAX> {
        pub fn new(sink: S, separator: u8) -> Self {
            Self {
                state: State::RecordStart,
                sink,
                separator,
                text: Vec::with_capacity(MAX),
                fields: 0,
                lines: 1,
                errors: 0,
            }
        }
        #[inline]
        fn field(&mut self) {
            self.sink.field(&self.text);
            self.text.clear();
            self.fields += 1;
        }
        #[inline]
        fn add(&mut self, b: u8) -> Result<(), CsvError> {
            if self.text.len() == MAX {
                self.errors += 1;
                return Err(CsvError::TooLong);
            }
            self.text.push(b);
            Ok(())
        }
        #[inline]
        fn end_record(&mut self, good: bool) {
            if good {
                self.field();
                self.sink.record(self.fields);
            }
            self.fields = 0;
            self.text.clear();
            self.lines += 1;
            self.state = State::RecordStart;
        }
        #[inline]
        fn field_start(&mut self, b: u8) {
            match b {
                b'"' => self.state = State::Quoted,
                b if b == self.separator => self.field(),
                b'\n' => self.end_record(true),
                _ => {
                    self.text.push(b);
                    self.state = State::Bare;
                }
            }
        }
        #[inline]
        pub fn byte(&mut self, b: u8) -> Result<(), CsvError> {
            match self.state {
                State::RecordStart => {
                    if b != b'\r' && b != b'\n' {
                        self.state = State::FieldStart;
                        self.field_start(b);
                    }
                    Ok(())
                }
                State::FieldStart => {
                    self.field_start(b);
                    Ok(())
                }
                State::Bare => match b {
                    b if b == self.separator => {
                        self.field();
                        self.state = State::FieldStart;
                        Ok(())
                    }
                    b'\n' => {
                        self.end_record(true);
                        Ok(())
                    }
                    b'"' => {
                        self.errors += 1;
                        Err(CsvError::StrayQuote { line: self.lines })
                    }
                    _ => self.add(b),
                },
                State::Quoted => {
                    if b == b'"' {
                        self.state = State::QuoteSeen;
                        return Ok(());
                    }
                    if b == b'\n' {
                        self.lines += 1;
                    }
                    self.add(b)
                }
                State::QuoteSeen => match b {
                    b'"' => {
                        self.state = State::Quoted;
                        self.add(b)
                    }
                    b if b == self.separator => {
                        self.field();
                        self.state = State::FieldStart;
                        Ok(())
                    }
                    b'\n' => {
                        self.end_record(true);
                        Ok(())
                    }
                    _ => {
                        self.errors += 1;
                        self.state = State::Skipping;
                        Err(CsvError::StrayQuote { line: self.lines })
                    }
                },
                State::Skipping => {
                    if b == b'\n' {
                        self.end_record(false);
                    }
                    Ok(())
                }
            }
        }
        #[inline]
        pub fn end(&mut self) -> usize {
            match self.state {
                State::RecordStart | State::Skipping => 0,
                _ => {
                    let fields = self.fields + 1;
                    self.end_record(true);
                    fields
                }
            }
        }
        #[inline]
        pub fn line(&self) -> u32 {
            self.lines
        }
    }
    entry_points! {}
}

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("csv", "CSV, generic sink", Csv, run, 4096, Goal::Percent(5.0));

const TEXT: &[u8] = b"name,\"a b\",12\n,x,\"say \"\"hi\"\"\"\nlong words here,\"q\"z,1\n";
drive! { Csv, 64, |m, e, a, t| match e {
    0 => call::end(m) as u64,
    1 => call::line(m).into(),
    _ => {
        let b = if a > 250 { b'"' } else { TEXT[(t / 7) as usize % TEXT.len()] };
        match call::byte(m, b) {
            Ok(()) => 0,
            Err(CsvError::StrayQuote { line }) => u64::from(line) + 2,
            Err(CsvError::TooLong) => 1,
        }
    }
} }
