//! Sections 1 and 3: where systems stand, and what their sections mean.

mod native_items {
    frame_system! {
        @@[target("rust")]

        use std::collections::BTreeMap;

        const FARE: u32 = 250;

        pub struct Ticket {
            zone: u8,
            fare: u32,
        }

        impl Ticket {
            fn new(zone: u8) -> Self {
                Ticket { zone, fare: fares::for_zone(zone) }
            }
        }

        @@system Turnstile {
            interface:
                insert(ticket: Ticket): bool
                pass()
            machine:
                $Locked {
                    insert(ticket: Ticket): bool {
                        if ticket.fare < FARE {
                            return false;
                        }
                        *self.sold.entry(ticket.zone).or_insert(0) += ticket.fare;
                        -> $Unlocked
                        @@:(true)
                    }
                }
                $Unlocked {
                    pass() { -> $Locked }
                }
            domain:
                pub sold: BTreeMap<u8, u32> = BTreeMap::new()
        }

        // Its `$` and `@` are Rust's.
        macro_rules! tickets {
            (@@one $zone:expr) => { Ticket::new($zone) };
            ($($zone:expr),*) => { [$(tickets!(@@one $zone)),*] };
        }

        mod fares {
            pub(super) fn for_zone(zone: u8) -> u32 {
                super::FARE * u32::from(zone)
            }
        }

        @@system Till(float: u32) {
            operations:
                cash(): u32 { self.float + self.takings }
            interface:
                take(amount: u32)
            machine:
                $Open {
                    take(amount: u32) { self.takings += amount; }
                }
            domain:
                float: u32
                takings: u32 = 0
        }

        struct Station {
            gates: Vec<Turnstile>,
            till: Till,
        }

        impl Station {
            fn open() -> Self {
                Station { gates: vec![@@Turnstile(), @@Turnstile()], till: @@Till(100) }
            }

            fn closed() -> Self {
                Self { gates: (0..3).map(|_| @@!Turnstile()).collect(), till: @@!Till() }
            }
        }

        #[test]
        fn s1_systems_are_constructed_in_native_code() {
            let mut gate = @@Turnstile();
            assert_eq!(tickets![0, 2].map(|ticket| gate.insert(ticket)), [false, true]);
            assert_eq!(gate.state_name(), "Unlocked");
            gate.pass();
            assert_eq!(gate.sold, BTreeMap::from([(2, 500)]));
        }
    }

    #[test]
    fn s1_native_items_and_systems_share_one_call() {
        let mut station = Station::open();
        assert!(station.gates[1].insert(Ticket::new(1)));
        station.till.take(FARE);
        assert_eq!(station.gates[0].state(), TurnstileState::Locked);
        assert_eq!(station.gates[1].state(), TurnstileState::Unlocked);
        assert_eq!(station.till.cash(), 350);

        let mut closed = Station::closed();
        assert_eq!(closed.gates.len(), 3);
        assert_eq!(closed.till.cash(), 0);
    }
}

mod neighbours {
    // Same states, events and variables everywhere: nothing that is generated may clash.
    frame_system! {
        @@system Left {
            interface:
                flip(): u8
            machine:
                $Off { $.n: u8 = 1  flip(): u8 { -> $On  @@:($.n) } }
                $On { $.n: u8 = 2  flip(): u8 { -> $Off  @@:($.n) } }
        }

        @@system Right {
            interface:
                flip(): u8
            machine:
                $Off { $.n: u8 = 3  flip(): u8 { -> $On  @@:($.n) } }
                $On { $.n: u8 = 4  flip(): u8 { -> $Off  @@:($.n) } }
        }
    }

    frame_system! {
        @@system Middle {
            interface:
                flip(): u8
            machine:
                $Off { $.n: u8 = 5  flip(): u8 { -> $On  @@:($.n) } }
                $On { $.n: u8 = 6  flip(): u8 { -> $Off  @@:($.n) } }
        }
    }

    #[test]
    fn s1_systems_in_one_module_do_not_clash() {
        let (mut left, mut right, mut middle) = (Left::new(), Right::new(), Middle::new());
        let mut flip = || [left.flip(), right.flip(), middle.flip()];
        assert_eq!([flip(), flip(), flip()], [[1, 3, 5], [2, 4, 6], [1, 3, 5]]);
    }
}

mod generated_api {
    use std::fmt::Debug;
    use std::hash::Hash;

    frame_system! {
        @@system Lamp {
            interface:
                toggle()
            machine:
                $Off { toggle() { -> $On } }
                $On { toggle() { -> $Off } }
        }

        // Both names are the author's here; the generated methods step aside.
        @@system Elevator {
            interface:
                state(): String
                state_name(): u32
                up()
            machine:
                $Ground {
                    state(): String { "ground" }
                    state_name(): u32 { 0 }
                    up() { -> $First }
                }
                $First {
                    state(): String { "first" }
                    state_name(): u32 { 1 }
                }
        }
    }

    #[test]
    fn s1_the_state_can_be_read_as_enum_and_as_name() {
        let mut lamp = Lamp::new();
        assert_eq!((lamp.state(), lamp.state_name()), (LampState::Off, "Off"));
        lamp.toggle();
        assert_eq!((lamp.state(), lamp.state_name()), (LampState::On, "On"));
    }

    #[test]
    fn s1_the_state_can_be_read_through_a_shared_reference() {
        let lamp = &Lamp::new();
        assert_eq!((lamp.state(), lamp.state_name()), (LampState::Off, "Off"));
    }

    #[test]
    fn s1_the_state_enum_has_the_traits_of_a_plain_value() {
        fn plain<T: Debug + Clone + Copy + PartialEq + Eq + Hash>(value: T) -> String {
            format!("{value:?}")
        }
        assert_eq!(plain(LampState::On), "On");
    }

    #[test]
    fn s1_state_and_state_name_step_aside_for_the_interface() {
        let mut elevator = Elevator::new();
        assert_eq!((elevator.state(), elevator.state_name()), ("ground".to_string(), 0));
        elevator.up();
        assert_eq!((elevator.state(), elevator.state_name()), ("first".to_string(), 1));
    }
}

mod every_section {
    frame_system! {
        @@system Account(owner: String) {
            operations:
                statement(): String {
                    return format!("{}: {} after {}", self.owner, self.balance, self.moves);
                }
                static currency(): &'static str { "EUR" }
                static cents(euros: i64): i64 { euros * 100 }
                seize(): i64 {
                    let taken = self.balance;
                    self.balance = 0;
                    taken
                }
                describe(): String { @@:(format!("{} is {}", self.owner, @@:system.state.name)) }
            interface:
                deposit(amount: i64)
                withdraw(amount: i64): bool
                freeze()
            machine:
                $Active {
                    deposit(amount: i64) { self.book(amount); }
                    withdraw(amount: i64): bool {
                        if !self.covers(amount) {
                            @@:return(false)
                        }
                        @@:self.book(-amount);
                        @@:(true)
                    }
                    freeze() { -> $Frozen }
                }
                $Frozen {}
            actions:
                book(amount: i64) {
                    self.balance += amount;
                    self.count();
                }
                covers(amount: i64): bool {
                    if amount > self.limit {
                        @@:(false)
                    }
                    amount <= self.balance
                }
                count() { self.moves += 1; }
            domain:
                const limit: i64 = 500
                owner: String
                balance: i64 = 10
                moves: u32
        }
    }

    #[test]
    fn s3_all_sections_work_together() {
        let mut account = Account::new("Ada".to_string());
        account.deposit(90);
        assert!(account.withdraw(60));
        assert!(!account.withdraw(60));
        assert_eq!(account.statement(), "Ada: 40 after 2");
    }

    #[test]
    fn s3_operations_bypass_the_machine() {
        let mut account = Account::new("Ada".to_string());
        assert_eq!(account.describe(), "Ada is Active");
        account.freeze();
        account.deposit(90);
        assert_eq!(account.describe(), "Ada is Frozen");
        assert_eq!(account.seize(), 10);
        assert_eq!(account.seize(), 0);
    }

    #[test]
    fn s3_static_operations_have_no_self() {
        assert_eq!((Account::currency(), Account::cents(3)), ("EUR", 300));
    }

    #[test]
    fn s2_a_value_set_in_an_action_returns_from_it() {
        let mut account = Account::new("Ada".to_string());
        account.deposit(1000);
        assert!(!account.withdraw(501));
        assert!(account.withdraw(500));
    }
}

mod derived_interface {
    frame_system! {
        @@system Tally {
            machine:
                $Open {
                    add(n: u32) { self.sum += n; }
                    total() -> u32 { self.sum }
                    close() { -> $Closed }
                }
                $Closed {
                    total() { self.sum * 2 }
                    reopen(bonus: u32): bool {
                        self.sum += bonus;
                        -> $Open
                        @@:(true)
                    }
                }
            domain:
                sum: u32 = 0
        }

        @@system Bell {
            interface:
            machine:
                $Silent { ring(): String { "ding" } }
        }
    }

    #[test]
    fn s3_without_interface_every_event_is_a_method() {
        let mut tally = Tally::new();
        tally.add(4);
        assert!(!tally.reopen(1));
        tally.close();
        tally.add(4);
        assert_eq!(tally.total(), 8);
        assert!(tally.reopen(1));
        assert_eq!(tally.total(), 5);
    }

    #[test]
    fn s3_an_empty_interface_is_derived_too() {
        assert_eq!(Bell::new().ring(), "ding");
    }
}

mod without_machine {
    frame_system! {
        @@system Build {
            interface:
                major(): u32 = 3
                name(): String = "frame"
                commit(): Option<u64>
                refresh()
        }

        @@system Clock {
            operations:
                tick(by: u64): u64 {
                    self.now += by;
                    self.now
                }
            domain:
                now: u64 = 60
        }

        @@system Nothing {}
    }

    #[test]
    fn s3_without_machine_methods_return_their_default() {
        let mut build = Build::new();
        build.refresh();
        assert_eq!((build.major(), build.name(), build.commit()), (3, "frame".to_string(), None));
    }

    #[test]
    fn s3_without_machine_operations_and_domain_work() {
        let mut clock = Clock::new();
        assert_eq!((clock.tick(1), clock.tick(2)), (61, 63));
    }

    #[test]
    fn s3_every_section_is_optional() {
        let _nothing = Nothing::new();
    }
}

mod handlers {
    frame_system! {
        @@system Mixer {
            interface:
                mix(red: u8, green: u8, name: String): String
                flush
                reset(): bool
            machine:
                $Rgb {
                    mix(red, green, name) { format!("{name}:{red}/{green}") }
                    flush { -> $Swapped }
                }
                $Swapped {
                    mix(first: u8, second: u8, label: String) -> String {
                        format!("{label}:{second}/{first}")
                    }
                    flush() { -> $Typed }
                    reset() { -> $Rgb  @@:(true) }
                }
                $Typed {
                    mix(red: u8, green, name: String) { format!("{name}:{}", red + green) }
                }
        }
    }

    #[test]
    fn s3_handlers_may_leave_out_types_and_rename_parameters() {
        let mut mixer = Mixer::new();
        let mix = |mixer: &mut Mixer| mixer.mix(1, 2, "a".to_string());
        assert_eq!(mix(&mut mixer), "a:1/2");
        assert!(!mixer.reset());
        mixer.flush();
        assert_eq!(mix(&mut mixer), "a:2/1");
        assert!(mixer.reset());
        mixer.flush();
        mixer.flush();
        assert_eq!(mix(&mut mixer), "a:3");
    }
}

mod separators {
    frame_system! {
        @@system Spread {
            interface:
                ping
                pong(): i32
                sum(): i32
            machine:
                $A {
                    $.a: i32 = BASE
                    $.b: i32 = -BASE
                    <$ { self.log.push("A.exit"); }
                    ping { -> $B }
                    sum(): i32 { $.a - $.b }
                }
                $B => $C {
                    $.a: i32 = BASE
                    => $^
                    sum(): i32 { $.a }
                }
                $C {
                    $.c: i32 = BASE
                    $> { self.log.push("C.enter"); }
                    pong(): i32 { $.c }
                }
            domain:
                pub log: Vec<&'static str>
        }

        @@system OneLine { interface: ping pong(): i32 sum(): i32 machine: $A { $.a: i32 = BASE $.b: i32 = -BASE <$ { self.log.push("A.exit"); } ping { -> $B } sum(): i32 { $.a - $.b } } $B => $C { $.a: i32 = BASE => $^ sum(): i32 { $.a } } $C { $.c: i32 = BASE $> { self.log.push("C.enter"); } pong(): i32 { $.c } } domain: pub log: Vec<&'static str> }

        @@system Separated {
            interface:
                ping, pong(): i32; sum(): i32,
            machine:
                $A {
                    $.a: i32 = BASE, $.b: i32 = -BASE;
                    <$ { self.log.push("A.exit"); }
                    ping { -> $B; }
                    sum(): i32 { $.a - $.b }
                }
                $B => $C { $.a: i32 = BASE; => $^; sum(): i32 { $.a }, }
                $C {
                    $.c: i32 = BASE,
                    $> { self.log.push("C.enter"); },
                    pong(): i32 { $.c }
                }
            domain:
                pub log: Vec<&'static str>,
                a: i32 = 1; b: i32 = if a_is_one() { 2 } else { 3 }
                #[allow(dead_code)] c: i32; #[cfg(any())] d: NoSuchType
        }

        fn a_is_one() -> bool {
            true
        }

        impl Separated {
            fn fields(&self) -> [i32; 3] {
                [self.a, self.b, self.c]
            }
        }

        const BASE: i32 = 7;
    }

    macro_rules! check {
        ($System:ident) => {{
            let mut system = $System::new();
            assert_eq!(system.sum(), 14);
            system.ping();
            assert_eq!((system.pong(), system.sum()), (7, 7));
            assert_eq!(system.log, ["A.exit", "C.enter"]);
            system
        }};
    }

    #[test]
    fn s2_items_follow_each_other_on_lines_of_their_own() {
        check!(Spread);
    }

    #[test]
    fn s2_line_ends_carry_no_meaning_for_structure() {
        check!(OneLine);
    }

    #[test]
    fn s2_commas_and_semicolons_may_separate_items() {
        assert_eq!(check!(Separated).fields(), [1, 2, 0]);
    }
}

mod attributes {
    frame_system! {
        /// A gauge with documentation on everything.
        #[derive(Debug, Clone, PartialEq)]
        #[repr(align(64))]
        @@system Gauge {
            operations:
                /// Forgets how often it was read.
                #[inline(never)]
                reset() { self.reads = 0; }
            interface:
                /// Sets the level.
                set(level: u8)
                /// Reads the level.
                #[must_use]
                read(): u8
            machine:
                /// Nothing was measured yet.
                $Empty {
                    /// The first level.
                    #[inline]
                    set(level: u8) { -> $Filled(level) }
                }
                /// Something was measured.
                $Filled(level: u8) {
                    /// The highest level.
                    $.peak: u8 = level
                    /// Follows the peak.
                    set(level: u8) { $.peak = $.peak.max(level); }
                    read(): u8 {
                        self.count();
                        $.peak
                    }
                }
            actions:
                /// Counts.
                @@[inline(never)]
                count() { self.reads += 1; }
            domain:
                /// How often it was read.
                pub reads: u32 = 0
        }

        @@[main]
        @@[async]
        @@system Portable {
            operations:
                #[cfg(any())]
                probe(): NoSuchType { no_such_function() }
            interface:
                poke(): u8
                #[cfg(any())]
                sense(value: NoSuchType)
            machine:
                $Up {
                    #[cfg(any())]
                    poke(): u8 { no_such_function() }
                    #[cfg(not(any()))]
                    poke(): u8 { self.act() }
                    #[cfg(any())]
                    sense(value: NoSuchType) { no_such_function(value) }
                }
                @@[allow(W414)]
                #[cfg(any())]
                $Ghost { poke(): u8 { no_such_function() } }
            actions:
                #[cfg(any())]
                act(): u8 { no_such_function() }
                #[cfg(not(any()))]
                act(): u8 { self.level + 1 }
            domain:
                #[cfg(any())]
                sensor: NoSuchType = NoSuchType
                level: u8 = 1
        }

        impl Portable {
            fn probe(&self) -> u8 {
                match self.state() {
                    // Exhaustive without the state that is configured away.
                    PortableState::Up => self.level,
                }
            }

            fn sense(&mut self) {
                self.level = 9;
            }
        }
    }

    #[test]
    fn s6_attributes_reach_the_struct() {
        assert_eq!(align_of::<Gauge>(), 64);
    }

    #[test]
    fn s6_derives_hold_for_the_compartments() {
        let mut gauge = Gauge::new();
        gauge.set(3);
        let mut copy = gauge.clone();
        assert_eq!(gauge, copy);

        copy.set(5);
        assert_ne!(gauge, copy);
        assert_eq!((gauge.read(), copy.read()), (3, 5));
        assert!(format!("{gauge:?}").contains("reads: 1"));

        gauge.reset();
        assert_eq!(gauge.reads, 0);
    }

    #[test]
    fn s6_cfg_removes_what_it_stands_on() {
        let mut portable = Portable::new();
        assert_eq!((portable.poke(), portable.probe()), (2, 1));
        portable.sense();
        assert_eq!(portable.poke(), 10);
    }
}

mod traits {
    pub trait Valve {
        fn open(&mut self, by: u8) -> bool;
        fn level(&self) -> u8;
    }

    pub trait Walk {
        fn step(&mut self) -> u32;
    }

    pub trait Talk {
        fn say(&mut self, word: String) -> String;
    }

    frame_system! {
        @@system Tap : Valve {
            interface:
                open(by: u8): bool
                level(&self): u8
            machine:
                $Shut {
                    open(by: u8): bool { -> $Running(by)  @@:(true) }
                }
                $Running(by: u8) {
                    level(): u8 { by }
                }
        }

        @@system Robot(name: String) : Walk, Talk {
            interface:
                @@[of(Walk)]
                step(): u32
                @@[of(Talk)]
                say(word: String): String
                off()
            machine:
                $On {
                    step(): u32 { self.steps += 1; self.steps }
                    say(word: String): String { format!("{}: {word}", self.name) }
                    off() { -> $Off }
                }
                $Off {}
            domain:
                name: String
                steps: u32 = 0
        }
    }

    #[test]
    fn s3_the_interface_implements_a_trait() {
        fn drive(valve: &mut dyn Valve) -> [u8; 2] {
            let before = valve.level();
            assert!(valve.open(3));
            assert!(!valve.open(4));
            [before, valve.level()]
        }
        assert_eq!(drive(&mut Tap::new()), [0, 3]);
    }

    #[test]
    fn s3_marked_methods_implement_several_traits() {
        fn act(robot: &mut (impl Walk + Talk)) -> (u32, String) {
            (robot.step(), robot.say("hello".to_string()))
        }
        let mut robot = Robot::new("R2".to_string());
        assert_eq!(act(&mut robot), (1, "R2: hello".to_string()));
        robot.off();
        assert_eq!(act(&mut robot), (0, String::new()));
    }
}

mod domain {
    frame_system! {
        @@system Motor(rpm: u32, label: String = "main") {
            operations:
                show(): String {
                    format!("{} {} {} {:?} {}", self.rpm, self.limit, self.label, self.last, self.title)
                }
            interface:
                run(): bool
            machine:
                $Idle {
                    run(): bool { @@:self.rpm <= @@:self.limit }
                }
            domain:
                rpm: u32
                const limit: u32 = rpm / 2 + 1000
                label: String
                last: Option<u32>
                pub title: String = "motor"
        }
    }

    #[test]
    fn s3_fields_take_initialiser_parameter_or_default() {
        let mut motor = Motor::new(3000, "left".to_string());
        assert_eq!(motor.show(), "3000 2500 left None motor");
        assert!(!motor.run());
        assert!(Motor::new(2000, "slow".to_string()).run());
    }

    #[test]
    fn s3_pub_fields_are_public() {
        assert_eq!(Motor::new(1, String::new()).title, "motor");
    }
}

mod names {
    // Every name here is one that generated code might use for itself.
    frame_system! {
        @@system Event {
            interface:
                next(next: i32, event: i32): i32
                drop(this: i32)
                r#match(r#type: i32): i32
            machine:
                $Stay {
                    $.state: i32 = 0
                    next(next: i32, event: i32): i32 {
                        let (slot, result, out) = (next, event, $.state);
                        $.state = slot + result + out;
                        $.state
                    }
                    drop(this: i32) { -> $None(this) }
                    r#match(r#type: i32): i32 { r#type + self.r#loop }
                }
                $None(next: i32) {
                    next(a: i32, b: i32): i32 { a + b + next }
                    drop(value: i32) { if value == 0 { -> $Some } else { -> $Option } }
                }
                $Some => $State {
                    $.event: i32 = 3
                    => $^
                    r#match(r#type: i32): i32 { r#type + $.event }
                }
                $Option => $State { => $^ }
                $State {
                    $.state: i32 = 100
                    next(event: i32, state: i32): i32 { event + state + $.state }
                    drop(_value: i32) { -> $Default }
                }
                $Default { drop(_value: i32) { -> $idle } }
                $idle { drop(_value: i32) { -> $Next } }
                $Next { next(state: i32, next: i32): i32 { state * next } }
            domain:
                r#loop: i32 = 1
        }
    }

    #[test]
    fn s1_generated_names_do_not_clash_with_the_authors() {
        let mut event = Event::new();
        assert_eq!((event.next(1, 2), event.next(1, 2), event.r#match(4)), (3, 6, 5));
        event.drop(5);
        assert_eq!(event.next(1, 2), 8);
        event.drop(1);
        assert_eq!((event.state(), event.next(1, 2)), (EventState::Option, 103));
        event.drop(0);
        assert_eq!((event.state(), event.next(1, 2)), (EventState::Default, 0));
        event.drop(0);
        assert_eq!(event.state_name(), "idle");
        event.drop(0);
        assert_eq!(event.next(3, 4), 12);
    }

    #[test]
    fn s1_states_may_be_named_like_items_of_the_prelude() {
        let mut event = Event::new();
        event.drop(5);
        event.drop(0);
        assert_eq!((event.state(), event.next(1, 1)), (EventState::Some, 102));
        assert_eq!(event.r#match(1), 4);
    }
}

mod params_and_variables {
    frame_system! {
        @@system Timer {
            interface:
                start(left: u32)
                show(): [u32; 3]
            machine:
                $Idle {
                    start(left: u32) { -> $Running(left) }
                }
                $Running(left: u32) => $Any {
                    $.left: u32 = left * 2
                    $.half: u32 = left / 2 + $.left * 100
                    show(): [u32; 3] { [left, $.left, $.half] }
                }
                $Any {
                    $.left: u32 = 0
                }
        }
    }

    #[test]
    fn s2_a_variable_may_have_the_name_of_a_param_of_its_state() {
        let mut timer = Timer::new();
        timer.start(8);
        assert_eq!(timer.show(), [8, 16, 1604]);
    }

    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Piece {
        from: u32,
        to: u32,
    }

    frame_system! {
        @@system Cutter($(piece: Piece)) {
            interface:
                cut(from: u32): Piece
            machine:
                $Whole(piece: Piece) {
                    cut(from: u32): Piece {
                        let Piece { to, .. } = Piece { from, ..piece };
                        Piece { from, to }
                    }
                }
        }
    }

    #[test]
    fn s2_a_param_may_stand_behind_two_dots() {
        let mut cutter = Cutter::new(Piece { from: 1, to: 8 });
        assert_eq!(cutter.cut(3), Piece { from: 3, to: 8 });
    }
}

mod fragments {
    macro_rules! gauge {
        (
            $(#[$attr:meta])* $vis:vis $name:ident<$life:lifetime>($ty:ty, $value:expr, $trait:path)
            $event:ident $body:block
        ) => {
            frame_system! {
                $(#[$attr])*
                $vis @@system $name<$life>(label: &$life str) : $trait {
                    interface:
                        $event(by: $ty): $ty = $value
                    machine:
                        $Empty {
                            $event(by: $ty): $ty { -> $Full(by) }
                        }
                        $Full(by: $ty) {
                            $event(by: $ty): $ty $body
                        }
                    domain:
                        $vis label: &$life str
                }
            }
        };
    }

    pub trait Fill {
        fn fill(&mut self, by: u8) -> u8;
    }

    gauge! {
        #[derive(Debug, Clone)]
        #[allow(missing_docs)]
        pub(crate) Tank<'a>(u8, 2 + 3, Fill)
        fill { 7 }
    }

    gauge! { Can<'a>(u8, 1, self::Fill) fill { 9 } }

    #[test]
    fn s1_a_macro_may_make_a_system_of_its_fragments() {
        let mut tank = Tank::new("tank");
        assert_eq!([tank.fill(1), Fill::fill(&mut tank, 1)], [5, 7]);
        assert!(format!("{:?}", tank.clone()).contains(tank.label));
        let mut can = Can::new("can");
        assert_eq!((can.fill(1), can.fill(1), can.label), (1, 9, "can"));
    }
}

mod conditional_derives {
    frame_system! {
        #[cfg_attr(all(), derive(Debug, Default), derive(PartialEq))]
        #[cfg_attr(any(), derive(Clone))]
        @@system Marks(first: u8 = 1) {
            interface:
                mark()
                back(): u8
            machine:
                $Marking {
                    $.marks: u8 = 0
                    mark() {
                        $.marks += self.first;
                        push$
                    }
                    back(): u8 {
                        @@:($.marks)
                        -> pop$
                    }
                }
            domain:
                first: u8
        }
    }

    #[test]
    fn s6_derives_under_a_condition_hold_for_the_compartments() {
        let mut marks = Marks::default();
        marks.mark();
        assert_ne!(marks, Marks::new(1));
        marks.mark();
        assert_eq!([marks.back(), marks.back()], [2, 2]);
        assert!(format!("{marks:?}").contains("marks: 1"));
    }
}

mod deprecated {
    pub trait Old {
        fn old(&mut self) -> u8;
    }

    #[deny(deprecated)]
    mod denied {
        frame_system! {
            #[derive(Debug, PartialEq)]
            @@[event_enum]
            pub @@system Both : super::Old {
                interface:
                    #[deprecated]
                    old(): u8
                machine:
                    $Only { old(): u8 { 1 } }
            }
        }
    }

    #[test]
    fn s6_what_is_deprecated_may_still_be_dispatched() {
        let mut both = denied::Both::new();
        assert_eq!(
            (Old::old(&mut both), both.dispatch(denied::BothEvent::Old).into_old()),
            (1, Ok(1))
        );
    }
}

mod keywords {
    frame_system! {
        @@system r#Dyn($(r#ref: u32), r#type: u32 = 3) {
            operations:
                r#loop(): u32 { self.r#type }
            interface:
                r#match(r#in: u32): u32
                r#try(): String
                r#move()
                self_()
            machine:
                $r#async(r#ref: u32) {
                    $.r#mut: u32 = r#ref
                    r#match(r#in: u32): u32 {
                        $.r#mut += r#in;
                        @@:($.r#mut + @@:params.r#in + self.r#fn(1))
                    }
                    r#try(): String {
                        @@:data.r#const.push_str(@@:event);
                        @@:(@@:data.r#const.clone())
                    }
                    r#move() { -> $r#loop }
                }
                $r#loop {
                    self_() { -> $r#async(7) }
                }
            actions:
                r#fn(r#as: u32): u32 { r#as + self.r#type }
            domain:
                r#type: u32
        }

        fn made() -> Dyn {
            @@Dyn(r#type = 5, $(r#ref = 2))
        }
    }

    #[test]
    fn s2_keywords_may_be_names() {
        let mut named = made();
        assert_eq!((named.r#match(1), named.r#try(), named.r#loop()), (10, "try".to_string(), 5));
        named.r#move();
        assert_eq!((named.state(), named.state_name()), (DynState::r#loop, "loop"));
        named.self_();
        assert_eq!((named.r#match(0), named.state_name()), (13, "async"));
    }
}

mod like_names {
    frame_system! {
        @@system Dial {
            interface:
                turn1(): u8
                turn_1(): u8
                nothing(): u8
                none()
            machine:
                $Only {
                    turn1(): u8 { 1 }
                    turn_1(): u8 { @@:self.turn1() + 1 }
                    nothing(): u8 { @@:self.turn_1() + 1 }
                }
        }
    }

    #[test]
    fn s1_methods_may_differ_in_underscores_only() {
        let mut dial = Dial::new();
        dial.none();
        assert_eq!((dial.turn1(), dial.turn_1(), dial.nothing()), (1, 2, 3));
    }
}

mod paths_of_traits {
    use std::fmt::Write as _;

    pub mod pipes {
        pub trait Sink<T> {
            fn put(&mut self, item: T) -> bool;
        }
    }

    frame_system! {
        @@system Pipe : pipes::Sink<u8>, std::fmt::Write {
            interface:
                @@[of(Sink<u8>)]
                put(item: u8): bool
                @@[of(std::fmt::Write)]
                write_str(text: &str): std::fmt::Result = Ok(())
                held(): String
            machine:
                $Open {
                    put(item: u8): bool {
                        self.held.push(item.into());
                        if item == b'.' { -> $Closed }
                        true
                    }
                    write_str(text: &str): std::fmt::Result { self.held.push_str(text); }
                    held(): String { self.held }
                }
                $Closed {
                    held(): String { self.held.to_uppercase() }
                }
            domain:
                held: String
        }
    }

    fn fill(pipe: &mut (impl pipes::Sink<u8> + std::fmt::Write)) -> bool {
        let one = 1;
        write!(pipe, "{one}a").is_ok() && pipe.put(b'b')
    }

    #[test]
    fn s3_the_trait_of_a_method_is_named_by_any_path() {
        let mut pipe = Pipe::new();
        assert!(fill(&mut pipe));
        assert_eq!(pipe.held(), "1ab");
        assert!(!pipe.put(b'.') && write!(pipe, "c").is_ok());
        assert_eq!(pipe.held(), "1AB.");
    }
}
