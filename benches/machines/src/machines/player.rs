//! A player of sixteen events, which answers with options and results.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub track: u16,
    pub ms: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Stopped,
    NoTrack(u16),
}

entries! { Player {
    fn play(track: u16) -> Result<Position, Refused>;
    fn pause() -> Option<Position>;
    fn resume() -> bool;
    fn stop();
    fn seek(ms: u32) -> Option<Position>;
    fn elapsed(ms: u32);
    fn next() -> Result<Position, Refused>;
    fn previous() -> Result<Position, Refused>;
    fn louder() -> u8;
    fn softer() -> u8;
    fn mute();
    fn eject() -> bool;
    fn rate(percent: u8);
    fn bookmark(slot: u8);
    fn recall(slot: u8) -> Option<Position>;
    fn position() -> Option<Position>;
} }

mod frame {
    use super::{Position, Refused};
    frame_runtime::frame_system! {
        pub @@system Player : super::Player {
            interface:
                play(track: u16): Result<Position, Refused> = Err(Refused::Stopped)
                pause(): Option<Position>
                resume(): bool
                stop()
                seek(ms: u32): Option<Position>
                elapsed(ms: u32)
                next(): Result<Position, Refused> = Err(Refused::Stopped)
                previous(): Result<Position, Refused> = Err(Refused::Stopped)
                louder(): u8
                softer(): u8
                mute()
                eject(): bool
                rate(percent: u8)
                bookmark(slot: u8)
                recall(slot: u8): Option<Position>
                position(): Option<Position>
            machine:
                $Stopped => $Any {
                    play(track: u16): Result<Position, Refused> {
                        self.check(track)?;
                        @@:(Ok(Position { track, ms: 0 }))
                        -> $Playing(track, 0)
                    }
                    eject(): bool { self.ejected += 1; true }
                    => $^
                }
                $Playing(track: u16, from: u32) => $Any {
                    $.ms: u32 = from
                    $.rate: u8 = 100
                    play(t: u16): Result<Position, Refused> {
                        self.check(t)?;
                        -> $Playing(t, 0)
                        @@:(Ok(Position { track: t, ms: 0 }))
                    }
                    pause(): Option<Position> {
                        let at = Position { track, ms: $.ms };
                        -> $Paused(at)
                        @@:(Some(at))
                    }
                    stop() { -> $Stopped }
                    seek(ms: u32): Option<Position> {
                        if ms > 1000 { return None; }
                        $.ms = ms;
                        Some(Position { track, ms })
                    }
                    elapsed(ms: u32) {
                        $.ms += ms * u32::from($.rate) / 100;
                        if $.ms > 3000 {
                            if track + 1 >= self.tracks { -> $Stopped }
                            -> $Playing(track + 1, 0)
                        }
                    }
                    next(): Result<Position, Refused> {
                        self.check(track + 1)?;
                        @@:(Ok(Position { track: track + 1, ms: 0 }))
                        -> $Playing(track + 1, 0)
                    }
                    previous(): Result<Position, Refused> {
                        if track == 0 { @@:return(Err(Refused::NoTrack(0))) }
                        @@:(Ok(Position { track: track - 1, ms: 0 }))
                        -> $Playing(track - 1, 0)
                    }
                    rate(percent: u8) { $.rate = percent.max(1); }
                    bookmark(slot: u8) { self.marks[usize::from(slot & 3)] = Some(Position { track, ms: $.ms }); }
                    position(): Option<Position> { Some(Position { track, ms: $.ms }) }
                    => $^
                }
                $Paused(at: Position) => $Any {
                    resume(): bool { @@:(true) -> $Playing(at.track, at.ms) }
                    stop() { -> $Stopped }
                    seek(ms: u32): Option<Position> {
                        let to = Position { ms, track: at.track };
                        @@:(Some(to))
                        -> $Paused(to)
                    }
                    recall(slot: u8): Option<Position> {
                        let found = self.marks[usize::from(slot & 3)]?;
                        @@:(Some(found))
                        -> $Paused(found)
                    }
                    position(): Option<Position> { Some(at) }
                    => $^
                }
                $Any {
                    louder(): u8 { self.volume = (self.volume + 10).min(100); self.volume }
                    softer(): u8 { self.volume = self.volume.saturating_sub(10); self.volume }
                    mute() { self.volume = 0; }
                }
            actions:
                check(track: u16): Result<(), Refused> {
                    if track < self.tracks { Ok(()) } else { Err(Refused::NoTrack(track)) }
                }
            domain:
                pub marks: [Option<Position>; 4] = [None; 4]
                pub tracks: u16 = 12
                pub volume: u8 = 50
                pub ejected: u32 = 0
        }
    }
}

mod hand {
    use super::{Position, Refused};
    enum State {
        Stopped,
        Playing { track: u16, ms: u32, rate: u8 },
        Paused { at: Position },
    }
    pub struct Player {
        state: State,
        pub marks: [Option<Position>; 4],
        pub tracks: u16,
        pub volume: u8,
        pub ejected: u32,
    }
    impl Player {
        pub fn new() -> Self {
            Self { state: State::Stopped, marks: [None; 4], tracks: 12, volume: 50, ejected: 0 }
        }
        #[inline]
        fn check(&self, track: u16) -> Result<(), Refused> {
            if track < self.tracks { Ok(()) } else { Err(Refused::NoTrack(track)) }
        }
        #[inline]
        fn playing(&mut self, track: u16, ms: u32) -> Position {
            self.state = State::Playing { track, ms, rate: 100 };
            Position { track, ms }
        }
    }
    impl super::Player for Player {
        #[inline]
        fn play(&mut self, track: u16) -> Result<Position, Refused> {
            match self.state {
                State::Stopped | State::Playing { .. } => {
                    self.check(track)?;
                    Ok(self.playing(track, 0))
                }
                State::Paused { .. } => Err(Refused::Stopped),
            }
        }
        #[inline]
        fn pause(&mut self) -> Option<Position> {
            match self.state {
                State::Playing { track, ms, .. } => {
                    let at = Position { track, ms };
                    self.state = State::Paused { at };
                    Some(at)
                }
                _ => None,
            }
        }
        #[inline]
        fn resume(&mut self) -> bool {
            match self.state {
                State::Paused { at } => {
                    self.playing(at.track, at.ms);
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn stop(&mut self) {
            match self.state {
                State::Stopped => {}
                State::Playing { .. } | State::Paused { .. } => self.state = State::Stopped,
            }
        }
        #[inline]
        fn seek(&mut self, to: u32) -> Option<Position> {
            match &mut self.state {
                State::Stopped => None,
                State::Playing { track, ms, .. } => {
                    if to > 1000 {
                        return None;
                    }
                    *ms = to;
                    Some(Position { track: *track, ms: to })
                }
                State::Paused { at } => {
                    at.ms = to;
                    Some(*at)
                }
            }
        }
        #[inline]
        fn elapsed(&mut self, passed: u32) {
            if let State::Playing { track, ms, rate } = &mut self.state {
                *ms += passed * u32::from(*rate) / 100;
                if *ms > 3000 {
                    let next = *track + 1;
                    if next >= self.tracks {
                        self.state = State::Stopped;
                    } else {
                        self.playing(next, 0);
                    }
                }
            }
        }
        #[inline]
        fn next(&mut self) -> Result<Position, Refused> {
            match self.state {
                State::Playing { track, .. } => {
                    self.check(track + 1)?;
                    Ok(self.playing(track + 1, 0))
                }
                _ => Err(Refused::Stopped),
            }
        }
        #[inline]
        fn previous(&mut self) -> Result<Position, Refused> {
            match self.state {
                State::Playing { track, .. } => {
                    if track == 0 {
                        return Err(Refused::NoTrack(0));
                    }
                    Ok(self.playing(track - 1, 0))
                }
                _ => Err(Refused::Stopped),
            }
        }
        #[inline]
        fn louder(&mut self) -> u8 {
            self.volume = (self.volume + 10).min(100);
            self.volume
        }
        #[inline]
        fn softer(&mut self) -> u8 {
            self.volume = self.volume.saturating_sub(10);
            self.volume
        }
        #[inline]
        fn mute(&mut self) {
            self.volume = 0;
        }
        #[inline]
        fn eject(&mut self) -> bool {
            match self.state {
                State::Stopped => {
                    self.ejected += 1;
                    true
                }
                _ => false,
            }
        }
        #[inline]
        fn rate(&mut self, percent: u8) {
            if let State::Playing { rate, .. } = &mut self.state {
                *rate = percent.max(1);
            }
        }
        #[inline]
        fn bookmark(&mut self, slot: u8) {
            if let State::Playing { track, ms, .. } = self.state {
                self.marks[usize::from(slot & 3)] = Some(Position { track, ms });
            }
        }
        #[inline]
        fn recall(&mut self, slot: u8) -> Option<Position> {
            match &mut self.state {
                State::Paused { at } => {
                    *at = self.marks[usize::from(slot & 3)]?;
                    Some(*at)
                }
                _ => None,
            }
        }
        #[inline]
        fn position(&mut self) -> Option<Position> {
            match self.state {
                State::Stopped => None,
                State::Playing { track, ms, .. } => Some(Position { track, ms }),
                State::Paused { at } => Some(at),
            }
        }
    }
}

instructions::machine! { Player, |p| p.marks.iter().flatten().fold(u64::from(p.ejected), |s, m| s * 3 + u64::from(m.track) + u64::from(m.ms)) + u64::from(p.volume) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "player",
    "16 events × 3 states, Options and Results",
    Player,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(p: Option<Position>) -> u64 {
    p.map_or(1, |p| u64::from(p.track) << 32 | u64::from(p.ms))
}
fn res(p: Result<Position, Refused>) -> u64 {
    p.map_or(2, |p| u64::from(p.track) << 32 | u64::from(p.ms))
}

drive! { Player, 17, |m, e, a| match e {
    0 => res(call::play(m, u16::from(a & 15))),
    1 => of(call::pause(m)),
    2 => call::resume(m).into(),
    3 => { if a & 3 == 0 { call::stop(m); } 0 }
    4 => of(call::seek(m, u32::from(a) * 5)),
    5 => res(call::next(m)),
    6 => res(call::previous(m)),
    7 => call::louder(m).into(),
    8 => call::softer(m).into(),
    9 => { call::mute(m); 0 }
    10 => call::eject(m).into(),
    11 => { call::rate(m, a); 0 }
    12 => { call::bookmark(m, a); 0 }
    13 => of(call::recall(m, a)),
    14 => of(call::position(m)),
    _ => { call::elapsed(m, u32::from(a) * 3); 0 }
} }
