//! A driver that is generic over its bus.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Poll {
    Idle,
    Busy,
    Done(u8),
    Failed,
}

pub trait Bus {
    fn write(&mut self, byte: u8) -> bool;
    fn read(&mut self) -> Option<u8>;
    fn stop(&mut self);
}

#[derive(Default)]
pub struct Wire {
    pub written: u64,
    pub seed: u32,
    pub stops: u32,
}
impl Bus for Wire {
    #[inline]
    fn write(&mut self, byte: u8) -> bool {
        self.written = self.written.rotate_left(3) ^ u64::from(byte);
        self.written & 7 != 3
    }
    #[inline]
    fn read(&mut self) -> Option<u8> {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.seed >> 30 != 0).then_some((self.seed >> 20) as u8)
    }
    #[inline]
    fn stop(&mut self) {
        self.stops += 1;
    }
}

entries! { I2c {
    fn start_read(address: u8, register: u8, length: u8) -> bool;
    fn start_write(address: u8, data: [u8; 8], length: u8) -> bool;
    fn poll() -> Poll;
    fn abort();
} }

/// How both drivers are driven.
macro_rules! entry_points {
    () => {
        impl super::I2c for I2c {
            #[inline]
            fn start_read(&mut self, a: u8, r: u8, l: u8) -> bool {
                Driver::start_read(self, a, r, l)
            }
            #[inline]
            fn start_write(&mut self, a: u8, d: [u8; 8], l: u8) -> bool {
                Driver::start_write(self, a, d, l)
            }
            #[inline]
            fn poll(&mut self) -> Poll {
                Driver::poll(self)
            }
            #[inline]
            fn abort(&mut self) {
                Driver::abort(self)
            }
        }
        impl instructions::Machine for I2c {
            fn new() -> Self {
                Driver::new(super::Wire::default())
            }
            fn checksum(&mut self) -> u64 {
                super::sum(&self.bus, &self.buffer, self.nacks, self.aborts)
            }
        }
    };
}

mod frame {
    use super::{Bus, Poll};
    pub type I2c = Driver<super::Wire, 8>;
    frame_runtime::frame_system! {
        pub @@system Driver<B: Bus, const N: usize>(bus: B) {
            interface:
                start_read(address: u8, register: u8, length: u8): bool = false
                start_write(address: u8, data: [u8; N], length: u8): bool = false
                poll(): Poll = Poll::Idle
                abort()
            machine:
                $Idle {
                    start_read(address: u8, register: u8, length: u8): bool {
                        if usize::from(length) > N { @@:return(false) }
                        @@:(true)
                        -> $Addressing(address, register, length)
                    }
                    start_write(address: u8, data: [u8; N], length: u8): bool {
                        if usize::from(length) > N || length == 0 { return false; }
                        -> $Sending(address, data, length)
                        @@:(true)
                    }
                }
                $Addressing(address: u8, register: u8, length: u8) => $Active {
                    $.step: u8 = 0
                    $.tries: u8 = 0
                    poll(): Poll {
                        let byte = match $.step { 0 => address << 1, 1 => register, _ => address << 1 | 1 };
                        if !self.bus.write(byte) {
                            $.tries += 1;
                            if $.tries > 2 { -> $Idle @@:(Poll::Failed) }
                            @@:return(Poll::Busy)
                        }
                        $.step += 1;
                        if $.step == 3 { -> $Receiving(length) @@:(Poll::Busy) }
                        Poll::Busy
                    }
                    => $^
                }
                $Receiving(length: u8) => $Active {
                    $.at: u8 = 0
                    poll(): Poll {
                        let Some(byte) = self.bus.read() else { @@:return(Poll::Busy) };
                        if $.at < length { self.buffer[usize::from($.at)] = byte; $.at += 1; }
                        if $.at >= length { @@:(Poll::Done($.at)) -> $Idle }
                        Poll::Busy
                    }
                    => $^
                }
                $Sending(address: u8, data: [u8; N], length: u8) => $Active {
                    $.at: usize = 0
                    $.addressed: bool = false
                    poll(): Poll {
                        if !$.addressed {
                            $.addressed = self.bus.write(address << 1);
                            return Poll::Busy;
                        }
                        if !self.bus.write(data[$.at]) { self.nacks += 1; @@:(Poll::Failed) -> $Idle }
                        $.at += 1;
                        if $.at == usize::from(length) { @@:(Poll::Done(length)) -> $Idle }
                        Poll::Busy
                    }
                    => $^
                }
                $Active {
                    <$() { self.bus.stop(); }
                    abort() { self.aborts += 1; -> $Idle }
                }
            domain:
                pub bus: B
                pub buffer: [u8; N] = [0; N]
                pub nacks: u32 = 0
                pub aborts: u32 = 0
        }
    }
    entry_points!();
}

mod hand {
    use super::{Bus, Poll};
    pub type I2c = Driver<super::Wire, 8>;
    enum State<const N: usize> {
        Idle,
        Addressing { address: u8, register: u8, length: u8, step: u8, tries: u8 },
        Receiving { length: u8, at: u8 },
        Sending { address: u8, data: [u8; N], length: u8, at: usize, addressed: bool },
    }
    pub struct Driver<B: Bus, const N: usize> {
        state: State<N>,
        pub bus: B,
        pub buffer: [u8; N],
        pub nacks: u32,
        pub aborts: u32,
    }
    impl<B: Bus, const N: usize> Driver<B, N> {
        pub fn new(bus: B) -> Self {
            Self { state: State::Idle, bus, buffer: [0; N], nacks: 0, aborts: 0 }
        }
        #[inline]
        fn start_read(&mut self, address: u8, register: u8, length: u8) -> bool {
            match self.state {
                State::Idle => {
                    if usize::from(length) > N {
                        return false;
                    }
                    self.state = State::Addressing { address, register, length, step: 0, tries: 0 };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn start_write(&mut self, address: u8, data: [u8; N], length: u8) -> bool {
            match self.state {
                State::Idle => {
                    if usize::from(length) > N || length == 0 {
                        return false;
                    }
                    self.state = State::Sending { address, data, length, at: 0, addressed: false };
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn finish(&mut self, poll: Poll) -> Poll {
            self.bus.stop();
            self.state = State::Idle;
            poll
        }
        #[inline]
        fn poll(&mut self) -> Poll {
            match &mut self.state {
                State::Idle => Poll::Idle,
                State::Addressing { address, register, length, step, tries } => {
                    let byte = match *step {
                        0 => *address << 1,
                        1 => *register,
                        _ => *address << 1 | 1,
                    };
                    if !self.bus.write(byte) {
                        *tries += 1;
                        if *tries > 2 {
                            return self.finish(Poll::Failed);
                        }
                        return Poll::Busy;
                    }
                    *step += 1;
                    if *step == 3 {
                        let length = *length;
                        self.bus.stop();
                        self.state = State::Receiving { length, at: 0 };
                    }
                    Poll::Busy
                }
                State::Receiving { length, at } => {
                    let Some(byte) = self.bus.read() else { return Poll::Busy };
                    if *at < *length {
                        self.buffer[usize::from(*at)] = byte;
                        *at += 1;
                    }
                    if *at >= *length {
                        let at = *at;
                        return self.finish(Poll::Done(at));
                    }
                    Poll::Busy
                }
                State::Sending { address, data, length, at, addressed } => {
                    if !*addressed {
                        *addressed = self.bus.write(*address << 1);
                        return Poll::Busy;
                    }
                    if !self.bus.write(data[*at]) {
                        self.nacks += 1;
                        return self.finish(Poll::Failed);
                    }
                    *at += 1;
                    if *at == usize::from(*length) {
                        let length = *length;
                        return self.finish(Poll::Done(length));
                    }
                    Poll::Busy
                }
            }
        }
        #[inline]
        fn abort(&mut self) {
            match self.state {
                State::Idle => {}
                _ => {
                    self.aborts += 1;
                    self.finish(Poll::Idle);
                }
            }
        }
    }
    entry_points!();
}

fn sum(wire: &Wire, buffer: &[u8], nacks: u32, aborts: u32) -> u64 {
    buffer
        .iter()
        .fold(wire.written, |s, b| s.wrapping_mul(3) + u64::from(*b))
        .wrapping_add(u64::from(wire.stops) + u64::from(nacks) + u64::from(aborts))
}

pub(crate) const WORKLOAD: Workload =
    instructions::workload!("i2c", "generic I2C driver", I2c, run, 4096, Goal::Percent(5.0));

drive! { I2c, 16, |m, e, a| match e {
    0 if a < 64 => { call::abort(m); 0 }
    1..3 => call::start_read(m, a, e, a & 15).into(),
    3..5 => call::start_write(m, a, [a; 8], a & 15).into(),
    _ => match call::poll(m) { Poll::Idle => 0, Poll::Busy => 1, Poll::Done(n) => 2 + u64::from(n), Poll::Failed => 99 },
} }
