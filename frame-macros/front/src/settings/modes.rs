//! The attributes that say how events exist and how states and events are named.

use proc_macro2::{TokenStream, TokenTree};

use crate::ast::FrameAttr;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::modes::{Events, INLINE, Id, Modes, Overflow, words};
use crate::suggest::nearest;

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

/// Reports an `@@[inline(…)]` without a value it knows.
pub fn check_inline(attr: &FrameAttr, diag: &Diag) {
    choice(attr, &INLINE, diag);
}

/// The value that an attribute names.
fn choice<T: Copy + Default>(attr: &FrameAttr, values: &[(&str, T)], diag: &Diag) -> T {
    let names = values.iter().map(|(name, _)| *name).listed();
    let named = chosen(attr, &names, diag);
    named.map(|at| values[at].1).unwrap_or_default()
}

fn chosen(attr: &FrameAttr, names: &[&str], diag: &Diag) -> Option<usize> {
    let word = words(attr).next().map(|token| token.to_string()).unwrap_or_default();
    if let Some(at) = names.iter().position(|name| *name == word) {
        return Some(at);
    }
    let near = nearest(&word, names);
    let help = match near {
        Some(near) => format!("did you mean `@@[{}({near})]`?", attr.name),
        None => {
            let quoted = names.iter().map(|name| format!("`{name}`")).listed();
            format!("the values are {}", quoted.join(", "))
        }
    };
    let message = match word.is_empty() {
        true => format!("`@@[{}]` needs a value", attr.name),
        false => format!("`@@[{}]` has no value `{word}`", attr.name),
    };
    diag.error(codes::E800, attr.span, message, Some(help));
    names.iter().position(|name| Some(*name) == near)
}
