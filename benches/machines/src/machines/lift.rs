//! A lift that is given events as values, and answers each.

use instructions::{Goal, Machine, Workload};

pub trait Lift: Machine {
    fn give(&mut self, kind: u8, a: u8) -> u64;
}

/// How both machines are driven, with event and reply types of their own.
macro_rules! entry_points {
    () => {
        impl super::Lift for Lift {
            #[inline]
            fn give(&mut self, kind: u8, a: u8) -> u64 {
                let event = match kind {
                    0 => LiftEvent::Call { floor: a & 7, up: a > 99 },
                    1 => LiftEvent::Press { floor: a & 7 },
                    2..=4 => LiftEvent::Arrived { floor: a & 7 },
                    5 | 6 => LiftEvent::Door { open: a & 1 == 0 },
                    7 => LiftEvent::Alarm { code: u16::from(a), weight: u32::from(a) },
                    8 => LiftEvent::Reset,
                    9 => LiftEvent::Position,
                    _ => LiftEvent::Tick { ms: u32::from(a) },
                };
                match super::call::dispatch(self, event) {
                    LiftReply::Call(b) | LiftReply::Press(b) => u64::from(b) + 2,
                    LiftReply::Alarm(n) => n.into(),
                    LiftReply::Position(n) => n.into(),
                    LiftReply::Nothing => 0,
                }
            }
        }
        impl super::Dispatch for Lift {
            type Event = LiftEvent;
            type Reply = LiftReply;
            #[inline]
            fn send(&mut self, event: LiftEvent) -> LiftReply {
                self.dispatch(event)
            }
        }
    };
}

mod frame {
    frame_runtime::frame_system! {
        @@[event_enum]
        pub @@system Lift {
            interface:
                call(floor: u8, up: bool): bool = false
                press(floor: u8): bool = false
                arrived(floor: u8)
                tick(ms: u32)
                door(open: bool)
                alarm(code: u16, weight: u32): u32 = 0
                reset()
                position(): u8 = 0
            machine:
                $Waiting => $Working {
                    call(floor: u8, up: bool): bool {
                        if floor == self.floor { @@:(false) -> $Opening }
                        @@:(true)
                        -> $Moving(floor)
                    }
                    press(floor: u8): bool {
                        if floor == self.floor || floor > 20 { return false; }
                        @@:(true)
                        -> $Moving(floor)
                    }
                    => $^
                }
                $Moving(to: u8) => $Working {
                    $.ms: u32 = 0
                    $>() { self.trips += 1; }
                    call(floor: u8, up: bool): bool { self.queue |= 1 << (floor & 31); up }
                    press(floor: u8): bool { self.queue |= 1 << (floor & 31); true }
                    arrived(floor: u8) {
                        self.floor = floor;
                        self.queue &= !(1 << (floor & 31));
                        if floor == to { -> $Opening }
                    }
                    tick(ms: u32) { $.ms += ms; if $.ms > 4000 { -> $Stuck($.ms) } => $^ }
                    => $^
                }
                $Opening => $Working {
                    door(open: bool) { if open { -> $Open } }
                    => $^
                }
                $Open => $Working {
                    $.left: u32 = 500
                    tick(ms: u32) {
                        => $^
                        $.left = $.left.saturating_sub(ms);
                        if $.left == 0 { -> $Closing }
                    }
                    press(floor: u8): bool { self.queue |= 1 << (floor & 31); true }
                    => $^
                }
                $Closing => $Working {
                    door(open: bool) {
                        if open { -> $Open }
                        if self.queue != 0 { -> $Moving(self.queue.trailing_zeros() as u8) }
                        -> $Waiting
                    }
                    call(floor: u8, up: bool): bool { if floor == self.floor { -> $Open @@:(true) } false }
                    => $^
                }
                $Working {
                    tick(ms: u32) { self.time += u64::from(ms); }
                    alarm(code: u16, weight: u32): u32 {
                        self.alarms += 1;
                        @@:(weight + u32::from(code))
                        if weight > 200 { -> $Stuck(weight) }
                    }
                    position(): u8 { self.floor }
                }
                $Stuck(why: u32) {
                    reset() { self.why ^= why; self.queue = 0; -> $Waiting }
                    alarm(code: u16, weight: u32): u32 { why }
                }
            domain:
                pub time: u64 = 0
                pub queue: u32 = 0
                pub trips: u32 = 0
                pub alarms: u32 = 0
                pub why: u32 = 0
                pub floor: u8 = 0
        }
    }
    entry_points!();
}

pub trait Dispatch {
    type Event;
    type Reply;
    fn send(&mut self, event: Self::Event) -> Self::Reply;
}
mod call {
    #[inline(never)]
    pub fn dispatch<D: super::Dispatch>(machine: &mut D, event: D::Event) -> D::Reply {
        std::hint::black_box(machine).send(event)
    }
}

mod hand {
    #[derive(Clone, Copy)]
    enum State {
        Waiting,
        Moving { to: u8, ms: u32 },
        Opening,
        Open { left: u32 },
        Closing,
        Stuck { why: u32 },
    }
    pub enum LiftEvent {
        Call { floor: u8, up: bool },
        Press { floor: u8 },
        Arrived { floor: u8 },
        Tick { ms: u32 },
        Door { open: bool },
        Alarm { code: u16, weight: u32 },
        Reset,
        Position,
    }
    pub enum LiftReply {
        Call(bool),
        Press(bool),
        Alarm(u32),
        Position(u8),
        Nothing,
    }
    use {LiftEvent as E, LiftReply as R};
    pub struct Lift {
        state: State,
        pub time: u64,
        pub queue: u32,
        pub trips: u32,
        pub alarms: u32,
        pub why: u32,
        pub floor: u8,
    }
    impl Lift {
        pub fn new() -> Self {
            Self { state: State::Waiting, time: 0, queue: 0, trips: 0, alarms: 0, why: 0, floor: 0 }
        }
        #[inline]
        fn go(&mut self, to: u8) {
            self.state = State::Moving { to, ms: 0 };
            self.trips += 1;
        }
        #[inline]
        fn working(&mut self, event: E) -> R {
            match event {
                E::Call { .. } => R::Call(false),
                E::Press { .. } => R::Press(false),
                E::Tick { ms } => {
                    self.time += u64::from(ms);
                    R::Nothing
                }
                E::Alarm { code, weight } => {
                    self.alarms += 1;
                    if weight > 200 {
                        self.state = State::Stuck { why: weight };
                    }
                    R::Alarm(weight + u32::from(code))
                }
                E::Position => R::Position(self.floor),
                E::Arrived { .. } | E::Door { .. } | E::Reset => R::Nothing,
            }
        }
        #[inline]
        pub fn dispatch(&mut self, event: E) -> R {
            match &mut self.state {
                State::Waiting => match event {
                    E::Call { floor, .. } => {
                        if floor == self.floor {
                            self.state = State::Opening;
                            return R::Call(false);
                        }
                        self.go(floor);
                        R::Call(true)
                    }
                    E::Press { floor } => {
                        if floor == self.floor || floor > 20 {
                            return R::Press(false);
                        }
                        self.go(floor);
                        R::Press(true)
                    }
                    other => self.working(other),
                },
                State::Moving { to, ms } => match event {
                    E::Call { floor, up } => {
                        self.queue |= 1 << (floor & 31);
                        R::Call(up)
                    }
                    E::Press { floor } => {
                        self.queue |= 1 << (floor & 31);
                        R::Press(true)
                    }
                    E::Arrived { floor } => {
                        self.floor = floor;
                        self.queue &= !(1 << (floor & 31));
                        if floor == *to {
                            self.state = State::Opening;
                        }
                        R::Nothing
                    }
                    E::Tick { ms: by } => {
                        *ms += by;
                        if *ms > 4000 {
                            self.state = State::Stuck { why: *ms };
                            return R::Nothing;
                        }
                        self.time += u64::from(by);
                        R::Nothing
                    }
                    other => self.working(other),
                },
                State::Opening => match event {
                    E::Door { open } => {
                        if open {
                            self.state = State::Open { left: 500 };
                        }
                        R::Nothing
                    }
                    other => self.working(other),
                },
                State::Open { left } => match event {
                    E::Tick { ms } => {
                        self.time += u64::from(ms);
                        *left = left.saturating_sub(ms);
                        if *left == 0 {
                            self.state = State::Closing;
                        }
                        R::Nothing
                    }
                    E::Press { floor } => {
                        self.queue |= 1 << (floor & 31);
                        R::Press(true)
                    }
                    other => self.working(other),
                },
                State::Closing => match event {
                    E::Door { open } => {
                        if open {
                            self.state = State::Open { left: 500 };
                        } else if self.queue != 0 {
                            let to = self.queue.trailing_zeros() as u8;
                            self.go(to);
                        } else {
                            self.state = State::Waiting;
                        }
                        R::Nothing
                    }
                    E::Call { floor, .. } => {
                        if floor == self.floor {
                            self.state = State::Open { left: 500 };
                            return R::Call(true);
                        }
                        R::Call(false)
                    }
                    other => self.working(other),
                },
                State::Stuck { why } => match event {
                    E::Reset => {
                        self.why ^= *why;
                        self.queue = 0;
                        self.state = State::Waiting;
                        R::Nothing
                    }
                    E::Alarm { .. } => R::Alarm(*why),
                    E::Call { .. } => R::Call(false),
                    E::Press { .. } => R::Press(false),
                    E::Position => R::Position(0),
                    _ => R::Nothing,
                },
            }
        }
    }
    entry_points!();
}

instructions::machine! { Lift, |l| l.time + u64::from(l.queue) + 3 * u64::from(l.trips) + 5 * u64::from(l.alarms) + u64::from(l.why) + u64::from(l.floor) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "lift",
    "lift by dispatch(event), with replies",
    Lift,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Lift, 16, |m, e, a| m.give(e, a) }
