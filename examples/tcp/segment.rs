//! What a state machine of TCP looks at of a segment, and the arithmetic of sequence numbers.

/// A segment without its payload, of which only the length matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    pub seq: u32,
    /// The acknowledgment number of a segment that has the ACK bit.
    pub ack: Option<u32>,
    pub syn: bool,
    pub fin: bool,
    pub rst: bool,
    /// The window as it stands in the header, unscaled.
    pub window: u16,
    /// By how many bits later windows are to be shifted: the option of a SYN.
    pub scale: Option<u8>,
    pub length: u32,
}

impl Segment {
    /// How many sequence numbers it takes up: SYN and FIN have one each.
    pub fn space(&self) -> u32 {
        self.length + u32::from(self.syn) + u32::from(self.fin)
    }

    /// The sequence number that follows it.
    pub fn end(&self) -> u32 {
        self.seq.wrapping_add(self.space())
    }

    /// Whether it asks for a connection, without answering such a request.
    pub fn is_bare_syn(&self) -> bool {
        self.syn && self.ack.is_none()
    }
}

/// Whether `a` comes before `b` in the space of sequence numbers, which wraps around.
pub fn before(a: u32, b: u32) -> bool {
    a.wrapping_sub(b) > u32::MAX / 2
}

/// Whether `a` comes after `b`.
pub fn after(a: u32, b: u32) -> bool {
    before(b, a)
}
