//! Machines of any size: a ring of states that each handle five of the events.

use std::fmt;

/// In each state, and for each of them another reaction.
pub(super) const HANDLED: usize = 5;

#[derive(Clone, Copy)]
pub(crate) struct Ring {
    pub(crate) states: usize,
    pub(crate) events: usize,
}

/// What a handler does.
#[derive(Clone, Copy)]
pub(super) enum Reaction {
    /// Goes to this state.
    Go(usize),
    /// Counts in the state's variable, and notes the count.
    Tick,
    /// Notes this number.
    Note(usize),
}

pub(super) struct Handler {
    pub(super) event: usize,
    pub(super) reaction: Reaction,
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ring { states, events } = self;
        write!(f, "{states} states × {events} events, {} handlers", self.handlers())
    }
}

impl Ring {
    pub(crate) fn handlers(self) -> usize {
        self.states * HANDLED
    }

    /// One in each fifth of the events, so that each is handled by about the same share of the
    /// states. They are at no regular distance, which would lend itself to optimizations.
    pub(super) fn handlers_of(self, state: usize) -> [Handler; HANDLED] {
        let neighbour = |steps| Reaction::Go((state + steps) % self.states);
        let distance = self.events / HANDLED;
        let offset = ((state * 0x9e37_79b1) >> 16) % distance;
        std::array::from_fn(|index| {
            let event = index * distance + offset;
            let reaction = match index {
                0 => neighbour(1),
                1 => neighbour(self.states - 1),
                2 => neighbour(7),
                3 if has_variable(state) => Reaction::Tick,
                _ => Reaction::Note(state * self.events + event),
            };
            Handler { event, reaction }
        })
    }

    /// The states that handle an event, and how.
    pub(super) fn handlers_for(self, event: usize) -> impl Iterator<Item = (usize, Reaction)> {
        (0..self.states).filter_map(move |state| {
            let handlers = self.handlers_of(state);
            let handler = handlers.into_iter().find(|handler| handler.event == event)?;
            Some((state, handler.reaction))
        })
    }

    /// Events in no obvious order.
    pub(crate) fn walk(self) -> Vec<usize> {
        (0..1000).map(|step| step * (step + 7919) / 3 % self.events).collect()
    }
}

/// Every other state.
pub(super) fn has_variable(state: usize) -> bool {
    state.is_multiple_of(2)
}

/// What a state notes when it is entered.
pub(super) fn entered(state: usize) -> usize {
    state * 2 + 1
}

/// What a state notes when it is left.
pub(super) fn left(state: usize) -> usize {
    state * 2 + 2
}
