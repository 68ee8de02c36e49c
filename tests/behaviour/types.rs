//! Section 7: Rust's types, generics, visibility and borrowing.

mod generics {
    use std::collections::VecDeque;
    use std::fmt::{Debug, Display};

    frame_system! {
        @@system Buffer<T: Clone>(limit: usize) where T: PartialEq {
            interface:
                put(item: T): bool
                take(): Option<T>
                contains(item: T): bool
            machine:
                $Empty {
                    put(item: T): bool {
                        -> $Filled(item)
                        @@:(true)
                    }
                }
                $Filled(first: T) {
                    $.items: VecDeque<T> = VecDeque::from(vec![first.clone()])
                    put(item: T): bool {
                        if $.items.len() == self.limit {
                            @@:return(false)
                        }
                        $.items.push_back(item);
                        @@:(true)
                    }
                    take(): Option<T> {
                        @@:($.items.pop_front())
                        if $.items.is_empty() { -> $Empty }
                    }
                    contains(item: T): bool { $.items.contains(&item) }
                }
            domain:
                limit: usize
        }

        @@system Ring<const N: usize> {
            interface:
                put(byte: u8)
                sum(): u32
            machine:
                $Filling {
                    $.at: usize = 0
                    put(byte: u8) {
                        self.bytes[$.at] = byte;
                        $.at += 1;
                        if $.at == N { -> $Full }
                    }
                    sum(): u32 { self.bytes.iter().copied().map(u32::from).sum() }
                }
                $Full {
                    sum(): u32 { self.bytes.iter().copied().map(u32::from).sum::<u32>() * 100 }
                }
            domain:
                bytes: [u8; N] = [0; N]
        }

        @@system Reader<'a>(text: &'a str) {
            interface:
                next(): String
            machine:
                $Reading {
                    next(): String {
                        match self.text.split_once(' ') {
                            Some((word, rest)) => {
                                self.text = rest;
                                self.found.push(word);
                                @@:(word.to_uppercase())
                            }
                            None => -> $Done(self.text),
                        }
                    }
                }
                $Done(last: &'a str) {
                    next(): String { @@:(format!("{} then {last}", self.found.len())) }
                }
            domain:
                text: &'a str
                found: Vec<&'a str>
        }

        @@system Meter<'a, T, const N: usize>(name: &'a str, first: T) where T: Copy + Debug + Into<f64>, [T; N]: Debug {
            operations:
                average(): f64 {
                    let sum: f64 = self.values.iter().map(|&value| Into::<f64>::into(value)).sum();
                    sum / N as f64
                }
            interface:
                record(at: usize, value: T)
                show(): String
            machine:
                $Only {
                    record(at: usize, value: T) { self.store(at, value); }
                    show(): String { format!("{} {:?}", self.name, self.values) }
                }
            actions:
                store(at: usize, value: T) { self.values[at] = value; }
            domain:
                name: &'a str
                values: [T; N] = [first; N]
        }

        @@system Named<T: Display = u8>(value: T) {
            interface:
                show(): String
            machine:
                $Only { show(): String { self.value.to_string() } }
            domain:
                value: T
        }

        fn default_type() -> Named {
            @@Named(5)
        }
    }

    #[test]
    fn s7_a_system_may_be_generic_over_types() {
        let mut buffer = Buffer::new(2);
        assert!(!buffer.contains("a".to_string()));
        assert_eq!(["a", "b", "c"].map(|item| buffer.put(item.to_string())), [true, true, false]);
        assert!(buffer.contains("b".to_string()));
        assert_eq!([buffer.take(), buffer.take()], [Some("a".to_string()), Some("b".to_string())]);
        assert_eq!((buffer.state(), buffer.take()), (BufferState::Empty, None));

        let mut numbers = Buffer::<u8>::new(1);
        assert!(numbers.put(1));
        assert_eq!(numbers.take(), Some(1));
    }

    #[test]
    fn s7_a_system_may_be_generic_over_constants() {
        let mut ring = Ring::<3>::new();
        ring.put(1);
        ring.put(2);
        assert_eq!(ring.sum(), 3);
        ring.put(4);
        assert_eq!((ring.state(), ring.sum()), (RingState::Full, 700));
        assert_eq!(Ring::<2>::default().sum(), 0);
    }

    #[test]
    fn s7_a_system_may_have_lifetimes() {
        let text = "one two three".to_string();
        let mut reader = Reader::new(&text);
        assert_eq!(
            [reader.next(), reader.next(), reader.next(), reader.next()],
            ["ONE", "TWO", "", "2 then three"]
        );
    }

    #[test]
    fn s7_all_kinds_of_generics_go_together() {
        let mut meter = Meter::<f32, 2>::new("volts", 1.0);
        meter.record(1, 4.0);
        assert_eq!((meter.show(), meter.average()), ("volts [1.0, 4.0]".to_string(), 2.5));
    }

    #[test]
    fn s7_a_type_parameter_may_have_a_default() {
        assert_eq!(default_type().show(), "5");
        assert_eq!(Named::new("text").show(), "text");
    }
}

mod queries {
    frame_system! {
        @@system Cart {
            operations:
                label(&self): String { format!("{}{}", self.mark(), @@:system.state.name) }
            interface:
                count(&self): usize
                double(&self): usize
                total(&self, factor: u32): u32
                status(&self): String = "none"
                add(price: u32)
                pay()
            machine:
                $Empty => $Shopping {
                    add(price: u32) { -> $Filled(price) }
                }
                $Filled(first: u32) => $Shopping {
                    $.prices: Vec<u32> = vec![first]
                    count(): usize { $.prices.len() }
                    double(): usize { @@:self.count() + self.count() }
                    total(factor: u32): u32 { $.prices.iter().sum::<u32>() * factor }
                    status(): String {
                        => $^
                        @@:(format!("{} of {first}", @@:return))
                    }
                    add(price: u32) { $.prices.push(price); }
                    pay() { -> $Paid }
                }
                $Shopping {
                    status(): String { @@:(format!("shopping in {}", @@:system.state.name)) }
                }
                $Paid {}
            actions:
                mark(&self): char { self.marks }
            domain:
                marks: char = '#'
        }
    }

    #[test]
    fn s7_a_query_calls_queries_operations_and_actions() {
        fn look(cart: &Cart) -> (usize, String) {
            (cart.double(), cart.label())
        }
        let mut cart = Cart::new();
        cart.add(3);
        cart.add(4);
        assert_eq!(look(&cart), (4, "#Filled".to_string()));
    }

    #[test]
    fn s7_a_query_is_called_on_a_shared_reference() {
        fn look(cart: &Cart) -> (usize, u32, String) {
            (cart.count(), cart.total(2), cart.status())
        }
        let mut cart = Cart::new();
        assert_eq!(look(&cart), (0, 0, "none".to_string()));
        cart.add(3);
        cart.add(4);
        assert_eq!(look(&cart), (2, 14, "shopping in Filled of 3".to_string()));
        cart.pay();
        assert_eq!(look(&cart), (0, 0, "none".to_string()));
    }
}

mod visibility {
    mod parts {
        frame_system! {
            pub(crate) @@system Motor {
                interface:
                    start(): bool
                machine:
                    $Off { start(): bool { -> $On  @@:(true) } }
                    $On {}
            }

            @@system private Coil {
                interface:
                    charge(): u32
                machine:
                    $Only {
                        charge(): u32 {
                            self.charges += 1;
                            self.charges
                        }
                    }
                domain:
                    charges: u32 = 0
            }

            @@system Starter {
                interface:
                    crank(): Option<u32>
                machine:
                    $Ready {
                        crank(): Option<u32> {
                            let charge = self.coil.charge();
                            if charge == 3 { -> $Done }
                            @@:(Some(charge))
                        }
                    }
                    $Done {}
                domain:
                    coil: Coil = @@Coil()
            }
        }
    }

    mod user {
        use super::parts::{Motor, MotorState, Starter};

        frame_system! {
            @@system Car(motor: Motor) {
                interface:
                    drive(): bool
                machine:
                    $Parked {
                        drive(): bool {
                            while let Some(charge) = self.starter.crank() {
                                self.charge = charge;
                            }
                            @@:(self.motor.start() && self.motor.state() == MotorState::On)
                        }
                    }
                domain:
                    motor: Motor
                    starter: Starter = @@Starter()
                    pub charge: u32 = 0
            }

            pub(super) fn car() -> Car {
                @@Car(@@Motor())
            }
        }
    }

    #[test]
    fn s7_systems_of_several_modules_and_visibilities_work_together() {
        let mut car = user::car();
        assert!(car.drive());
        assert_eq!(car.charge, 2);
        assert!(!car.drive());
    }
}

mod conversation {
    use std::cell::RefCell;
    use std::rc::Rc;

    frame_system! {
        @@system Buffer {
            interface:
                put(item: u32): bool
                take(): Option<u32>
            machine:
                $Empty {
                    put(item: u32): bool {
                        -> $Full(item)
                        @@:(true)
                    }
                }
                $Full(item: u32) {
                    take(): Option<u32> {
                        -> $Empty
                        @@:(Some(item))
                    }
                }
        }

        @@system Producer(buffer: Rc<RefCell<Buffer>>) {
            interface:
                step()
            machine:
                $Producing {
                    $.next: u32 = 1
                    step() {
                        if !self.buffer.borrow_mut().put($.next) {
                            -> $Waiting($.next)
                        }
                        $.next += 1;
                    }
                }
                $Waiting(item: u32) {
                    step() {
                        if self.buffer.borrow_mut().put(item) { -> $Producing }
                    }
                }
            domain:
                buffer: Rc<RefCell<Buffer>>
        }

        @@system Consumer(buffer: Rc<RefCell<Buffer>>, producer: Producer) {
            interface:
                step()
            machine:
                $Consuming {
                    step() {
                        self.producer.step();
                        let item = self.buffer.borrow_mut().take();
                        match item {
                            Some(item) => self.items.push(item),
                            None => -> $Stopped,
                        }
                    }
                }
                $Stopped {}
            domain:
                buffer: Rc<RefCell<Buffer>>
                producer: Producer
                pub items: Vec<u32>
        }
    }

    #[test]
    fn s7_systems_call_each_other_through_fields() {
        let buffer = Rc::new(RefCell::new(Buffer::new()));
        let mut producer = Producer::new(Rc::clone(&buffer));
        producer.step();
        producer.step();
        assert_eq!(producer.state(), ProducerState::Waiting);

        let mut consumer = Consumer::new(buffer, producer);
        consumer.step();
        consumer.step();
        consumer.step();
        assert_eq!(consumer.items, [1, 2, 1]);
        assert_eq!(consumer.state(), ConsumerState::Consuming);
    }
}

mod copied_params {
    use std::cell::Cell;

    thread_local! {
        static COPIES: Cell<u32> = const { Cell::new(0) };
    }

    #[derive(Debug, Default, PartialEq)]
    pub struct Host(pub &'static str);

    impl Clone for Host {
        fn clone(&self) -> Self {
            COPIES.set(COPIES.get() + 1);
            Host(self.0)
        }
    }

    frame_system! {
        @@system Client {
            interface:
                dial(host: Host)
                tick(now: u32): &'static str
                renamed(): Host
            machine:
                $Idle {
                    dial(host: Host) { -> $Waiting(host, 3) }
                }
                $Waiting(host: Host, until: u32) {
                    tick(now: u32): &'static str {
                        if now >= until {
                            -> (host) $Open(host, now)
                            @@:("opened")
                        }
                        "waiting"
                    }
                }
                $Open(host: Host, since: u32) {
                    $>(from: Host) { self.log.push((from, since)); }
                    tick(now: u32): &'static str {
                        let host = Host("another");
                        if now > since { -> $Waiting(host, 9) }
                        "open"
                    }
                    renamed(): Host { host }
                }
            domain:
                pub log: Vec<(Host, u32)>
        }
    }

    #[test]
    fn s7_a_param_is_copied_where_it_is_handed_on_and_not_before() {
        let mut client = Client::new();
        COPIES.set(0);
        client.dial(Host("a"));
        assert_eq!((client.tick(1), client.tick(2), COPIES.get()), ("waiting", "waiting", 0));
        assert_eq!((client.tick(3), COPIES.get()), ("opened", 2));
        assert_eq!((client.renamed(), &client.log[..]), (Host("a"), &[(Host("a"), 3)][..]));
        assert_eq!((client.tick(3), client.tick(4)), ("open", ""));
        assert_eq!((client.tick(8), client.tick(9)), ("waiting", "opened"));
        assert_eq!(client.renamed(), Host("another"));
    }
}

mod copied_where_used {
    use std::cell::Cell;

    thread_local! {
        static COPIES: Cell<u32> = const { Cell::new(0) };
    }

    #[derive(Debug, Default, PartialEq)]
    pub struct Peer {
        pub port: u16,
        pub tags: Vec<u8>,
        pub name: &'static str,
        tried: Cell<u16>,
    }

    impl Clone for Peer {
        fn clone(&self) -> Self {
            COPIES.set(COPIES.get() + 1);
            Peer {
                port: self.port,
                tags: self.tags.clone(),
                name: self.name,
                tried: self.tried.clone(),
            }
        }
    }

    impl Peer {
        fn label(&self) -> &str {
            self.name
        }
        fn try_again(&self) -> u16 {
            self.tried.set(self.tried.get() + 1);
            self.tried.get()
        }
    }

    frame_system! {
        @@system Book {
            interface:
                open(peer: Peer)
                wrapped(go: bool): u16
                rest(go: bool): u16
                rebuilt(go: bool): u16
                before(go: bool): u16
                kept(go: bool): u16
                arms(at: u8): u16
                looping(until: u16): u16
                counted(n: u16): u16
                tags(go: bool): usize
                both(): usize
                label(go: bool): String
                tried(go: bool): u16
                local(go: bool): u16
                bound(other: Option<Peer>): u16
                named(go: bool): u16
                early(go: bool): Option<Peer>
            machine:
                $Idle {
                    open(peer: Peer) { -> $Held(peer) }
                }
                $Held(peer: Peer) {
                    $.uses: u16 = 0
                    $.spare: Option<Box<[u16; 2]>> = None

                    wrapped(go: bool): u16 { if go { -> $Maybe(Some(peer)) } 1 }
                    rest(go: bool): u16 { if go { -> $Held(Peer { port: 9, ..peer }) } 2 }
                    rebuilt(go: bool): u16 {
                        if go { -> $Held(Peer { port: peer.port + 1, ..Peer::default() }) }
                        3
                    }
                    before(go: bool): u16 {
                        let port = peer.port;
                        if go { -> $Maybe(Some(peer)) }
                        port
                    }
                    kept(go: bool): u16 {
                        if go { self.last = Some(peer); }
                        5
                    }
                    arms(at: u8): u16 {
                        match at {
                            0 => self.last = Some(peer),
                            1 => -> $Maybe(Some(peer)),
                            2 => { -> $Held(peer) }
                            _ if peer.port == 0 => {}
                            _ => self.last = None,
                        }
                        peer.port
                    }
                    looping(until: u16): u16 {
                        for at in 0..until {
                            if at == peer.port { -> $Maybe(Some(peer)) }
                        }
                        6
                    }
                    counted(n: u16): u16 {
                        if n == 0 { -> $Held(peer) }
                        let spare = $.spare.get_or_insert_with(Box::default);
                        spare[usize::from($.uses & 1)] += n;
                        $.uses += 1;
                        spare[0] + spare[1] + peer.port
                    }
                    tags(go: bool): usize {
                        if go {
                            let tags = peer.tags;
                            return tags.len();
                        }
                        peer.tags.len()
                    }
                    both(): usize {
                        let tags = peer.tags;
                        let port = peer.port;
                        tags.len() + usize::from(port)
                    }
                    // What is borrowed of the copy goes on behind the block.
                    label(go: bool): String {
                        let mut label = "none";
                        if go { label = peer.label(); }
                        label.to_string()
                    }
                    // The copy is the same one throughout, and no other call's.
                    tried(go: bool): u16 {
                        if go { peer.try_again(); }
                        peer.try_again() + peer.tried.get()
                    }
                    local(go: bool): u16 {
                        if !go { return peer.port; }
                        let peer = Peer { port: peer.port + 1, ..Peer::default() };
                        -> $Held(peer)
                    }
                    bound(other: Option<Peer>): u16 {
                        if let Some(peer) = other { -> $Maybe(Some(peer)) }
                        peer.port
                    }
                    named(go: bool): u16 {
                        if go {
                            let port = 40;
                            let peer = Peer { port, ..Peer::default() };
                            -> $Maybe(Some(peer))
                        }
                        peer.port
                    }
                    early(go: bool): Option<Peer> {
                        if !go { return None; }
                        Some(peer)
                    }
                }
                $Maybe(peer: Option<Peer>) {
                    rest(go: bool): u16 { peer.as_ref().map_or(0, |peer| peer.port) }
                }
            domain:
                pub last: Option<Peer> = None
        }
    }

    fn held() -> Book {
        let mut book = Book::new();
        book.open(Peer { port: 7, tags: vec![1, 2], name: "abc", tried: Cell::new(0) });
        COPIES.set(0);
        book
    }

    /// What a call returns, how often it copies the param, and the port that is held then.
    fn run<T>(call: impl FnOnce(&mut Book) -> T) -> (T, u32, u16) {
        let mut book = held();
        let value = call(&mut book);
        let copies = COPIES.get();
        let port = match book.state() {
            BookState::Maybe => book.rest(false),
            _ => book.local(false),
        };
        (value, copies, port)
    }

    #[test]
    fn s7_a_param_is_copied_by_the_statement_that_uses_it_up() {
        assert_eq!([run(|b| b.wrapped(false)), run(|b| b.wrapped(true))], [(1, 0, 7), (0, 1, 7)]);
        assert_eq!([run(|b| b.rest(false)), run(|b| b.rest(true))], [(2, 0, 7), (0, 1, 9)]);
        assert_eq!([run(|b| b.rebuilt(false)), run(|b| b.rebuilt(true))], [(3, 0, 7), (0, 0, 8)]);
        assert_eq!([run(|b| b.before(false)), run(|b| b.before(true))], [(7, 0, 7), (0, 1, 7)]);
        assert_eq!([run(|b| b.kept(false)), run(|b| b.kept(true))], [(5, 0, 7), (5, 1, 7)]);
        let arms = [0, 1, 2, 3].map(|at| run(|b| b.arms(at)));
        assert_eq!(arms, [(7, 1, 7), (0, 1, 7), (0, 1, 7), (7, 0, 7)]);
        assert_eq!([run(|b| b.looping(7)), run(|b| b.looping(8))], [(6, 0, 7), (0, 1, 7)]);
        assert_eq!(run(|b| (b.counted(1), b.counted(2), b.counted(0))), ((8, 10, 0), 1, 7));
        assert_eq!([run(|b| b.tags(false)), run(|b| b.tags(true))], [(2, 0, 7), (2, 1, 7)]);
        assert_eq!(run(|b| b.both()), (9, 1, 7));
        assert_eq!(
            [run(|b| b.early(false).is_some()), run(|b| b.early(true).is_some())],
            [(false, 0, 7), (true, 1, 7)]
        );
    }

    #[test]
    fn s7_a_param_that_methods_are_called_on_is_one_copy() {
        assert_eq!(run(|b| b.label(true)), ("abc".to_string(), 1, 7));
        assert_eq!(run(|b| (b.tried(true), b.tried(false))), ((4, 2), 2, 7));
    }

    #[test]
    fn s7_a_local_of_the_name_is_no_param() {
        assert_eq!(run(|b| b.local(true)), (0, 0, 8));
        assert_eq!(run(|b| b.named(true)), (0, 0, 40));
        let other = Peer { port: 30, ..Peer::default() };
        assert_eq!([run(|b| b.bound(None)).0, run(|b| b.bound(Some(other))).2], [7, 30]);
    }
}

mod hidden_by_a_local {
    /// Not `Clone`.
    #[derive(Debug, PartialEq)]
    pub struct Parcel {
        weight: u8,
        left: u8,
    }

    frame_system! {
        @@system Depot {
            interface:
                send(weight: Box<Parcel>, left: u8)
                scan(): Option<u8>
                open(): u8
                take(): Option<Box<Parcel>>
            machine:
                $Idle {
                    send(weight: Box<Parcel>, left: u8) { -> $Sent(weight, vec![left]) }
                }
                $Sent(parcel: Box<Parcel>, weight: Vec<u8>) {
                    $.parcel: Option<Box<Parcel>> = Some(parcel)
                    scan(): Option<u8> {
                        let parcel = $.parcel.as_mut()?;
                        parcel.left += 1;
                        Some(parcel.left)
                    }
                    // The name of a field hides nothing.
                    open(): u8 {
                        let Parcel { weight: kilos, .. } = **$.parcel.as_ref().unwrap();
                        kilos + weight.len() as u8
                    }
                    take(): Option<Box<Parcel>> {
                        @@:($.parcel.take())
                        -> $Idle
                    }
                }
        }
    }

    #[test]
    fn s2_a_local_of_the_name_of_a_param_is_no_use_of_it() {
        let mut depot = Depot::new();
        depot.send(Box::new(Parcel { weight: 4, left: 1 }), 9);
        assert_eq!((depot.scan(), depot.open()), (Some(2), 5));
        assert_eq!(depot.take(), Some(Box::new(Parcel { weight: 4, left: 2 })));
    }
}

mod looked_at_fields {
    use std::cell::Cell;

    thread_local! {
        static COPIES: Cell<u32> = const { Cell::new(0) };
    }

    #[derive(Debug, Default)]
    pub struct Task {
        left: u32,
        done: bool,
        span: (u8, u8),
        label: String,
        parts: Vec<u32>,
    }

    impl Clone for Task {
        fn clone(&self) -> Self {
            COPIES.set(COPIES.get() + 1);
            let Task { left, done, span, .. } = *self;
            Task { left, done, span, label: self.label.clone(), parts: self.parts.clone() }
        }
    }

    #[derive(Clone, Copy, Default)]
    #[repr(C, packed)]
    pub struct Packed {
        kind: u8,
        size: u32,
    }

    #[derive(Default)]
    pub struct Token(u32);

    frame_system! {
        @@system Worker {
            interface:
                start(task: Task, packed: Packed, token: Token)
                left(by: u32): u32
                rest(): u32
                is(label: String): bool
                part(at: usize): u32
                text(): String
                later(): Option<Box<dyn Fn(u32) -> u32>>
                moved(): String
                split(): (String, u32)
                sizes(): u32
                changed(): u32
                next(): u32
            machine:
                $Idle {
                    start(task: Task, packed: Packed, token: Token) { -> $Busy(task, packed, token) }
                }
                $Busy(task: Task, packed: Packed, token: Token) {
                    $.by: u32 = 2

                    left(by: u32): u32 {
                        if !task.done && task.left < by { return by - task.left; }
                        let left = task.left;
                        left - by
                    }
                    rest(): u32 { $.by += 1; task.left - $.by + u32::from(task.span.1) }
                    is(label: String): bool { task.label == label || task.done && label != task.label }
                    part(at: usize): u32 { task.parts[at] + task.parts.len() as u32 }
                    text(): String { format!("{} {}", task.label, task.left) }
                    later(): Option<Box<dyn Fn(u32) -> u32>> { Some(Box::new(move |by| task.left * by)) }
                    moved(): String { task.label + "!" }
                    split(): (String, u32) { (task.label, task.left) }
                    sizes(): u32 { u32::from(packed.kind) + packed.size + token.0 }
                    changed(): u32 {
                        self.touch();
                        self.touched += task.left;
                        self.touched
                    }
                    next(): u32 {
                        @@:(task.left)
                        -> $Busy(task, packed, Token(token.0 + 1))
                    }
                }
            actions:
                touch() { self.touched += 1; }
            domain:
                touched: u32 = 0
        }
    }

    fn copies<T>(call: impl FnOnce() -> T) -> (T, u32) {
        COPIES.set(0);
        let value = call();
        (value, COPIES.get())
    }

    #[test]
    fn s7_a_param_of_which_fields_are_read_is_not_copied() {
        let mut worker = Worker::new();
        let (label, parts) = ("abc".to_string(), vec![5, 6]);
        let task = Task { left: 9, done: false, span: (1, 2), label, parts };
        worker.start(task, Packed { kind: 3, size: 4 }, Token(5));
        assert_eq!(copies(|| (worker.left(4), worker.left(11), worker.rest())), ((5, 2, 8), 0));
        assert_eq!(copies(|| (worker.is("abc".into()), worker.is("b".into()))), ((true, false), 0));
        assert_eq!(copies(|| (worker.part(1), worker.text())), ((8, "abc 9".to_string()), 0));
        assert_eq!(worker.sizes(), 12);
        // What leaves the handler is a copy's.
        assert_eq!(copies(|| worker.later().map(|by| by(2))), (Some(18), 1));
        assert_eq!(copies(|| worker.moved()), ("abc!".to_string(), 1));
        assert_eq!(copies(|| worker.split()), (("abc".to_string(), 9), 1));
        assert_eq!((worker.changed(), worker.next(), worker.sizes()), (10, 9, 13));
    }
}

mod taken_params {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    frame_system! {
        @@system Relay {
            interface:
                open(name: String, parts: Vec<u8>)
                pass(by: u32): usize
                twice()
                push()
                back()
                name(): String
            machine:
                $Idle {
                    open(name: String, parts: Vec<u8>) { -> $Held(name, parts) }
                }
                $Held(name: String, parts: Vec<u8>) {
                    pass(by: u32): usize {
                        if by > 9 { return 0; }
                        -> (parts, name.len()) $Passed(name, 10 / by)
                        @@:(name.len() + parts.len())
                    }
                    twice() { -> $Pair(name, name) }
                    push() { push$ -> $Passed(name, 1) }
                    name(): String { name }
                }
                $Passed(name: String, share: u32) {
                    $.log: Vec<u8> = Vec::with_capacity(4)
                    $>(parts: Vec<u8>, length: usize) {
                        $.log = parts;
                        $.log.push(length as u8);
                    }
                    <$ { self.left += name.len(); }
                    open(name: String, parts: Vec<u8>) { -> $Held(name, parts) }
                    pass(by: u32): usize { $.log.len() + share as usize }
                    twice() { -> $Pair(name, String::new()) }
                    back() { -> pop$ }
                    name(): String { name }
                }
                $Pair(name: String, other: String) {
                    name(): String { format!("{name}+{other}") }
                }
            domain:
                pub left: usize = 0
        }
    }

    fn held() -> Relay {
        let mut relay = Relay::new();
        relay.open("abc".to_string(), vec![1, 2]);
        relay
    }

    #[test]
    fn s7_a_transition_hands_params_on_whole() {
        let mut relay = held();
        assert_eq!((relay.pass(10), relay.pass(5)), (0, 5));
        assert_eq!((relay.name(), relay.pass(0)), ("abc".to_string(), 5));
        relay.twice();
        assert_eq!((relay.name(), relay.left), ("abc+".to_string(), 3));
        let mut relay = held();
        relay.twice();
        assert_eq!(relay.name(), "abc+abc");
        let mut relay = held();
        relay.push();
        assert_eq!(relay.name(), "abc");
        relay.back();
        assert_eq!((relay.name(), relay.left), ("abc".to_string(), 3));
    }

    #[test]
    fn r27_a_panic_in_an_argument_leaves_the_params_in_their_state() {
        let mut relay = held();
        assert!(catch_unwind(AssertUnwindSafe(|| relay.pass(0))).is_err());
        assert_eq!((relay.name(), relay.pass(2)), ("abc".to_string(), 5));
    }
}

mod taken_behind_a_forward {
    frame_system! {
        @@system Group {
            interface:
                join(name: String)
                leave(): usize
            machine:
                $Out {
                    join(name: String) { -> $In(name) }
                }
                $In(name: String) => $Any {
                    leave(): usize {
                        => $^
                        self.seen = name.len();
                    }
                }
                $Any {
                    leave(): usize {
                        @@:(name.len())
                        -> $Left(Some(name))
                    }
                }
                $Left(name: Option<String>) {
                    leave(): usize { name.as_ref().map_or(0, |name| name.len()) }
                }
            domain:
                pub seen: usize = 0
        }
    }

    #[test]
    fn r10_a_param_that_the_parent_uses_up_stays_for_who_forwarded() {
        let mut group = Group::new();
        group.join("abc".to_string());
        assert_eq!((group.leave(), group.seen, group.leave()), (3, 3, 3));
    }
}

mod taken_before_a_default {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn missing() -> u32 {
        panic!("there is no share")
    }

    frame_system! {
        @@system Handover(name: String) {
            interface:
                pass(): usize
            machine:
                $First {
                    $> { -> $Held(std::mem::take(&mut self.name)) }
                }
                $Held(name: String) {
                    pass(): usize {
                        if self.passes > 0 { return name.len(); }
                        self.passes += 1;
                        -> $Passed(name)
                    }
                }
                $Passed(name: String, share: u32 = missing()) => $Any {
                    pass(): usize { name.len() + share as usize }
                }
                $Any(name: String, all: u32 = 3) { }
            domain:
                name: String
                passes: u32 = 0
        }
    }

    #[test]
    fn r27_a_default_that_panics_leaves_the_params_where_they_are() {
        let mut handover = Handover::new("abc".to_string());
        assert!(catch_unwind(AssertUnwindSafe(|| handover.pass())).is_err());
        assert_eq!((handover.state(), handover.pass()), (HandoverState::Held, 3));
    }
}

mod params_of_descendants {
    /// Neither `Clone` nor `Default`.
    #[derive(Debug, PartialEq)]
    pub struct Instant(pub u32);

    frame_system! {
        @@system Session {
            interface:
                open(at: Instant)
                age(now: u32): u32
            machine:
                $Closed {
                    open(at: Instant) { -> $Greeting(at) }
                }
                $Greeting(since: Instant) => $Open {
                    open(at: Instant) { -> $Working(at, 5) }
                    => $^
                }
                $Working(since: Instant, tasks: u32) => $Open {
                    => $^
                }
                $Open {
                    age(now: u32): u32 { now - (&since).0 + tasks }
                }
        }
    }

    #[test]
    fn r13_an_ancestor_that_looks_at_a_param_needs_no_copy_of_it() {
        let mut session = Session::new();
        session.open(Instant(3));
        assert_eq!((session.age(10), session.state()), (7, SessionState::Greeting));
        session.open(Instant(4));
        assert_eq!(session.age(10), 11);
    }
}

mod bounds {
    pub trait View<'v> {
        type Item: Copy;
        fn look(&self) -> Self::Item;
    }

    impl<'v> View<'v> for &'v str {
        type Item = &'v str;
        fn look(&self) -> &'v str {
            self.trim()
        }
    }

    frame_system! {
        // The bound names a lifetime that a held `V` does not.
        @@system Holder<'v, V: View<'v>>(first: &'v V) {
            interface:
                hold(view: V): Option<V>
            machine:
                $Empty {
                    hold(view: V): Option<V> { -> $Held(view) }
                }
                $Held(view: V) {
                    hold(next: V): Option<V> {
                        self.looked.push(view.look());
                        @@:(Some(next))
                        -> $Empty
                    }
                }
            domain:
                first: &'v V
                pub looked: Vec<V::Item> = vec![first.look()]
        }

        // What is held is known by a bound in the `where` clause.
        @@system Looker<'v, V>(view: V) where V: View<'v> {
            interface:
                look(): Option<V::Item>
            machine:
                $First {
                    look(): Option<V::Item> { -> $Last(self.view.look()) }
                }
                $Last(item: V::Item) {
                    look(): Option<V::Item> { Some(item) }
                }
            domain:
                view: V
        }

        // One parameter follows from another, and a third from neither.
        @@system Source<I, T, F>(items: I, keep: F)
        where
            I: Iterator<Item = T>,
            F: Fn(&T) -> bool,
        {
            interface:
                refill(items: I, keep: F): usize
                next(): Option<T>
            machine:
                $Open {
                    refill(items: I, keep: F): usize {
                        -> $Full(items.peekable(), keep)
                        @@:(1)
                    }
                    next(): Option<T> {
                        let keep = &self.keep;
                        self.items.by_ref().find(keep)
                    }
                }
                $Full(items: std::iter::Peekable<I>, keep: F) {
                    next(): Option<T> {
                        let next = self.items.next();
                        next.filter(|item| keep(item))
                    }
                }
            domain:
                items: I
                keep: F
        }
    }

    #[test]
    fn s7_a_state_needs_no_more_bounds_than_what_it_holds() {
        let mut holder = Holder::new(&" a ");
        assert_eq!((holder.hold(" b "), holder.hold(" c ")), (None, Some(" c ")));
        assert_eq!((holder.looked, *holder.first), (vec!["a", "b"], " a "));
        let mut looker = Looker::new(" d ");
        assert_eq!((looker.look(), looker.look()), (None, Some("d")));
        let mut source = Source::new([1, 2, 3].into_iter(), |item: &i32| *item > 1);
        assert_eq!(
            (source.next(), source.refill([5, 6, 7].into_iter(), source.keep)),
            (Some(2), 1)
        );
        assert_eq!(source.next(), Some(3));
    }
}

mod own_type {
    frame_system! {
        #[derive(Debug, Clone, PartialEq)]
        @@system Node<T: Clone>(value: T) {
            interface:
                link(next: Box<Self>): Option<Box<Self>>
                bytes(of: [u8; Count::SIZE]): usize
                last(): T
            machine:
                $Leaf {
                    link(next: Box<Self>): Option<Box<Self>> { -> (next.clone()) $Inner(next) }
                    last(): T { self.value.clone() }
                }
                $Inner(next: Box<Self>) {
                    $.links: Vec<Box<Self>> = vec![next.clone()]
                    $>(copy: Box<Self>) { $.links.push(copy); }
                    link(other: Box<Self>): Option<Box<Self>> {
                        $.links.push(other);
                        $.links.first().cloned()
                    }
                    bytes(of: [u8; Count::SIZE]): usize { of.len() + $.links.len() }
                    last(): T { $.links.last_mut().expect("one at least").last() }
                }
            domain:
                value: T
        }

        @@system Count {
            interface:
                count(of: [u8; Self::SIZE]): usize
            machine:
                $Only { count(of: [u8; Self::SIZE]): usize { of.len() } }
        }

        impl Count {
            const SIZE: usize = 3;
        }
    }

    #[test]
    fn s7_self_is_the_system_in_every_type() {
        let mut node = Node::new(1);
        assert_eq!(node.link(Box::new(Node::new(2))), None);
        assert_eq!((node.last(), node.bytes([0; 3])), (2, 5));
        assert_eq!(node.link(Box::new(Node::new(3))), Some(Box::new(Node::new(2))));
        assert_eq!((node.last(), Count::new().count([0; 3])), (3, 3));
    }
}

mod plain_values {
    /// Neither `Clone`, `Default` nor `Debug`.
    pub struct Token {
        id: u32,
    }

    impl Token {
        fn new(id: u32) -> Self {
            Token { id }
        }
    }

    frame_system! {
        @@system Desk(spare: Token) {
            interface:
                put(token: Token): bool
                take(): Option<Token>
                file(token: Token): u32
                shelve()
                unshelve()
                id(): u32
                hand_on(token: Token): u32
                must(): Token = Token::new(99)
            machine:
                $Empty => $Room {
                    put(token: Token): bool {
                        -> $Holding(token)
                        @@:(true)
                    }
                    file(token: Token): u32 { => $^ }
                    unshelve() { -> pop$ }
                    hand_on(token: Token): u32 {
                        if token.id == 0 {
                            return 0;
                        }
                        -> => $Receiving
                    }
                }
                $Holding(token: Token) => $Room {
                    $.copy: Token = Token::new(token.id + 1)
                    take(): Option<Token> {
                        let token = std::mem::replace(&mut $.copy, Token::new(0));
                        -> $Empty
                        @@:(Some(token))
                    }
                    file(token: Token): u32 {
                        $.copy = Token::new(7);
                        => $^
                    }
                    shelve() { push$ -> $Empty }
                    id(): u32 { token.id * 100 + $.copy.id }
                    must(): Token { std::mem::replace(&mut self.spare, Token::new(1)) }
                }
                $Receiving {
                    hand_on(token: Token): u32 {
                        self.filed.push(token);
                        @@:(self.filed.len() as u32)
                        -> $Empty
                    }
                }
                $Room {
                    file(token: Token): u32 {
                        self.filed.push(token);
                        self.filed.iter().map(|token| token.id).sum()
                    }
                }
            domain:
                spare: Token
                filed: Vec<Token>
        }

        @@system Shelf {
            interface:
                put(token: Token)
                reset()
                id(): u32
            machine:
                $Empty {
                    put(token: Token) { -> (token) $Full }
                }
                $Full {
                    $.token: Option<Token> = None
                    $>(token: Token = Token::new(5)) { $.token = Some(token); }
                    id(): u32 { $.token.as_ref().map_or(0, |token| token.id) }
                    reset() { -> $Full }
                }
        }
    }

    #[test]
    fn s7_values_need_no_bounds_where_no_rule_asks_for_them() {
        let mut desk = Desk::new(Token::new(50));
        assert!(desk.put(Token::new(3)));
        assert_eq!(desk.id(), 304);
        assert_eq!(desk.take().map(|token| token.id), Some(4));
        assert_eq!(desk.state(), DeskState::Empty);
        assert_eq!((desk.must().id, desk.id()), (99, 0));
    }

    #[test]
    fn r13_enter_args_are_moved_and_their_default_needs_no_trait() {
        let mut shelf = Shelf::new();
        shelf.put(Token::new(8));
        assert_eq!(shelf.id(), 8);
        shelf.reset();
        assert_eq!(shelf.id(), 5);
    }

    #[test]
    fn r10_a_forward_moves_an_argument_that_is_not_named_again() {
        let mut desk = Desk::new(Token::new(50));
        assert_eq!(desk.file(Token::new(3)), 3);
        desk.put(Token::new(1));
        assert_eq!((desk.file(Token::new(4)), desk.id()), (7, 107));
        assert_eq!(desk.must().id, 50);
    }

    #[test]
    fn r25_the_event_takes_its_args_along_without_a_clone() {
        let mut desk = Desk::new(Token::new(50));
        assert_eq!((desk.hand_on(Token::new(0)), desk.hand_on(Token::new(6))), (0, 1));
        assert_eq!(desk.state(), DeskState::Empty);
    }

    #[test]
    fn r21_a_push_with_a_transition_moves_the_compartment() {
        let mut desk = Desk::new(Token::new(50));
        desk.put(Token::new(3));
        desk.shelve();
        assert_eq!(desk.state(), DeskState::Empty);
        desk.unshelve();
        assert_eq!(desk.id(), 304);
    }
}

mod spelling {
    use std::collections::HashMap;
    use std::fmt::Debug;

    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Point {
        x: i32,
        y: i32,
    }

    const ORIGIN: Point = Point { x: 0, y: 0 };
    const LIMIT: usize = 3;

    frame_system! {
        @@system Spelling(seed: (i32, Option<i32>) = (1, None), table: HashMap<u8, (i32, bool)> = HashMap::new()) {
            interface:
                apply(f: fn(i32, i32) -> i32, by: (i32, i32)): i32
                boxed(f: Box<dyn Fn(i32) -> i32>): i32
                point(): Point = Point { x: 1, y: -2 }
                origin(): Point = ORIGIN
                bits(): u8 = 1 << 3
                range(): std::ops::RangeInclusive<usize> = 1..=LIMIT
                text(): String
                lookup(key: String): Result<(i32, bool), Box<dyn Debug>> = Err(Box::new("unset"))
            machine:
                $Only {
                    $.map: HashMap<String, (i32, bool)> = HashMap::from([("a".to_string(), (1, true))])
                    $.pair: (f64, [i32; 2]) = (-1.5, [1, 2])
                    $.shift: bool = 8 >> 2 > 1
                    $.merge: fn(i32, i32) -> i32 = |a, b| a * b
                    $.next: Option<Box<dyn Fn(i32) -> i32>> = None

                    apply(f: fn(i32, i32) -> i32, by: (i32, i32)): i32 {
                        let merge = $.merge;
                        f(by.0, by.1) + merge(by.0, by.1) + (self.merge)(by.0, by.1)
                    }
                    boxed(f: Box<dyn Fn(i32) -> i32>): i32 {
                        let before = $.next.as_ref().map_or(0, |next| next(100));
                        @@:(f(1) + before)
                        $.next = Some(f);
                    }
                    text(): String {
                        let first: Vec<char> = self.chars.by_ref().take(LIMIT).collect();
                        format!("{first:?} {:?} {} {:?} {}", $.pair, $.shift, self.seed, self.flag)
                    }
                    lookup(key: String): Result<(i32, bool), Box<dyn Debug>> {
                        let value = $.map.get(&key).copied();
                        value.or(self.table.get(&1).copied()).ok_or_else(|| Box::new(key) as Box<dyn Debug>)
                    }
                }
            domain:
                merge: fn(i32, i32) -> i32 = |a, b| a - b
                chars: Box<dyn Iterator<Item = char>> = Box::new("abcdef".chars())
                seed: (i32, Option<i32>)
                table: HashMap<u8, (i32, bool)>
                flag: bool = seed.0 < 2 && LIMIT >= 3
        }
    }

    #[test]
    fn s7_types_keep_commas_parentheses_and_equals_signs() {
        let mut spelling = Spelling::default();
        assert_eq!(spelling.apply(|a, b| a + b, (7, 3)), 10 + 21 + 4);
        assert_eq!(spelling.boxed(Box::new(|n| n + 1)), 2);
        assert_eq!(spelling.boxed(Box::new(|n| n * 10)), 10 + 101);
        assert_eq!(spelling.text(), "['a', 'b', 'c'] (-1.5, [1, 2]) true (1, None) true");
        assert_eq!(spelling.text(), "['d', 'e', 'f'] (-1.5, [1, 2]) true (1, None) true");
    }

    #[test]
    fn s7_defaults_are_expressions() {
        let mut spelling = Spelling::new((2, Some(3)), HashMap::from([(1, (9, false))]));
        assert_eq!((spelling.point(), spelling.origin()), (Point { x: 1, y: -2 }, ORIGIN));
        assert_eq!((spelling.bits(), spelling.range()), (8, 1..=3));
        assert_eq!(spelling.lookup("a".to_string()).ok(), Some((1, true)));
        assert_eq!(spelling.lookup("b".to_string()).ok(), Some((9, false)));
        let error = Spelling::default().lookup("b".to_string()).unwrap_err();
        assert_eq!(format!("{error:?}"), "\"b\"");
    }
}

mod threads {
    use std::sync::{Arc, Mutex};
    use std::thread;

    frame_system! {
        @@system Job(results: Arc<Mutex<Vec<u32>>>) {
            interface:
                run(n: u32): u32
            machine:
                $Idle {
                    $.runs: u32 = 0
                    run(n: u32): u32 {
                        $.runs += 1;
                        self.results.lock().unwrap().push(n);
                        @@:(n * $.runs)
                    }
                }
            domain:
                results: Arc<Mutex<Vec<u32>>>
        }
    }

    #[test]
    fn s7_a_system_is_send_and_sync_when_its_fields_are() {
        fn shareable<T: Send + Sync>(value: T) -> T {
            value
        }
        let results = Arc::new(Mutex::new(Vec::new()));
        let mut job = shareable(Job::new(Arc::clone(&results)));
        assert_eq!(thread::spawn(move || job.run(1) + job.run(2)).join().unwrap(), 5);
        assert_eq!(*results.lock().unwrap(), [1, 2]);
    }
}
