//! What a system needs of the runtime's features, so that one that is off is asked for by
//! name.

use proc_macro2::{Span, TokenStream};

use super::{Emit, events};
use crate::gather::Gather;
use crate::model::unraw;
use crate::modes::{Events, Overflow};
use crate::quote::quote_spanned;
use crate::runtime::RUNTIME;

/// An error for each thing that allocates, which the runtime leaves out when it may.
pub fn needed(cx: &Emit) -> TokenStream {
    // An attribute that could not be read may have said what is missing.
    if !cx.is_whole {
        return TokenStream::new();
    }
    let needs = modes(cx).into_iter().chain(stack(cx)).chain(data(cx)).chain(stored(cx));
    needs
        .map(|(span, what)| {
            let message = format!("{what} needs the `alloc` feature of frame-runtime");
            quote_spanned!(span=> #RUNTIME::needs_alloc! { ::core::compile_error!(#message); })
        })
        .joined()
}

type Need = (Span, String);

fn modes(cx: &Emit) -> Option<Need> {
    let (name, what) = match (&cx.modes().events, cx.modes().overflow) {
        (Events::Heap, _) => ("events", "`@@[events(heap)]`"),
        (Events::Pool(_), Overflow::Grow) => ("overflow", "`@@[overflow(grow)]`"),
        _ => return None,
    };
    let attrs = &cx.plan.model.ast.attrs.frame;
    let span = attrs.iter().find(|attr| attr.name == name).map(|attr| attr.span);
    Some((span.unwrap_or(cx.plan.model.name_span()), what.to_owned()))
}

fn stack(cx: &Emit) -> Option<Need> {
    let grows = cx.plan.stack && cx.plan.model.settings.stack.is_none();
    let what = "a state stack without `@@[stack(N)]`";
    grows.then(|| (cx.plan.model.name_span(), what.to_owned()))
}

/// `@@:data.k` without an `@@[data(k: …)]`, once for each key.
fn data(cx: &Emit) -> Vec<Need> {
    let declared = &cx.plan.model.settings.data;
    let mut needs: Vec<Need> = Vec::new();
    for name in cx.plan.handlers.iter().flat_map(|handler| &handler.facts.data) {
        let what = format!("`@@:data.{name}`, which no `@@[data(…)]` declares,");
        if !declared.iter().any(|key| key.name == **name) && needs.iter().all(|(_, w)| *w != what) {
            needs.push((name.span(), what));
        }
    }
    needs
}

/// `m(text: &str)`, where the event outlives the call.
fn stored(cx: &Emit) -> Vec<Need> {
    if !cx.has_event_enum() {
        return Vec::new();
    }
    let params = cx.sent_events().flat_map(|id| &cx.plan.model.events[id].params);
    params
        .filter(|param| events::is_stored_owned(param.ty))
        .map(|param| {
            let what = format!("storing `{}: {}`", unraw(param.name), param.ty.text());
            (param.ty.span, what)
        })
        .listed()
}
