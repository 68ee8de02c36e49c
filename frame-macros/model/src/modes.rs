//! How events exist and how states and events are named: the attributes that change a
//! system's cost and nothing else.

use proc_macro2::{TokenStream, TokenTree};

use crate::ast::FrameAttr;

/// `@@[events(…)]`
#[derive(Clone, Default)]
pub enum Events {
    /// A call is its event.
    #[default]
    Direct,
    /// A slot of a pool in the system; its capacity, when written.
    Pool(Option<TokenStream>),
    /// An allocation of its own.
    Heap,
}

/// `@@[overflow(…)]`
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Overflow {
    /// The call panics.
    #[default]
    Panic,
    /// The call is refused, which its result tells.
    Reject,
    /// The pool allocates.
    Grow,
}

/// `@@[state_id(…)]`, `@@[event_id(…)]`
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Id {
    /// By a variant.
    #[default]
    Enum,
    /// By its name as text.
    String,
}

/// `@@[inline(…)]`
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Inline {
    /// The compiler decides.
    #[default]
    Auto,
    /// `#[inline(always)]`
    Always,
    /// `#[inline(never)]`
    Never,
}

/// What the attributes of a system say of its cost.
#[derive(Clone, Default)]
pub struct Modes {
    /// How events exist.
    pub events: Events,
    /// What happens when a pool is full.
    pub overflow: Overflow,
    /// How the current state is kept.
    pub state_id: Id,
    /// How an event says which it is.
    pub event_id: Id,
    /// `@@[event_enum]`
    pub event_enum: bool,
    /// `@@[no_alloc]`, where it was promised.
    pub no_alloc: Option<proc_macro2::Span>,
}

impl Modes {
    /// Whether an event is an object of its own while it is dispatched.
    pub fn has_event_objects(&self) -> bool {
        !matches!(self.events, Events::Direct)
    }

    /// Whether the event enum is part of the API.
    pub fn has_public_events(&self) -> bool {
        self.event_enum || self.overflow == Overflow::Reject && self.has_event_objects()
    }
}

/// `@@[inline(always)]` among the attributes of a system, a state or a handler.
pub fn inline(attrs: &[FrameAttr]) -> Option<Inline> {
    let attr = attrs.iter().find(|attr| attr.name == "inline")?;
    let word = words(attr).next()?.to_string();
    INLINE.iter().find(|(name, _)| *name == word).map(|(_, inline)| *inline)
}

/// The values of `@@[inline(…)]`.
pub const INLINE: [(&str, Inline); 3] =
    [("auto", Inline::Auto), ("always", Inline::Always), ("never", Inline::Never)];

/// What an attribute is given, token by token.
pub fn words(attr: &FrameAttr) -> impl Iterator<Item = TokenTree> + use<> {
    attr.args.as_ref().map(proc_macro2::Group::stream).unwrap_or_default().into_iter()
}
