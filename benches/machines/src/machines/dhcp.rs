//! A DHCP client, whose lease goes from state to state, and which lends it.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lease {
    pub address: u32,
    pub server: u32,
    pub seconds: u64,
    pub at: u64,
    pub mask: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    Discover { xid: u32 },
    Request { address: u32, server: Option<u32> },
    Release(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Why {
    #[default]
    Renewed,
    Expired,
    Refused,
    Released,
}

entries! { Dhcp {
    fn start(seed: u32, now: u64) -> Option<Message>;
    fn offer(xid: u32, lease: &Lease) -> Option<Message>;
    fn ack(lease: &Lease, now: u64) -> bool;
    fn nak() -> Option<Message>;
    fn tick(now: u64) -> Option<Message>;
    fn release() -> Option<Message>;
    fn address() -> u64;
} }

/// How both clients are driven.
macro_rules! entry_points {
    () => {
        impl super::Dhcp for Client {
            #[inline]
            fn start(&mut self, seed: u32, now: u64) -> Option<Message> {
                Client::start(self, seed, now)
            }
            #[inline]
            fn offer(&mut self, xid: u32, lease: &Lease) -> Option<Message> {
                Client::offer(self, xid, lease)
            }
            #[inline]
            fn ack(&mut self, lease: &Lease, now: u64) -> bool {
                Client::ack(self, lease, now)
            }
            #[inline]
            fn nak(&mut self) -> Option<Message> {
                Client::nak(self)
            }
            #[inline]
            fn tick(&mut self, now: u64) -> Option<Message> {
                Client::tick(self, now)
            }
            #[inline]
            fn release(&mut self) -> Option<Message> {
                Client::release(self)
            }
            #[inline]
            fn address(&mut self) -> u64 {
                self.lease().map_or(3, |l| u64::from(l.address) + u64::from(l.mask))
            }
        }
        pub type Dhcp = Client;
    };
}

mod frame {
    use super::{Lease, Message, Why};
    frame_runtime::frame_system! {
        pub @@system Client {
            interface:
                start(seed: u32, now: u64): Option<Message> = None
                offer(xid: u32, lease: &Lease): Option<Message> = None
                ack(lease: &Lease, now: u64): bool = false
                nak(): Option<Message> = None
                tick(now: u64): Option<Message> = None
                release(): Option<Message> = None
                lease(&self): Option<&Lease> = None
            machine:
                $Init {
                    start(seed: u32, now: u64): Option<Message> {
                        -> (now) $Selecting(seed.wrapping_mul(2_654_435_761) >> 28)
                    }
                }
                $Selecting(xid: u32) {
                    $.tries: u8 = 0
                    $.at: u64 = 0
                    $>(now: u64) {
                        $.at = now + 40;
                        @@:(Some(Message::Discover { xid }))
                    }
                    offer(x: u32, lease: &Lease): Option<Message> {
                        if x != xid { return None; }
                        -> (lease.at) $Requesting(*lease)
                    }
                    tick(now: u64): Option<Message> {
                        if now < $.at { return None; }
                        $.tries += 1;
                        if $.tries == 4 { -> $Init }
                        $.at = now + (40 << $.tries);
                        Some(Message::Discover { xid })
                    }
                }
                $Requesting(lease: Lease) {
                    $.tries: u8 = 0
                    $>(now: u64) {
                        @@:(Some(Message::Request { address: lease.address, server: Some(lease.server) }))
                    }
                    ack(l: &Lease, now: u64): bool {
                        if l.address != lease.address { return false; }
                        @@:(true)
                        -> $Bound(Lease { at: now, ..*l })
                    }
                    nak(): Option<Message> { -> $Init }
                    tick(now: u64): Option<Message> {
                        $.tries += 1;
                        if $.tries == 3 { -> $Init }
                        None
                    }
                }
                $Bound(lease: Lease) => $Leased {
                    $.t1: u64 = lease.at + lease.seconds / 2
                    tick(now: u64): Option<Message> {
                        if now >= $.t1 { (Why::Renewed) -> $Renewing(lease) }
                        None
                    }
                    => $^
                }
                $Renewing(lease: Lease) => $Leased {
                    $.t2: u64 = lease.at + lease.seconds / 8 * 7
                    $.asked: bool = false
                    tick(now: u64): Option<Message> {
                        if now >= $.t2 { (Why::Renewed) -> $Rebinding(lease) }
                        if !$.asked {
                            $.asked = true;
                            @@:(Some(Message::Request { address: lease.address, server: Some(lease.server) }))
                        }
                    }
                    ack(l: &Lease, now: u64): bool {
                        @@:(true)
                        (Why::Renewed) -> $Bound(Lease { at: now, server: lease.server, ..*l })
                    }
                    => $^
                }
                $Rebinding(lease: Lease) => $Leased {
                    tick(now: u64): Option<Message> {
                        if now >= lease.at + lease.seconds {
                            (Why::Expired) -> $Init
                        }
                        @@:(Some(Message::Request { address: lease.address, server: None }))
                    }
                    ack(l: &Lease, now: u64): bool {
                        @@:(true)
                        (Why::Renewed) -> $Bound(Lease { at: now, ..*l })
                    }
                    => $^
                }
                $Leased {
                    <$(why: Why) { self.ended[why as usize] += 1; }
                    nak(): Option<Message> { (Why::Refused) -> $Init }
                    release(): Option<Message> {
                        @@:(Some(Message::Release(lease.server)))
                        (Why::Released) -> $Init
                    }
                    lease(): Option<&Lease> { Some(&lease) }
                }
            domain:
                pub ended: [u32; 4] = [0; 4]
        }
    }
    entry_points! {}
}

mod hand {
    use super::{Lease, Message, Why};
    enum State {
        Init,
        Selecting { xid: u32, tries: u8, at: u64 },
        Requesting { lease: Lease, tries: u8 },
        Bound { lease: Lease, t1: u64 },
        Renewing { lease: Lease, t2: u64, asked: bool },
        Rebinding { lease: Lease },
    }
    pub struct Client {
        state: State,
        pub ended: [u32; 4],
    }
    impl Client {
        pub fn new() -> Self {
            Self { state: State::Init, ended: [0; 4] }
        }
        #[inline]
        fn ended(&mut self, why: Why) {
            self.ended[why as usize] += 1;
        }
        #[inline]
        fn bound(&mut self, lease: Lease) {
            self.state = State::Bound { lease, t1: lease.at + lease.seconds / 2 };
        }
        #[inline]
        pub fn start(&mut self, seed: u32, now: u64) -> Option<Message> {
            match self.state {
                State::Init => {
                    let xid = seed.wrapping_mul(2_654_435_761) >> 28;
                    self.state = State::Selecting { xid, tries: 0, at: now + 40 };
                    Some(Message::Discover { xid })
                }
                _ => None,
            }
        }
        #[inline]
        pub fn offer(&mut self, x: u32, lease: &Lease) -> Option<Message> {
            match self.state {
                State::Selecting { xid, .. } if x == xid => {
                    self.state = State::Requesting { lease: *lease, tries: 0 };
                    Some(Message::Request { address: lease.address, server: Some(lease.server) })
                }
                _ => None,
            }
        }
        #[inline]
        pub fn ack(&mut self, l: &Lease, now: u64) -> bool {
            match &self.state {
                State::Requesting { lease, .. } => {
                    if l.address != lease.address {
                        return false;
                    }
                    self.bound(Lease { at: now, ..*l });
                    true
                }
                State::Renewing { lease, .. } => {
                    let server = lease.server;
                    self.ended(Why::Renewed);
                    self.bound(Lease { at: now, server, ..*l });
                    true
                }
                State::Rebinding { .. } => {
                    self.ended(Why::Renewed);
                    self.bound(Lease { at: now, ..*l });
                    true
                }
                _ => false,
            }
        }
        #[inline]
        pub fn nak(&mut self) -> Option<Message> {
            match self.state {
                State::Init | State::Selecting { .. } => {}
                State::Requesting { .. } => self.state = State::Init,
                _ => {
                    self.ended(Why::Refused);
                    self.state = State::Init;
                }
            }
            None
        }
        #[inline]
        pub fn tick(&mut self, now: u64) -> Option<Message> {
            match &mut self.state {
                State::Init => None,
                State::Selecting { xid, tries, at } => {
                    if now < *at {
                        return None;
                    }
                    *tries += 1;
                    if *tries == 4 {
                        self.state = State::Init;
                        return None;
                    }
                    *at = now + (40 << *tries);
                    Some(Message::Discover { xid: *xid })
                }
                State::Requesting { tries, .. } => {
                    *tries += 1;
                    if *tries == 3 {
                        self.state = State::Init;
                    }
                    None
                }
                State::Bound { lease, t1 } => {
                    if now >= *t1 {
                        let lease = *lease;
                        self.ended(Why::Renewed);
                        let t2 = lease.at + lease.seconds / 8 * 7;
                        self.state = State::Renewing { lease, t2, asked: false };
                    }
                    None
                }
                State::Renewing { lease, t2, asked } => {
                    if now >= *t2 {
                        let lease = *lease;
                        self.ended(Why::Renewed);
                        self.state = State::Rebinding { lease };
                        return None;
                    }
                    if *asked {
                        return None;
                    }
                    *asked = true;
                    Some(Message::Request { address: lease.address, server: Some(lease.server) })
                }
                State::Rebinding { lease } => {
                    if now >= lease.at + lease.seconds {
                        self.ended(Why::Expired);
                        self.state = State::Init;
                        return None;
                    }
                    Some(Message::Request { address: lease.address, server: None })
                }
            }
        }
        #[inline]
        pub fn release(&mut self) -> Option<Message> {
            match &self.state {
                State::Bound { lease, .. }
                | State::Renewing { lease, .. }
                | State::Rebinding { lease } => {
                    let server = lease.server;
                    self.ended(Why::Released);
                    self.state = State::Init;
                    Some(Message::Release(server))
                }
                _ => None,
            }
        }
        #[inline]
        pub fn lease(&self) -> Option<&Lease> {
            match &self.state {
                State::Bound { lease, .. }
                | State::Renewing { lease, .. }
                | State::Rebinding { lease } => Some(lease),
                _ => None,
            }
        }
    }
    entry_points! {}
}

instructions::machine! { Dhcp, |d| d.ended.iter().fold(0, |s, n| s * 7 + u64::from(*n)) }

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("dhcp", "DHCP, a lease handed on", Dhcp, run, 4096, Goal::Percent(5.0));

fn of(m: Option<Message>) -> u64 {
    match m {
        None => 0,
        Some(Message::Discover { xid }) => u64::from(xid) + 1,
        Some(Message::Request { address, server }) => {
            u64::from(address) + server.map_or(7, u64::from)
        }
        Some(Message::Release(n)) => u64::from(n) + 11,
    }
}
fn leases() -> [Lease; 4] {
    [2, 5, 5, 5].map(|n| Lease {
        address: 10 + n,
        server: n,
        seconds: 80 * u64::from(n),
        at: 3,
        mask: 24,
    })
}
drive! { Dhcp, 32, |m, e, a, t| match e {
    0..5 => of(call::start(m, a.into(), t)),
    5..12 => of(call::offer(m, u32::from(a & 15), &std::hint::black_box(leases())[usize::from(a >> 6)])),
    12..16 => call::ack(m, &std::hint::black_box(leases())[usize::from(a & 3)], t).into(),
    16 => { if a < 60 { of(call::nak(m)) } else { 1 } }
    17 => { if a < 60 { of(call::release(m)) } else { 2 } }
    18..22 => call::address(m),
    _ => of(call::tick(m, t)),
} }
