//! Reads TCP segments from a capture file in the classic format that `tcpdump -w` writes.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::segment::Segment;

/// A captured segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its position in the file, from 1 on, as packet analysers count.
    pub number: usize,
    /// Since the first packet of the file.
    pub time: Duration,
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub segment: Segment,
}

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    NoCapture,
    LinkType(u32),
    CutOff { packet: usize },
    Header { packet: usize },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoCapture => f.write_str("not a capture in pcap format"),
            Error::LinkType(n) => write!(f, "captured on a link of the unknown type {n}"),
            Error::CutOff { packet } => write!(f, "the file ends within packet {packet}"),
            Error::Header { packet } => {
                write!(f, "packet {packet} holds no complete TCP header, or a malformed one")
            }
        }
    }
}

impl std::error::Error for Error {}

/// The TCP segments in a capture file. Other packets and fragments are passed over.
pub fn packets(file: &[u8]) -> Result<Vec<Packet>, Error> {
    let mut file = Bytes(file);
    let magic: [u8; 4] = file.take().ok_or(Error::NoCapture)?;
    // The magic number tells the byte order, and whether the second half of a time are micro- or nanoseconds.
    let (number, nanoseconds): (fn([u8; 4]) -> u32, _) = match magic {
        [0xd4, 0xc3, 0xb2, 0xa1] => (u32::from_le_bytes, 1000),
        [0x4d, 0x3c, 0xb2, 0xa1] => (u32::from_le_bytes, 1),
        [0xa1, 0xb2, 0xc3, 0xd4] => (u32::from_be_bytes, 1000),
        [0xa1, 0xb2, 0x3c, 0x4d] => (u32::from_be_bytes, 1),
        _ => return Err(Error::NoCapture),
    };
    file.skip(16).ok_or(Error::NoCapture)?;
    let link = number(file.take().ok_or(Error::NoCapture)?);

    let mut packets = Vec::new();
    let mut start = None;
    for packet in 1.. {
        if file.0.is_empty() {
            break;
        }
        let cut_off = Error::CutOff { packet };
        let mut field = || file.take().map(number).ok_or(cut_off);
        let (seconds, fraction, captured, _length) = (field()?, field()?, field()?, field()?);
        let data = file.slice(captured as usize).ok_or(cut_off)?;

        let time = Duration::from_secs(seconds.into())
            + Duration::from_nanos(u64::from(fraction) * nanoseconds);
        let start = *start.get_or_insert(time);
        let header = Error::Header { packet };
        let Some((from, to, mut tcp, length)) = network(link, data, header)? else { continue };
        let (from_port, to_port, segment) = transport(&mut tcp, length).ok_or(header)?;
        packets.push(Packet {
            number: packet,
            time: time.saturating_sub(start),
            from: SocketAddr::new(from, from_port),
            to: SocketAddr::new(to, to_port),
            segment,
        });
    }
    Ok(packets)
}

/// The addresses of a packet, what follows its IP header, and how long that was before the capture cut it.
type Network<'a> = (IpAddr, IpAddr, Bytes<'a>, usize);

/// Reads the headers down to IP's. There is none in a packet of another protocol, or one that holds no TCP.
fn network(link: u32, data: &[u8], error: Error) -> Result<Option<Network<'_>>, Error> {
    const TCP: u8 = 6;
    let mut data = Bytes(data);
    let link_header = match link {
        0 => 4,        // BSD loopback
        1 => 14,       // Ethernet, also Linux loopback
        12 | 101 => 0, // IP without a link
        113 => 16,     // Linux, any device
        276 => 20,     // the same, second version
        n => return Err(Error::LinkType(n)),
    };
    data.skip(link_header).ok_or(error)?;
    let header = data.0;
    match header.first().map(|first| first >> 4) {
        Some(4) => {
            let [first, _, l0, l1, _, _, f0, f1, _, protocol, _, _] = data.take().ok_or(error)?;
            if protocol != TCP || u16::from_be_bytes([f0, f1]) & 0x3fff != 0 {
                return Ok(None);
            }
            let from: [u8; 4] = data.take().ok_or(error)?;
            let to: [u8; 4] = data.take().ok_or(error)?;
            let header_length = usize::from(first & 15) * 4;
            data.skip(header_length.checked_sub(20).ok_or(error)?).ok_or(error)?;
            let length = usize::from(u16::from_be_bytes([l0, l1]));
            let length = length.checked_sub(header_length).ok_or(error)?;
            Ok(Some((Ipv4Addr::from(from).into(), Ipv4Addr::from(to).into(), data, length)))
        }
        Some(6) => {
            let [_, _, _, _, l0, l1, next, _] = data.take().ok_or(error)?;
            if next != TCP {
                return Ok(None); // with extension headers, too
            }
            let from: [u8; 16] = data.take().ok_or(error)?;
            let to: [u8; 16] = data.take().ok_or(error)?;
            let length = usize::from(u16::from_be_bytes([l0, l1]));
            Ok(Some((Ipv6Addr::from(from).into(), Ipv6Addr::from(to).into(), data, length)))
        }
        _ => Ok(None),
    }
}

/// Reads a TCP header: the ports, and the segment of `length` bytes, header included.
fn transport(tcp: &mut Bytes<'_>, length: usize) -> Option<(u16, u16, Segment)> {
    let from = u16::from_be_bytes(tcp.take()?);
    let to = u16::from_be_bytes(tcp.take()?);
    let seq = u32::from_be_bytes(tcp.take()?);
    let ack = u32::from_be_bytes(tcp.take()?);
    let [offset, flags] = tcp.take()?;
    let window = u16::from_be_bytes(tcp.take()?);
    tcp.skip(4)?; // checksum, which loopback leaves to hardware that is not there, and urgent pointer
    let header = usize::from(offset >> 4) * 4;
    let options = tcp.slice(header.checked_sub(20)?)?;
    let flag = |bit: u8| flags & bit != 0;
    let segment = Segment {
        seq,
        ack: flag(0x10).then_some(ack),
        syn: flag(0x02),
        fin: flag(0x01),
        rst: flag(0x04),
        window,
        scale: window_scale(options),
        length: u32::try_from(length.checked_sub(header)?).ok()?,
    };
    Some((from, to, segment))
}

/// The window scale option, if there is one.
fn window_scale(mut options: &[u8]) -> Option<u8> {
    const LARGEST: u8 = 14;
    loop {
        match *options {
            [1, ref rest @ ..] => options = rest,
            [3, 3, shift, ..] => return Some(shift.min(LARGEST)),
            [kind, length, ..] if kind > 1 && length >= 2 => {
                options = options.get(usize::from(length)..)?;
            }
            _ => return None,
        }
    }
}

/// Bytes to take from the front.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn slice(&mut self, n: usize) -> Option<&'a [u8]> {
        let (slice, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(slice)
    }

    fn skip(&mut self, n: usize) -> Option<()> {
        self.slice(n).map(drop)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (&array, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(array)
    }
}
