//! How events exist and how states and events are named: the attributes that change a
//! system's cost and nothing else.

use proc_macro2::{Ident, TokenStream, TokenTree};

use crate::ast::FrameAttr;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::suggest::nearest;

/// `@@[events(…)]`
#[derive(Clone, Default)]
pub enum Events {
    /// A call is its event.
    #[default]
    Direct,
    /// A slot of a pool in the system; its capacity, when written.
    Pool(Option<TokenStream>),
    /// A reference-counted object.
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

/// Takes a mode attribute of a system; `false` when it is another one.
pub fn read(attr: &FrameAttr, modes: &mut Modes, diag: &Diag) -> bool {
    match attr.name.to_string().as_str() {
        "events" => modes.events = events(attr, diag),
        "overflow" => {
            let values = [
                ("panic", Overflow::Panic),
                ("reject", Overflow::Reject),
                ("grow", Overflow::Grow),
            ];
            modes.overflow = choice(attr, &values, diag);
        }
        "state_id" => {
            modes.state_id = choice(attr, &[("enum", Id::Enum), ("string", Id::String)], diag)
        }
        "event_id" => {
            modes.event_id = choice(attr, &[("enum", Id::Enum), ("string", Id::String)], diag)
        }
        "event_enum" => modes.event_enum = true,
        "no_alloc" => modes.no_alloc = Some(attr.span),
        _ => return false,
    }
    true
}

/// What says something of a pool or of events as objects, where there are none.
pub fn check_use(attrs: &[FrameAttr], modes: &Modes, diag: &Diag) {
    for attr in attrs {
        let (used, home, wanted) = match attr.name.to_string().as_str() {
            "overflow" => (matches!(modes.events, Events::Pool(_)), "a pool", "`@@[events(pool)]`"),
            "event_id" => {
                let wanted = "`@@[events(pool)]` or `@@[events(heap)]`";
                (modes.has_event_objects(), "a pool or on the heap", wanted)
            }
            _ => continue,
        };
        if !used {
            let message = format!("`@@[{}]` is about events in {home}", attr.name);
            let help = format!("leave it out, or add {wanted}");
            diag.error(codes::E801, attr.name.span(), message, Some(help));
        }
    }
}

fn events(attr: &FrameAttr, diag: &Diag) -> Events {
    let values = [("direct", 0), ("pool", 1), ("heap", 2)];
    match choice(attr, &values, diag) {
        1 => Events::Pool(words(attr).nth(1).and_then(|token| match token {
            TokenTree::Group(group) => capacity(group.stream(), diag),
            _ => None,
        })),
        2 => Events::Heap,
        _ => Events::Direct,
    }
}

/// The capacity of a pool or a stack, unless it is 0.
pub fn capacity(written: TokenStream, diag: &Diag) -> Option<TokenStream> {
    let zero = written.clone().into_iter().next().filter(|_| written.to_string() == "0");
    if let Some(zero) = &zero {
        let help = "write 1 at least, or leave the capacity out".to_owned();
        diag.error(codes::E800, zero.span(), "a capacity of 0 holds nothing", Some(help));
    }
    zero.is_none().then_some(written)
}

/// `@@[inline(always)]` among the attributes of a system, a state or a handler.
pub fn inline(attrs: &[FrameAttr]) -> Option<Inline> {
    let attr = attrs.iter().find(|attr| attr.name == "inline")?;
    let word = words(attr).next()?.to_string();
    INLINE.iter().find(|(name, _)| *name == word).map(|(_, inline)| *inline)
}

const INLINE: [(&str, Inline); 3] =
    [("auto", Inline::Auto), ("always", Inline::Always), ("never", Inline::Never)];

/// Reports an `@@[inline(…)]` without a value it knows.
pub fn check_inline(attr: &FrameAttr, diag: &Diag) {
    choice(attr, &INLINE, diag);
}

/// The value that an attribute names.
fn choice<T: Copy + Default>(attr: &FrameAttr, values: &[(&str, T)], diag: &Diag) -> T {
    let word = words(attr).next().map(|token| token.to_string()).unwrap_or_default();
    if let Some((_, value)) = values.iter().find(|(name, _)| *name == word) {
        return *value;
    }
    let names = || values.iter().map(|(name, _)| *name);
    let near = nearest(&word, names());
    let help = match near {
        Some(near) => format!("did you mean `@@[{}({near})]`?", attr.name),
        None => format!(
            "the values are {}",
            names().map(|name| format!("`{name}`")).listed().join(", ")
        ),
    };
    let message = match word.is_empty() {
        true => format!("`@@[{}]` needs a value", attr.name),
        false => format!("`@@[{}]` has no value `{word}`", attr.name),
    };
    diag.error(codes::E800, attr.span, message, Some(help));
    let meant = values.iter().find(|(name, _)| Some(*name) == near);
    meant.map(|(_, value)| *value).unwrap_or_default()
}

fn words(attr: &FrameAttr) -> impl Iterator<Item = TokenTree> + use<> {
    attr.args.as_ref().map(proc_macro2::Group::stream).unwrap_or_default().into_iter()
}

/// An attribute that the wrapper macro gives to every system which does not have it.
pub fn default_attribute(part: TokenStream) -> Option<FrameAttr> {
    let tokens: Vec<TokenTree> = part.into_iter().listed();
    let name: Ident = match tokens.first()? {
        TokenTree::Ident(name) => name.clone(),
        _ => return None,
    };
    let args = match tokens.get(1) {
        Some(TokenTree::Group(group)) => Some(group.clone()),
        _ => None,
    };
    let span = name.span();
    Some(FrameAttr { name, args, span })
}
