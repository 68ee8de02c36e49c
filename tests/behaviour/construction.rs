//! Section 5: construction.

mod order {
    frame_system! {
        @@system Boot(name: String) {
            operations:
                static build(what: &'static str): Vec<String> { vec![what.to_string()] }
            interface:
                ping(): String
                volts(): u32
            machine:
                $Init => $Power {
                    volts(): u32 { => $^ }
                    $.id: u32 = self.note("Init.id", 2)
                    $> {
                        self.note("Init.enter", $.id);
                        let answer = @@:self.ping();
                        self.trace.push(answer);
                        -> $Ready
                    }
                    <$ { self.note("Init.exit", $.id); }
                    ping(): String { @@:(format!("{} in {}", @@:event, @@:system.state.name)) }
                }
                $Power {
                    $.volts: u32 = self.note("Power.volts", 1)
                    volts(): u32 { $.volts }
                }
                $Ready {
                    $> { self.note("Ready.enter", 0); }
                    ping(): String { self.name.clone() }
                }
            actions:
                note(what: &str, n: u32): u32 {
                    self.trace.push(format!("{what} {n}"));
                    n
                }
            domain:
                name: String
                pub trace: Vec<String> = Self::build("fields")
        }

        impl Boot {
            fn built() -> Self {
                @@Boot("x")
            }

            fn bare() -> Self {
                @@!Boot()
            }
        }
    }

    const TRACE: [&str; 7] = [
        "fields",
        "Power.volts 1",
        "Init.id 2",
        "Init.enter 2",
        "ping in Init",
        "Init.exit 2",
        "Ready.enter 0",
    ];

    #[test]
    fn s5_fields_then_start_compartment_then_enter_with_what_it_queues() {
        let boot = Boot::new("x".to_string());
        assert_eq!(boot.trace, TRACE);
        assert_eq!(boot.state(), BootState::Ready);
    }

    #[test]
    fn s5_the_constructor_expression_is_new() {
        let mut boot = Boot::built();
        assert_eq!(boot.trace, TRACE);
        assert_eq!(boot.ping(), "x");
    }

    #[test]
    fn s5_uninitialized_enters_nothing() {
        for mut boot in [Boot::bare(), Boot::uninitialized()] {
            assert_eq!(boot.state(), BootState::Init);
            assert!(!boot.trace.contains(&"Init.enter 2".to_string()));
            assert_eq!((boot.ping(), boot.volts()), ("ping in Init".to_string(), 1));
            assert_eq!(boot.name, "");
        }
    }
}

mod params {
    frame_system! {
        @@[create(assemble)]
        @@system Robot($(x: i32, y: i32 = 20), $>(power: u32, mode: String = "auto"), name: String, speed: u32 = 3) {
            interface:
                show(): String
                walk(x: i32)
                sleep()
            machine:
                $Standing(x: i32, y: i32) => $Grounded {
                    $>(power: u32, mode: String) { self.log = format!("{power} {mode}"); }
                    show(): String {
                        => $^
                        @@:(format!("{} at {x},{y} with {} {} {}", self.name, self.speed, self.log, @@:return))
                    }
                    walk(x: i32) { -> (1, "walked") $Standing(x, y) }
                    sleep() { -> $Asleep }
                }
                $Grounded(height: i32) {
                    show(): String { @@:(format!("from {height}")) }
                }
                $Asleep {
                    walk(x: i32) { -> (0, "woke") $Standing(x, x) }
                }
            domain:
                name: String
                speed: u32
                log: String
        }

        fn positional() -> [Robot; 2] {
            [@@Robot($(7, 8), $>(1, "manual"), "R2", 9), @@Robot($(7), $>(1), "R2")]
        }

        fn named() -> [Robot; 3] {
            [
                @@Robot(name = "R2", $(x = 7), $>(power = 1)),
                @@Robot(speed = 9, name = "R2", $>(mode = "manual", power = 1), $(y = 8, x = 7)),
                @@Robot($(x = 1 + 6), $>(power = 1), name = format!("R{}", 2)),
            ]
        }

        @@system Timer(seconds: u32, label: String = "egg", loud: bool = false) {
            interface:
                show(): String
            machine:
                $Set { show(): String { format!("{} {} {}", self.seconds, self.label, self.loud) } }
            domain:
                seconds: u32
                label: String
                loud: bool
        }

        fn timers() -> [Timer; 4] {
            [@@Timer(5), @@Timer(90, "rice"), @@Timer(5, "tea", true), @@Timer(label = "pie", seconds = 70)]
        }

        @@system Lift($(floor: i32)) {
            interface:
                floor(): i32
            machine:
                $At(floor: i32) { floor(): i32 { floor } }
        }

        @@system Fan($>(speed: u8 = 2)) {
            interface:
                speed(): u8
            machine:
                $On {
                    $>(speed: u8) { self.speed_now = speed; }
                    speed(): u8 { self.speed_now }
                }
            domain:
                speed_now: u8 = 0
        }

        fn lift() -> Lift {
            @@Lift(4)
        }

        fn fans() -> [Fan; 2] {
            [@@Fan(6), @@Fan()]
        }
    }

    #[test]
    fn s5_args_may_be_positional() {
        assert_eq!(
            positional().map(|mut robot| robot.show()),
            ["R2 at 7,8 with 9 1 manual from 7", "R2 at 7,20 with 3 1 auto from 7"]
        );
    }

    #[test]
    fn s5_args_may_be_named() {
        assert_eq!(
            named().map(|mut robot| robot.show()),
            [
                "R2 at 7,20 with 3 1 auto from 7",
                "R2 at 7,8 with 9 1 manual from 7",
                "R2 at 7,20 with 3 1 auto from 7"
            ]
        );
    }

    #[test]
    fn s5_defaults_fill_what_is_left_out() {
        assert_eq!(
            timers().map(|mut timer| timer.show()),
            ["5 egg false", "90 rice false", "5 tea true", "70 pie false"]
        );
    }

    #[test]
    fn s5_sigils_may_be_left_out_when_there_are_params_of_one_kind_only() {
        assert_eq!(lift().floor(), 4);
        assert_eq!(fans().map(|mut fan| fan.speed()), [6, 2]);
    }

    #[test]
    fn s5_native_code_passes_state_then_enter_then_domain_args() {
        let mut robot = Robot::new(7, 8, 1, "manual".to_string(), "R2".to_string(), 9);
        assert_eq!(robot.show(), "R2 at 7,8 with 9 1 manual from 7");
        let mut robot = Robot::assemble(1, 2, 3, "m".to_string(), "C3".to_string(), 4);
        assert_eq!(robot.show(), "C3 at 1,2 with 4 3 m from 1");
    }

    #[test]
    fn r13_params_of_the_start_state_follow_later_transitions() {
        let [mut robot, _] = positional();
        robot.walk(30);
        assert_eq!(robot.show(), "R2 at 30,8 with 9 1 walked from 30");
        robot.sleep();
        robot.walk(40);
        assert_eq!(robot.show(), "R2 at 40,40 with 9 0 woke from 40");
    }
}

mod defaults {
    frame_system! {
        @@system Counter(start: i32 = 5, step: i32 = 2) {
            interface:
                next(): i32
            machine:
                $Counting {
                    $> { self.entered = true; }
                    next(): i32 {
                        self.start += self.step;
                        self.start
                    }
                }
            domain:
                start: i32
                step: i32
                pub entered: bool
        }

        @@system Toggle {
            interface:
                flip(): bool
            machine:
                $Off { flip(): bool { -> $On  @@:(true) } }
                $On { flip(): bool { -> $Off  @@:(false) } }
        }

        @@system Pair {
            interface:
                next(): (i32, i32, bool)
            machine:
                $Only {
                    next(): (i32, i32, bool) { (self.left.next(), self.right.next(), self.toggle.flip()) }
                }
            domain:
                left: Counter = @@Counter(7)
                right: Counter = @@Counter(step = 10)
                toggle: Toggle
        }

        @@system Spawner {
            interface:
                spawn(start: i32): i32
                total(): i32
                swap()
            machine:
                $Small {
                    $.child: Counter = @@Counter()
                    spawn(start: i32): i32 {
                        let mut counter = @@Counter(start, 1);
                        self.children.push(@@Counter(start));
                        counter.next() + $.child.next()
                    }
                    total(): i32 { self.sum() }
                    swap() { -> $Given(@@Counter(start = 90)) }
                }
                $Given(child: Counter) {
                    $.other: Counter = @@Counter(50)
                    total(): i32 { $.other.next() }
                    spawn(start: i32): i32 {
                        let entered = child.entered as i32;
                        $.other = @@Counter(start);
                        entered
                    }
                }
            actions:
                sum(): i32 { self.children.iter_mut().map(|child| child.next()).sum() }
            domain:
                children: Vec<Counter> = vec![@@Counter(), @@Counter(step = 0)]
        }
    }

    #[test]
    fn s5_a_system_whose_params_all_have_defaults_implements_default() {
        let mut counter = Counter::default();
        assert!(counter.entered);
        assert_eq!((counter.next(), counter.next()), (7, 9));
        assert!(Toggle::default().flip());
        assert_eq!(<(Counter, Toggle)>::default().0.next(), 7);
    }

    #[test]
    fn s5_a_system_is_held_by_another_as_a_plain_field() {
        let mut pair = Pair::new();
        assert_eq!([pair.next(), pair.next()], [(9, 15, true), (11, 25, false)]);
    }

    #[test]
    fn s1_systems_are_constructed_anywhere_in_a_system() {
        let mut spawner = Spawner::new();
        assert_eq!(spawner.total(), 7 + 5);
        assert_eq!(spawner.spawn(10), 11 + 7);
        assert_eq!(spawner.total(), 9 + 5 + 12);
        spawner.swap();
        assert_eq!((spawner.spawn(60), spawner.total()), (1, 62));
    }
}

mod code_in_defaults {
    frame_system! {
        @@system Case(board: Board = @@Board(clock = @@!Clock()), name: String = match 1 { 1 => "one", _ => "other" }.to_string()) {
            interface:
                read(): String
            machine:
                $Only { read(): String { format!("{} {}", self.name, self.board.read()) } }
            domain:
                board: Board
                name: String
        }

        @@system Board(clock: Clock = @@Clock(), scale: fn(u32) -> u32 = |n| { let twice = n * 2; twice + n - n }) {
            interface:
                read(): u32
            machine:
                $Only {
                    read(): u32 {
                        let time = self.clock.read();
                        (self.scale)(time)
                    }
                }
            domain:
                clock: Clock
                scale: fn(u32) -> u32
        }

        @@system Clock(time: u32 = if cfg!(test) { 5 } else { 6 }) {
            interface:
                read(&self): u32
            machine:
                $Only {
                    $> { self.time += 1; }
                    read(): u32 { self.time }
                }
            domain:
                time: u32
        }

        fn cases() -> [Case; 3] {
            [@@Case(), @@Case(board = @@Board()), @@Case(name = "given")]
        }
    }

    #[test]
    fn s5_defaults_are_code_that_may_construct_systems() {
        assert_eq!(cases().map(|mut case| case.read()), ["one 10", "one 12", "given 10"]);
        assert_eq!(Case::default().read(), "one 10");
    }
}

mod elsewhere {
    mod parts {
        frame_system! {
            pub @@system Arm($(angle: i32), $>(why: &'static str), joints: u8) {
                interface:
                    show(): String
                machine:
                    $Bent(angle: i32) {
                        $>(why: &'static str) { self.why = why; }
                        show(): String { format!("{angle} {} {}", self.why, self.joints) }
                    }
                domain:
                    joints: u8
                    why: &'static str = ""
            }
        }
    }

    use parts::Arm;

    frame_system! {
        fn arms() -> [Arm; 2] {
            [@@Arm($(9), $>("built"), 3), @@Arm(3, $>("built"), $(9))]
        }
    }

    #[test]
    fn s5_sigils_tell_the_args_of_a_system_made_elsewhere() {
        assert_eq!(arms().map(|mut arm| arm.show()), ["9 built 3", "9 built 3"]);
    }
}
