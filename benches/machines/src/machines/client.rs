//! A client that tries again, with a host's name in its states.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    NotConnected,
    TooLong,
    Busy(u8),
}

entries! { Client {
    fn connect(host: String) -> Result<(), Failure>;
    fn up() -> bool;
    fn down(why: u8);
    fn tick(now: u64);
    fn send(bytes: &[u8]) -> Result<usize, Failure>;
} }

mod frame {
    use super::Failure;
    frame_runtime::frame_system! {
        pub @@system Client : super::Client {
            interface:
                connect(host: String): Result<(), Failure> = Err(Failure::Busy(0))
                up(): bool = false
                down(why: u8)
                tick(now: u64)
                send(bytes: &[u8]): Result<usize, Failure> = Err(Failure::NotConnected)
            machine:
                $Idle {
                    connect(host: String): Result<(), Failure> {
                        if host.is_empty() { return Err(Failure::TooLong); }
                        @@:(Ok(()))
                        -> $Connecting(host, 0)
                    }
                    tick(now: u64) { self.now = now; }
                }
                $Connecting(host: String, attempt: u8) {
                    $>() { self.attempts += 1; self.hosts += host.len(); }
                    connect(h: String): Result<(), Failure> { Err(Failure::Busy(attempt)) }
                    up(): bool {
                        @@:(true)
                        -> $Connected(host)
                    }
                    down(why: u8) {
                        if attempt >= 5 { self.given_up += 1; -> $Idle }
                        -> $Waiting(host, attempt + 1, self.now + u64::from(why))
                    }
                    tick(now: u64) { self.now = now; }
                }
                $Waiting(host: String, attempt: u8, until: u64) {
                    tick(now: u64) {
                        self.now = now;
                        if now >= until { -> $Connecting(host, attempt) }
                    }
                    connect(h: String): Result<(), Failure> { Err(Failure::Busy(attempt)) }
                }
                $Connected(host: String) {
                    $.sent: u64 = 0
                    $.queue: Vec<u8> = Vec::with_capacity(64)
                    <$() { self.bytes += $.sent + host.len() as u64; }
                    send(bytes: &[u8]): Result<usize, Failure> {
                        if bytes.len() > 40 { return Err(Failure::TooLong); }
                        $.queue.extend_from_slice(bytes);
                        $.sent += bytes.len() as u64;
                        if $.queue.len() > 40 { $.queue.clear(); }
                        Ok($.queue.len())
                    }
                    down(why: u8) {
                        if why < 20 { -> $Idle }
                        -> $Waiting(host, 0, self.now + u64::from(why))
                    }
                    tick(now: u64) { self.now = now; }
                }
            domain:
                pub now: u64 = 0
                pub bytes: u64 = 0
                pub hosts: usize = 0
                pub attempts: u32 = 0
                pub given_up: u32 = 0
        }
    }
}

mod hand {
    use super::Failure;
    use std::mem::take;
    enum State {
        Idle,
        Connecting { host: String, attempt: u8 },
        Waiting { host: String, attempt: u8, until: u64 },
        Connected { host: String, sent: u64, queue: Vec<u8> },
    }
    pub struct Client {
        state: State,
        pub now: u64,
        pub bytes: u64,
        pub hosts: usize,
        pub attempts: u32,
        pub given_up: u32,
    }
    impl Client {
        pub fn new() -> Self {
            Self { state: State::Idle, now: 0, bytes: 0, hosts: 0, attempts: 0, given_up: 0 }
        }
        #[inline]
        fn connecting(&mut self, host: String, attempt: u8) {
            self.attempts += 1;
            self.hosts += host.len();
            self.state = State::Connecting { host, attempt };
        }
    }
    impl super::Client for Client {
        #[inline]
        fn connect(&mut self, host: String) -> Result<(), Failure> {
            match &self.state {
                State::Idle => {
                    if host.is_empty() {
                        return Err(Failure::TooLong);
                    }
                    self.connecting(host, 0);
                    Ok(())
                }
                State::Connecting { attempt, .. } | State::Waiting { attempt, .. } => {
                    Err(Failure::Busy(*attempt))
                }
                State::Connected { .. } => Err(Failure::Busy(0)),
            }
        }
        #[inline]
        fn up(&mut self) -> bool {
            match &mut self.state {
                State::Connecting { host, .. } => {
                    let host = take(host);
                    self.state = State::Connected { host, sent: 0, queue: Vec::with_capacity(64) };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn down(&mut self, why: u8) {
            match &mut self.state {
                State::Connecting { host, attempt } => {
                    if *attempt >= 5 {
                        self.given_up += 1;
                        self.state = State::Idle;
                        return;
                    }
                    self.state = State::Waiting {
                        host: take(host),
                        attempt: *attempt + 1,
                        until: self.now + u64::from(why),
                    };
                }
                State::Connected { host, sent, .. } => {
                    self.bytes += *sent + host.len() as u64;
                    self.state = if why < 20 {
                        State::Idle
                    } else {
                        State::Waiting {
                            host: take(host),
                            attempt: 0,
                            until: self.now + u64::from(why),
                        }
                    };
                }
                _ => {}
            }
        }
        #[inline]
        fn tick(&mut self, now: u64) {
            self.now = now;
            if let State::Waiting { host, attempt, until } = &mut self.state
                && now >= *until
            {
                let (host, attempt) = (take(host), *attempt);
                self.connecting(host, attempt);
            }
        }
        #[inline]
        fn send(&mut self, bytes: &[u8]) -> Result<usize, Failure> {
            match &mut self.state {
                State::Connected { sent, queue, .. } => {
                    if bytes.len() > 40 {
                        return Err(Failure::TooLong);
                    }
                    queue.extend_from_slice(bytes);
                    *sent += bytes.len() as u64;
                    if queue.len() > 40 {
                        queue.clear();
                    }
                    Ok(queue.len())
                }
                _ => Err(Failure::NotConnected),
            }
        }
    }
}

instructions::machine! { Client, |c| c.bytes + 3 * c.hosts as u64 + 5 * u64::from(c.attempts) + 7 * u64::from(c.given_up) }

// Four states handle `tick`, and behind the jump over them the one that goes on is tested for again.
pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "client",
    "retrying client, Strings moved on",
    Client,
    run,
    4096,
    Goal::Percent(10.0)
);

const DATA: [u8; 48] = [7; 48];
drive! { Client, 16, |m, e, a| match e {
    0 => call::connect(m, "example.org".to_string()).is_ok().into(),
    1 | 2 => call::up(m).into(),
    3 => { call::down(m, a); 0 }
    4..8 => { call::tick(m, u64::from(a)); 0 }
    _ => call::send(m, &DATA[..usize::from(a & 31)]).unwrap_or(1) as u64,
} }
