//! A guard in a game: a state whose `$>` decides where to go on.

use instructions::{Goal, Workload};

entries! { Guard {
    fn tick(dt: u16);
    fn see(distance: u16, dx: i16);
    fn hit(damage: u16) -> bool;
    fn hear(loud: u8);
} }

mod frame {
    #[derive(Debug, Clone, Copy, Default)]
    pub struct Point {
        pub x: i16,
        pub y: i16,
    }
    frame_runtime::frame_system! {
        pub @@system Guard : super::Guard {
            interface:
                tick(dt: u16)
                see(distance: u16, dx: i16)
                hit(damage: u16): bool = false
                hear(loud: u8)
            machine:
                $Patrol => $Alive {
                    $.waypoint: usize = 0
                    $.wait: u16 = 0
                    $>(from: u8) { self.changes[0] += 1; self.stamina = self.stamina.saturating_add(u16::from(from)); }
                    tick(dt: u16) {
                        $.wait += dt;
                        if $.wait > 200 {
                            $.wait = 0;
                            $.waypoint = ($.waypoint + 1) % self.path.len();
                            self.at = self.path[$.waypoint];
                        }
                    }
                    see(distance: u16, dx: i16) {
                        if distance < 40 { (1) -> (dx) $Attack(distance) }
                        if distance < 120 { (2) -> $Decide(distance, dx) }
                    }
                    hear(loud: u8) { if loud > 200 { (3) -> $Search(u16::from(loud)) } }
                    <$(why: u8) { self.reasons = self.reasons.wrapping_mul(3) + u32::from(why); }
                    => $^
                }
                $Search(left: u16) => $Alive {
                    $.left: u16 = left
                    $>() { self.changes[1] += 1; }
                    tick(dt: u16) {
                        $.left = $.left.saturating_sub(dt);
                        self.at.x = self.at.x.wrapping_add(3);
                        if $.left == 0 { -> (9) $Patrol }
                    }
                    see(distance: u16, dx: i16) { -> => $Decide(distance, dx) }
                    => $^
                }
                $Decide(distance: u16, dx: i16) => $Alive {
                    $>() {
                        self.decisions += 1;
                        if self.health < 30 { -> $Flee }
                        if distance < 30 { -> (dx) $Attack(distance) }
                        if self.stamina > 100 { -> $Chase(dx) }
                        -> $Search(100)
                    }
                    => $^
                }
                $Chase(dx: i16) => $Alive {
                    $>() { self.changes[2] += 1; }
                    tick(dt: u16) {
                        self.at.x = self.at.x.wrapping_add(dx.signum() * 5);
                        self.tire(dt);
                        if self.stamina < 20 { -> $Search(150) }
                    }
                    see(distance: u16, d: i16) {
                        if distance < 40 { -> (d) $Attack(distance) }
                        if distance > 150 { -> $Search(80) }
                        -> $Chase(d)
                    }
                    => $^
                }
                $Attack(distance: u16) => $Alive {
                    $.cooldown: u16 = 0
                    $>(dx: i16) { self.changes[3] += 1; self.facing = dx.signum(); }
                    <$() { self.facing = 0; }
                    tick(dt: u16) {
                        $.cooldown += dt;
                        if $.cooldown >= 100 { $.cooldown = 0; self.strikes += 1; self.tire(distance); }
                        if self.stamina < 10 { -> $Decide(distance + 50, 1) }
                    }
                    see(d: u16, dx: i16) { if d > 60 { -> $Chase(dx) } self.facing = dx.signum(); }
                    => $^
                }
                $Flee => $Alive {
                    $>() { self.changes[4] += 1; }
                    tick(dt: u16) {
                        self.health += dt / 16;
                        self.at.y = self.at.y.wrapping_sub(4);
                        if self.health > 80 { -> (0) $Patrol }
                    }
                    => $^
                }
                $Alive {
                    hit(damage: u16): bool {
                        self.health = self.health.saturating_sub(damage);
                        if self.health == 0 { @@:(true) -> $Dead }
                        if self.health < 30 { -> $Flee }
                        false
                    }
                }
                $Dead {
                    $.rest: u16 = 0
                    tick(dt: u16) {
                        $.rest += dt;
                        if $.rest > 300 { self.health = 100; self.stamina = 100; -> (0) $Patrol }
                    }
                }
            actions:
                tire(by: u16) { self.stamina = self.stamina.saturating_sub(by / 8); }
            domain:
                pub path: [Point; 4] = [Point { x: 0, y: 0 }, Point { x: 10, y: 0 }, Point { x: 10, y: 10 }, Point { x: 0, y: 10 }]
                pub changes: [u32; 5] = [0; 5]
                pub decisions: u32 = 0
                pub strikes: u32 = 0
                pub reasons: u32 = 0
                pub at: Point = Point::default()
                pub facing: i16 = 0
                pub health: u16 = 100
                pub stamina: u16 = 100
        }
    }
}

mod hand {
    pub use super::frame::Point;
    #[derive(Clone, Copy)]
    enum State {
        Patrol { waypoint: usize, wait: u16 },
        Search { left: u16 },
        Chase { dx: i16 },
        Attack { distance: u16, cooldown: u16 },
        Flee,
        Dead { rest: u16 },
    }
    pub struct Guard {
        state: State,
        pub path: [Point; 4],
        pub changes: [u32; 5],
        pub decisions: u32,
        pub strikes: u32,
        pub reasons: u32,
        pub at: Point,
        pub facing: i16,
        pub health: u16,
        pub stamina: u16,
    }
    impl Guard {
        pub fn new() -> Self {
            let p = |x, y| Point { x, y };
            let mut guard = Self {
                state: State::Flee,
                path: [p(0, 0), p(10, 0), p(10, 10), p(0, 10)],
                changes: [0; 5],
                decisions: 0,
                strikes: 0,
                reasons: 0,
                at: p(0, 0),
                facing: 0,
                health: 100,
                stamina: 100,
            };
            guard.patrol(0);
            guard
        }
        #[inline]
        fn patrol(&mut self, from: u8) {
            self.state = State::Patrol { waypoint: 0, wait: 0 };
            self.changes[0] += 1;
            self.stamina = self.stamina.saturating_add(u16::from(from));
        }
        #[inline]
        fn search(&mut self, left: u16) {
            self.state = State::Search { left };
            self.changes[1] += 1;
        }
        #[inline]
        fn chase(&mut self, dx: i16) {
            self.state = State::Chase { dx };
            self.changes[2] += 1;
        }
        #[inline]
        fn attack(&mut self, distance: u16, dx: i16) {
            self.state = State::Attack { distance, cooldown: 0 };
            self.changes[3] += 1;
            self.facing = dx.signum();
        }
        #[inline]
        fn flee(&mut self) {
            self.state = State::Flee;
            self.changes[4] += 1;
        }
        fn decide(&mut self, distance: u16, dx: i16) {
            self.decisions += 1;
            if self.health < 30 {
                self.flee()
            } else if distance < 30 {
                self.attack(distance, dx)
            } else if self.stamina > 100 {
                self.chase(dx)
            } else {
                self.search(100)
            }
        }
        #[inline]
        fn leave_patrol(&mut self, why: u8) {
            self.reasons = self.reasons.wrapping_mul(3) + u32::from(why);
        }
        #[inline]
        fn tire(&mut self, by: u16) {
            self.stamina = self.stamina.saturating_sub(by / 8);
        }
        #[inline]
        fn leave(&mut self) {
            match self.state {
                State::Patrol { .. } => self.leave_patrol(0),
                State::Attack { .. } => self.facing = 0,
                _ => {}
            }
        }
    }
    impl super::Guard for Guard {
        #[inline]
        fn tick(&mut self, dt: u16) {
            match &mut self.state {
                State::Patrol { waypoint, wait } => {
                    *wait += dt;
                    if *wait > 200 {
                        *wait = 0;
                        *waypoint = (*waypoint + 1) % self.path.len();
                        self.at = self.path[*waypoint];
                    }
                }
                State::Search { left } => {
                    *left = left.saturating_sub(dt);
                    self.at.x = self.at.x.wrapping_add(3);
                    if *left == 0 {
                        self.patrol(9);
                    }
                }
                State::Chase { dx } => {
                    self.at.x = self.at.x.wrapping_add(dx.signum() * 5);
                    self.tire(dt);
                    if self.stamina < 20 {
                        self.search(150);
                    }
                }
                State::Attack { distance, cooldown } => {
                    let distance = *distance;
                    *cooldown += dt;
                    if *cooldown >= 100 {
                        *cooldown = 0;
                        self.strikes += 1;
                        self.tire(distance);
                    }
                    if self.stamina < 10 {
                        self.facing = 0;
                        self.decide(distance + 50, 1);
                    }
                }
                State::Flee => {
                    self.health += dt / 16;
                    self.at.y = self.at.y.wrapping_sub(4);
                    if self.health > 80 {
                        self.patrol(0);
                    }
                }
                State::Dead { rest } => {
                    *rest += dt;
                    if *rest > 300 {
                        self.health = 100;
                        self.stamina = 100;
                        self.patrol(0);
                    }
                }
            }
        }
        #[inline]
        fn see(&mut self, distance: u16, dx: i16) {
            match self.state {
                State::Patrol { .. } => {
                    if distance < 40 {
                        self.leave_patrol(1);
                        self.attack(distance, dx);
                    } else if distance < 120 {
                        self.leave_patrol(2);
                        self.decide(distance, dx);
                    }
                }
                State::Search { .. } => self.decide(distance, dx),
                State::Chase { .. } => {
                    if distance < 40 {
                        self.attack(distance, dx);
                    } else if distance > 150 {
                        self.search(80);
                    } else {
                        self.chase(dx);
                    }
                }
                State::Attack { .. } => {
                    if distance > 60 {
                        self.facing = 0;
                        self.chase(dx);
                    } else {
                        self.facing = dx.signum();
                    }
                }
                State::Flee | State::Dead { .. } => {}
            }
        }
        #[inline]
        fn hit(&mut self, damage: u16) -> bool {
            match self.state {
                State::Dead { .. } => false,
                _ => {
                    self.health = self.health.saturating_sub(damage);
                    if self.health == 0 {
                        self.leave();
                        self.state = State::Dead { rest: 0 };
                        return true;
                    }
                    if self.health < 30 {
                        self.leave();
                        self.flee();
                    }
                    false
                }
            }
        }
        #[inline]
        fn hear(&mut self, loud: u8) {
            if let State::Patrol { .. } = self.state
                && loud > 200
            {
                self.leave_patrol(3);
                self.search(u16::from(loud));
            }
        }
    }
}

instructions::machine! { Guard, |g| g.changes.iter().fold(u64::from(g.reasons), |s, n| s.wrapping_mul(3) + u64::from(*n)) + u64::from(g.decisions) + u64::from(g.strikes) + g.at.x as u16 as u64 + g.at.y as u16 as u64 + g.facing as u16 as u64 + u64::from(g.health) + u64::from(g.stamina) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "guard",
    "game AI, a state that decides",
    Guard,
    run,
    4096,
    Goal::Percent(5.0)
);

drive! { Guard, 16, |m, e, a| match e {
    0 => call::hit(m, u16::from(a) / 4).into(),
    1 => { call::hear(m, a); 0 }
    2..8 => { call::see(m, u16::from(a), i16::from(a) - 100); 0 }
    _ => { call::tick(m, u16::from(a)); 0 }
} }
