//! Section 2: where Frame text may stand in a body, where it ends, and what leaves a handler.

mod arms {
    frame_system! {
        @@system Menu {
            interface:
                key(key: i32): &'static str
                back()
            machine:
                $Home => $Base {
                    key(key: i32): &'static str {
                        @@:("home")
                        match key {
                            0 => {}
                            1 => -> $Plain,
                            2 => -> (key * 10) $Entered,
                            3 => ("bye") -> $Plain,
                            4 => -> "by label" $Numbered(key + 3),
                            5 => { -> $Plain }
                            n if n > self.max => -> $Plain,
                            6 | 7 => -> => $Plain,
                            8 => @@:("eight"),
                            10 => -> $Plain @@:("ten"),
                            11 => -> $Plain @@:return("eleven"),
                            _ => => $^,
                        }
                        self.stayed += 1;
                    }
                    <$(word: &'static str) { self.words.push(word); }
                }
                $Base {
                    key(_key: i32): &'static str { @@:("base") }
                }
                $Plain {
                    key(key: i32): &'static str { if key == 6 { "forwarded" } else { "other" } }
                    back() { -> $Home }
                }
                $Entered {
                    $.value: i32 = 0
                    $>(value: i32) { $.value = value; }
                    key(_key: i32): &'static str { if $.value == 20 { "twenty" } else { "other" } }
                }
                $Numbered(number: i32) {
                    key(_key: i32): &'static str { if number == 7 { "seven" } else { "other" } }
                }
            domain:
                max: i32 = 100
                pub stayed: u32 = 0
                pub words: Vec<&'static str>
        }
    }

    #[test]
    fn s2_a_transition_may_be_a_match_arm() {
        let state_after = |key| {
            let mut menu = Menu::new();
            menu.key(key);
            assert_eq!(menu.stayed, 0);
            menu.state()
        };
        assert_eq!(state_after(1), MenuState::Plain);
        assert_eq!(state_after(5), MenuState::Plain);
        assert_eq!(state_after(101), MenuState::Plain);
    }

    #[test]
    fn s2_a_match_arm_takes_decorated_transitions() {
        let second_answer = |key| {
            let mut menu = Menu::new();
            menu.key(key);
            menu.key(0)
        };
        assert_eq!(second_answer(2), "twenty");
        assert_eq!(second_answer(4), "seven");

        let mut menu = Menu::new();
        menu.key(3);
        assert_eq!(menu.words, ["bye"]);
        menu.back();
        assert_eq!(menu.key(6), "forwarded");
        assert_eq!(menu.words, ["bye", ""]);
    }

    #[test]
    fn s2_forward_and_return_value_may_be_match_arms() {
        let mut menu = Menu::new();
        assert_eq!([menu.key(0), menu.key(8), menu.key(9)], ["home", "eight", "base"]);
        assert_eq!(menu.stayed, 3);
    }

    #[test]
    fn s2_a_match_arm_takes_a_transition_with_a_value_behind_it() {
        assert_eq!([10, 11].map(|key| Menu::new().key(key)), ["ten", "eleven"]);
    }
}

mod stack_arms {
    frame_system! {
        @@system Tabs {
            interface:
                key(key: char)
                depth(&self): usize
            machine:
                $First {
                    key(key: char) {
                        match key {
                            'n' => push$ -> $Second,
                            'x' => push$ ("bye") -> ("hi") $Second,
                            's' => push$,
                            _ => pop$,
                        }
                        self.stayed += 1;
                    }
                    <$(word: &'static str) { self.words.push(word); }
                    depth(): usize { @@:system.stack.depth }
                }
                $Second {
                    $>(word: &'static str) { self.words.push(word); }
                    key(_key: char) { -> pop$ }
                    depth(): usize { @@:system.stack.depth }
                }
            domain:
                pub stayed: u32 = 0
                pub words: Vec<&'static str>
        }
    }

    #[test]
    fn s2_stack_statements_may_be_match_arms() {
        let mut tabs = Tabs::new();
        tabs.key('n');
        assert_eq!((tabs.state(), tabs.depth()), (TabsState::Second, 1));
        tabs.key(' ');
        tabs.key('x');
        tabs.key(' ');
        assert_eq!((tabs.state(), tabs.depth(), tabs.stayed), (TabsState::First, 0, 0));
        assert_eq!(tabs.words, ["", "", "bye", "hi"]);
        tabs.key('s');
        assert_eq!((tabs.depth(), tabs.stayed), (1, 1));
        tabs.key('p');
        assert_eq!((tabs.depth(), tabs.stayed), (0, 2));
    }
}

mod nesting {
    frame_system! {
        @@system Scanner {
            interface:
                first(text: Option<String>): usize
                pick(key: i32)
                search(limit: u32)
                drain()
                outer(limit: u32)
                back()
            machine:
                $Idle => $Busy {
                    $.step: u32 = 0

                    first(text: Option<String>): usize {
                        let Some(text) = text else {
                            -> $Empty
                        };
                        text.len()
                    }

                    pick(key: i32) {
                        if key > 0 {
                            if key > 10 { -> $Full } else { self.small += 1; }
                        } else if key == 0 {
                            -> $Empty
                        } else {
                            => $^
                        }
                        self.picked += 1;
                    }

                    search(limit: u32) {
                        for i in 0..10 {
                            $.step += 1;
                            if i == limit {
                                {
                                    -> $Found($.step)
                                }
                            }
                        }
                        self.picked += 1;
                    }

                    drain() {
                        while $.step < 3 {
                            $.step += 1;
                        }
                        loop {
                            $.step += 1;
                            if $.step >= 5 {
                                -> $Found($.step)
                            }
                        }
                    }

                    outer(limit: u32) {
                        'rows: for row in 0..5 {
                            for column in 0..5 {
                                if column == 2 {
                                    continue 'rows;
                                }
                                if row + column == limit {
                                    -> $Found(row * 10 + column)
                                }
                                if row == 4 {
                                    break 'rows;
                                }
                            }
                        }
                        self.picked += 1;
                    }
                }
                $Busy {
                    pick(key: i32) { self.negative = key; }
                }
                $Empty { back() { -> $Idle } }
                $Full { back() { -> $Idle } }
                $Found(at: u32) {
                    $> { self.found = at; }
                    back() { -> $Idle }
                }
            domain:
                pub picked: u32 = 0
                pub small: u32 = 0
                pub negative: i32 = 0
                pub found: u32 = 0
        }
    }

    #[test]
    fn s2_a_transition_diverges_in_let_else() {
        let mut scanner = Scanner::new();
        assert_eq!(scanner.first(Some("four".to_string())), 4);
        assert_eq!(scanner.state(), ScannerState::Idle);
        assert_eq!(scanner.first(None), 0);
        assert_eq!(scanner.state(), ScannerState::Empty);
    }

    #[test]
    fn s2_statements_stand_in_nested_branches() {
        let mut scanner = Scanner::new();
        scanner.pick(1);
        scanner.pick(-4);
        assert_eq!((scanner.small, scanner.negative, scanner.picked), (1, -4, 2));

        scanner.pick(0);
        assert_eq!(scanner.state(), ScannerState::Empty);
        scanner.back();
        scanner.pick(11);
        assert_eq!((scanner.state(), scanner.picked), (ScannerState::Full, 2));
    }

    #[test]
    fn s2_a_transition_leaves_loops_and_blocks() {
        let mut scanner = Scanner::new();
        scanner.search(20);
        assert_eq!((scanner.state(), scanner.picked), (ScannerState::Idle, 1));
        scanner.search(2);
        assert_eq!((scanner.found, scanner.picked), (13, 1));

        scanner.back();
        scanner.drain();
        assert_eq!(scanner.found, 5);

        scanner.back();
        scanner.outer(3);
        assert_eq!((scanner.found, scanner.picked), (21, 1));
        scanner.back();
        scanner.outer(99);
        assert_eq!((scanner.state(), scanner.picked), (ScannerState::Idle, 2));
    }
}

mod expressions {
    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Point {
        x: i32,
        y: i32,
    }

    impl Point {
        fn moved(self, by: i32) -> Self {
            Point { x: self.x + by, y: self.y + by }
        }
    }

    frame_system! {
        @@system Reader {
            interface:
                show(): String
                quote(): String
                compare(): [bool; 4]
                choose(key: i32): i32
                closures(): (i32, i32, i32)
                point(): String
                context(number: i32): String
                early(): usize
            machine:
                $Open {
                    $.name: String = "n"
                    $.low: i32 = 2
                    $.high: i32 = 5
                    $.items: Vec<i32> = vec![1, 2, 3]

                    show(): String {
                        assert!($.low < $.high, "{} is not below {}", $.low, $.high);
                        let all = vec![$.low; $.items.len()];
                        format!("{} {} {:?} {}", $.name, @@:self.count, all, format!("<{}>", $.high + self.count))
                    }

                    // -> $Closed; a comment is never touched: $.nothing, => $^, @@:self.nothing()
                    quote(): String {
                        let plain = "-> $Closed; $.low @@:return push$ => $^ @@:self.count {";
                        let raw = r#"$.high "@@:(1)" -> pop$"#; /* -> $Closed */
                        let arrow = ['-', '>', '$', '.'];
                        format!("{plain}{raw}{}@@:{}", arrow.iter().collect::<String>(), b"$.x".len())
                    }

                    compare(): [bool; 4] {
                        let three = 3;
                        [three <$.low, three < $.high, $.low <$.high, three >$.low && $.low !=$.high]
                    }

                    choose(key: i32): i32 {
                        match key {
                            0 => $.low,
                            1 => -$.low,
                            2 => @@:self.count,
                            3 => $.items[$.low as usize],
                            4 => if $.low > 0 { $.high } else { $.low },
                            _ => $.items[..2].iter().sum(),
                        }
                    }

                    closures(): (i32, i32, i32) {
                        fn twice(x: i32) -> (i32, i32) {
                            (x, x * 2)
                        }
                        let both = |x: i32| -> (i32, i32) { (x, x + $.low) };
                        let sum = $.items.iter().map(|item| item * $.high).sum();
                        let early = |x: i32| -> i32 {
                            if x > 1 {
                                return 10;
                            }
                            x
                        };
                        (both(1).1 + twice(4).1, sum, early(1) + early(2))
                    }

                    point(): String {
                        let point = Point { x: $.low, y: $.high }.moved($.low);
                        let Point { x, y } = point;
                        let range = $.low..$.high;
                        format!("{x} {y} {:?} {}", range, (-7..=$.low).count())
                    }

                    context(number: i32): String {
                        format!("{} {} {number} {}", @@:event, @@:params.number, @@:system.state.name)
                    }

                    early(): usize {
                        let short: Result<usize, std::num::ParseIntError> = (|| {
                            let n: usize = $.name.parse()?;
                            Ok(n)
                        })();
                        if short.is_err() {
                            return @@:system.state.len() + $.name.len();
                        }
                        0
                    }
                }
            domain:
                count: i32 = 40
        }
    }

    #[test]
    fn s2_accessors_stand_inside_macro_arguments() {
        assert_eq!(Reader::new().show(), "n 40 [2, 2, 2] <45>");
    }

    #[test]
    fn s2_strings_and_comments_are_not_touched() {
        assert_eq!(
            Reader::new().quote(),
            "-> $Closed; $.low @@:return push$ => $^ @@:self.count {$.high \"@@:(1)\" -> pop$->$.@@:3"
        );
    }

    #[test]
    fn s2_a_variable_is_no_lifecycle_marker_behind_a_comparison() {
        assert_eq!(Reader::new().compare(), [false, true, true, true]);
    }

    #[test]
    fn s2_accessors_are_match_arms() {
        let mut reader = Reader::new();
        let chosen: Vec<i32> = (0..6).map(|key| reader.choose(key)).collect();
        assert_eq!(chosen, [2, -2, 40, 3, 5, 3]);
    }

    #[test]
    fn s2_closures_and_nested_functions_are_rusts() {
        assert_eq!(Reader::new().closures(), (11, 30, 11));
    }

    #[test]
    fn s2_accessors_stand_in_struct_literals_and_ranges() {
        assert_eq!(Reader::new().point(), "4 7 2..5 10");
    }

    #[test]
    fn s2_context_accessors_are_expressions() {
        assert_eq!(Reader::new().context(7), "context 7 7 Open");
        assert_eq!(Reader::new().early(), 5);
    }
}

mod places {
    use std::collections::VecDeque;

    frame_system! {
        @@system Store {
            interface:
                run(): String
            machine:
                $Open {
                    $.n = 1
                    $.on = false
                    $.step: i32 = 3
                    $.pair: (i32, i32) = (4, 5)
                    $.list: Vec<i32> = Vec::new()
                    $.queue: VecDeque<i32> = VecDeque::from([1, 2])
                    $.held: Option<String> = Some("held".to_string())
                    $.boxed: Box<i32> = Box::new(6)

                    run(): String {
                        $.n = $.n + 1;
                        $.n += $.step;
                        $.n <<= 1;
                        $.on = !$.on;
                        $.pair.0 += $.pair.1;
                        $.list.push($.n);
                        $.list.extend([$.pair.0, $.step]);
                        $.list[1] -= 1;
                        *$.boxed += 1;
                        std::mem::swap(&mut $.n, &mut self.n);
                        bump(&mut $.step);
                        self.log.push($.step);
                        self.log.append(&mut $.list);
                        while let Some(item) = $.queue.pop_front() {
                            self.log.push(item);
                        }
                        if let Some(held) = &mut $.held {
                            held.push('!');
                        }
                        let held = $.held.take().unwrap_or_default();
                        let text = &$.pair;
                        format!("{held} {text:?} {} {} {} {:?} {}", $.n, $.on, $.boxed, self.log, self.n)
                    }
                }
            domain:
                n: i32 = 100
                log: Vec<i32>
        }

        fn bump(step: &mut i32) {
            *step += 1;
        }

        @@system Sheet {
            interface:
                run(limit: i32): String
                call(n: i32): String
            machine:
                $Open => $Book {
                    $.cells: Vec<i32> = vec![5, 1, 4]
                    $.least: i32 = 2
                    $.at: usize = 1
                    $.name: String = "a"
                    $.title: String = "b"
                    $.best: Option<i32> = Some(3)

                    run(limit: i32): String {
                        $.cells.retain(|cell| *cell > $.least);
                        for cell in &$.cells {
                            $.least += cell;
                            self.sum += cell;
                        }
                        for cell in $.cells.iter_mut() {
                            *cell += $.least;
                        }
                        std::mem::swap(&mut $.name, &mut $.title);
                        $.name.push_str(&$.title);
                        $.title += &$.name;
                        if let Some(best) = &mut $.best {
                            *best += $.least;
                        }
                        let name = &mut $.name;
                        name.push_str(&$.title);
                        match $.cells.get_mut($.at) {
                            Some(cell) if *cell > limit => *cell += $.least,
                            _ => $.best = None,
                        }
                        $.cells[$.at] += $.cells[0];
                        format!("{:?} {} {} {} {:?} {}", $.cells, $.least, $.name, $.title, $.best, self.sum)
                    }
                    call(n: i32): String {
                        $.cells.push(self.next());
                        $.name.push_str(&$.title);
                        $.least = self.next() + $.least;
                        => $^
                        while $.least < 6 {
                            self.add($.least);
                            $.least += self.next();
                        }
                        for cell in $.cells.clone() {
                            self.add(cell);
                            $.least -= 1;
                        }
                        format!("{n} {:?} {} {} {}", $.cells, $.least, $.name, self.sum)
                    }
                }
                $Book {
                    call(n: i32): String { self.sum += n; }
                }
            actions:
                next(): i32 {
                    self.sum += 1;
                    self.sum
                }
                add(n: i32) { self.sum += n; }
            domain:
                sum: i32 = 0
        }

        @@system Ledger {
            interface:
                run(): String
            machine:
                $Open {
                    run(): String {
                        @@:self.count = @@:self.count + 1
                        @@:self.count += @@:self.pair.1
                        @@:self.pair.0 = @@:self.pair.1 * 2
                        @@:self.lines.push(@@:self.count)
                        @@:self.lines[0] -= 1
                        bump(&mut @@:self.count);
                        let last = @@:self.lines.last().copied();
                        format!("{} {:?} {last:?}", @@:self.count, @@:self.pair)
                    }
                }
            domain:
                count: i32 = 1
                pair: (i32, i32) = (2, 3)
                lines: Vec<i32>
        }
    }

    #[test]
    fn s2_state_variables_are_places() {
        let mut store = Store::new();
        assert_eq!(store.run(), "held! (9, 5) 100 true 7 [4, 10, 8, 3, 1, 2] 10");
        assert_eq!(store.run(), " (14, 5) 10 false 8 [4, 10, 8, 3, 1, 2, 5, 210, 13, 4] 210");
    }

    #[test]
    fn s2_state_variables_are_borrowed_side_by_side() {
        assert_eq!(Sheet::new().run(0), "[16, 42] 11 baaba aba Some(14) 9");
    }

    #[test]
    fn s2_state_variables_may_be_used_around_calls_of_actions() {
        assert_eq!(Sheet::new().call(7), "7 [5, 1, 4, 1] 14 ab 25");
    }

    #[test]
    fn s2_domain_fields_are_places() {
        assert_eq!(Ledger::new().run(), "6 (6, 3) Some(4)");
    }
}

mod line_ends {
    frame_system! {
        @@system Lines {
            interface:
                negative(): i32
                array(): [i32; 2]
                tuple(): (i32, i32)
                star(): i32
                calls(): i32
                continued(): i32
                led(): bool
                semicolons(): i32
                leave(): i32
                state(): &'static str
                counted(): i32
            machine:
                $Open => $Base {
                    $.n: i32 = 3
                    <$(word: i32) { self.count = word; }

                    negative(): i32 {
                        @@:self.count = 5
                        -1
                    }
                    array(): [i32; 2] {
                        @@:self.count = 6
                        [self.a, $.n]
                    }
                    tuple(): (i32, i32) {
                        $.n = 7
                        ($.n, self.a)
                    }
                    star(): i32 {
                        $.n = 2
                        *self.boxed = 9;
                        @@:self.a = 1
                        (self.a, $.n) = ($.n, self.a);
                        @@:self.count = $.n
                        *self.boxed + self.a * 10 + $.n
                    }
                    calls(): i32 {
                        self.add(1);
                        @@:self.add(2)
                        @@:self.add(3)
                        $.n = 4
                        if $.n == 4 { @@:self.add(4) }
                        @@:($.n)
                        match $.n { 4 => @@:self.add(5), _ => self.add(50) }
                        @@:return = @@:return + self.count
                    }
                    continued(): i32 {
                        $.n = self.a
                            + 10
                        @@:self.a = $.n -
                            1
                        @@:self.count =
                            -4
                        $.n = self.a *
                            *self.boxed
                        @@:self.count = [1, 2, 3]
                            .iter()
                            .sum()
                        @@:(
                            $.n
                        )
                    }
                    led(): bool {
                        @@:self.count = $.n
                            .unsigned_abs()
                            as i32
                        @@:self.ready = self.count == 3
                            && $.n == 3
                            || $.n == 4
                        self.ready
                    }
                    semicolons(): i32 {
                        $.n = 1;
                        @@:self.a = 2;
                        @@:(3);
                        @@:self.add(4);
                        => $^;
                        push$;
                        pop$;
                        @@:return = @@:return + $.n + self.a;
                        if self.count > 0 { @@:return(@@:return * 2); };
                        -> $Closed;
                    }
                    leave(): i32 {
                        => $^
                        (11) -> $Closed
                        @@:(12)
                    }
                    state(): &'static str { @@:system.state }
                    counted(): i32 { self.count }
                }
                $Base {
                    semicolons(): i32 { @@:(@@:return + 100); }
                    leave(): i32 {
                        @@:self.add(100)
                        (12) -> $Base
                    }
                }
                $Closed {
                    state(): &'static str { @@:system.state.name }
                    counted(): i32 { self.count }
                }
            actions:
                add(n: i32) { self.count += n; }
            domain:
                a: i32 = 2
                boxed: Box<i32> = Box::new(8)
                count: i32 = 0
                ready: bool
        }
    }

    #[test]
    fn s2_a_line_end_ends_a_statement_before_what_could_continue_it() {
        let mut lines = Lines::new();
        assert_eq!((lines.negative(), lines.counted()), (-1, 5));
        assert_eq!((lines.array(), lines.counted()), ([2, 3], 6));
        assert_eq!(lines.tuple(), (7, 2));
        assert_eq!((lines.star(), lines.counted()), (30, 1));
    }

    #[test]
    fn s2_statements_need_no_semicolon_on_lines_of_their_own() {
        assert_eq!(Lines::new().calls(), 19);
    }

    #[test]
    fn s2_an_operator_at_the_line_end_or_behind_it_continues() {
        let mut lines = Lines::new();
        assert_eq!((lines.continued(), lines.counted()), (88, 6));
        let mut lines = Lines::new();
        assert_eq!((lines.led(), lines.counted()), (true, 3));
    }

    #[test]
    fn s2_semicolons_are_always_allowed() {
        let mut lines = Lines::new();
        assert_eq!(lines.semicolons(), 212);
        assert_eq!(lines.state(), "Open");
    }

    #[test]
    fn s2_exit_args_on_a_new_line_begin_a_transition() {
        let mut lines = Lines::new();
        assert_eq!(lines.leave(), 12);
        assert_eq!((lines.state(), lines.counted()), ("Closed", 11));
    }
}

mod spaces {
    frame_system! {
        @@system Dense {
            interface:
                go(key:i32,):i32
                back()->i32
                plain(key: i32): i32
            machine:
                $A=>$Base{
                    $.n:i32=1
                    go(key:i32):i32{match key{0=>->$B,1=>("x")->(2)$C(3),2=>=>$^,3=>{push$->$B}_=>{}}$.n+=1;@@:($.n)}
                    plain(key: i32): i32 {
                        if key == 0 {
                            // A comment may stand -> $C(9)
                            -> /* anywhere */ $B // even here
                            @@:(key + 5)
                        } else {
                            $.n * 2
                        }
                    }
                    <$(_word:&'static str){self.left+=1;}
                }
                $B{back()->i32{->$A;}}
                $C(c:i32){$.e:i32=0 $>(e:i32){$.e=e;}back()->i32{@@:(c*10+$.e)->$A}}
                $Base=>$Root{go(key:i32):i32{@@:(key*100)=>$^}}
                $Root{go(key:i32):i32{@@:return=@@:return+key;}}
            domain:left:u32=0
        }
    }

    #[test]
    fn s2_spaces_and_comments_carry_no_meaning() {
        let mut dense = Dense::new();
        assert_eq!([dense.go(9), dense.go(2), dense.plain(1)], [2, 3, 6]);
        assert_eq!((dense.go(0), dense.state()), (0, DenseState::B));
        assert_eq!((dense.back(), dense.go(1), dense.back()), (0, 0, 32));
        assert_eq!((dense.go(3), dense.state(), dense.left), (0, DenseState::B, 3));
        dense.back();
        assert_eq!((dense.plain(0), dense.state()), (5, DenseState::B));
    }
}

mod leaving {
    use std::num::ParseIntError;

    #[derive(Debug, PartialEq)]
    enum Fault {
        Parse,
        Range,
        Closed,
    }

    impl From<ParseIntError> for Fault {
        fn from(_: ParseIntError) -> Self {
            Fault::Parse
        }
    }

    frame_system! {
        @@system private Form {
            interface:
                quit(early: bool)
                value(early: bool): i32
                grade(points: i32): char
                level(points: i32): i32
                mark(key: i32): i32
                branch(leave: bool): i32
                looped(): i32
                label(named: bool): String
                parse(text: String): Result<i32, Fault> = Err(Fault::Closed)
                submit(text: String): Result<i32, Fault> = Err(Fault::Closed)
                initial(text: Option<String>): Option<char>
                reopen()
            machine:
                $Open => $Base {
                    $.marks: i32 = 0

                    quit(early: bool) {
                        if early {
                            return;
                        }
                        self.quits += 1;
                    }
                    value(early: bool): i32 {
                        @@:(4)
                        if early {
                            return;
                        }
                        @@:(5)
                        if self.quits > 0 {
                            return 6;
                        }
                    }
                    grade(points: i32): char {
                        if points > 90 {
                            'a'
                        } else if points > 50 {
                            'b'
                        } else {
                            'c'
                        }
                    }
                    level(points: i32): i32 {
                        @@:(points)
                        match points {
                            0 => 10,
                            1 => return 11,
                            2 => {
                                $.marks = 0;
                                12
                            }
                            _ => @@:return * 2,
                        }
                    }
                    mark(key: i32): i32 {
                        @@:(key)
                        if key > 5 {
                            $.marks += 1;
                        }
                        match key {
                            6 => $.marks += 10,
                            7 => {
                                @@:(70)
                            }
                            _ => {}
                        }
                        if key == 8 {
                            @@:return = 80
                        } else {
                            self.quits += 1;
                        }
                    }
                    branch(leave: bool): i32 {
                        if leave {
                            -> $Closed
                        } else {
                            7
                        }
                    }
                    looped(): i32 {
                        loop {
                            $.marks += 1;
                            if $.marks % 5 == 0 {
                                break $.marks;
                            }
                        }
                    }
                    label(named: bool): String {
                        @@:("unnamed")
                        if !named {
                            return;
                        }
                        format!("marks {}", $.marks)
                    }
                    parse(text: String): Result<i32, Fault> {
                        let number: i32 = text.trim().parse()?;
                        if number > 100 {
                            return Err(Fault::Range);
                        }
                        $.marks = number;
                        Ok(number + text.trim().parse::<i32>()?)
                    }
                    submit(text: String): Result<i32, Fault> {
                        => $^
                        let number: i32 = text.parse()?;
                        self.quits += 1;
                        @@:(Ok(number))
                    }
                    initial(text: Option<String>): Option<char> {
                        let text = text?;
                        let first = text.chars().next()?;
                        self.quits += 1;
                        first.to_uppercase().next()
                    }
                }
                $Base {
                    submit(_text: String): Result<i32, Fault> { -> $Closed }
                }
                $Closed {
                    reopen() { -> $Open }
                }
            domain:
                quits: i32 = 0
        }
    }

    #[test]
    fn s2_native_return_leaves_the_handler() {
        let mut form = Form::new();
        form.quit(true);
        assert_eq!(form.quits, 0);
        form.quit(false);
        assert_eq!(form.quits, 1);
    }

    #[test]
    fn s2_native_return_keeps_the_value_set_so_far() {
        let mut form = Form::new();
        assert_eq!((form.value(true), form.value(false)), (4, 5));
        form.quit(false);
        assert_eq!(form.value(false), 6);
        assert_eq!(
            (form.label(false), form.label(true)),
            ("unnamed".to_string(), "marks 0".to_string())
        );
    }

    #[test]
    fn s2_a_tail_of_the_declared_type_is_the_return_value() {
        let mut form = Form::new();
        assert_eq!([95, 60, 10].map(|points| form.grade(points)), ['a', 'b', 'c']);
        assert_eq!([0, 1, 2, 3].map(|points| form.level(points)), [10, 11, 12, 6]);
        assert_eq!((form.looped(), form.looped()), (5, 10));
    }

    #[test]
    fn s2_a_trailing_block_without_a_value_keeps_the_value_set_so_far() {
        let mut form = Form::new();
        assert_eq!([1, 6, 7, 8].map(|key| form.mark(key)), [1, 6, 70, 80]);
        assert_eq!(form.looped(), 15);
    }

    #[test]
    fn s2_a_branch_that_leaves_needs_no_value() {
        let mut form = Form::new();
        assert_eq!((form.branch(false), form.state()), (7, FormState::Open));
        assert_eq!((form.branch(true), form.state()), (0, FormState::Closed));
    }

    #[test]
    fn s2_question_mark_on_a_result_sets_the_converted_error() {
        let mut form = Form::new();
        let mut parse = |text: &str| form.parse(text.to_string());
        assert_eq!(parse(" 21 "), Ok(42));
        assert_eq!(parse("x"), Err(Fault::Parse));
        assert_eq!(parse("101"), Err(Fault::Range));
    }

    #[test]
    fn s2_question_mark_leaves_the_handler_and_what_is_queued_is_performed() {
        let mut form = Form::new();
        assert_eq!(form.submit("x".to_string()), Err(Fault::Parse));
        assert_eq!((form.quits, form.state()), (0, FormState::Closed));

        form.reopen();
        assert_eq!(form.submit("3".to_string()), Ok(3));
        assert_eq!((form.quits, form.state()), (1, FormState::Closed));
        assert_eq!(form.submit("3".to_string()), Err(Fault::Closed));
    }

    #[test]
    fn s2_question_mark_on_an_option_sets_none() {
        let mut form = Form::new();
        let mut initial = |text: Option<&str>| form.initial(text.map(str::to_string));
        assert_eq!(
            [initial(None), initial(Some("")), initial(Some("ada"))],
            [None, None, Some('A')]
        );
        assert_eq!(form.quits, 1);
    }
}

mod return_forms {
    frame_system! {
        @@system Forms {
            interface:
                set(): i32
                assign(): i32
                leave(n: i32): i32
                only_leave(): i32
                read(): Vec<i32>
                nothing(stop: bool)
            machine:
                $Only {
                    set(): i32 {
                        @@:(1)
                        @@:(2)
                        self.after += 1;
                    }
                    assign(): i32 {
                        @@:return = 3
                        @@:return = @@:return + 1
                        self.after += 1;
                    }
                    leave(n: i32): i32 {
                        @@:(0)
                        for i in 0..10 {
                            if i == n {
                                @@:return(i * 10)
                            }
                        }
                        self.after += 1;
                    }
                    only_leave(): i32 {
                        @@:(6)
                        if self.after == 0 {
                            @@:return()
                        }
                        @@:(7)
                    }
                    read(): Vec<i32> {
                        @@:(vec![1, 2])
                        if @@:return.len() == 2 {
                            self.after += @@:return[1];
                        }
                    }
                    nothing(stop: bool) {
                        if stop { @@:return() }
                        self.after += 1;
                    }
                }
            domain:
                pub after: i32 = 0
        }
    }

    #[test]
    fn s2_setting_the_return_value_does_not_leave() {
        let mut forms = Forms::new();
        assert_eq!((forms.set(), forms.assign(), forms.after), (2, 4, 2));
    }

    #[test]
    fn s2_return_with_parentheses_leaves() {
        let mut forms = Forms::new();
        assert_eq!((forms.leave(3), forms.after), (30, 0));
        assert_eq!((forms.only_leave(), forms.after), (6, 0));
        assert_eq!((forms.leave(20), forms.after), (0, 1));
        assert_eq!(forms.only_leave(), 7);
        forms.nothing(true);
        assert_eq!(forms.after, 1);
        forms.nothing(false);
        assert_eq!(forms.after, 2);
    }

    #[test]
    fn s2_the_return_value_set_so_far_can_be_read() {
        let mut forms = Forms::new();
        assert_eq!((forms.read(), forms.after), (vec![1, 2], 2));
    }
}

mod strings {
    frame_system! {
        @@system Greeter(who: String = "you") {
            interface:
                set(): String
                give_back(): String
                leave(): String
                assign(): String
                tail(): String
                unhandled(): String = "default"
                begun(): String
                event(): String
                place(): String
                greet(name: String): String
                ask(): String
                go(): String
                both(): String
            machine:
                $Here {
                    $.note: String = "note"

                    set(): String { @@:("set") }
                    give_back(): String { return "returned"; }
                    leave(): String { @@:return("left") }
                    assign(): String { @@:return = "assigned" }
                    tail(): String { "tail" }
                    begun(): String = "begun" {}
                    event(): String { @@:event }
                    place(): String { @@:(@@:system.state.name) }
                    greet(name: String): String { format!("{name} {}", $.note) }
                    ask(): String { @@:self.greet("asked") }
                    go(): String {
                        ("exit") -> ("enter") $There("state")
                        @@:("gone")
                    }
                    <$(why: String) { self.log.push(why); }
                }
                $There(from: String, rest: String = "rest") {
                    $>(how: String) { self.log.push(how); }
                    both(): String { format!("{from}{rest}{}{}", self.who, self.end) }
                }
            domain:
                who: String
                end: String = "end"
                pub log: Vec<String>
        }
    }

    #[test]
    fn s2_a_literal_becomes_a_string_where_one_is_returned() {
        let mut greeter = Greeter::new("me".to_string());
        assert_eq!(greeter.set(), "set");
        assert_eq!(greeter.give_back(), "returned");
        assert_eq!(greeter.leave(), "left");
        assert_eq!(greeter.assign(), "assigned");
        assert_eq!(greeter.tail(), "tail");
        assert_eq!(greeter.unhandled(), "default");
        assert_eq!(greeter.begun(), "begun");
    }

    #[test]
    fn s2_event_and_state_name_become_strings() {
        let mut greeter = Greeter::new("me".to_string());
        assert_eq!((greeter.event(), greeter.place()), ("event".to_string(), "Here".to_string()));
    }

    #[test]
    fn s2_a_literal_becomes_a_string_in_args_and_initialisers() {
        let mut greeter = Greeter::new("me".to_string());
        assert_eq!(greeter.ask(), "asked note");
        assert_eq!(greeter.go(), "gone");
        assert_eq!(greeter.log, ["exit", "enter"]);
        assert_eq!(greeter.both(), "staterestmeend");
        let mut default = Greeter::default();
        default.go();
        assert_eq!(default.both(), "staterestyouend");
    }
}

mod labels {
    frame_system! {
        @@system Search {
            interface:
                count(rows: Vec<Vec<i32>>): i32
                find(limit: i32): i32
                pick(at: i32): i32
                skip(rows: i32): i32
            machine:
                $Open {
                    count(rows: Vec<Vec<i32>>): i32 {
                        let mut sum = 0;
                        'rows: for row in rows {
                            for cell in row {
                                match cell {
                                    0 => continue 'rows,
                                    9 => break 'rows,
                                    -1 => -> $Closed,
                                    cell => sum += cell,
                                }
                            }
                        }
                        sum
                    }
                    find(limit: i32): i32 {
                        'search: loop {
                            for at in 0.. {
                                if at == limit { break 'search at * 2; }
                                if at == 5 { -> $Closed }
                            }
                        }
                    }
                    pick(at: i32): i32 {
                        'picked: {
                            if at == 0 { break 'picked 10; }
                            if at == 1 { @@:return(11) }
                            if at == 2 { -> $Closed }
                            12
                        }
                    }
                    skip(rows: i32): i32 {
                        #[allow(clippy::never_loop)]
                        for row in 0..rows {
                            if row == 3 { -> $Closed }
                        }
                        (0..rows).sum()
                    }
                }
                $Closed {}
        }
    }

    #[test]
    fn s2_a_labelled_block_ends_like_any_other() {
        let mut search = Search::new();
        assert_eq!(search.count(vec![vec![1, 0, 5], vec![2, 9], vec![4]]), 3);
        assert_eq!(
            (search.find(3), search.pick(0), search.pick(1), search.pick(3)),
            (6, 10, 11, 12)
        );
        assert_eq!((search.skip(3), search.state()), (3, SearchState::Open));

        let calls = [
            |search: &mut Search| search.count(vec![vec![-1]]),
            |search: &mut Search| search.find(6),
            |search: &mut Search| search.pick(2),
            |search: &mut Search| search.skip(4),
        ];
        for call in calls {
            let mut search = Search::new();
            assert_eq!((call(&mut search), search.state()), (0, SearchState::Closed));
        }
    }
}

mod casts {
    frame_system! {
        @@system Sum {
            interface:
                add(n: u8): u32
            machine:
                $Only {
                    $.n: u32 = 3
                    add(n: u8): u32 { n as u32 + $.n + n as u32 + @@:self.base() }
                }
            actions:
                base(): u32 { 10 }
        }
    }

    #[test]
    fn s2_a_cast_ends_before_what_is_added() {
        assert_eq!(Sum::new().add(2), 17);
    }
}

mod arms_without_commas {
    frame_system! {
        @@system Dial {
            interface:
                turn(by: i8): i8 = -1
                reset(to: i8)
            machine:
                $Low {
                    turn(by: i8): i8 {
                        match by {
                            0 => @@:(9)
                            1 => -> $High(by)
                            -1 => -> $High(by) @@:(8)
                            | 2 | 3 if by > 2 => { 7 }
                            2 => 6,
                            _ => -> $Low
                        }
                    }
                    reset(to: i8) {
                        match (to, to > 4) {
                            (0, _) => -> $Low
                            (_, true) => { -> $High(to) }
                            _ => -> $High(-to)
                        }
                    }
                }
                $High(at: i8) {
                    turn(by: i8): i8 {
                        @@:(at)
                        match by { 0 => {}, _ => -> $Low }
                    }
                }
        }
    }

    #[test]
    fn s2_a_match_arm_of_frame_needs_no_comma() {
        let turned = |by| {
            let mut dial = Dial::new();
            (dial.turn(by), dial.state())
        };
        assert_eq!((turned(0), turned(1)), ((9, DialState::Low), (-1, DialState::High)));
        assert_eq!((turned(-1), turned(3)), ((8, DialState::High), (7, DialState::Low)));
        assert_eq!((turned(2), turned(4)), ((6, DialState::Low), (-1, DialState::Low)));
        for (to, at) in [(5, 5), (3, -3)] {
            let mut dial = Dial::new();
            dial.reset(0);
            assert_eq!(dial.state(), DialState::Low);
            dial.reset(to);
            assert_eq!((dial.turn(1), dial.state()), (at, DialState::Low));
        }
    }
}
