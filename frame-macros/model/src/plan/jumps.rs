//! The kinds of transitions a system can queue. Two transitions of one kind differ only in
//! the values of their arguments.

use proc_macro2::Ident;

use crate::model::*;

/// The place of a kind of transition in [`Plan::jumps`](super::Plan::jumps).
pub type JumpId = usize;

/// What `-> =>` hands on to the state that it leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Forward {
    /// The event in hand.
    Event(EventId),
    /// `-> =>` in an exit handler.
    Exit(HandlerId),
}

/// A kind of transition: what two of them must have in common to be queued as one variant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Jump {
    /// `None` for `-> pop$`.
    pub target: Option<StateId>,
    /// Whether the state that is left is saved.
    pub push: bool,
    /// The state whose handler gives exit args, and how many it gives.
    pub exit: Option<(StateId, usize)>,
    /// How many enter args go with a `-> pop$`.
    pub popped_with: usize,
    /// Whether these are the args of the `$>` in hand, in place of all that were saved.
    pub hands_on: bool,
    /// What the target is handed on.
    pub forward: Option<Forward>,
}

/// What travels with a queued transition, by role.
pub struct Payload<'a> {
    /// For the `<$` of the state that is left.
    pub exit: Vec<PayloadField<'a>>,
    /// For the `$>` of the one that is entered.
    pub enter: Vec<PayloadField<'a>>,
    /// For its compartments.
    pub state: Vec<PayloadField<'a>>,
    /// What `-> =>` takes along.
    pub event: Vec<PayloadField<'a>>,
}

/// A value that travels with a queued transition.
pub struct PayloadField<'a> {
    /// The field that holds it.
    pub name: Ident,
    /// The parameter that it ends in.
    pub param: Param<'a>,
    /// Whether it travels as an `Option`, because those who receive it have defaults of
    /// their own.
    pub optional: bool,
}

impl<'a> Payload<'a> {
    /// All of it.
    pub fn fields(&self) -> impl Iterator<Item = &PayloadField<'a>> {
        self.exit.iter().chain(&self.enter).chain(&self.state).chain(&self.event)
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.fields().next().is_none()
    }
}
