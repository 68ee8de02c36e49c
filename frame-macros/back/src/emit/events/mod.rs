//! Events as values: the enum of events, the enum of replies, and the kernel that holds an
//! event while it is dispatched. Needed by pool and heap events and by `@@[event_enum]`.

mod by_value;
mod kernel;

pub use kernel::{method_body, value};

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, Span, TokenStream};

use crate::ast::Type;
use crate::emit::names::own;
use crate::emit::replies::{Reply, conversions};
use crate::emit::{Emit, generics};
use crate::gather::Gather;
use crate::model::{Event, EventId, Param, Trigger, unraw};
use crate::modes::{Events, Id, Overflow};
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;

/// The types and the trait impls.
pub fn types(cx: &Emit) -> TokenStream {
    if !cx.has_event_enum() {
        return TokenStream::new();
    }
    let events = event_enum(cx);
    let replies = (cx.modes().event_enum || !cx.is_static()).then(|| reply_enum(cx));
    let machine = cx.modes().has_event_objects().then(|| kernel::machine(cx));
    quote!(#events #replies #machine)
}

/// The functions of the kernel, and the public `dispatch`.
pub fn functions(cx: &Emit) -> TokenStream {
    if !cx.has_event_enum() {
        return TokenStream::new();
    }
    let objects = cx.modes().has_event_objects().then(|| {
        let hold = kernel::hold(cx);
        let kernel =
            (!cx.is_static()).then(|| [kernel::send(cx), kernel::kernel(cx)]).into_iter().flatten();
        quote!(#hold #(#kernel)*)
    });
    let dispatch =
        (cx.modes().event_enum && cx.is_free("dispatch")).then(|| by_value::dispatch(cx));
    quote!(#objects #dispatch)
}

fn event_enum(cx: &Emit) -> TokenStream {
    let (name, keyword) = (cx.event_enum(), cx.declaring("enum"));
    let used = cx.event_generics();
    let clause = used.where_clause();
    let variants = cx.sent_events().map(|id| {
        let event = &cx.plan.model.events[id];
        let variant = cx.event_variant(id);
        let doc = format!("The event `{}`.", unraw(event.name));
        if event.params.is_empty() {
            return quote!(#[doc = #doc] #variant,);
        }
        let fields = event.params.iter().map(|param| {
            let (name, ty) = (param.name, cx.kept_type(event, param));
            let doc = format!("The argument `{}`.", unraw(name));
            quote!(#[doc = #doc] #name: #ty,)
        });
        quote!(#[doc = #doc] #variant { #(#fields)* },)
    });
    let head = enum_head(cx, "The events of", cx.modes().has_public_events());
    quote!(#head #keyword #name #used #clause { #(#variants)* })
}

fn reply_enum(cx: &Emit) -> TokenStream {
    let (name, keyword) = (cx.reply_enum(), cx.declaring("enum"));
    let used = cx.reply_generics();
    let clause = used.where_clause();
    let typed = || {
        cx.sent_events().filter_map(|event| {
            let ty = cx.plan.model.events[event].ret?;
            Some(Reply { event, variant: cx.event_variant(event), ty })
        })
    };
    let variants = typed().map(|reply| {
        let (variant, ty) = (&reply.variant, cx.kept_reply(reply.event));
        let doc = format!("What `{}` returned.", unraw(cx.plan.model.events[reply.event].name));
        quote!(#[doc = #doc] #variant(#ty),)
    });
    let public = cx.modes().event_enum;
    let head = enum_head(cx, "The values that the events return, of", public);
    let known = typed().filter(|reply| !reply.ty.unknown).listed();
    let conversions = public.then(|| conversions(cx, &name, &used, &known));
    quote! {
        #head #keyword #name #used #clause {
            /// The event returns nothing.
            Nothing,
            #(#variants)*
        }
        #conversions
    }
}

fn enum_head(cx: &Emit, what: &str, public: bool) -> TokenStream {
    let lints = quote!(#[allow(dead_code, non_camel_case_types, clippy::enum_variant_names, clippy::large_enum_variant)]);
    if !public {
        return lints;
    }
    let doc = format!("{what} [`{}`].", unraw(&cx.plan.model.ast.name));
    let derives = cx.compartment_derives();
    let (vis, lint) = (cx.vis(), cx.default_vis_lint());
    quote!(#[doc = #doc] #derives #lint #lints #vis)
}

/// `&str` and `&[T]` are stored as what they borrow from.
fn owned_type(ty: &Type) -> TokenStream {
    let text = ty.tokens.to_string();
    if text == "& str" || text == "&str" {
        return quote!(#RUNTIME::String);
    }
    match ty.slice_item() {
        Some(item) => quote!(#RUNTIME::Vec<#item>),
        None => ty.to_token_stream(),
    }
}

pub fn is_stored_owned(ty: &Type) -> bool {
    owned_type(ty).to_string() != ty.tokens.to_string()
}

fn owned_value(param: &Param) -> TokenStream {
    let name = param.name;
    match is_stored_owned(param.ty) {
        true => quote!(#name: ::core::convert::From::from(#name)),
        false => quote!(#name),
    }
}

impl Emit<'_, '_> {
    pub fn modes(&self) -> &crate::modes::Modes {
        &self.plan.model.settings.modes
    }

    pub fn has_event_enum(&self) -> bool {
        self.modes().has_event_objects() || self.modes().event_enum
    }

    /// Whether an event that is held is known by the method that holds it: names in memory
    /// and events on the heap are found out by the kernel, as in Frame's reference runtime.
    fn is_static(&self) -> bool {
        matches!(self.modes().events, Events::Pool(_)) && self.modes().event_id == Id::Enum
    }

    /// Whether a full pool is told by the methods' return values.
    pub fn rejects(&self) -> bool {
        self.modes().overflow == Overflow::Reject && matches!(self.modes().events, Events::Pool(_))
    }

    /// The events that travel as values: queries on `&self` do not.
    pub fn sent_events(&self) -> impl Iterator<Item = EventId> + '_ {
        self.events().filter(|id| !self.plan.model.events[*id].query)
    }

    /// Whether an event does nothing at all in a state without a handler for it: its method
    /// neither answers nor, as pool and heap events do, holds the event.
    fn is_dropped_when_ignored(&self, id: EventId) -> bool {
        !self.modes().has_event_objects() && self.plan.model.events[id].ret.is_none()
    }

    fn event_enum(&self) -> Ident {
        self.names.event_enum(self.modes().has_public_events())
    }

    fn reply_enum(&self) -> Ident {
        self.names.reply_enum(self.modes().event_enum)
    }

    fn event_variant(&self, id: EventId) -> Ident {
        let name = self.plan.model.events[id].name;
        Ident::new(self.names.event_variant(id), Span::mixed_site().located_at(name.span()))
    }

    fn event_generics(&self) -> Generics {
        let events = self.sent_events().map(|id| &self.plan.model.events[id]);
        let types = events
            .flat_map(|event| event.params.iter().map(move |param| self.kept_type(event, param)));
        let types: TokenStream = types.joined();
        generics::used_by(&self.plan.model.ast.generics, &types)
    }

    fn reply_generics(&self) -> Generics {
        let types: TokenStream = self.sent_events().filter_map(|id| self.kept_reply(id)).joined();
        generics::used_by(&self.plan.model.ast.generics, &types)
    }

    /// The type of an argument in its event. One that no event can hold was told.
    fn kept_type(&self, event: &Event, param: &Param) -> TokenStream {
        match !event.is_generic() && param.ty.is_storable() {
            true => owned_type(param.ty),
            false => self.names.mistake().into_token_stream(),
        }
    }

    /// The type of an event's reply, when it has one.
    fn kept_reply(&self, id: EventId) -> Option<TokenStream> {
        let event = &self.plan.model.events[id];
        let ret = event.ret?.to_token_stream();
        Some(if event.is_generic() { self.names.mistake().into_token_stream() } else { ret })
    }

    pub fn event_type(&self) -> TokenStream {
        let (name, used) = (self.event_enum(), self.event_generics());
        let (_, args, _) = used.split_for_impl();
        quote!(#name #args)
    }

    fn reply_type(&self) -> TokenStream {
        let (name, used) = (self.reply_enum(), self.reply_generics());
        let (_, args, _) = used.split_for_impl();
        quote!(#name #args)
    }

    /// An event as it is stored.
    fn stored_type(&self) -> TokenStream {
        let event = self.event_type();
        match self.modes().event_id {
            Id::Enum => quote!(#RUNTIME::Signal<#event>),
            Id::String => quote!(#RUNTIME::Named<#RUNTIME::Signal<#event>>),
        }
    }

    /// Where events are stored.
    pub fn store_type(&self) -> TokenStream {
        let stored = self.stored_type();
        match (&self.modes().events, self.modes().overflow) {
            (Events::Pool(_), Overflow::Grow) => quote!(#RUNTIME::GrowingNestedEvents<#stored>),
            (Events::Pool(_), _) => {
                let capacity = self.capacity();
                quote!(#RUNTIME::NestedEvents<#stored, { #capacity }>)
            }
            _ => quote!(#RUNTIME::HeapEvents<#stored>),
        }
    }

    /// The capacity of a fixed pool: as written, or as the calls of the handlers bound it.
    pub fn capacity(&self) -> Option<TokenStream> {
        match (&self.modes().events, self.modes().overflow) {
            (Events::Pool(_), Overflow::Grow) => None,
            (Events::Pool(Some(written)), _) => Some(written.clone()),
            (Events::Pool(None), _) => {
                // Where there is no bound, one has been asked for.
                let bound = self.plan.capacity.unwrap_or(1);
                Some(quote!(#bound))
            }
            _ => None,
        }
    }

    /// The run's record as a parameter and as an argument, where there is one.
    pub fn run_pair(&self) -> (TokenStream, TokenStream) {
        if !self.plan.has_run() {
            return (TokenStream::new(), TokenStream::new());
        }
        let (run, ty) = (own("run"), self.run_type());
        (quote!(#run: &mut #ty,), quote!(#run,))
    }

    /// A check, ahead of everything, that a bounded pool has room for the whole of a call,
    /// or for what it does before it calls itself.
    pub fn room_for(&self, id: EventId, this: &Ident) -> Option<(TokenStream, TokenStream)> {
        let capacity = self.capacity()?;
        let needed = self.plan.events[id].room;
        let (store, stored) = (self.store_type(), self.stored_type());
        let room =
            quote!(!<#store as #RUNTIME::Events<#stored>>::has_room(&#this.__events.0, #needed));
        Some((room, capacity))
    }

    /// Holds a lifecycle event while its handler runs.
    pub fn held_lifecycle(
        &self,
        trigger: Trigger,
        call: impl FnOnce(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let (message, signal) = match trigger {
            Trigger::Exit => ("<$", quote!(#RUNTIME::Signal::Exit)),
            _ => ("$>", quote!(#RUNTIME::Signal::Enter)),
        };
        let this = self.this(self.plan.model.name_span());
        let (held, scope) = (own("held"), own("scope"));
        let call = call(quote!(#scope.machine));
        quote! {
            {
                let #held = #this.__hold(#message, #signal);
                let #scope = #RUNTIME::Scope::new(#this, #held);
                #call
            }
        }
    }
}
