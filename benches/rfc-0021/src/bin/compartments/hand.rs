//! The pair by hand.

use crate::Pair;
use crate::variable::Variable;

/// The parent's part lies in the variant of each child, and is made anew.
pub enum Anew<V> {
    Off,
    Left { parent: V },
    Right { parent: V, notes: u64 },
}

impl<V: Variable> Pair for Anew<V> {
    fn on(&mut self) {
        if let Anew::Off = self {
            *self = Anew::Left { parent: V::new() };
        }
    }

    #[inline]
    fn flip(&mut self) {
        match self {
            Anew::Off => {}
            Anew::Left { .. } => {
                let mut parent = V::new();
                parent.enter();
                *self = Anew::Right { parent, notes: 0 };
            }
            Anew::Right { .. } => {
                let mut parent = V::new();
                parent.enter();
                *self = Anew::Left { parent };
            }
        }
    }

    #[inline]
    fn note(&mut self, n: u32) {
        match self {
            Anew::Off => {}
            Anew::Left { parent } => parent.note(n),
            Anew::Right { parent, notes } => {
                *notes += 1;
                parent.note(n);
            }
        }
    }

    fn sum(&mut self) -> u64 {
        match self {
            Anew::Off => 0,
            Anew::Left { parent } | Anew::Right { parent, .. } => parent.sum(),
        }
    }
}

pub enum Side {
    Off,
    Left,
    Right { notes: u64 },
}

/// The parent's part lies beside the enum, also while the machine is off.
pub struct Beside<V> {
    pub side: Side,
    pub parent: V,
}

impl<V: Variable> Pair for Beside<V> {
    fn on(&mut self) {
        if let Side::Off = self.side {
            self.parent = V::new();
            self.side = Side::Left;
        }
    }

    #[inline]
    fn flip(&mut self) {
        self.side = match self.side {
            Side::Off => return,
            Side::Left => Side::Right { notes: 0 },
            Side::Right { .. } => Side::Left,
        };
        self.parent.enter();
    }

    #[inline]
    fn note(&mut self, n: u32) {
        match &mut self.side {
            Side::Off => return,
            Side::Left => {}
            Side::Right { notes } => *notes += 1,
        }
        self.parent.note(n);
    }

    fn sum(&mut self) -> u64 {
        match self.side {
            Side::Off => 0,
            _ => self.parent.sum(),
        }
    }
}

pub enum Child {
    Left,
    Right { notes: u64 },
}

/// The parent's part lies in one variant, with an enum of its children beside it.
pub enum Nested<V> {
    Off,
    On { parent: V, child: Child },
}

impl<V: Variable> Pair for Nested<V> {
    fn on(&mut self) {
        if let Nested::Off = self {
            *self = Nested::On { parent: V::new(), child: Child::Left };
        }
    }

    #[inline]
    fn flip(&mut self) {
        if let Nested::On { parent, child } = self {
            *child = match child {
                Child::Left => Child::Right { notes: 0 },
                Child::Right { .. } => Child::Left,
            };
            parent.enter();
        }
    }

    #[inline]
    fn note(&mut self, n: u32) {
        if let Nested::On { parent, child } = self {
            if let Child::Right { notes } = child {
                *notes += 1;
            }
            parent.note(n);
        }
    }

    fn sum(&mut self) -> u64 {
        match self {
            Nested::Off => 0,
            Nested::On { parent, .. } => parent.sum(),
        }
    }
}
