//! A session whose states hold data of mixed sizes.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub u64);

entries! { Session {
    fn open(peer: &[u8; 32], now: Instant) -> bool;
    fn frame(kind: u8, now: Instant) -> u64;
    fn tick(now: Instant);
    fn close();
    fn age(now: Instant) -> Option<u64>;
} }

mod frame {
    use super::Instant;
    frame_runtime::frame_system! {
        pub @@system Session : super::Session {
            interface:
                open(peer: &[u8; 32], now: Instant): bool = false
                frame(kind: u8, now: Instant): u64 = 0
                tick(now: Instant)
                close()
                age(now: Instant): Option<u64> = None
            machine:
                $Closed {
                    open(peer: &[u8; 32], now: Instant): bool { @@:(true) -> $Greeting(*peer, now) }
                }
                $Greeting(peer: [u8; 32], since: Instant) {
                    $.step: u8 = 0
                    $.nonce: u64 = u64::from(peer[3]) + since.0
                    $.deadline: Option<Instant> = Some(Instant(since.0 + 400))
                    frame(kind: u8, now: Instant): u64 {
                        $.step += 1;
                        $.nonce = $.nonce.rotate_left(u32::from(kind & 7));
                        if $.step == 4 {
                            @@:($.nonce)
                            -> $Open(peer, now, $.nonce)
                        }
                        $.nonce
                    }
                    tick(now: Instant) {
                        if let Some(at) = $.deadline && now >= at { self.timeouts += 1; -> $Closed }
                    }
                    age(now: Instant): Option<u64> { Some(now.0 - since.0) }
                    close() { -> $Closed }
                }
                $Open(peer: [u8; 32], since: Instant, key: u64) {
                    $.last: Option<Instant> = None
                    $.received: u32 = 0
                    $.window: u16 = 7
                    $>() { self.opened += 1; }
                    <$() { self.received += u64::from($.received); }
                    frame(kind: u8, now: Instant): u64 {
                        $.received += 1;
                        $.last = Some(now);
                        if kind > 250 { -> $Closing(since) @@:(key) }
                        $.window = $.window.wrapping_add(u16::from(peer[usize::from(kind & 31)]));
                        key ^ u64::from($.window)
                    }
                    tick(now: Instant) {
                        let idle = match $.last { Some(last) => now.0 - last.0, None => 0 };
                        if idle > 100 { -> $Closing(since) }
                    }
                    age(now: Instant): Option<u64> { $.last.map(|last| now.0 - last.0) }
                    close() { -> $Closing(since) }
                }
                $Closing(since: Instant) {
                    $.left: u8 = 2
                    frame(kind: u8, now: Instant): u64 {
                        $.left -= 1;
                        if $.left == 0 { -> $Closed @@:(now.0 - since.0) }
                        1
                    }
                }
            domain:
                pub opened: u32 = 0
                pub timeouts: u32 = 0
                pub received: u64 = 0
        }
    }
}

mod hand {
    use super::Instant;
    enum State {
        Closed,
        Greeting {
            peer: [u8; 32],
            since: Instant,
            step: u8,
            nonce: u64,
            deadline: Option<Instant>,
        },
        Open {
            peer: [u8; 32],
            since: Instant,
            key: u64,
            last: Option<Instant>,
            received: u32,
            window: u16,
        },
        Closing {
            since: Instant,
            left: u8,
        },
    }
    pub struct Session {
        state: State,
        pub opened: u32,
        pub timeouts: u32,
        pub received: u64,
    }
    impl Session {
        pub fn new() -> Self {
            Self { state: State::Closed, opened: 0, timeouts: 0, received: 0 }
        }
        #[inline]
        fn closing(&mut self, since: Instant, received: u32) {
            self.received += u64::from(received);
            self.state = State::Closing { since, left: 2 };
        }
    }
    impl super::Session for Session {
        #[inline]
        fn open(&mut self, peer: &[u8; 32], now: Instant) -> bool {
            match self.state {
                State::Closed => {
                    self.state = State::Greeting {
                        peer: *peer,
                        since: now,
                        step: 0,
                        nonce: u64::from(peer[3]) + now.0,
                        deadline: Some(Instant(now.0 + 400)),
                    };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn frame(&mut self, kind: u8, now: Instant) -> u64 {
            match &mut self.state {
                State::Closed => 0,
                State::Greeting { peer, step, nonce, .. } => {
                    *step += 1;
                    *nonce = nonce.rotate_left(u32::from(kind & 7));
                    let nonce = *nonce;
                    if *step == 4 {
                        self.state = State::Open {
                            peer: *peer,
                            since: now,
                            key: nonce,
                            last: None,
                            received: 0,
                            window: 7,
                        };
                        self.opened += 1;
                    }
                    nonce
                }
                State::Open { peer, since, key, last, received, window } => {
                    *received += 1;
                    *last = Some(now);
                    let key = *key;
                    if kind > 250 {
                        let (since, received) = (*since, *received);
                        self.closing(since, received);
                        return key;
                    }
                    *window = window.wrapping_add(u16::from(peer[usize::from(kind & 31)]));
                    key ^ u64::from(*window)
                }
                State::Closing { since, left } => {
                    *left -= 1;
                    if *left == 0 {
                        let since = *since;
                        self.state = State::Closed;
                        return now.0 - since.0;
                    }
                    1
                }
            }
        }
        #[inline]
        fn tick(&mut self, now: Instant) {
            match self.state {
                State::Greeting { deadline: Some(at), .. } if now >= at => {
                    self.timeouts += 1;
                    self.state = State::Closed;
                }
                State::Open { last, since, received, .. } => {
                    let idle = match last {
                        Some(last) => now.0 - last.0,
                        None => 0,
                    };
                    if idle > 100 {
                        self.closing(since, received);
                    }
                }
                _ => {}
            }
        }
        #[inline]
        fn close(&mut self) {
            match self.state {
                State::Greeting { .. } => self.state = State::Closed,
                State::Open { since, received, .. } => self.closing(since, received),
                _ => {}
            }
        }
        #[inline]
        fn age(&mut self, now: Instant) -> Option<u64> {
            match self.state {
                State::Greeting { since, .. } => Some(now.0 - since.0),
                State::Open { last, .. } => last.map(|last| now.0 - last.0),
                _ => None,
            }
        }
    }
}

instructions::machine! { Session, |s| u64::from(s.opened) + 3 * u64::from(s.timeouts) + 5 * s.received }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "session",
    "session, mixed state data",
    Session,
    run,
    4096,
    Goal::Percent(5.0)
);

static PEER: [u8; 32] = [9; 32];
drive! { Session, 32, |m, e, a, t| { let now = Instant(t); match e {
    0 => { call::close(m); 0 }
    1..4 => call::open(m, &PEER, now).into(),
    4..9 => { call::tick(m, now); 0 }
    9..13 => call::age(m, now).map_or(1, |n| n),
    _ => call::frame(m, a, now),
} } }
