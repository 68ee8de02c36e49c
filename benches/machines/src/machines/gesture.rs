//! A recogniser of gestures, whose answers are set where a state is entered.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    #[inline]
    fn to(self, other: Point) -> (f32, f32) {
        (other.x - self.x, other.y - self.y)
    }
    #[inline]
    fn far(self, other: Point, limit: f32) -> bool {
        let (x, y) = self.to(other);
        x * x + y * y > limit * limit
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture {
    Tap { at: Point, count: u8 },
    Long(Point),
    Drag { dx: f32, dy: f32 },
    Drop(Point),
    Fling { vx: f64, vy: f64 },
    Pinch(f32),
    Cancelled,
}

entries! { Recogniser {
    fn down(finger: u8, at: Point, now: u64) -> Option<Gesture>;
    fn moved(finger: u8, at: Point, now: u64) -> Option<Gesture>;
    fn up(finger: u8, now: u64) -> Option<Gesture>;
    fn tick(now: u64) -> Option<Gesture>;
    fn cancel() -> Option<Gesture>;
} }

mod frame {
    use super::{Gesture, Point};
    frame_runtime::frame_system! {
        pub @@system Recogniser : super::Recogniser {
            interface:
                down(finger: u8, at: Point, now: u64): Option<Gesture> = None
                moved(finger: u8, at: Point, now: u64): Option<Gesture> = None
                up(finger: u8, now: u64): Option<Gesture> = None
                tick(now: u64): Option<Gesture> = None
                cancel(): Option<Gesture> = None
            machine:
                $Idle {
                    down(finger: u8, at: Point, now: u64): Option<Gesture> { -> $Pressed(at, now, 1) }
                }
                $Pressed(at: Point, since: u64, count: u8) => $Touched {
                    down(finger: u8, other: Point, now: u64): Option<Gesture> {
                        -> $Pinching(at, other)
                    }
                    moved(finger: u8, to: Point, now: u64): Option<Gesture> {
                        if at.far(to, 8.0) { -> (at) $Dragging(to, now) }
                        None
                    }
                    up(finger: u8, now: u64): Option<Gesture> { -> $Released(at, now, count) }
                    tick(now: u64): Option<Gesture> {
                        if now - since > 60 { -> $Holding(at) }
                        None
                    }
                    => $^
                }
                $Released(at: Point, since: u64, count: u8) => $Touched {
                    down(finger: u8, to: Point, now: u64): Option<Gesture> {
                        if at.far(to, 20.0) {
                            @@:(Some(Gesture::Tap { at, count }))
                            -> $Pressed(to, now, 1)
                        }
                        -> $Pressed(to, now, count + 1)
                    }
                    tick(now: u64): Option<Gesture> {
                        if now - since < 30 { return None; }
                        @@:(Some(Gesture::Tap { at, count }))
                        -> $Idle
                    }
                    => $^
                }
                $Holding(at: Point) => $Touched {
                    $> { @@:(Some(Gesture::Long(at))) }
                    moved(finger: u8, to: Point, now: u64): Option<Gesture> {
                        if at.far(to, 12.0) { -> (at) $Dragging(to, now) }
                        None
                    }
                    up(finger: u8, now: u64): Option<Gesture> { -> $Idle }
                    => $^
                }
                $Dragging(start: Point, began: u64) => $Touched {
                    $.last: Point = start
                    $.at: u64 = began
                    $.vx: f64 = 0.0
                    $.vy: f64 = 0.0
                    $>(from: Point) {
                        let (dx, dy) = from.to($.last);
                        @@:(Some(Gesture::Drag { dx, dy }))
                    }
                    <$ { self.drags += 1; }
                    moved(finger: u8, to: Point, now: u64): Option<Gesture> {
                        let (dx, dy) = $.last.to(to);
                        let ms = (now - $.at).max(1) as f64;
                        $.vx = ($.vx + f64::from(dx) / ms) / 2.0;
                        $.vy = ($.vy + f64::from(dy) / ms) / 2.0;
                        $.last = to;
                        $.at = now;
                        Some(Gesture::Drag { dx, dy })
                    }
                    up(finger: u8, now: u64): Option<Gesture> {
                        if $.vx.abs() + $.vy.abs() > 0.7 { -> ($.vx, $.vy) $Flung }
                        @@:(Some(Gesture::Drop($.last)))
                        -> $Idle
                    }
                    => $^
                }
                $Flung {
                    $>(vx: f64, vy: f64) {
                        self.flings += 1;
                        @@:(Some(Gesture::Fling { vx, vy }))
                        -> $Idle
                    }
                }
                $Pinching(a: Point, b: Point) => $Touched {
                    $.fingers: [Point; 2] = [a, b]
                    moved(finger: u8, to: Point, now: u64): Option<Gesture> {
                        $.fingers[usize::from(finger & 1)] = to;
                        let (x, y) = $.fingers[0].to($.fingers[1]);
                        Some(Gesture::Pinch(x.abs() + y.abs()))
                    }
                    up(finger: u8, now: u64): Option<Gesture> {
                        let left = $.fingers[usize::from(!finger & 1)];
                        -> (left) $Dragging(left, now)
                    }
                    => $^
                }
                $Touched {
                    cancel(): Option<Gesture> {
                        -> $Idle
                        @@:(Some(Gesture::Cancelled))
                    }
                }
            domain:
                pub drags: u32 = 0
                pub flings: u32 = 0
        }
    }
}

mod hand {
    use super::{Gesture, Point};
    enum State {
        Idle,
        Pressed { at: Point, since: u64, count: u8 },
        Released { at: Point, since: u64, count: u8 },
        Holding { at: Point },
        Dragging { last: Point, at: u64, vx: f64, vy: f64 },
        Pinching { fingers: [Point; 2] },
    }
    pub struct Recogniser {
        state: State,
        pub drags: u32,
        pub flings: u32,
    }
    impl Recogniser {
        pub fn new() -> Self {
            Self { state: State::Idle, drags: 0, flings: 0 }
        }
        #[inline]
        fn drag(&mut self, from: Point, to: Point, now: u64) -> Option<Gesture> {
            self.state = State::Dragging { last: to, at: now, vx: 0.0, vy: 0.0 };
            let (dx, dy) = from.to(to);
            Some(Gesture::Drag { dx, dy })
        }
    }
    impl super::Recogniser for Recogniser {
        #[inline]
        fn down(&mut self, _: u8, to: Point, now: u64) -> Option<Gesture> {
            match self.state {
                State::Idle => {
                    self.state = State::Pressed { at: to, since: now, count: 1 };
                    None
                }
                State::Pressed { at, .. } => {
                    self.state = State::Pinching { fingers: [at, to] };
                    None
                }
                State::Released { at, count, .. } => {
                    if at.far(to, 20.0) {
                        self.state = State::Pressed { at: to, since: now, count: 1 };
                        return Some(Gesture::Tap { at, count });
                    }
                    self.state = State::Pressed { at: to, since: now, count: count + 1 };
                    None
                }
                _ => None,
            }
        }
        #[inline]
        fn moved(&mut self, finger: u8, to: Point, now: u64) -> Option<Gesture> {
            match &mut self.state {
                State::Pressed { at, .. } => {
                    let at = *at;
                    if at.far(to, 8.0) { self.drag(at, to, now) } else { None }
                }
                State::Holding { at } => {
                    let at = *at;
                    if at.far(to, 12.0) { self.drag(at, to, now) } else { None }
                }
                State::Dragging { last, at, vx, vy } => {
                    let (dx, dy) = last.to(to);
                    let ms = (now - *at).max(1) as f64;
                    *vx = (*vx + f64::from(dx) / ms) / 2.0;
                    *vy = (*vy + f64::from(dy) / ms) / 2.0;
                    *last = to;
                    *at = now;
                    Some(Gesture::Drag { dx, dy })
                }
                State::Pinching { fingers } => {
                    fingers[usize::from(finger & 1)] = to;
                    let (x, y) = fingers[0].to(fingers[1]);
                    Some(Gesture::Pinch(x.abs() + y.abs()))
                }
                State::Idle | State::Released { .. } => None,
            }
        }
        #[inline]
        fn up(&mut self, finger: u8, now: u64) -> Option<Gesture> {
            match self.state {
                State::Pressed { at, count, .. } => {
                    self.state = State::Released { at, since: now, count };
                    None
                }
                State::Holding { .. } => {
                    self.state = State::Idle;
                    None
                }
                State::Dragging { last, vx, vy, .. } => {
                    self.drags += 1;
                    self.state = State::Idle;
                    if vx.abs() + vy.abs() > 0.7 {
                        self.flings += 1;
                        return Some(Gesture::Fling { vx, vy });
                    }
                    Some(Gesture::Drop(last))
                }
                State::Pinching { fingers } => {
                    let left = fingers[usize::from(!finger & 1)];
                    self.drag(left, left, now)
                }
                State::Idle | State::Released { .. } => None,
            }
        }
        #[inline]
        fn tick(&mut self, now: u64) -> Option<Gesture> {
            match self.state {
                State::Pressed { at, since, .. } if now - since > 60 => {
                    self.state = State::Holding { at };
                    Some(Gesture::Long(at))
                }
                State::Released { at, since, count } if now - since >= 30 => {
                    self.state = State::Idle;
                    Some(Gesture::Tap { at, count })
                }
                _ => None,
            }
        }
        #[inline]
        fn cancel(&mut self) -> Option<Gesture> {
            match self.state {
                State::Idle => return None,
                State::Dragging { .. } => self.drags += 1,
                _ => {}
            }
            self.state = State::Idle;
            Some(Gesture::Cancelled)
        }
    }
}

instructions::machine! { Recogniser, |r| u64::from(r.drags) + 3 * u64::from(r.flings) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "gesture",
    "gestures, answered by $>",
    Recogniser,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(g: Option<Gesture>) -> u64 {
    match g {
        None => 0,
        Some(Gesture::Tap { at, count }) => at.x as u64 + u64::from(count),
        Some(Gesture::Long(p)) => 3 + p.y as u64,
        Some(Gesture::Drop(p)) => 5 + p.x as u64,
        Some(Gesture::Drag { dx, dy }) => (dx + 2.0 * dy) as i64 as u64,
        Some(Gesture::Fling { vx, vy }) => (vx * 8.0 + vy * 99.0) as i64 as u64,
        Some(Gesture::Pinch(s)) => s as u64,
        Some(Gesture::Cancelled) => 7,
    }
}
drive! { Recogniser, 32, |m, e, a, t| {
    let at = Point { x: f32::from(a & 31), y: f32::from(a >> 4) };
    match e {
        0..7 => of(call::down(m, a & 1, at, t)),
        7..18 => of(call::moved(m, a & 1, at, t)),
        18..24 => of(call::up(m, a & 1, t)),
        24 => { if a < 60 { of(call::cancel(m)) } else { 0 } }
        _ => of(call::tick(m, t)),
    }
} }
