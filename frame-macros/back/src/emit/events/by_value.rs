//! The public `dispatch(event)`.

use proc_macro2::{Ident, TokenStream};

use super::kernel::fields;
use super::{Emit, is_stored_owned};
use crate::gather::Gather;
use crate::model::{EventId, StateId};
use crate::quote::quote;
use crate::runtime::RUNTIME;

/// `dispatch(event)`: every method by value. The state is matched outside and the event
/// inside, so that an event which a state ignores costs no more than finding that out.
pub(super) fn dispatch(cx: &Emit) -> TokenStream {
    let (event, reply) = (cx.event_type(), cx.reply_type());
    let this = cx.this(cx.plan.model.name_span());
    let ret = match cx.rejects() {
        false => reply,
        true => quote!(::core::result::Result<#reply, #RUNTIME::PoolFull<#event>>),
    };
    let leaves = cx.plan.leaves().map(|leaf| state_arm(cx, &this, leaf));
    let current = cx.current(&this);
    let rest = cx
        .leaves_some_out(cx.plan.leaves().count())
        .then(|| quote!(_ => #this.__dispatch_ignored(event),));
    let value = match cx.has_states() {
        true => quote!(match #current { #(#leaves)* #rest }),
        false => quote!(#this.__dispatch_ignored(event)),
    };
    let all = cx.sent_events().map(|id| sent_arm(cx, &this, id));
    quote! {
        /// Gives the machine an event, as calling the method of its name does.
        #[inline]
        pub fn dispatch(&mut #this, event: #event) -> #ret { #value }

        #[inline]
        fn __dispatch_ignored(&mut #this, event: #event) -> #ret {
            match event { #(#all)* }
        }
    }
}

/// What `dispatch` does in one state.
fn state_arm(cx: &Emit, this: &Ident, leaf: StateId) -> TokenStream {
    let replies = cx.reply_enum();
    let (handled, ignored): (Vec<_>, Vec<_>) =
        cx.sent_events().partition(|id| cx.plan.route(leaf, *id).is_some());
    let (dropped, answered): (Vec<_>, Vec<_>) =
        ignored.into_iter().partition(|id| cx.is_dropped_when_ignored(*id));
    let arms = handled.into_iter().map(|id| sent_arm(cx, this, id));
    let answered = match cx.modes().has_event_objects() {
        false => answered.into_iter().map(|id| answer_arm(cx, this, id)).joined(),
        true => ignored_arm(cx, this, &answered),
    };
    let dropped = (!dropped.is_empty()).then(|| quote!(_ => #replies::Nothing,));
    let pattern = cx.current_pattern(leaf);
    quote!(#pattern => match event { #(#arms)* #answered #dropped },)
}

/// What answers the events that a state ignores: the kernel, which has them go through it.
fn ignored_arm(cx: &Emit, this: &Ident, ignored: &[EventId]) -> TokenStream {
    if ignored.is_empty() {
        return TokenStream::new();
    }
    let events = cx.event_enum();
    let ignored = ignored.iter().map(|id| {
        let variant = cx.event_variant(*id);
        quote!(#events::#variant { .. })
    });
    quote!(#(#ignored)|* => #this.__dispatch_ignored(event),)
}

/// The answer to an event that a state ignores.
fn answer_arm(cx: &Emit, this: &Ident, id: EventId) -> TokenStream {
    let (events, replies, variant) = (cx.event_enum(), cx.reply_enum(), cx.event_variant(id));
    let value = crate::emit::dispatch::unanswered(cx, id, this);
    quote!(#events::#variant { .. } => #replies::#variant(#value),)
}

/// An event by value as a call of its method.
fn sent_arm(cx: &Emit, this: &Ident, id: EventId) -> TokenStream {
    let (events, replies) = (cx.event_enum(), cx.reply_enum());
    let model = &cx.plan.model.events[id];
    let (pattern, variant, name) = (fields(cx, id), cx.event_variant(id), model.name);
    let args = model.params.iter().map(|param| {
        let name = param.name;
        if is_stored_owned(param.ty) { quote!(&#name) } else { quote!(#name) }
    });
    let question = cx.rejects().then(|| quote!(?));
    let call = quote!(#this.#name(#(#args),*) #question);
    let (before, reply) = match model.ret {
        Some(_) => (TokenStream::new(), quote!(#replies::#variant(#call))),
        None => (quote!(#call;), quote!(#replies::Nothing)),
    };
    match cx.rejects() {
        false => quote!(#events::#pattern => { #before #reply }),
        true => quote!(#events::#pattern => { #before ::core::result::Result::Ok(#reply) }),
    }
}
