//! A parser of HTTP requests, whose request goes from state to state.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Put,
    Delete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Method,
    Target(u16),
    Version,
    Header,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    Length,
    Host,
    Other(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    pub minor: u8,
    pub target: u32,
    pub target_length: u16,
    pub length: Option<u64>,
    pub headers: u8,
}

impl Request {
    #[inline]
    fn new(method: Method) -> Self {
        Self { method, minor: 0, target: 0, target_length: 0, length: None, headers: 0 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    More,
    Done(Request),
    Bad(Bad),
}

#[inline]
fn method(word: &[u8]) -> Option<Method> {
    match word {
        b"GET" => Some(Method::Get),
        b"PUT" => Some(Method::Put),
        b"DELETE" => Some(Method::Delete),
        _ => None,
    }
}

#[inline]
fn header(hash: u32, length: u8) -> Header {
    match (hash, length) {
        (_, 6) => Header::Length,
        (_, 4) => Header::Host,
        _ => Header::Other(hash),
    }
}

#[inline]
fn mix(hash: u32, b: u8) -> u32 {
    hash.wrapping_mul(31).wrapping_add(u32::from(b))
}

entries! { Http {
    fn byte(b: u8) -> Progress;
    fn bytes(chunk: &[u8]) -> usize;
    fn reset();
    fn headers() -> Option<u8>;
} }

mod frame {
    use super::{Bad, Header, Progress, Request, header, method, mix};
    frame_runtime::frame_system! {
        pub @@system Http : super::Http {
            interface:
                byte(b: u8): Progress = Progress::More
                // So many of these bytes the state could take at once.
                bytes(chunk: &[u8]): usize = 0
                reset()
                headers(): Option<u8> = None
            machine:
                $Method {
                    $.word: [u8; 7] = [0; 7]
                    $.at: u8 = 0
                    byte(b: u8): Progress {
                        if b == b' ' {
                            match method(&$.word[..usize::from($.at)]) {
                                Some(m) => -> $Target(Request::new(m)),
                                None => -> (Bad::Method) $Broken
                            }
                        }
                        if $.at == 7 { -> (Bad::Method) $Broken }
                        $.word[usize::from($.at)] = b;
                        $.at += 1;
                        Progress::More
                    }
                    reset() { if $.at > 0 { -> $Method } }
                }
                $Target(request: Request) {
                    $.hash: u32 = 5381
                    $.length: u16 = 0
                    byte(b: u8): Progress {
                        match b {
                            b' ' if $.length > 0 => {
                                -> $Version(Request { target: $.hash, target_length: $.length, ..request })
                            }
                            b' ' | b'\r' | b'\n' => -> (Bad::Target($.length)) $Broken,
                            _ => {
                                $.hash = mix($.hash, b);
                                $.length += 1;
                                Progress::More
                            }
                        }
                    }
                    bytes(chunk: &[u8]): usize {
                        let mut taken = 0;
                        for b in chunk {
                            if *b <= b' ' { break; }
                            $.hash = mix($.hash, *b);
                            taken += 1;
                        }
                        $.length += taken as u16;
                        taken
                    }
                    reset() { -> $Method }
                }
                $Version(request: Request) {
                    $.seen: u8 = 0
                    byte(b: u8): Progress {
                        $.seen += 1;
                        match ($.seen, b) {
                            (1, b'/') | (3, b'\r') => Progress::More,
                            (2, b'0' | b'1') => {
                                $.minor = b - b'0';
                                Progress::More
                            }
                            (4, b'\n') => -> $Name(Request { minor: $.minor, ..request }),
                            _ => -> (Bad::Version) $Broken
                        }
                    }
                    $.minor: u8 = 0
                    reset() { -> $Method }
                }
                $Name(request: Request) {
                    $.hash: u32 = 0
                    $.length: u8 = 0
                    byte(b: u8): Progress {
                        match b {
                            b':' => -> $Value(request, header($.hash, $.length)),
                            b'\n' if $.length == 0 => {
                                self.requests += 1;
                                @@:(Progress::Done(request))
                                -> $Method
                            }
                            b'\r' => Progress::More,
                            b'a'..=b'z' | b'-' => {
                                $.hash = mix($.hash, b);
                                $.length += 1;
                                Progress::More
                            }
                            _ => -> (Bad::Header) $Broken
                        }
                    }
                    headers(): Option<u8> { Some(request.headers) }
                    reset() { -> $Method }
                }
                $Value(request: Request, kind: Header) {
                    $.number: u64 = 0
                    $.text: Option<Box<[u8; 16]>> = None
                    $.at: u8 = 0
                    byte(b: u8): Progress {
                        match (kind, b) {
                            (_, b'\r') => Progress::More,
                            (Header::Length, b'\n') => {
                                let headers = request.headers + 1;
                                -> $Name(Request { length: Some($.number), headers, ..request })
                            }
                            (_, b'\n') => {
                                if let Some(text) = &$.text { self.host = u32::from(text[0]); }
                                -> $Name(Request { headers: request.headers + 1, ..request })
                            }
                            (Header::Length, b'0'..=b'9') => {
                                $.number = $.number.wrapping_mul(10) + u64::from(b - b'0');
                                Progress::More
                            }
                            (Header::Length, _) => -> (Bad::Header) $Broken,
                            (Header::Host, _) => {
                                let at = usize::from($.at & 15);
                                let text = $.text.get_or_insert_with(|| Box::new([0; 16]));
                                text[at] = b;
                                $.at += 1;
                                Progress::More
                            }
                            (Header::Other(_), _) => Progress::More
                        }
                    }
                    headers(): Option<u8> { Some(request.headers) }
                    reset() { -> $Method }
                }
                $Broken {
                    $>(why: Bad) {
                        self.errors += 1;
                        @@:(Progress::Bad(why))
                    }
                    byte(b: u8): Progress {
                        if b == b'\n' { -> $Method }
                        Progress::More
                    }
                    reset() { -> $Method }
                }
            domain:
                pub requests: u32 = 0
                pub errors: u32 = 0
                pub host: u32 = 0
        }
    }
}

mod hand {
    use super::{Bad, Header, Progress, Request, header, method, mix};
    enum State {
        Method { word: [u8; 7], at: u8 },
        Target { request: Request, hash: u32, length: u16 },
        Version { request: Request, seen: u8, minor: u8 },
        Name { request: Request, hash: u32, length: u8 },
        Value { request: Request, kind: Header, number: u64, text: Option<Box<[u8; 16]>>, at: u8 },
        Broken,
    }
    const START: State = State::Method { word: [0; 7], at: 0 };
    pub struct Http {
        state: State,
        pub requests: u32,
        pub errors: u32,
        pub host: u32,
    }
    impl Http {
        pub fn new() -> Self {
            Self { state: START, requests: 0, errors: 0, host: 0 }
        }
        #[inline]
        fn broken(&mut self, why: Bad) -> Progress {
            self.state = State::Broken;
            self.errors += 1;
            Progress::Bad(why)
        }
    }
    impl super::Http for Http {
        #[inline]
        fn byte(&mut self, b: u8) -> Progress {
            match &mut self.state {
                State::Method { word, at } => {
                    if b == b' ' {
                        match method(&word[..usize::from(*at)]) {
                            Some(m) => {
                                let request = Request::new(m);
                                self.state = State::Target { request, hash: 5381, length: 0 };
                                return Progress::More;
                            }
                            None => return self.broken(Bad::Method),
                        }
                    }
                    if *at == 7 {
                        return self.broken(Bad::Method);
                    }
                    word[usize::from(*at)] = b;
                    *at += 1;
                }
                State::Target { request, hash, length } => match b {
                    b' ' if *length > 0 => {
                        let request = Request { target: *hash, target_length: *length, ..*request };
                        self.state = State::Version { request, seen: 0, minor: 0 };
                    }
                    b' ' | b'\r' | b'\n' => {
                        let length = *length;
                        return self.broken(Bad::Target(length));
                    }
                    _ => {
                        *hash = mix(*hash, b);
                        *length += 1;
                    }
                },
                State::Version { request, seen, minor } => {
                    *seen += 1;
                    match (*seen, b) {
                        (1, b'/') | (3, b'\r') => {}
                        (2, b'0' | b'1') => *minor = b - b'0',
                        (4, b'\n') => {
                            let request = Request { minor: *minor, ..*request };
                            self.state = State::Name { request, hash: 0, length: 0 };
                        }
                        _ => return self.broken(Bad::Version),
                    }
                }
                State::Name { request, hash, length } => match b {
                    b':' => {
                        self.state = State::Value {
                            request: *request,
                            kind: header(*hash, *length),
                            number: 0,
                            text: None,
                            at: 0,
                        };
                    }
                    b'\n' if *length == 0 => {
                        self.requests += 1;
                        let request = *request;
                        self.state = START;
                        return Progress::Done(request);
                    }
                    b'\r' => {}
                    b'a'..=b'z' | b'-' => {
                        *hash = mix(*hash, b);
                        *length += 1;
                    }
                    _ => return self.broken(Bad::Header),
                },
                State::Value { request, kind, number, text, at } => match (*kind, b) {
                    (_, b'\r') => {}
                    (Header::Length, b'\n') => {
                        let request = Request {
                            length: Some(*number),
                            headers: request.headers + 1,
                            ..*request
                        };
                        self.state = State::Name { request, hash: 0, length: 0 };
                    }
                    (_, b'\n') => {
                        if let Some(text) = text {
                            self.host = u32::from(text[0]);
                        }
                        let request = Request { headers: request.headers + 1, ..*request };
                        self.state = State::Name { request, hash: 0, length: 0 };
                    }
                    (Header::Length, b'0'..=b'9') => {
                        *number = number.wrapping_mul(10) + u64::from(b - b'0');
                    }
                    (Header::Length, _) => return self.broken(Bad::Header),
                    (Header::Host, _) => {
                        let text = text.get_or_insert_with(|| Box::new([0; 16]));
                        text[usize::from(*at & 15)] = b;
                        *at += 1;
                    }
                    (Header::Other(_), _) => {}
                },
                State::Broken => {
                    if b == b'\n' {
                        self.state = START;
                    }
                }
            }
            Progress::More
        }
        #[inline]
        fn bytes(&mut self, chunk: &[u8]) -> usize {
            match &mut self.state {
                State::Target { hash, length, .. } => {
                    let mut taken = 0;
                    for b in chunk {
                        if *b <= b' ' {
                            break;
                        }
                        *hash = mix(*hash, *b);
                        taken += 1;
                    }
                    *length += taken as u16;
                    taken
                }
                _ => 0,
            }
        }
        #[inline]
        fn reset(&mut self) {
            match self.state {
                State::Method { at: 0, .. } => {}
                _ => self.state = START,
            }
        }
        #[inline]
        fn headers(&mut self) -> Option<u8> {
            match &self.state {
                State::Name { request, .. } | State::Value { request, .. } => Some(request.headers),
                _ => None,
            }
        }
    }
}

instructions::machine! { Http, |h| u64::from(h.requests) + 3 * u64::from(h.errors) + 5 * u64::from(h.host) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "http",
    "HTTP requests, a struct handed on",
    Http,
    run,
    4096,
    Goal::Percent(5.0)
);

const TEXT: &[u8] = b"GET a/path /1\r\nhost: me\r\nlength:12\r\naccept:any\r\n\r\nPUT x/yz?q=3 /0\r\nlength:7\r\n\r\nPOST z /1\r\n\n";
drive! { Http, 128, |m, e, a, t| match e {
    0 => { if a < 60 { call::reset(m); } 0 }
    1..4 => call::bytes(m, &TEXT[usize::from(a & 63)..][..16]) as u64,
    4..9 => call::headers(m).map_or(9, u64::from),
    _ => match call::byte(m, TEXT[(t / 7) as usize % TEXT.len()]) {
        Progress::More => 0,
        Progress::Done(r) => r.length.unwrap_or(7) + u64::from(r.target) + u64::from(r.minor)
            + u64::from(r.headers) + u64::from(r.target_length) + r.method as u64,
        Progress::Bad(Bad::Target(n)) => 40 + u64::from(n),
        Progress::Bad(why) => match why { Bad::Method => 1, Bad::Version => 2, _ => 3 },
    }
} }
