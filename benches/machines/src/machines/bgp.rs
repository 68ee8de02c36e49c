//! A BGP peer: many events, most of which a state takes for an error of the other side.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notify {
    BadHoldTime(u16),
    Fsm { code: u8, at: u8 },
    Expired,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    Open,
    Keepalive,
    Notification(Notify),
}

entries! { Bgp {
    fn start(now: u64) -> bool;
    fn stop();
    fn tcp_up(now: u64) -> Option<Send>;
    fn tcp_failed(now: u64);
    fn open(hold: u16, id: u32, now: u64) -> Result<u16, Notify>;
    fn keepalive(now: u64) -> Option<Send>;
    fn update(prefixes: &[u32], withdrawn: &[u32], now: u64) -> usize;
    fn notification(code: u8);
    fn tick(now: u64) -> Option<Send>;
    fn routes() -> usize;
} }

mod frame {
    use super::{Notify, Send};
    frame_runtime::frame_system! {
        pub @@system Bgp : super::Bgp {
            interface:
                start(now: u64): bool = false
                stop()
                tcp_up(now: u64): Option<Send> = None
                tcp_failed(now: u64)
                open(hold: u16, id: u32, now: u64): Result<u16, Notify> = Err(Notify::Fsm { code: 1, at: 0 })
                keepalive(now: u64): Option<Send> = None
                update(prefixes: &[u32], withdrawn: &[u32], now: u64): usize = 0
                notification(code: u8)
                tick(now: u64): Option<Send> = None
                routes(): usize = 0
            machine:
                $Idle {
                    start(now: u64): bool {
                        @@:(true)
                        -> $Connect(now + 300, 0)
                    }
                }
                $Connect(retry_at: u64, tries: u8) => $Started {
                    tcp_up(now: u64): Option<Send> {
                        @@:(Some(Send::Open))
                        -> $OpenSent(now + 2400)
                    }
                    tcp_failed(now: u64) { -> $Active(now + 300, tries) }
                    tick(now: u64): Option<Send> {
                        if now >= retry_at { -> $Active(now + 300, tries) }
                        None
                    }
                    => $^
                }
                $Active(retry_at: u64, tries: u8) => $Started {
                    $> { self.failures += 1; if tries > 3 { -> $Idle } }
                    tcp_up(now: u64): Option<Send> {
                        @@:(Some(Send::Open))
                        -> $OpenSent(now + 2400)
                    }
                    tcp_failed(now: u64) { -> $Idle }
                    tick(now: u64): Option<Send> {
                        if now >= retry_at { -> $Connect(now + 300, tries + 1) }
                        None
                    }
                    => $^
                }
                $OpenSent(hold_at: u64) => $Session {
                    open(hold: u16, id: u32, now: u64): Result<u16, Notify> {
                        if hold < 3 {
                            self.errors += 1;
                            @@:(Err(Notify::BadHoldTime(hold)))
                            -> $Idle
                        }
                        let hold = hold.min(90);
                        self.peer = id;
                        @@:(Ok(hold))
                        -> $OpenConfirm(now + u64::from(hold) * 10, hold)
                    }
                    keepalive(now: u64): Option<Send> {
                        @@:(self.fsm_error(4))
                        -> $Idle
                    }
                    => $^
                }
                $OpenConfirm(hold_at: u64, hold: u16) => $Session {
                    keepalive(now: u64): Option<Send> {
                        @@:(Some(Send::Keepalive))
                        -> $Established(now + u64::from(hold) * 10, hold, now)
                    }
                    open(h: u16, id: u32, now: u64): Result<u16, Notify> {
                        self.errors += 1;
                        @@:(Err(Notify::Fsm { code: 5, at: 2 }))
                        -> $Idle
                    }
                    => $^
                }
                $Established(until: u64, hold: u16, since: u64) => $Session {
                    $.hold_at: u64 = until
                    $.keep_at: u64 = since + u64::from(hold) * 3
                    $.routes: [u32; 4] = [0; 4]
                    $.count: usize = 0
                    <$ { self.withdrawn += $.count as u64; }
                    keepalive(now: u64): Option<Send> {
                        $.hold_at = now + u64::from(hold) * 10;
                        None
                    }
                    update(prefixes: &[u32], withdrawn: &[u32], now: u64): usize {
                        $.hold_at = now + u64::from(hold) * 10;
                        for w in withdrawn {
                            if let Some(at) = $.routes[..$.count].iter().position(|r| r == w) {
                                $.count -= 1;
                                $.routes[at] = $.routes[$.count];
                            }
                        }
                        for p in prefixes {
                            if $.count == 4 || $.routes[..$.count].contains(p) { continue; }
                            $.routes[$.count] = *p;
                            $.count += 1;
                        }
                        $.count
                    }
                    tick(now: u64): Option<Send> {
                        if now >= $.hold_at {
                            self.errors += 1;
                            @@:(Some(Send::Notification(Notify::Expired)))
                            -> $Idle
                        }
                        if now >= $.keep_at {
                            $.keep_at = now + u64::from(hold) * 3;
                            return Some(Send::Keepalive);
                        }
                        None
                    }
                    routes(): usize { $.count }
                    => $^
                }
                $Session => $Started {
                    tick(now: u64): Option<Send> {
                        if now >= hold_at {
                            self.errors += 1;
                            @@:(Some(Send::Notification(Notify::Expired)))
                            -> $Idle
                        }
                    }
                    notification(code: u8) {
                        self.codes |= 1 << (code & 31);
                        => $^
                    }
                    tcp_failed(now: u64) {
                        self.failures += 1;
                        -> $Active(now + 300, 0)
                    }
                    => $^
                }
                $Started {
                    stop() { -> $Idle }
                    notification(code: u8) { -> $Idle }
                }
            actions:
                fsm_error(code: u8): Option<Send> {
                    self.errors += 1;
                    Some(Send::Notification(Notify::Fsm { code, at: 1 }))
                }
            domain:
                pub peer: u32 = 0
                pub codes: u32 = 0
                pub errors: u32 = 0
                pub failures: u32 = 0
                pub withdrawn: u64 = 0
        }
    }
}

mod hand {
    use super::{Notify, Send};
    enum State {
        Idle,
        Connect { retry_at: u64, tries: u8 },
        Active { retry_at: u64, tries: u8 },
        OpenSent { hold_at: u64 },
        OpenConfirm { hold_at: u64, hold: u16 },
        Established { hold: u16, hold_at: u64, keep_at: u64, routes: [u32; 4], count: usize },
    }
    pub struct Bgp {
        state: State,
        pub peer: u32,
        pub codes: u32,
        pub errors: u32,
        pub failures: u32,
        pub withdrawn: u64,
    }
    impl Bgp {
        pub fn new() -> Self {
            Self { state: State::Idle, peer: 0, codes: 0, errors: 0, failures: 0, withdrawn: 0 }
        }
        #[inline]
        fn active(&mut self, now: u64, tries: u8) {
            self.failures += 1;
            self.state =
                if tries > 3 { State::Idle } else { State::Active { retry_at: now + 300, tries } };
        }
        #[inline]
        fn idle(&mut self) {
            if let State::Established { count, .. } = self.state {
                self.withdrawn += count as u64;
            }
            self.state = State::Idle;
        }
    }
    impl super::Bgp for Bgp {
        #[inline]
        fn start(&mut self, now: u64) -> bool {
            match self.state {
                State::Idle => {
                    self.state = State::Connect { retry_at: now + 300, tries: 0 };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn stop(&mut self) {
            self.idle();
        }
        #[inline]
        fn tcp_up(&mut self, now: u64) -> Option<Send> {
            match self.state {
                State::Connect { .. } | State::Active { .. } => {
                    self.state = State::OpenSent { hold_at: now + 2400 };
                    Some(Send::Open)
                }
                _ => None,
            }
        }
        #[inline]
        fn tcp_failed(&mut self, now: u64) {
            match self.state {
                State::Idle => {}
                State::Connect { tries, .. } => self.active(now, tries),
                State::Active { .. } => self.state = State::Idle,
                State::OpenSent { .. } | State::OpenConfirm { .. } => {
                    self.failures += 1;
                    self.active(now, 0);
                }
                State::Established { count, .. } => {
                    self.failures += 1;
                    self.withdrawn += count as u64;
                    self.active(now, 0);
                }
            }
        }
        #[inline]
        fn open(&mut self, hold: u16, id: u32, now: u64) -> Result<u16, Notify> {
            match self.state {
                State::OpenSent { .. } => {
                    if hold < 3 {
                        self.errors += 1;
                        self.state = State::Idle;
                        return Err(Notify::BadHoldTime(hold));
                    }
                    let hold = hold.min(90);
                    self.peer = id;
                    self.state = State::OpenConfirm { hold_at: now + u64::from(hold) * 10, hold };
                    Ok(hold)
                }
                State::OpenConfirm { .. } => {
                    self.errors += 1;
                    self.state = State::Idle;
                    Err(Notify::Fsm { code: 5, at: 2 })
                }
                _ => Err(Notify::Fsm { code: 1, at: 0 }),
            }
        }
        #[inline]
        fn keepalive(&mut self, now: u64) -> Option<Send> {
            match &mut self.state {
                State::OpenSent { .. } => {
                    self.errors += 1;
                    self.state = State::Idle;
                    Some(Send::Notification(Notify::Fsm { code: 4, at: 1 }))
                }
                State::OpenConfirm { hold, .. } => {
                    let hold = *hold;
                    self.state = State::Established {
                        hold,
                        hold_at: now + u64::from(hold) * 10,
                        keep_at: now + u64::from(hold) * 3,
                        routes: [0; 4],
                        count: 0,
                    };
                    Some(Send::Keepalive)
                }
                State::Established { hold, hold_at, .. } => {
                    *hold_at = now + u64::from(*hold) * 10;
                    None
                }
                _ => None,
            }
        }
        #[inline]
        fn update(&mut self, prefixes: &[u32], withdrawn: &[u32], now: u64) -> usize {
            match &mut self.state {
                State::Established { hold, hold_at, routes, count, .. } => {
                    *hold_at = now + u64::from(*hold) * 10;
                    for w in withdrawn {
                        if let Some(at) = routes[..*count].iter().position(|r| r == w) {
                            *count -= 1;
                            routes[at] = routes[*count];
                        }
                    }
                    for p in prefixes {
                        if *count == 4 || routes[..*count].contains(p) {
                            continue;
                        }
                        routes[*count] = *p;
                        *count += 1;
                    }
                    *count
                }
                _ => 0,
            }
        }
        #[inline]
        fn notification(&mut self, code: u8) {
            match self.state {
                State::Idle => {}
                State::Connect { .. } | State::Active { .. } => self.state = State::Idle,
                _ => {
                    self.codes |= 1 << (code & 31);
                    self.idle();
                }
            }
        }
        #[inline]
        fn tick(&mut self, now: u64) -> Option<Send> {
            match &mut self.state {
                State::Idle => None,
                State::Connect { retry_at, tries } => {
                    if now >= *retry_at {
                        let tries = *tries;
                        self.active(now, tries);
                    }
                    None
                }
                State::Active { retry_at, tries } => {
                    if now >= *retry_at {
                        self.state = State::Connect { retry_at: now + 300, tries: *tries + 1 };
                    }
                    None
                }
                State::OpenSent { hold_at } | State::OpenConfirm { hold_at, .. } => {
                    if now >= *hold_at {
                        self.errors += 1;
                        self.state = State::Idle;
                        return Some(Send::Notification(Notify::Expired));
                    }
                    None
                }
                State::Established { hold, hold_at, keep_at, count, .. } => {
                    if now >= *hold_at {
                        self.errors += 1;
                        self.withdrawn += *count as u64;
                        self.state = State::Idle;
                        return Some(Send::Notification(Notify::Expired));
                    }
                    if now >= *keep_at {
                        *keep_at = now + u64::from(*hold) * 3;
                        return Some(Send::Keepalive);
                    }
                    None
                }
            }
        }
        #[inline]
        fn routes(&mut self) -> usize {
            match self.state {
                State::Established { count, .. } => count,
                _ => 0,
            }
        }
    }
}

instructions::machine! { Bgp, |b| u64::from(b.peer) + 3 * u64::from(b.codes) + 5 * u64::from(b.errors) + 7 * u64::from(b.failures) + b.withdrawn }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "bgp",
    "BGP peer, 6 states × 10 events",
    Bgp,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(send: Option<Send>) -> u64 {
    match send {
        None => 0,
        Some(Send::Open) => 1,
        Some(Send::Keepalive) => 2,
        Some(Send::Notification(why)) => failed(why),
    }
}
fn failed(why: Notify) -> u64 {
    match why {
        Notify::BadHoldTime(n) => 100 + u64::from(n),
        Notify::Fsm { code, at } => 200 + u64::from(code) + u64::from(at),
        Notify::Expired => 300,
    }
}
const PREFIXES: [u32; 12] = [1, 5, 9, 12, 5, 7, 1, 8, 12, 33, 9, 2];
drive! { Bgp, 32, |m, e, a, t| match e {
    0 => { if a < 90 { call::stop(m); } 0 }
    1..4 => call::start(m, t).into(),
    4..7 => of(call::tcp_up(m, t)),
    7 => { if a < 120 { call::tcp_failed(m, t); } 0 }
    8..12 => call::open(m, a.into(), a.into(), t).map_or_else(failed, u64::from),
    12..16 => of(call::keepalive(m, t)),
    16..21 => { let at = usize::from(a & 7); call::update(m, &PREFIXES[at..at + 3], &PREFIXES[at + 1..at + 2], t) as u64 }
    21 => { if a < 90 { call::notification(m, a); } 0 }
    22..24 => call::routes(m) as u64,
    _ => of(call::tick(m, t)),
} }
