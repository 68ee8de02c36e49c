//! An order, which owns what was put into it, from the cart to the parcel.

use instructions::{Goal, Workload};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub number: u32,
    pub count: u16,
    pub cents: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Parcel {
    pub items: Vec<Item>,
    pub to: String,
    pub stops: u8,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Denied {
    Empty,
    Short { missing: u64 },
    Wrong(String),
}

entries! { Order {
    fn add(number: u32, count: u16, cents: u64) -> usize;
    fn checkout(to: String) -> Result<u64, Denied>;
    fn pay(cents: u64, card: &str) -> Result<Option<u64>, Denied>;
    fn pack() -> bool;
    fn scan(stop: u8) -> Option<u8>;
    fn cancel() -> Option<Vec<Item>>;
    fn take() -> Option<Box<Parcel>>;
} }

mod frame {
    use super::{Denied, Item, Parcel};
    frame_runtime::frame_system! {
        pub @@system Order : super::Order {
            interface:
                add(number: u32, count: u16, cents: u64): usize = 0
                checkout(to: String): Result<u64, Denied> = Err(Denied::Empty)
                pay(cents: u64, card: &str): Result<Option<u64>, Denied> = Ok(None)
                pack(): bool = false
                scan(stop: u8): Option<u8> = None
                cancel(): Option<Vec<Item>> = None
                take(): Option<Box<Parcel>> = None
            machine:
                $Cart {
                    $.items: Vec<Item> = Vec::with_capacity(4)
                    add(number: u32, count: u16, cents: u64): usize {
                        if let Some(item) = $.items.iter_mut().find(|item| item.number == number) {
                            item.count += count;
                        } else if $.items.len() < 4 {
                            $.items.push(Item { number, count, cents });
                        }
                        $.items.len()
                    }
                    checkout(to: String): Result<u64, Denied> {
                        if $.items.is_empty() { return Err(Denied::Empty); }
                        if to.len() > 8 { return Err(Denied::Wrong(to)); }
                        let total = $.items.iter().map(|i| u64::from(i.count) * i.cents).sum();
                        @@:(Ok(total))
                        -> $Placed(std::mem::take(&mut $.items), to, total)
                    }
                    cancel(): Option<Vec<Item>> {
                        @@:(Some(std::mem::take(&mut $.items)))
                        -> $Cart
                    }
                }
                $Placed(items: Vec<Item>, to: String, total: u64) {
                    $.paid: u64 = 0
                    $.cards: u8 = 0
                    pay(cents: u64, card: &str): Result<Option<u64>, Denied> {
                        if card.is_empty() { return Err(Denied::Wrong(String::new())); }
                        $.cards += 1;
                        $.paid += cents;
                        if $.paid < total {
                            return Err(Denied::Short { missing: total - $.paid });
                        }
                        let change = $.paid - total;
                        self.earned += total;
                        @@:(Ok((change > 0).then_some(change)))
                        -> $Paid(items, to, $.cards)
                    }
                    cancel(): Option<Vec<Item>> {
                        self.cancelled += 1;
                        @@:(Some(items))
                        -> $Cart
                    }
                }
                $Paid(items: Vec<Item>, to: String, cards: u8) {
                    $.note: Option<Box<u32>> = None
                    pack(): bool {
                        self.packed += items.len() as u32;
                        @@:(cards < 3)
                        -> (Some(Box::new(Parcel { items, to, stops: 0 }))) $Sent
                    }
                    scan(stop: u8): Option<u8> {
                        $.note = Some(Box::new(u32::from(stop)));
                        None
                    }
                }
                $Sent {
                    $.parcel: Option<Box<Parcel>> = None
                    $>(parcel: Option<Box<Parcel>>) { $.parcel = parcel; }
                    scan(stop: u8): Option<u8> {
                        let parcel = $.parcel.as_mut()?;
                        parcel.stops += 1;
                        Some(parcel.stops ^ stop)
                    }
                    take(): Option<Box<Parcel>> {
                        @@:($.parcel.take())
                        -> $Cart
                    }
                }
            domain:
                pub earned: u64 = 0
                pub packed: u32 = 0
                pub cancelled: u32 = 0
        }
    }
}

mod hand {
    use super::{Denied, Item, Parcel};
    use std::mem::replace;
    enum State {
        Cart { items: Vec<Item> },
        Placed { items: Vec<Item>, to: String, total: u64, paid: u64, cards: u8 },
        Paid { items: Vec<Item>, to: String, cards: u8, note: Option<Box<u32>> },
        Sent { parcel: Box<Parcel> },
    }
    pub struct Order {
        state: State,
        pub earned: u64,
        pub packed: u32,
        pub cancelled: u32,
    }
    #[inline]
    fn cart() -> State {
        State::Cart { items: Vec::with_capacity(4) }
    }
    impl Order {
        pub fn new() -> Self {
            Self { state: cart(), earned: 0, packed: 0, cancelled: 0 }
        }
    }
    impl super::Order for Order {
        #[inline]
        fn add(&mut self, number: u32, count: u16, cents: u64) -> usize {
            match &mut self.state {
                State::Cart { items } => {
                    if let Some(item) = items.iter_mut().find(|item| item.number == number) {
                        item.count += count;
                    } else if items.len() < 4 {
                        items.push(Item { number, count, cents });
                    }
                    items.len()
                }
                _ => 0,
            }
        }
        #[inline]
        fn checkout(&mut self, to: String) -> Result<u64, Denied> {
            match &mut self.state {
                State::Cart { items } => {
                    if items.is_empty() {
                        return Err(Denied::Empty);
                    }
                    if to.len() > 8 {
                        return Err(Denied::Wrong(to));
                    }
                    let total = items.iter().map(|i| u64::from(i.count) * i.cents).sum();
                    let items = std::mem::take(items);
                    self.state = State::Placed { items, to, total, paid: 0, cards: 0 };
                    Ok(total)
                }
                _ => Err(Denied::Empty),
            }
        }
        #[inline]
        fn pay(&mut self, cents: u64, card: &str) -> Result<Option<u64>, Denied> {
            match &mut self.state {
                State::Placed { items, to, total, paid, cards } => {
                    if card.is_empty() {
                        return Err(Denied::Wrong(String::new()));
                    }
                    *cards += 1;
                    *paid += cents;
                    let (total, paid, cards) = (*total, *paid, *cards);
                    if paid < total {
                        return Err(Denied::Short { missing: total - paid });
                    }
                    let change = paid - total;
                    self.earned += total;
                    let (items, to) = (std::mem::take(items), std::mem::take(to));
                    self.state = State::Paid { items, to, cards, note: None };
                    Ok((change > 0).then_some(change))
                }
                _ => Ok(None),
            }
        }
        #[inline]
        fn pack(&mut self) -> bool {
            match &mut self.state {
                State::Paid { items, to, cards, .. } => {
                    let cards = *cards;
                    self.packed += items.len() as u32;
                    let (items, to) = (std::mem::take(items), std::mem::take(to));
                    self.state = State::Sent { parcel: Box::new(Parcel { items, to, stops: 0 }) };
                    cards < 3
                }
                _ => false,
            }
        }
        #[inline]
        fn scan(&mut self, stop: u8) -> Option<u8> {
            match &mut self.state {
                State::Paid { note, .. } => {
                    *note = Some(Box::new(u32::from(stop)));
                    None
                }
                State::Sent { parcel } => {
                    parcel.stops += 1;
                    Some(parcel.stops ^ stop)
                }
                _ => None,
            }
        }
        #[inline]
        fn cancel(&mut self) -> Option<Vec<Item>> {
            match &mut self.state {
                State::Cart { items } => Some(replace(items, Vec::with_capacity(4))),
                State::Placed { items, .. } => {
                    self.cancelled += 1;
                    let items = std::mem::take(items);
                    self.state = cart();
                    Some(items)
                }
                _ => None,
            }
        }
        #[inline]
        fn take(&mut self) -> Option<Box<Parcel>> {
            match &self.state {
                State::Sent { .. } => match replace(&mut self.state, cart()) {
                    State::Sent { parcel } => Some(parcel),
                    _ => None,
                },
                _ => None,
            }
        }
    }
}

instructions::machine! { Order, |o| o.earned + 3 * u64::from(o.packed) + 5 * u64::from(o.cancelled) }

pub(crate) const WORKLOAD: Workload = instructions::workload!(
    "order",
    "an order that owns Vecs, Strings, a Box",
    Order,
    run,
    4096,
    Goal::Percent(5.0)
);

fn of(d: Denied) -> u64 {
    match d {
        Denied::Empty => 1,
        Denied::Short { missing } => missing,
        Denied::Wrong(s) => s.len() as u64 + 2,
    }
}
drive! { Order, 32, |m, e, a| match e {
    0..10 => call::add(m, u32::from(a & 7), 1 + u16::from(a >> 6), u64::from(a)) as u64,
    10..13 => call::checkout(m, if a > 220 { "somewhere far" } else { "home" }.to_string()).unwrap_or_else(of),
    13..19 => call::pay(m, u64::from(a) * 3, if a < 9 { "" } else { "visa" }).map_or_else(of, |c| c.unwrap_or(4)),
    19..22 => call::pack(m).into(),
    22..28 => call::scan(m, a).map_or(6, u64::from),
    28 => { if a < 90 { call::cancel(m).map_or(5, |v| v.len() as u64) } else { 0 } }
    _ => call::take(m).map_or(7, |p| u64::from(p.stops) + p.to.len() as u64 + p.items.len() as u64),
} }
