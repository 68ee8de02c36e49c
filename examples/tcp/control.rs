//! The transmission control block: which sequence numbers an end has sent, received and had acknowledged.
//!
//! The names are those of RFC 9293, section 3.3.1.

use std::fmt;

use super::segment::{Segment, after, before};

/// What is wrong with a segment, or at least worth a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anomaly {
    /// The state has no place for such a segment.
    Unexpected,
    /// There is neither a connection nor someone who waits for one.
    NoConnection,
    /// It holds nothing that was not sent, or received, before.
    Repeated,
    /// Something that should come before it is missing.
    Gap,
    /// It lies outside the receive window.
    OutsideWindow,
    /// It goes beyond what the other end is willing to take.
    BeyondWindow,
    /// It acknowledges what was never sent, or what the end that sends it never received.
    AckOfNothing,
    /// It lacks the ACK bit, which only the first segment of a connection may do.
    NoAck,
    /// A reset that is not exactly where the next segment has to be, as of an attacker who guesses.
    BlindReset,
    /// A SYN within a connection.
    LateSyn,
    /// New data behind a FIN.
    AfterFin,
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Anomaly::Unexpected => "not a segment for this state",
            Anomaly::NoConnection => "there is no connection",
            Anomaly::Repeated => "nothing new",
            Anomaly::Gap => "something before it is missing",
            Anomaly::OutsideWindow => "outside the window",
            Anomaly::BeyondWindow => "more than the other end offered to take",
            Anomaly::AckOfNothing => "acknowledges what does not exist",
            Anomaly::NoAck => "without ACK",
            Anomaly::BlindReset => "a reset at the wrong sequence number",
            Anomaly::LateSyn => "a SYN within a connection",
            Anomaly::AfterFin => "data behind FIN",
        })
    }
}

/// A transmission control block.
#[derive(Clone, Debug, Default)]
pub struct Tcb {
    snd_una: u32,
    snd_nxt: u32,
    /// Where the window that the other end offers ends.
    snd_end: u32,
    snd_scale: Option<u8>,
    irs: u32,
    rcv_nxt: u32,
    /// Where the window that this end offers ends.
    rcv_end: u32,
    rcv_scale: Option<u8>,
    /// Received, but not in order: where it begins and ends, and whether with a FIN.
    held: Vec<(u32, u32, bool)>,
    fin_received: bool,
}

impl Tcb {
    /// Notes the SYN of this end, be it a request or an answer.
    pub fn open(&mut self, s: &Segment) {
        self.snd_una = s.seq;
        self.snd_nxt = s.end();
        self.snd_end = s.end(); // nothing may follow until the other end offers a window
        self.rcv_scale = s.scale;
        self.rcv_end = self.rcv_nxt.wrapping_add(s.window.into());
    }

    /// Notes the SYN of the other end.
    pub fn synchronize(&mut self, s: &Segment) {
        // What `open` has noted, or as much as can be offered with a SYN.
        let offered = self.rcv_end.wrapping_sub(self.rcv_nxt);
        self.irs = s.seq;
        self.rcv_nxt = s.end();
        self.rcv_end = self.rcv_nxt.wrapping_add(if offered == 0 { 0xffff } else { offered });
        self.snd_scale = s.scale;
        if let Some(ack) = s.ack {
            self.snd_una = ack;
        }
        self.snd_end = self.snd_una.wrapping_add(s.window.into());
    }

    /// Checks a segment that this end sends, and notes it.
    pub fn sent(&mut self, s: &Segment) -> Result<(), Anomaly> {
        let ack = s.ack.ok_or(Anomaly::NoAck)?;
        if after(ack, self.rcv_nxt) {
            return Err(Anomaly::AckOfNothing);
        }
        if after(s.seq, self.snd_nxt) {
            return Err(Anomaly::Gap);
        }
        let window = self.scaled(s, self.rcv_scale);
        self.rcv_end = later(self.rcv_end, ack.wrapping_add(window));
        if !after(s.end(), self.snd_nxt) {
            return if s.space() > 0 { Err(Anomaly::Repeated) } else { Ok(()) };
        }
        let snd_nxt = self.snd_nxt;
        self.snd_nxt = s.end();
        let data_end = s.seq.wrapping_add(s.length);
        if after(data_end, self.snd_end) && after(data_end, snd_nxt) {
            return Err(Anomaly::BeyondWindow);
        }
        Ok(())
    }

    /// Whether a reset that this end is said to send is where its next segment would be, or in place of one that was sent.
    pub fn may_reset(&self, s: &Segment) -> bool {
        !before(s.seq, self.snd_una) && !after(s.seq, self.snd_nxt)
    }

    /// The first check of whatever arrives: is it within the window?
    pub fn acceptable(&self, s: &Segment) -> Result<(), Anomaly> {
        let within = |n: u32| !before(n, self.rcv_nxt) && before(n, self.rcv_end);
        let acceptable = match s.space() {
            0 => s.seq == self.rcv_nxt || within(s.seq),
            _ => within(s.seq) || within(s.end().wrapping_sub(1)),
        };
        match acceptable {
            true => Ok(()),
            false if !after(s.end(), self.rcv_nxt) => Err(Anomaly::Repeated),
            false => Err(Anomaly::OutsideWindow),
        }
    }

    /// Takes the acknowledgment and the data of an acceptable segment.
    pub fn received(&mut self, s: &Segment) -> Result<(), Anomaly> {
        let ack = s.ack.ok_or(Anomaly::NoAck)?;
        if after(ack, self.snd_nxt) {
            return Err(Anomaly::AckOfNothing);
        }
        if !before(ack, self.snd_una) {
            self.snd_una = ack;
            self.snd_end = ack.wrapping_add(self.scaled(s, self.snd_scale));
        }
        if after(s.seq, self.rcv_nxt) {
            if s.space() > 0 {
                self.held.push((s.seq, s.end(), s.fin));
            }
            return Err(Anomaly::Gap);
        }
        if self.fin_received && after(s.end(), self.rcv_nxt) {
            return Err(Anomaly::AfterFin);
        }
        self.take(s.end(), s.fin);
        let next = |tcb: &Self| tcb.held.iter().position(|held| !after(held.0, tcb.rcv_nxt));
        while let Some(i) = next(self) {
            let (_, end, fin) = self.held.swap_remove(i);
            self.take(end, fin);
        }
        Ok(())
    }

    fn take(&mut self, end: u32, fin: bool) {
        if after(end, self.rcv_nxt) {
            self.rcv_nxt = end;
            self.rcv_end = later(self.rcv_end, end);
            self.fin_received |= fin;
        }
    }

    /// Whether a segment that arrives is in order and acknowledges everything, the SYN or FIN of this end included.
    pub fn completes(&self, s: &Segment) -> bool {
        !s.syn && !s.rst && self.acceptable(s).is_ok() && s.ack == Some(self.snd_nxt)
    }

    /// Whether it is the other end's SYN once more, now as an answer to the SYN of this end.
    pub fn answers_simultaneous_open(&self, s: &Segment) -> bool {
        s.syn && s.seq == self.irs && s.ack == Some(self.snd_nxt)
    }

    /// Whether a reset that arrives is in its place.
    pub fn is_reset_by(&self, s: &Segment) -> bool {
        s.rst && s.seq == self.rcv_nxt
    }

    /// Whether an acknowledgment is one of the SYN that was sent.
    pub fn syn_is_acknowledged_by(&self, s: &Segment) -> bool {
        s.ack == Some(self.snd_nxt)
    }

    /// Whether a SYN opens the next connection between the same ports, rather than being a relic of this one.
    pub fn is_followed_by(&self, s: &Segment) -> bool {
        s.is_bare_syn() && after(s.seq, self.rcv_nxt)
    }

    /// Whether everything sent is acknowledged.
    pub fn all_acknowledged(&self) -> bool {
        self.snd_una == self.snd_nxt
    }

    /// Whether the other end has sent its FIN, and everything before it has arrived.
    pub fn fin_received(&self) -> bool {
        self.fin_received
    }

    /// Whether a segment that this end sends holds something new.
    pub fn is_new(&self, s: &Segment) -> bool {
        after(s.end(), self.snd_nxt)
    }

    /// The window that a segment offers. Scaling takes both ends, and SYNs are never scaled.
    fn scaled(&self, s: &Segment, shift: Option<u8>) -> u32 {
        let both = !s.syn && self.snd_scale.is_some() && self.rcv_scale.is_some();
        u32::from(s.window) << shift.filter(|_| both).unwrap_or(0)
    }
}

fn later(a: u32, b: u32) -> u32 {
    if after(b, a) { b } else { a }
}
