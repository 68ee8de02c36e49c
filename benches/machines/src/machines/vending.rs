//! A vending machine: guards, and results with errors.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slot {
    pub price: u16,
    pub left: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    Closed,
    NoSuchSlot,
    SoldOut,
    Missing(u16),
    NoChange,
}

entries! { Vending {
    fn coin(cents: u16) -> Result<u16, Trouble>;
    fn choose(slot: usize) -> Result<u16, Trouble>;
    fn cancel() -> u16;
    fn service(key: u8) -> bool;
    fn refill(slot: usize, count: u8);
} }

mod frame {
    use super::{Slot, Trouble};
    frame_runtime::frame_system! {
        pub @@system Vending : super::Vending {
            interface:
                coin(cents: u16): Result<u16, Trouble> = Err(Trouble::Closed)
                choose(slot: usize): Result<u16, Trouble> = Err(Trouble::Closed)
                cancel(): u16 = 0
                service(key: u8): bool = false
                refill(slot: usize, count: u8)
            machine:
                $Ready {
                    coin(cents: u16): Result<u16, Trouble> {
                        match cents {
                            5 | 10 | 20 | 50 => { @@:(Ok(cents)) -> $Paying(cents) }
                            c if c > 100 && self.tubes[3] < 5 => Err(Trouble::NoChange),
                            c => { @@:(Ok(c)) -> $Paying(c) }
                        }
                    }
                    choose(slot: usize): Result<u16, Trouble> {
                        let found = self.slots.get(slot).ok_or(Trouble::NoSuchSlot)?;
                        Err(Trouble::Missing(found.price))
                    }
                    service(key: u8): bool {
                        if key != 42 { @@:return(false) }
                        @@:(true)
                        -> $Service
                    }
                }
                $Paying(first: u16) {
                    $.paid: u16 = first
                    <$(kept: u16) { self.income += u32::from(kept); self.sales += 1; }
                    coin(cents: u16): Result<u16, Trouble> {
                        $.paid += cents;
                        if $.paid > 500 {
                            @@:(Err(Trouble::NoChange))
                            (0) -> $Ready
                        }
                        Ok($.paid)
                    }
                    choose(slot: usize): Result<u16, Trouble> {
                        let at = self.slots.get(slot).copied().ok_or(Trouble::NoSuchSlot)?;
                        if at.left == 0 { return Err(Trouble::SoldOut); }
                        if $.paid < at.price { return Err(Trouble::Missing(at.price - $.paid)); }
                        let change = self.change($.paid - at.price);
                        self.slots[slot].left -= 1;
                        @@:(Ok(change))
                        (at.price) -> $Ready
                    }
                    cancel(): u16 { @@:($.paid) (0) -> $Ready }
                }
                $Service {
                    $.opened: u8 = 0
                    service(key: u8): bool {
                        $.opened += 1;
                        match key {
                            0..=9 => false,
                            k if k % 2 == 0 || $.opened > 3 => { @@:(true) -> $Ready }
                            _ => { self.alarms += 1; false }
                        }
                    }
                    refill(slot: usize, count: u8) {
                        if let Some(at) = self.slots.get_mut(slot) { at.left = at.left.saturating_add(count).min(9); }
                    }
                }
            actions:
                change(rest: u16): u16 {
                    let mut rest = rest;
                    let mut given = 0;
                    for (tube, value) in self.tubes.iter_mut().zip([100u16, 50, 10, 5]) {
                        while rest >= value && *tube > 0 { *tube -= 1; rest -= value; given += value; }
                    }
                    given
                }
            domain:
                pub slots: [Slot; 8] = [Slot { price: 120, left: 9 }; 8]
                pub tubes: [u16; 4] = [2000; 4]
                pub income: u32 = 0
                pub sales: u32 = 0
                pub alarms: u32 = 0
        }
    }
}

mod hand {
    use super::{Slot, Trouble};
    enum State {
        Ready,
        Paying { paid: u16 },
        Service { opened: u8 },
    }
    pub struct Vending {
        state: State,
        pub slots: [Slot; 8],
        pub tubes: [u16; 4],
        pub income: u32,
        pub sales: u32,
        pub alarms: u32,
    }
    impl Vending {
        pub fn new() -> Self {
            Self {
                state: State::Ready,
                slots: [Slot { price: 120, left: 9 }; 8],
                tubes: [2000; 4],
                income: 0,
                sales: 0,
                alarms: 0,
            }
        }
        fn change(&mut self, mut rest: u16) -> u16 {
            let mut given = 0;
            for (tube, value) in self.tubes.iter_mut().zip([100u16, 50, 10, 5]) {
                while rest >= value && *tube > 0 {
                    *tube -= 1;
                    rest -= value;
                    given += value;
                }
            }
            given
        }
        #[inline]
        fn finish(&mut self, kept: u16) {
            self.income += u32::from(kept);
            self.sales += 1;
            self.state = State::Ready;
        }
    }
    impl super::Vending for Vending {
        #[inline]
        fn coin(&mut self, cents: u16) -> Result<u16, Trouble> {
            match &mut self.state {
                State::Ready => match cents {
                    5 | 10 | 20 | 50 => {
                        self.state = State::Paying { paid: cents };
                        Ok(cents)
                    }
                    c if c > 100 && self.tubes[3] < 5 => Err(Trouble::NoChange),
                    c => {
                        self.state = State::Paying { paid: c };
                        Ok(c)
                    }
                },
                State::Paying { paid } => {
                    *paid += cents;
                    if *paid > 500 {
                        self.finish(0);
                        return Err(Trouble::NoChange);
                    }
                    Ok(*paid)
                }
                State::Service { .. } => Err(Trouble::Closed),
            }
        }
        #[inline]
        fn choose(&mut self, slot: usize) -> Result<u16, Trouble> {
            match self.state {
                State::Ready => {
                    let found = self.slots.get(slot).ok_or(Trouble::NoSuchSlot)?;
                    Err(Trouble::Missing(found.price))
                }
                State::Paying { paid } => {
                    let at = self.slots.get(slot).copied().ok_or(Trouble::NoSuchSlot)?;
                    if at.left == 0 {
                        return Err(Trouble::SoldOut);
                    }
                    if paid < at.price {
                        return Err(Trouble::Missing(at.price - paid));
                    }
                    let change = self.change(paid - at.price);
                    self.slots[slot].left -= 1;
                    self.finish(at.price);
                    Ok(change)
                }
                State::Service { .. } => Err(Trouble::Closed),
            }
        }
        #[inline]
        fn cancel(&mut self) -> u16 {
            match self.state {
                State::Paying { paid } => {
                    self.finish(0);
                    paid
                }
                _ => 0,
            }
        }
        #[inline]
        fn service(&mut self, key: u8) -> bool {
            match &mut self.state {
                State::Ready => {
                    if key != 42 {
                        return false;
                    }
                    self.state = State::Service { opened: 0 };
                    true
                }
                State::Paying { .. } => false,
                State::Service { opened } => {
                    *opened += 1;
                    match key {
                        0..=9 => false,
                        k if k % 2 == 0 || *opened > 3 => {
                            self.state = State::Ready;
                            true
                        }
                        _ => {
                            self.alarms += 1;
                            false
                        }
                    }
                }
            }
        }
        #[inline]
        fn refill(&mut self, slot: usize, count: u8) {
            if let State::Service { .. } = self.state
                && let Some(at) = self.slots.get_mut(slot)
            {
                at.left = at.left.saturating_add(count).min(9);
            }
        }
    }
}

instructions::machine! { Vending, |v| v.slots.iter().fold(u64::from(v.income), |s, x| s * 3 + u64::from(x.left)) + u64::from(v.sales) + u64::from(v.alarms) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "vending",
    "vending machine, Results and guards",
    Vending,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(r: Result<u16, Trouble>) -> u64 {
    match r {
        Ok(n) => n.into(),
        Err(Trouble::Missing(n)) => 1000 + u64::from(n),
        Err(_) => 3,
    }
}

drive! { Vending, 16, |m, e, a| match e {
    0 => call::cancel(m).into(),
    1 => call::service(m, if a < 128 { 42 } else { a }).into(),
    2..5 => { call::refill(m, usize::from(a & 15), a & 7); 0 }
    5..9 => of(call::choose(m, usize::from(a & 15))),
    _ => of(call::coin(m, if a & 1 == 0 { 50 } else { u16::from(a) })),
} }
