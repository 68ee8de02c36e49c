//! Replays a capture through a [`Connection`] for either end.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use super::connection::{Connection, ConnectionState};
use super::control::Anomaly;
use super::pcap::Packet;
use super::segment::{Segment, after, before};

/// Twice the time that a segment may live, as Linux has it. The RFC says four minutes.
pub const TWO_MSL: Duration = Duration::from_secs(60);

/// All that two ends have sent each other.
pub struct Conversation {
    pub ends: [End; 2],
    pub events: Vec<Event>,
}

/// One of the two ends.
pub struct End {
    pub address: SocketAddr,
    pub connection: Connection,
    /// Segments on their way to it.
    inbox: VecDeque<Packet>,
}

/// What happened to an end, the first or the second one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub time: Duration,
    pub end: usize,
    pub what: What,
    /// The state that the end is in thereafter.
    pub state: ConnectionState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Sent(Packet, Result<(), Anomaly>),
    Received(Packet, Result<(), Anomaly>),
    /// Did not reach this end.
    Lost(Packet),
    TimedOut,
}

/// The conversations in a capture, in the order in which they begin.
pub fn conversations(packets: &[Packet]) -> Vec<Conversation> {
    let mut indices = HashMap::new();
    let mut groups: Vec<Vec<Packet>> = Vec::new();
    for &packet in packets {
        let key = (packet.from.min(packet.to), packet.from.max(packet.to));
        let index = *indices.entry(key).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[index].push(packet);
    }
    groups.iter().filter_map(|group| replay(group)).collect()
}

/// Replays what two ends have sent each other.
pub fn replay(packets: &[Packet]) -> Option<Conversation> {
    let &Packet { from, to, .. } = packets.first()?;
    let mut conversation = Conversation {
        ends: [from, to].map(|address| End::new(address, packets)),
        events: Vec::new(),
    };
    for (i, packet) in packets.iter().enumerate() {
        conversation.tick(packet.time);
        conversation.send(*packet, is_lost(packet, &packets[i + 1..]));
        for end in 0..2 {
            let address = conversation.ends[end].address;
            let next = packets[i + 1..].iter().find(|next| next.from == address);
            conversation.deliver(end, packet.time, next.map(|next| &next.segment));
        }
    }
    conversation.tick(Duration::MAX);
    Some(conversation)
}

impl End {
    fn new(address: SocketAddr, packets: &[Packet]) -> Self {
        let mut connection = Connection::new(TWO_MSL);
        // The user's passive OPEN sends nothing. That there was one shows when this end answers a SYN.
        let syn = packets.iter().find(|packet| packet.from == address && packet.segment.syn);
        if syn.is_some_and(|syn| !syn.segment.is_bare_syn()) {
            connection.listen();
        }
        Self { address, connection, inbox: VecDeque::new() }
    }
}

impl Conversation {
    /// The segments that were not as expected: which, at which end, and why.
    pub fn anomalies(&self) -> impl Iterator<Item = (usize, usize, Anomaly)> {
        self.events.iter().filter_map(|event| match event.what {
            What::Sent(packet, Err(anomaly)) | What::Received(packet, Err(anomaly)) => {
                Some((packet.number, event.end, anomaly))
            }
            _ => None,
        })
    }

    fn tick(&mut self, now: Duration) {
        for end in 0..2 {
            let connection = &mut self.ends[end].connection;
            if let Some(deadline) = connection.deadline().filter(|&deadline| deadline <= now) {
                connection.tick(deadline);
                self.note(deadline, end, What::TimedOut);
            }
            self.ends[end].connection.tick(now);
        }
    }

    fn send(&mut self, packet: Packet, lost: bool) {
        let index = |address| usize::from(self.ends[0].address != address);
        let (from, to) = (index(packet.from), index(packet.to));
        let result = self.ends[from].connection.send(&packet.segment);
        self.note(packet.time, from, What::Sent(packet, result));
        match lost {
            true => self.note(packet.time, to, What::Lost(packet)),
            false => self.ends[to].inbox.push_back(packet),
        }
    }

    /// Hands an end what has arrived by now, given what it is going to send next.
    fn deliver(&mut self, end: usize, now: Duration, next: Option<&Segment>) {
        while let Some(packet) = self.ends[end].inbox.front().copied()
            && has_arrived(&packet.segment, next)
        {
            self.ends[end].inbox.pop_front();
            let result = self.ends[end].connection.receive(&packet.segment);
            self.note(now, end, What::Received(packet, result));
        }
    }

    fn note(&mut self, time: Duration, end: usize, what: What) {
        let state = self.ends[end].connection.state();
        self.events.push(Event { time, end, what, state });
    }
}

/// Whether a segment that was sent has reached the other end, given what that end is going to send next.
///
/// A capture tells when a segment passed the wire, not when the other end has taken it. What tells is the next
/// acknowledgment: an end that acknowledges less does not know of the segment yet. So segments that cross each other, as
/// in a simultaneous close, are taken to have crossed.
fn has_arrived(s: &Segment, next: Option<&Segment>) -> bool {
    let Some(next) = next else { return true };
    match next.ack {
        // An end that has the SYN answers it, and one that has the answer does not send a SYN again.
        _ if s.syn => !next.is_bare_syn() && (s.is_bare_syn() || !next.syn),
        // A SYN behind anything else is of the next connection.
        _ if next.syn => true,
        None => true,
        // Nobody goes on acknowledging behind a reset that was taken.
        Some(ack) if s.rst => next.rst || ack != s.seq,
        // Behind a gap, nothing is acknowledged.
        Some(ack) => !before(ack, s.end()) || after(s.seq, ack),
    }
}

/// Whether a segment never reached the other end: it is sent again before it was acknowledged.
fn is_lost(packet: &Packet, later: &[Packet]) -> bool {
    let s = &packet.segment;
    let unacknowledged =
        |p: &&Packet| p.from == packet.from || p.segment.ack.is_none_or(|ack| before(ack, s.end()));
    // The SYN of a simultaneous open comes again in its answer, which is another segment.
    let again =
        |t: &Segment| (t.seq, t.end(), t.is_bare_syn()) == (s.seq, s.end(), s.is_bare_syn());
    s.space() > 0
        && later
            .iter()
            .take_while(unacknowledged)
            .any(|p| p.from == packet.from && again(&p.segment))
}

/// As the figures of RFC 9293 have it: a line per segment, with the states of those concerned, and `...` at the side where
/// it is still, or was until now, on its way. `XXX` is where it never arrives.
impl fmt::Display for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [left, right] = &self.ends;
        writeln!(f, "{:>26}       {:44}       {}", left.address, "", right.address)?;
        let mut first_numbers = [None; 2];
        let mut events = self.events.iter().peekable();
        while let Some(event) = events.next() {
            let mut sides = [const { ("", String::new()) }; 2];
            let (text, arrival) = match event.what {
                What::TimedOut => {
                    sides[event.end].1 = event.state.to_string();
                    (format!("{:^44}", "timeout"), None)
                }
                What::Sent(packet, _) | What::Received(packet, _) | What::Lost(packet) => {
                    // Arriving at once takes no line of its own.
                    let arrival = events.next_if(|next| match next.what {
                        What::Received(p, _) | What::Lost(p) => {
                            matches!(event.what, What::Sent(..)) && p.number == packet.number
                        }
                        _ => false,
                    });
                    let sender = usize::from(packet.from != left.address);
                    sides.iter_mut().for_each(|side| side.0 = "...");
                    for event in [Some(event), arrival].into_iter().flatten() {
                        sides[event.end] = match event.what {
                            What::Lost(_) => ("XXX", String::new()),
                            _ => (["-->", "<--"][sender], event.state.to_string()),
                        };
                    }
                    let opens = packet.segment.syn && matches!(event.what, What::Sent(_, Ok(())));
                    if opens || first_numbers[sender].is_none() {
                        first_numbers[sender] = Some(packet.segment.seq);
                    }
                    let first = |end: usize| first_numbers[end].unwrap_or(0);
                    (written(&packet.segment, first(sender), first(1 - sender)), arrival)
                }
            };
            let time = event.time.as_secs_f64();
            let [(left, left_state), (right, right_state)] = sides;
            let line = format!(
                "{time:>12.6}  {left_state:>12}  {left:3}  {text:44}  {right:3}  {right_state}"
            );
            writeln!(f, "{}", line.trim_end())?;
            for event in [Some(event), arrival].into_iter().flatten() {
                self.remark(f, event)?;
            }
        }
        for end in &self.ends {
            let states = end.connection.visited.iter().map(|state| state.to_string());
            writeln!(f, "{:>26}  {}", end.address, states.collect::<Vec<_>>().join(" > "))?;
        }
        Ok(())
    }
}

impl Conversation {
    fn remark(&self, f: &mut fmt::Formatter<'_>, event: &Event) -> fmt::Result {
        let address = self.ends[event.end].address;
        match event.what {
            What::Sent(_, Err(anomaly)) => writeln!(f, "{:33}! {address} sends: {anomaly}", ""),
            What::Received(_, Err(anomaly)) => {
                writeln!(f, "{:33}! {address} receives: {anomaly}", "")
            }
            What::Lost(_) => writeln!(f, "{:33}! lost: it is sent again", ""),
            _ => Ok(()),
        }
    }
}

/// A segment in the notation of the RFC, its numbers counted from the SYNs.
fn written(s: &Segment, ours: u32, theirs: u32) -> String {
    let mut text = format!("<SEQ={}>", s.seq.wrapping_sub(ours));
    if let Some(ack) = s.ack {
        text += &format!("<ACK={}>", ack.wrapping_sub(theirs));
    }
    if s.length > 0 {
        text += &format!("<LEN={}>", s.length);
    }
    let bits = [(s.syn, "SYN"), (s.fin, "FIN"), (s.rst, "RST"), (s.ack.is_some(), "ACK")];
    let set: Vec<_> = bits.iter().filter(|(set, _)| *set).map(|(_, name)| *name).collect();
    text + &format!("<CTL={}>", set.join(","))
}
