//! A battle in turns: five levels of states, each of which has something to say.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spell {
    Bolt,
    Heal,
    Shield { turns: u8 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    NotNow,
    Mana(u16),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fighter {
    pub health: i32,
    pub mana: u16,
    pub shield: u8,
}

entries! { Battle {
    fn attack(strength: i32) -> i32;
    fn cast(spell: Spell, power: u8) -> Result<i32, Refused>;
    fn aim(target: u8) -> Option<u8>;
    fn wait() -> u32;
    fn log(line: &str) -> usize;
    fn flee(luck: u8) -> bool;
} }

mod frame {
    use super::{Fighter, Refused, Spell};
    frame_runtime::frame_system! {
        pub @@system Battle : super::Battle {
            interface:
                attack(strength: i32): i32 = 0
                cast(spell: Spell, power: u8): Result<i32, Refused> = Err(Refused::NotNow)
                aim(target: u8): Option<u8> = None
                wait(): u32 = 0
                log(line: &str): usize = 0
                flee(luck: u8): bool = false
            machine:
                $Choosing => $Mine {
                    attack(strength: i32): i32 {
                        self.combo += 1;
                        => $^
                    }
                    aim(target: u8): Option<u8> {
                        @@:(Some(target))
                        -> $Aiming(target)
                    }
                    => $^
                }
                $Aiming(target: u8) => $Mine {
                    $.steady: i32 = 1
                    attack(strength: i32): i32 {
                        self.aimed += $.steady as u32;
                        => $^
                        self.log = self.log.wrapping_mul(5);
                    }
                    wait(): u32 {
                        $.steady += 1;
                        if $.steady > 3 { => $^ }
                        $.steady as u32
                    }
                    aim(t: u8): Option<u8> {
                        if t == target { return None; }
                        -> $Aiming(t)
                        @@:(Some(target))
                    }
                    => $^
                }
                $Mine => $Turn {
                    attack(strength: i32): i32 {
                        let hit = strength - i32::from(self.foe.shield);
                        if hit > 0 {
                            self.foe.health -= hit;
                            => $^
                            @@:(hit)
                            if self.foe.health <= 0 { -> $Won }
                            -> $Theirs(strength)
                        }
                        0
                    }
                    cast(spell: Spell, power: u8): Result<i32, Refused> {
                        let cost = u16::from(power) / 8;
                        if self.me.mana < cost { return Err(Refused::Mana(cost - self.me.mana)); }
                        self.me.mana -= cost;
                        match spell {
                            Spell::Bolt => {
                                self.foe.health -= i32::from(power);
                                @@:(Ok(i32::from(power)))
                                if self.foe.health <= 0 { -> $Won }
                            }
                            Spell::Heal => {
                                self.me.health += i32::from(power / 4);
                                @@:(Ok(self.me.health))
                            }
                            Spell::Shield { turns } => {
                                self.me.shield = turns;
                                return Ok(i32::from(turns));
                            }
                        }
                        -> $Theirs(i32::from(power))
                    }
                    wait(): u32 {
                        => $^
                        -> $Theirs(1)
                    }
                    => $^
                }
                $Theirs(anger: i32) => $Turn {
                    $> {
                        let hit = (anger / 3 + 2 - i32::from(self.me.shield)).max(0);
                        self.me.health -= hit;
                        self.me.shield = self.me.shield.saturating_sub(1);
                        if self.me.health <= 0 { -> $Lost }
                        if self.foe.mana > 0 && anger > 60 {
                            self.foe.mana -= 1;
                            -> $Stunned(2)
                        }
                        -> $Choosing
                    }
                }
                $Stunned(turns: u8) => $Turn {
                    $.left: u8 = turns
                    wait(): u32 {
                        $.left -= 1;
                        => $^
                        if $.left == 0 { -> $Choosing }
                    }
                    flee(luck: u8): bool { false }
                    => $^
                }
                $Won => $Over {
                    $> {
                        self.won += 1;
                        self.foe = Fighter { health: 60, mana: 3, shield: 2 };
                        -> $Choosing
                    }
                }
                $Lost => $Over {
                    wait(): u32 {
                        => $^
                        self.me = Fighter { health: 100, mana: 60, shield: 0 };
                        -> $Choosing
                    }
                    => $^
                }
                $Turn => $Fight {
                    attack(strength: i32): i32 {
                        self.turns += 1;
                        => $^
                    }
                    wait(): u32 {
                        self.turns += 1;
                        @@:(self.turns)
                        => $^
                    }
                    flee(luck: u8): bool {
                        if luck > 200 {
                            @@:(true)
                            -> $Lost
                        }
                        false
                    }
                    => $^
                }
                $Over => $Fight {
                    wait(): u32 {
                        @@:(self.won)
                        => $^
                    }
                    => $^
                }
                $Fight {
                    attack(strength: i32): i32 { self.log = self.log.wrapping_add(strength as u32); }
                    wait(): u32 { self.me.mana = (self.me.mana + 1).min(80); }
                    log(line: &str): usize {
                        self.log = line.bytes().fold(self.log, |sum, b| sum.wrapping_mul(3) + u32::from(b));
                        line.len()
                    }
                }
            domain:
                pub me: Fighter = Fighter { health: 100, mana: 60, shield: 0 }
                pub foe: Fighter = Fighter { health: 60, mana: 3, shield: 2 }
                pub combo: u32 = 0
                pub aimed: u32 = 0
                pub turns: u32 = 0
                pub won: u32 = 0
                pub log: u32 = 0
        }
    }
}

mod hand {
    use super::{Fighter, Refused, Spell};
    enum State {
        Choosing,
        Aiming { target: u8, steady: i32 },
        Stunned { left: u8 },
        Lost,
    }
    pub struct Battle {
        state: State,
        pub me: Fighter,
        pub foe: Fighter,
        pub combo: u32,
        pub aimed: u32,
        pub turns: u32,
        pub won: u32,
        pub log: u32,
    }
    const ME: Fighter = Fighter { health: 100, mana: 60, shield: 0 };
    const FOE: Fighter = Fighter { health: 60, mana: 3, shield: 2 };
    impl Battle {
        pub fn new() -> Self {
            Self {
                state: State::Choosing,
                me: ME,
                foe: FOE,
                combo: 0,
                aimed: 0,
                turns: 0,
                won: 0,
                log: 0,
            }
        }
        #[inline]
        fn rest(&mut self) {
            self.me.mana = (self.me.mana + 1).min(80);
        }
        #[inline]
        fn win(&mut self) {
            self.won += 1;
            self.foe = FOE;
            self.state = State::Choosing;
        }
        #[inline]
        fn theirs(&mut self, anger: i32) {
            let hit = (anger / 3 + 2 - i32::from(self.me.shield)).max(0);
            self.me.health -= hit;
            self.me.shield = self.me.shield.saturating_sub(1);
            self.state = if self.me.health <= 0 {
                State::Lost
            } else if self.foe.mana > 0 && anger > 60 {
                self.foe.mana -= 1;
                State::Stunned { left: 2 }
            } else {
                State::Choosing
            };
        }
        #[inline]
        fn hit(&mut self, strength: i32) -> i32 {
            let hit = strength - i32::from(self.foe.shield);
            if hit <= 0 {
                return 0;
            }
            self.foe.health -= hit;
            self.turns += 1;
            self.log = self.log.wrapping_add(strength as u32);
            if self.foe.health <= 0 {
                self.win();
            } else {
                self.theirs(strength);
            }
            hit
        }
    }
    impl super::Battle for Battle {
        #[inline]
        fn attack(&mut self, strength: i32) -> i32 {
            match self.state {
                State::Choosing => {
                    self.combo += 1;
                    self.hit(strength)
                }
                State::Aiming { steady, .. } => {
                    self.aimed += steady as u32;
                    let hit = self.hit(strength);
                    self.log = self.log.wrapping_mul(5);
                    hit
                }
                State::Stunned { .. } => {
                    self.turns += 1;
                    self.log = self.log.wrapping_add(strength as u32);
                    0
                }
                State::Lost => {
                    self.log = self.log.wrapping_add(strength as u32);
                    0
                }
            }
        }
        #[inline]
        fn cast(&mut self, spell: Spell, power: u8) -> Result<i32, Refused> {
            match self.state {
                State::Choosing | State::Aiming { .. } => {
                    let cost = u16::from(power) / 8;
                    if self.me.mana < cost {
                        return Err(Refused::Mana(cost - self.me.mana));
                    }
                    self.me.mana -= cost;
                    let result = match spell {
                        Spell::Bolt => {
                            self.foe.health -= i32::from(power);
                            if self.foe.health <= 0 {
                                self.win();
                                return Ok(i32::from(power));
                            }
                            i32::from(power)
                        }
                        Spell::Heal => {
                            self.me.health += i32::from(power / 4);
                            self.me.health
                        }
                        Spell::Shield { turns } => {
                            self.me.shield = turns;
                            return Ok(i32::from(turns));
                        }
                    };
                    self.theirs(i32::from(power));
                    Ok(result)
                }
                _ => Err(Refused::NotNow),
            }
        }
        #[inline]
        fn aim(&mut self, t: u8) -> Option<u8> {
            match self.state {
                State::Choosing => {
                    self.state = State::Aiming { target: t, steady: 1 };
                    Some(t)
                }
                State::Aiming { target, .. } if t != target => {
                    self.state = State::Aiming { target: t, steady: 1 };
                    Some(target)
                }
                _ => None,
            }
        }
        #[inline]
        fn wait(&mut self) -> u32 {
            match &mut self.state {
                State::Choosing => {
                    self.turns += 1;
                    self.rest();
                    self.theirs(1);
                    self.turns
                }
                State::Aiming { steady, .. } => {
                    *steady += 1;
                    let steady = *steady;
                    if steady > 3 {
                        self.turns += 1;
                        self.rest();
                        self.theirs(1);
                    }
                    steady as u32
                }
                State::Stunned { left } => {
                    *left -= 1;
                    if *left == 0 {
                        self.state = State::Choosing;
                    }
                    self.turns += 1;
                    self.rest();
                    self.turns
                }
                State::Lost => {
                    self.me = ME;
                    self.state = State::Choosing;
                    self.won
                }
            }
        }
        #[inline]
        fn log(&mut self, line: &str) -> usize {
            self.log = line.bytes().fold(self.log, |sum, b| sum.wrapping_mul(3) + u32::from(b));
            line.len()
        }
        #[inline]
        fn flee(&mut self, luck: u8) -> bool {
            match self.state {
                State::Choosing | State::Aiming { .. } if luck > 200 => {
                    self.state = State::Lost;
                    true
                }
                _ => false,
            }
        }
    }
}

instructions::machine! { Battle, |b| u64::from(b.combo) + 3 * u64::from(b.aimed) + 5 * u64::from(b.turns) + 7 * u64::from(b.won) + u64::from(b.log) + b.me.health as u64 + b.foe.health as u64 }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "battle",
    "five levels, forwards with code behind them",
    Battle,
    run,
    4096,
    // By hand there is no state that only decides who is next.
    Goal::Percent(10.0)
);

drive! { Battle, 32, |m, e, a| match e {
    0..10 => call::attack(m, i32::from(a & 63) - 4) as u64,
    10..14 => {
        let spell = match a & 3 { 0 => Spell::Bolt, 1 => Spell::Shield { turns: a >> 5 }, _ => Spell::Heal };
        match call::cast(m, spell, a) {
            Ok(n) => n as u64,
            Err(Refused::NotNow) => 900,
            Err(Refused::Mana(n)) => 1000 + u64::from(n),
        }
    }
    14..20 => call::aim(m, a & 3).map_or(9, u64::from),
    20..28 => call::wait(m).into(),
    28 => call::log(m, "a hit") as u64,
    _ => call::flee(m, a).into(),
} }
