//! A system whose author documents everything.

use std::collections::VecDeque;
use std::fmt::Display;

use frame_runtime::frame_system;

/// What can be switched.
pub trait Switch {
    /// Switches, and tells whether that was possible.
    fn switch(&mut self, on: bool) -> bool;
}

/// What can be asked how it is.
pub trait Report {
    /// One line.
    fn report(&self) -> String;
}

frame_system! {
    /// The longest word that is kept.
    pub const LONGEST: usize = 20;

    /// A queue of words behind a switch.
    #[derive(Debug, Clone, PartialEq, Eq)]
    @@[target("rust")]
    @@[create(build)]
    @@[data(hops: u32 = 0, path: Vec<&'static str>, unused: bool = true)]
    pub @@system Words<'a, T, const N: usize>(
        $(start: u32 = 1),
        $>(reason: &'static str = "built"),
        name: &'a str,
        first: T,
        limit: usize = 4,
    ) : Switch, Report
    where
        T: Display + Clone + PartialEq,
    {
        operations:
            /// How many words there are.
            #[must_use]
            count(&self): usize { self.items.len() }

            /// Forgets all words.
            clear() {
                self.items.clear();
                self.forgotten = self.forgotten.saturating_add(1);
            }

            /// Switches on and off.
            cycle(): bool {
                let on = @@:self.switch(true);
                on && @@:self.switch(false)
            }

            /// A word that is never kept.
            #[must_use]
            static separator(): &'static str { "-" }

        interface:
            /// Switches.
            @@[of(Switch)]
            switch(on: bool): bool

            /// Describes the queue.
            @@[of(Report)]
            report(&self): String

            /// Adds a word and tells how many there are.
            #[must_use]
            add(word: &str, times: u32): Result<usize, String> = Err("off".to_string())

            /// Adds what the items display.
            add_all(items: impl IntoIterator<Item = T>): usize = 0

            /// Adds two of one kind.
            add_pair<U: Display>(pair: (U, U)): bool

            /// Writes the words into a buffer.
            write(out: &mut String)

            /// The word that was added last.
            #[must_use]
            newest(&self): Option<&String>

            /// The first item.
            #[must_use]
            first(&self): &T = &self.first

            /// Goes to another page.
            turn(by: i64)

            /// Goes to another page, and back.
            detour(): u32

            /// Goes to the page that was left.
            back()

            /// Leaves for good.
            close(): Option<String>

        machine:
            /// Nothing can be added.
            $Off(start: u32) => $Any {
                $>(reason: &'static str) {
                    self.log.push(reason);
                    @@:data.path.push("Off");
                    if start > 1_000 {
                        -> $Closed
                    }
                }
                switch(on: bool): bool {
                    if on {
                        @@:(true)
                        -> (@@:event) $Page(start, 2)
                    }
                }
                add(word: &str, _times: u32): Result<usize, String> {
                    if word.is_empty() {
                        return Err("nothing to add".to_string());
                    }
                    -> => ("by a word") $Page(start)
                }
                => $^
            }

            /// Words are added to a page.
            $Page(number: u32, step: u32 = 1) => $Open {
                /// How often the page was turned.
                $.turns: u32 = 0
                $.marks: VecDeque<u32> = VecDeque::from(vec![number; 2])

                $>(reason: &'static str) {
                    self.log.push(reason);
                    => $^
                }
                <$(_why: &'static str) {
                    $.turns += 1;
                    @@:data.path.push(@@:event);
                }
                switch(on: bool): bool {
                    @@:(true)
                    match on {
                        true => self.touch(),
                        false => ("switched") -> ("off") $Off(number),
                    }
                }
                add(word: &str, times: u32): Result<usize, String> {
                    @@:data.hops += 1;
                    let count = u32::try_from(word.len()).map_err(|error| error.to_string())?;
                    => $^
                    if count * times == 0 {
                        @@:return(Err(format!("{} of {}", @@:params.word, @@:data.hops)))
                    }
                    if self.items.len() > self.limit {
                        push$
                        ("full") -> ("next") "overflow" $Page(number + step)
                    }
                }
                newest(): Option<&String> {
                    let words = &self.items;
                    @@:(words.back())
                }
                turn(by: i64) {
                    $.turns += step;
                    $.marks.push_back(number);
                    for mark in 0..by {
                        if mark == i64::from(number) {
                            continue;
                        }
                        @@:self.turn(by - 1);
                        self.touch();
                    }
                    while $.turns < 10 {
                        $.turns += 1;
                    }
                    if let Some(mark) = $.marks.pop_front() {
                        if @@:self.detour() > mark { -> $Page(mark, step) } else { push$ }
                    }
                }
                detour(): u32 {
                    @@:($.turns)
                    push$ ("aside") -> $Note
                }
                => $^
            }

            /// A page in brackets.
            $Note => $Open {
                detour(): u32 { @@:self.peek() }
                back() {
                    if @@:system.stack.depth > 0 {
                        -> ("again") pop$
                    }
                }
                turn(by: i64) {
                    pop$
                    => $^
                    self.turned = by;
                }
                => $^
            }

            /// Words can be added.
            @@[retain]
            $Open => $Any {
                $.added: u64 = self.start_count()

                $> {
                    $.added += 1;
                }
                add(word: &str, times: u32): Result<usize, String> {
                    for _ in 0..times {
                        self.keep(word);
                    }
                    $.added += u64::from(times);
                    @@:(Ok(self.items.len()))
                }
                add_all(items: impl IntoIterator<Item = T>): usize {
                    for item in items {
                        self.keep(&item.to_string());
                    }
                    @@:(self.items.len())
                }
                add_pair(pair: (U, U)): bool {
                    let (left, right) = pair;
                    self.keep(&format!("{left}{}{right}", Self::separator()));
                    @@:return = self.items.len() < self.limit
                }
                write(out: &mut String) {
                    out.push_str(self.name);
                    self.items.iter().for_each(|word| out.push_str(word));
                    => $^
                }
                report(): String {
                    format!("{} in {}", $.added, @@:system.state.name)
                }
                => $^
            }

            $Any {
                write(out: &mut String) { out.push('.'); }
                report(): String { @@:(format!("{}: {}", self.name, self.first)) }
                close(): Option<String> {
                    let word = self.items.pop_front()?;
                    -> $Closed
                    @@:(Some(word))
                }
            }

            /// Nothing happens any more.
            $Closed {}

        actions:
            keep(word: &str) {
                let end = word.len().min(LONGEST);
                self.items.push_back(word[..end].to_string());
                self.turned += 1;
            }
            touch() { self.touched = true; }
            peek(): u32 {
                if self.items.is_empty() {
                    @@:(0)
                }
                u32::try_from(self.items.len()).unwrap_or(u32::MAX)
            }
            start_count(): u64 { 0 }

        domain:
            name: &'a str
            /// The first item.
            pub first: T
            const limit: usize
            const slots: [Option<T>; N] = [const { None }; N]
            items: VecDeque<String>
            /// What was said on entering.
            pub log: Vec<&'static str>
            turned: i64 = 0
            touched: bool = false
            pub(crate) forgotten: u32
    }

    impl<T: Display + Clone + PartialEq, const N: usize> Words<'_, T, N> {
        /// Whether there is a slot for each word.
        #[must_use]
        pub const fn has_slots(&self) -> bool {
            self.slots.len() == N && self.touched
        }
    }

    /// An even number of words.
    #[must_use]
    pub fn even(name: &str) -> Words<'_, u8, 2> {
        @@Words(name = name, first = 2, $(start = 2))
    }

    /// Handlers whose signatures the interface imposes.
    #[derive(Debug)]
    pub @@system Imposed {
        interface:
            /// Takes six and may give one.
            six(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8): Option<u8>
            /// Always succeeds.
            sure(n: u8): Result<u8, String> = Ok(0)

        machine:
            $Giving {
                six(a, b, c, d, e, f) { Some(a ^ b ^ c ^ d ^ e ^ f) }
                sure(n) {
                    @@:(Ok(n))
                    -> $Moving
                }
            }
            $Moving {
                sure(n) { Ok(n) }
                six(a, b, c, d, e, f) {
                    @@:(Some(self.all(a, b, c, d, e, f)))
                    -> $Giving
                }
            }

        actions:
            all(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8): u8 {
                let sure = @@:self.sure(a).unwrap_or(b);
                sure ^ c ^ d ^ e ^ f
            }
    }

    /// A pair of queues.
    #[derive(Debug)]
    pub @@system Pair {
        interface:
            /// Switches one of them on.
            on(left: bool): bool

        machine:
            /// Both can be reached.
            $Ready {
                on(left: bool): bool {
                    let side = if left { &mut self.left } else { &mut self.right };
                    side.switch(true)
                }
            }

        domain:
            left: Words<'static, u8, 2> = @@Words("left", 1)
            /// The right one.
            pub right: Words<'static, u8, 2> = even("right")
    }
}
