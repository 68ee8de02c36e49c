//! A client of MQTT: methods of many arguments, which write packets into a buffer.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    Offline,
    Refused(u8),
    Full,
    TooLong { by: usize },
}

entries! { Mqtt {
    fn connect(client: &str, clean: bool, keep: u16, now: u64) -> Result<(), Error>;
    fn connack(code: u8, session: bool, now: u64) -> Result<bool, Error>;
    fn publish(topic: &str, payload: &[u8], qos: u8, retain: bool) -> Result<Option<u16>, Error>;
    fn puback(id: u16, now: u64) -> bool;
    fn tick(now: u64) -> bool;
    fn flush(out: &mut Vec<u8>) -> usize;
    fn lost() -> u32;
} }

mod frame {
    use super::Error;
    frame_runtime::frame_system! {
        pub @@system Mqtt : super::Mqtt {
            interface:
                connect(client: &str, clean: bool, keep: u16, now: u64): Result<(), Error> = Err(Error::Full)
                connack(code: u8, session: bool, now: u64): Result<bool, Error> = Err(Error::Offline)
                publish(topic: &str, payload: &[u8], qos: u8, retain: bool): Result<Option<u16>, Error> = Err(Error::Offline)
                puback(id: u16, now: u64): bool = false
                tick(now: u64): bool = false
                flush(out: &mut Vec<u8>): usize = 0
                lost(): u32 = 0
            machine:
                $Offline {
                    connect(client: &str, clean: bool, keep: u16, now: u64): Result<(), Error> {
                        if client.len() > 10 { return Err(Error::TooLong { by: client.len() - 10 }); }
                        self.put(0x10, &[client.as_bytes(), &[u8::from(clean)], &keep.to_be_bytes()]);
                        @@:(Ok(()))
                        -> $Connecting(keep, clean, now + 100)
                    }
                    flush(out: &mut Vec<u8>): usize { self.flush_to(out) }
                }
                $Connecting(keep: u16, clean: bool, until: u64) => $Linked {
                    connack(code: u8, session: bool, now: u64): Result<bool, Error> {
                        if code > 0 {
                            self.refused += 1;
                            @@:(Err(Error::Refused(code)))
                            -> $Offline
                        }
                        @@:(Ok(session && !clean))
                        -> $Connected(keep, now)
                    }
                    tick(now: u64): bool {
                        if now > until {
                            @@:(true)
                            -> $Offline
                        }
                        false
                    }
                    => $^
                }
                $Connected(keep: u16, now: u64) => $Linked {
                    $.waiting: [u16; 6] = [0; 6]
                    $.used: u8 = 0
                    $.next: u16 = 1
                    $.pinged: bool = false
                    $.last: u64 = now
                    <$ { self.unsent += u32::from($.used); }
                    publish(topic: &str, payload: &[u8], qos: u8, retain: bool): Result<Option<u16>, Error> {
                        if payload.len() > 16 { return Err(Error::TooLong { by: payload.len() - 16 }); }
                        let head = 0x30 | qos << 1 | u8::from(retain);
                        if qos == 0 {
                            self.put(head, &[topic.as_bytes(), payload]);
                            return Ok(None);
                        }
                        let Some(slot) = $.waiting.iter().position(|id| *id == 0) else { return Err(Error::Full) };
                        let id = $.next;
                        $.next = if id == u16::MAX { 1 } else { id + 1 };
                        $.waiting[slot] = id;
                        $.used += 1;
                        self.put(head, &[topic.as_bytes(), &id.to_be_bytes(), payload]);
                        Ok(Some(id))
                    }
                    puback(id: u16, now: u64): bool {
                        $.last = now;
                        $.pinged = false;
                        match $.waiting.iter().position(|w| *w == id && id > 0) {
                            Some(slot) => {
                                $.waiting[slot] = 0;
                                $.used -= 1;
                                true
                            }
                            None => false
                        }
                    }
                    tick(now: u64): bool {
                        if now - $.last < u64::from(keep) { return false; }
                        if $.pinged && now - $.last > u64::from(keep) * 2 {
                            @@:(true)
                            -> $Offline
                        }
                        if !$.pinged {
                            $.pinged = true;
                            self.put(0xc0, &[]);
                        }
                        false
                    }
                    => $^
                }
                $Linked {
                    flush(out: &mut Vec<u8>): usize {
                        self.flushed += 1;
                        self.flush_to(out)
                    }
                    lost(): u32 {
                        @@:(self.unsent)
                        -> $Offline
                    }
                }
            actions:
                put(head: u8, parts: &[&[u8]]) {
                    self.out.push(head);
                    for part in parts {
                        self.out.push(part.len() as u8);
                        self.out.extend_from_slice(part);
                    }
                    if self.out.len() > 200 { self.out.clear(); }
                }
                flush_to(out: &mut Vec<u8>): usize {
                    out.extend_from_slice(&self.out);
                    let n = self.out.len();
                    self.out.clear();
                    n
                }
            domain:
                out: Vec<u8> = Vec::with_capacity(256)
                pub refused: u32 = 0
                pub unsent: u32 = 0
                pub flushed: u32 = 0
        }
    }
}

mod hand {
    use super::Error;
    enum State {
        Offline,
        Connecting { keep: u16, clean: bool, until: u64 },
        Connected { keep: u16, waiting: [u16; 6], used: u8, next: u16, pinged: bool, last: u64 },
    }
    pub struct Mqtt {
        state: State,
        out: Vec<u8>,
        pub refused: u32,
        pub unsent: u32,
        pub flushed: u32,
    }
    impl Mqtt {
        pub fn new() -> Self {
            Self {
                state: State::Offline,
                out: Vec::with_capacity(256),
                refused: 0,
                unsent: 0,
                flushed: 0,
            }
        }
        #[inline]
        fn put(&mut self, head: u8, parts: &[&[u8]]) {
            self.out.push(head);
            for part in parts {
                self.out.push(part.len() as u8);
                self.out.extend_from_slice(part);
            }
            if self.out.len() > 200 {
                self.out.clear();
            }
        }
    }
    impl super::Mqtt for Mqtt {
        #[inline]
        fn connect(&mut self, client: &str, clean: bool, keep: u16, now: u64) -> Result<(), Error> {
            match self.state {
                State::Offline => {
                    if client.len() > 10 {
                        return Err(Error::TooLong { by: client.len() - 10 });
                    }
                    self.put(0x10, &[client.as_bytes(), &[u8::from(clean)], &keep.to_be_bytes()]);
                    self.state = State::Connecting { keep, clean, until: now + 100 };
                    Ok(())
                }
                _ => Err(Error::Full),
            }
        }
        #[inline]
        fn connack(&mut self, code: u8, session: bool, now: u64) -> Result<bool, Error> {
            match self.state {
                State::Connecting { keep, clean, .. } => {
                    if code > 0 {
                        self.refused += 1;
                        self.state = State::Offline;
                        return Err(Error::Refused(code));
                    }
                    self.state = State::Connected {
                        keep,
                        waiting: [0; 6],
                        used: 0,
                        next: 1,
                        pinged: false,
                        last: now,
                    };
                    Ok(session && !clean)
                }
                _ => Err(Error::Offline),
            }
        }
        #[inline]
        fn publish(
            &mut self,
            topic: &str,
            payload: &[u8],
            qos: u8,
            retain: bool,
        ) -> Result<Option<u16>, Error> {
            match &mut self.state {
                State::Connected { waiting, used, next, .. } => {
                    if payload.len() > 16 {
                        return Err(Error::TooLong { by: payload.len() - 16 });
                    }
                    let head = 0x30 | qos << 1 | u8::from(retain);
                    if qos == 0 {
                        self.put(head, &[topic.as_bytes(), payload]);
                        return Ok(None);
                    }
                    let Some(slot) = waiting.iter().position(|id| *id == 0) else {
                        return Err(Error::Full);
                    };
                    let id = *next;
                    *next = if id == u16::MAX { 1 } else { id + 1 };
                    waiting[slot] = id;
                    *used += 1;
                    self.put(head, &[topic.as_bytes(), &id.to_be_bytes(), payload]);
                    Ok(Some(id))
                }
                _ => Err(Error::Offline),
            }
        }
        #[inline]
        fn puback(&mut self, id: u16, now: u64) -> bool {
            match &mut self.state {
                State::Connected { waiting, used, pinged, last, .. } => {
                    *last = now;
                    *pinged = false;
                    match waiting.iter().position(|w| *w == id && id > 0) {
                        Some(slot) => {
                            waiting[slot] = 0;
                            *used -= 1;
                            true
                        }
                        None => false,
                    }
                }
                _ => false,
            }
        }
        #[inline]
        fn tick(&mut self, now: u64) -> bool {
            match &mut self.state {
                State::Offline => false,
                State::Connecting { until, .. } => {
                    if now > *until {
                        self.state = State::Offline;
                        return true;
                    }
                    false
                }
                State::Connected { keep, used, pinged, last, .. } => {
                    if now - *last < u64::from(*keep) {
                        return false;
                    }
                    if *pinged && now - *last > u64::from(*keep) * 2 {
                        self.unsent += u32::from(*used);
                        self.state = State::Offline;
                        return true;
                    }
                    if !*pinged {
                        *pinged = true;
                        self.put(0xc0, &[]);
                    }
                    false
                }
            }
        }
        #[inline]
        fn flush(&mut self, out: &mut Vec<u8>) -> usize {
            if !matches!(self.state, State::Offline) {
                self.flushed += 1;
            }
            out.extend_from_slice(&self.out);
            let n = self.out.len();
            self.out.clear();
            n
        }
        #[inline]
        fn lost(&mut self) -> u32 {
            let before = self.unsent;
            match self.state {
                State::Offline => return 0,
                State::Connecting { .. } => {}
                State::Connected { used, .. } => self.unsent += u32::from(used),
            }
            self.state = State::Offline;
            before
        }
    }
}

instructions::machine! { Mqtt, |m| u64::from(m.refused) + 3 * u64::from(m.unsent) + 5 * u64::from(m.flushed) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "mqtt",
    "MQTT, many arguments, a buffer",
    Mqtt,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(e: Error) -> u64 {
    match e {
        Error::Offline => 1,
        Error::Refused(c) => 2 + u64::from(c),
        Error::Full => 3,
        Error::TooLong { by } => 4 + by as u64,
    }
}
drive! { Mqtt, 32, |m, e, a, t| match e {
    0..4 => call::connect(m, if a > 240 { "much too long" } else { "me" }, a & 1 == 0, 30 + u16::from(a & 15), t).map_or_else(of, |()| 5),
    4..8 => call::connack(m, u8::from(a > 200), a & 1 == 0, t).map_or_else(of, u64::from),
    8..16 => call::publish(m, "a/b", &b"some payload of bytes"[..usize::from(a & 17)], a & 1, a & 4 > 0).map_or_else(of, |id| id.map_or(6, u64::from)),
    16..24 => call::puback(m, u16::from(a & 15), t).into(),
    24 => { let mut out = Vec::with_capacity(256); call::flush(m, &mut out); out.iter().map(|b| u64::from(*b)).sum() }
    25 => { if a < 50 { call::lost(m).into() } else { 0 } }
    _ => call::tick(m, t).into(),
} }
