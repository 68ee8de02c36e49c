//! Section 7: what exists under `events(direct)` only, since no event outlives its call there:
//! parameters and return values that borrow, and generic methods.

#![forbid(unsafe_code)]

mod borrowed_parameters {
    pub struct Frame<'a> {
        header: &'a str,
    }

    frame_runtime::frame_system! {
        @@system Parser {
            interface:
                line(text: &str): usize
                bytes(data: &[u8]): u8
                fill(buffer: &mut Vec<u8>): bool
                frame(frame: &Frame<'_>): usize
                either(text: Option<&str>, out: &mut String)
                swap()
            machine:
                $Head => $Base {
                    line(text: &str): usize {
                        if text.is_empty() {
                            -> => $Body
                        }
                        self.last = text.trim().to_string();
                        @@:(text.len())
                    }
                    bytes(data: &[u8]): u8 {
                        match data {
                            [] => -> $Body,
                            [first, ..] => {
                                @@:(*first)
                            }
                        }
                    }
                    fill(buffer: &mut Vec<u8>): bool {
                        buffer.push(1);
                        => $^
                        buffer.push(3);
                        => $^
                    }
                    frame(frame: &Frame<'_>): usize { frame.header.len() + @@:self.line(frame.header) }
                    either(text: Option<&str>, out: &mut String) {
                        out.push_str(text.unwrap_or("none"));
                        -> => $Body
                    }
                    swap() { -> $Body }
                }
                $Base {
                    fill(buffer: &mut Vec<u8>): bool {
                        buffer.push(2);
                        @@:(buffer.len() > 3)
                    }
                }
                $Body {
                    $.lines: Vec<String> = Vec::new()
                    line(text: &str): usize {
                        $.lines.push(text.to_string());
                        $.lines.len() * 100
                    }
                    either(text: Option<&str>, out: &mut String) {
                        out.push_str(text.unwrap_or("nothing"));
                        @@:self.fill_up(out);
                    }
                    swap() { -> $Head }
                }
            actions:
                fill_up(out: &mut String) { out.push('!'); }
            domain:
                pub last: String
        }
    }

    #[test]
    fn s7_parameters_may_borrow() {
        let mut parser = Parser::new();
        let line = " four ".to_string();
        assert_eq!((parser.line(&line), parser.bytes(&[9, 8])), (6, 9));
        assert_eq!(parser.frame(&Frame { header: &line }), 12);
        assert_eq!(parser.last, "four");
        parser.bytes(&[]);
        assert_eq!((parser.state(), parser.line("x")), (ParserState::Body, 100));
    }

    #[test]
    fn r10_a_mutable_borrow_is_reborrowed_by_a_forward() {
        let mut buffer = Vec::new();
        assert!(Parser::new().fill(&mut buffer));
        assert_eq!(buffer, [1, 2, 3, 2]);
    }

    #[test]
    fn r25_the_event_takes_borrows_along() {
        let mut parser = Parser::new();
        assert_eq!(parser.line(""), 100);
        parser.swap();
        let mut out = String::new();
        parser.either(Some("a"), &mut out);
        parser.either(None, &mut out);
        assert_eq!(out, "aa!nothing!");
    }
}

mod generic_methods {
    use std::fmt::Display;

    frame_runtime::frame_system! {
        @@system Printer {
            interface:
                print<T: Display>(value: T): usize
                each<F: FnMut(u32)>(f: F)
                extend(items: impl IntoIterator<Item = u32>): usize
                array<const N: usize>(items: [u32; N]): usize
                stop()
            machine:
                $On => $Base {
                    print(value) {
                        self.text = value.to_string();
                        self.text.len()
                    }
                    each(f) { => $^ }
                    extend(items) {
                        self.items.extend(items);
                        self.items.len()
                    }
                    array(items) { N + items.len() }
                    stop() { -> $Off }
                }
                $Base {
                    each(mut f) { self.items.iter().copied().for_each(&mut f); }
                }
                $Off {}
            domain:
                pub text: String
                items: Vec<u32>
        }
    }

    #[test]
    fn s7_methods_may_be_generic() {
        let mut printer = Printer::new();
        assert_eq!((printer.print(123), printer.print("text")), (3, 4));
        assert_eq!(
            (printer.extend([1, 2]), printer.extend(Some(3)), printer.array([0; 2])),
            (2, 3, 4)
        );

        let mut sum = 0;
        printer.each(|item| sum += item);
        assert_eq!(sum, 6);

        printer.stop();
        assert_eq!((printer.print(123), printer.array([0; 2])), (0, 0));
    }
}

mod borrowed_returns {
    frame_runtime::frame_system! {
        @@system Book(name: String) {
            interface:
                title(&self): &str
                page(&self, number: usize): Option<&String>
                notes(&self): &[String]
                note(text: &str)
                close()
            machine:
                $Open => $Base {
                    $.notes: Vec<String> = Vec::new()
                    title(): &str { &self.name }
                    page(number: usize): Option<&String> {
                        @@:(self.pages.get(number))
                    }
                    notes() { &$.notes }
                    note(text: &str) { $.notes.push(text.to_string()); }
                    close() { -> $Closed }
                }
                $Base {}
                $Closed => $Base {
                    title(): &str { @@:("closed") }
                }
            domain:
                name: String
                pages: Vec<String> = vec!["one".to_string(), "two".to_string()]
        }

        @@system Cell(value: i32) {
            interface:
                get(&self): &i32 = &0
                bump()
            machine:
                $Only {
                    // Behind a Frame statement, `&` at the start of a line begins the tail.
                    get(): &i32 {
                        @@:(&-1)
                        &self.value
                    }
                    bump() {
                        @@:self.value += 1
                    }
                }
            domain:
                value: i32
        }
    }

    #[test]
    fn s7_queries_may_return_borrows() {
        let mut book = Book::new("Rust".to_string());
        book.note("a");
        let title = book.title();
        assert_eq!(
            (title, book.page(1).map(String::as_str), book.page(2)),
            ("Rust", Some("two"), None)
        );
        assert_eq!(book.notes(), ["a"]);

        book.close();
        assert_eq!((book.title(), book.page(0)), ("closed", None));
        assert!(book.notes().is_empty());
    }

    #[test]
    fn s2_a_line_end_ends_a_statement_before_an_ampersand() {
        let mut cell = Cell::new(4);
        cell.bump();
        assert_eq!(cell.get(), &5);
    }
}

/// What a system takes is what the enum takes that a developer would write.
mod sizes {
    #![allow(dead_code)]

    frame_runtime::frame_system! {
        @@system Call {
            interface:
                answer(line: u8)
                ring()
            machine:
                $Ringing(number: u64) => $Billed {
                    $.line: u8 = 0
                    $.rings: u64 = number
                    answer(line: u8) { $.line = line; $.rings += number; -> $Talking }
                }
                $Talking => $Billed {
                    $.muted: bool = false
                    $.seconds: u32 = 0
                    ring() { $.muted = !$.muted; $.seconds += 1; -> $Ringing(1) }
                }
                $Billed {
                    $.free: bool = true
                    ring() { $.free = false; }
                }
        }
    }

    enum ByHand {
        Ringing { free: bool, number: u64, line: u8, rings: u64 },
        Talking { free: bool, muted: bool, seconds: u32 },
    }

    #[test]
    fn a_state_lies_in_the_leaf_without_padding_of_its_own() {
        assert_eq!(size_of::<Call>(), size_of::<ByHand>());
        assert_eq!(size_of::<Call>(), 24);
    }
}

mod where_clauses {
    use std::fmt::{Debug, Display};

    frame_runtime::frame_system! {
        @@system Log<T>(prefix: T)
        where
            T: Display,
        {
            operations:
                show<D>(item: D): String where D: Debug { format!("{item:?}") }
            interface:
                add<'i, I, D>(items: &'i I): usize
                where
                    &'i I: IntoIterator<Item = D>,
                    D: Display,
                newest(): String
                both<A, B>(a: A, b: B): String where A: Debug, B: Into<String> = format!("{a:?}")
                last(): usize where T: Clone
                count: usize
            machine:
                $Open {
                    add(items) {
                        for item in items {
                            self.lines.push(format!("{}{item}", self.prefix));
                        }
                        if self.lines.len() > 2 { -> $Full }
                        @@:(self.lines.len())
                    }
                    newest() { self.lines.last().cloned().unwrap_or_default() }
                    count() { self.lines.len() }
                }
                $Full {
                    both(a, b) {
                        let count = @@:self.add(&[1]);
                        format!("{a:?} {count} {}", b.into())
                    }
                    last() { self.prefix.clone().to_string().len() }
                }
            domain:
                prefix: T
                lines: Vec<String>
        }
    }

    #[test]
    fn s7_methods_and_functions_may_have_where_clauses() {
        let mut log = Log::new("> ");
        assert_eq!((log.add(&vec!['a', 'b']), log.count()), (2, 2));
        assert_eq!((log.newest().as_str(), log.both(1, "b").as_str()), ("> b", "1"));
        log.add(&[3]);
        assert_eq!((log.both(1, "b").as_str(), log.last(), log.count()), ("1 0 b", 2, 0));
        assert_eq!(log.show('c'), "'c'");
    }
}
