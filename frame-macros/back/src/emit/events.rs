//! Events as values: the enum of events, the enum of replies, and the kernel that holds an
//! event while it is dispatched. Needed by pool and heap events and by `@@[event_enum]`.

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::names::own;
use super::replies::{Reply, conversions};
use super::{Emit, generics};
use crate::ast::Type;
use crate::gather::Gather;
use crate::model::{Event, EventId, Param, StateId, Trigger, unraw};
use crate::modes::{Events, Id, Overflow};
use crate::plan::stored;
use crate::runtime::RUNTIME;

/// The types and the trait impls.
pub fn types(cx: &Emit) -> TokenStream {
    if !cx.has_event_enum() {
        return TokenStream::new();
    }
    let events = event_enum(cx);
    let replies = (cx.modes().event_enum || !cx.is_static()).then(|| reply_enum(cx));
    let machine = cx.modes().has_event_objects().then(|| machine(cx));
    quote!(#events #replies #machine)
}

/// The functions of the kernel, and the public `dispatch`.
pub fn functions(cx: &Emit) -> TokenStream {
    if !cx.has_event_enum() {
        return TokenStream::new();
    }
    let objects = cx.modes().has_event_objects().then(|| {
        let hold = hold(cx);
        let kernel = (!cx.is_static()).then(|| [send(cx), kernel(cx)]).into_iter().flatten();
        quote!(#hold #(#kernel)*)
    });
    let dispatch = (cx.modes().event_enum && cx.is_free("dispatch")).then(|| dispatch(cx));
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

/// What a dispatch ends, however it ends.
fn machine(cx: &Emit) -> TokenStream {
    let name = &cx.plan.model.ast.name;
    let (params, args, clause) = cx.plan.model.ast.generics.split_for_impl();
    let (held, store, stored) = (held_type(cx), cx.store_type(), cx.stored_type());
    quote! {
        #[allow(single_use_lifetimes)]
        impl #params #RUNTIME::Machine for #name #args #clause {
            type Held = #held;
            #[inline]
            fn release(&mut self, held: &#held) {
                <#store as #RUNTIME::Events<#stored>>::release(&mut self.__events.0, held);
            }
        }
    }
}

/// What an event is reached by; written out, because the stored type is private.
fn held_type(cx: &Emit) -> TokenStream {
    match cx.modes().events {
        Events::Heap => quote!(usize),
        _ => quote!(#RUNTIME::EventHandle),
    }
}

/// `__hold`: makes an event an object, or says by name that there is no room for it.
fn hold(cx: &Emit) -> TokenStream {
    let (held, store, stored) = (held_type(cx), cx.store_type(), cx.stored_type());
    let event = cx.event_type();
    let system = unraw(&cx.plan.model.ast.name);
    let value = match cx.modes().event_id {
        Id::Enum => quote!(signal),
        Id::String => quote!(#RUNTIME::Named { message, event: signal }),
    };
    let full = match cx.capacity() {
        Some(capacity) => quote! {
            ::core::result::Result::Err(_) => #RUNTIME::pool_is_full(#system, message, #capacity),
        },
        None => {
            quote!(::core::result::Result::Err(_) => ::core::unreachable!("these events are never full"),)
        }
    };
    quote! {
        #[inline]
        fn __hold(&mut self, message: &'static str, signal: #RUNTIME::Signal<#event>) -> #held {
            match <#store as #RUNTIME::Events<#stored>>::hold(&mut self.__events.0, #value) {
                ::core::result::Result::Ok(held) => held,
                #full
            }
        }
    }
}

/// `__send`: holds an event, and dispatches what is held.
fn send(cx: &Emit) -> TokenStream {
    let (event, reply) = (cx.event_type(), cx.reply_type());
    let (run_param, run_arg) = cx.run_pair();
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    let (store, stored) = (cx.store_type(), cx.stored_type());
    let taken = quote! {
        <#store as #RUNTIME::Events<#stored>>::take(&mut scope.machine.__events.0, &held)
    };
    let (pattern, kernel) = match cx.modes().event_id {
        Id::Enum => (quote!(#RUNTIME::Signal::Call(event)), quote!(__kernel(#run_arg event))),
        Id::String => (
            quote!(#RUNTIME::Named { message, event: #RUNTIME::Signal::Call(event) }),
            quote!(__kernel(#run_arg message, event)),
        ),
    };
    // The handle is what the kernel has of the event; the scope ends its holding.
    let clone = quote!(let held = ::core::clone::Clone::clone(scope.held()););
    quote! {
        fn __send #lifetime (&mut self, #run_param message: &'static str, event: #event) -> #reply {
            let held = self.__hold(message, #RUNTIME::Signal::Call(event));
            let scope = #RUNTIME::Scope::new(self, held);
            #clone
            match #taken {
                ::core::option::Option::Some(#pattern) => scope.machine.#kernel,
                _ => ::core::unreachable!("the event is held until its dispatch ends"),
            }
        }
    }
}

/// `__kernel`: from the event to the function that routes it over the states.
fn kernel(cx: &Emit) -> TokenStream {
    let (events, event, reply) = (cx.event_enum(), cx.event_type(), cx.reply_type());
    let (run_param, _) = cx.run_pair();
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    let arms: Vec<(EventId, TokenStream)> = cx.sent_events().map(|id| (id, arm(cx, id))).listed();
    if cx.modes().event_id == Id::Enum {
        let arms = arms.iter().map(|(id, body)| {
            let pattern = fields(cx, *id);
            quote!(#events::#pattern => { #body })
        });
        return quote! {
            #[inline]
            fn __kernel #lifetime (&mut self, #run_param event: #event) -> #reply {
                match event { #(#arms)* }
            }
        };
    }
    let arms = arms.iter().map(|(id, body)| {
        let (pattern, message) = (fields(cx, *id), unraw(cx.plan.model.events[*id].name));
        quote! {
            #message => match event {
                #events::#pattern => { #body }
                #[allow(unreachable_patterns)]
                _ => ::core::unreachable!("a message carries its own arguments"),
            },
        }
    });
    quote! {
        #[inline]
        fn __kernel #lifetime (&mut self, #run_param message: &'static str, event: #event) -> #reply {
            match message {
                #(#arms)*
                _ => ::core::unreachable!("every message is one of the interface's"),
            }
        }
    }
}

/// `Variant { args }`
fn fields(cx: &Emit, id: EventId) -> TokenStream {
    let variant = cx.event_variant(id);
    let names: Vec<&Ident> =
        cx.plan.model.events[id].params.iter().map(|param| param.name).listed();
    if names.is_empty() { quote!(#variant) } else { quote!(#variant { #(#names),* }) }
}

fn arm(cx: &Emit, id: EventId) -> TokenStream {
    let (reply, variant) = (cx.reply_enum(), cx.event_variant(id));
    let call = routed(cx, id, &quote!(self));
    match cx.plan.model.events[id].ret {
        Some(_) => quote!(#reply::#variant({ #call })),
        None => quote!(#call; #reply::Nothing),
    }
}

/// An event's arguments on their way to the function that routes it.
fn routed(cx: &Emit, id: EventId, machine: &TokenStream) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let on = cx.names.on(id);
    let (run, run_name) = (own("run"), cx.names.run());
    let borrows = event.params.iter().filter(|param| is_stored_owned(param.ty)).map(|param| {
        let (name, ty) = (param.name, param.ty);
        quote!(let #name: #ty = &*#name;)
    });
    // What is queued may borrow from the event, so its run may not outlive it.
    let inner = cx.event_lifetime().filter(|_| cx.plan.events[id].forwarded).is_some();
    let run_arg = match (cx.plan.has_run(), inner) {
        (false, _) => TokenStream::new(),
        (true, false) => quote!(#run,),
        (true, true) => quote!(&mut #run_name::within(#run),),
    };
    let args = event.params.iter().map(|param| param.name);
    quote!(#(#borrows)* #machine.#on(#run_arg #(#args),*))
}

/// The public method's body: the event as a value, and its reply taken apart.
pub fn method_body(cx: &Emit, id: EventId, this: &Ident, run: TokenStream) -> TokenStream {
    if cx.is_static() {
        return static_body(cx, id, this, run);
    }
    let event = &cx.plan.model.events[id];
    let (replies, variant) = (cx.reply_enum(), cx.event_variant(id));
    let message = unraw(event.name);
    let value = value(cx, id);
    let run = cx.plan.has_run().then(|| quote!(#run,));
    let sent = quote!(#this.__send(#run #message, #value));
    match event.ret {
        None => quote!(#sent;),
        Some(_) => quote! {
            match #sent {
                #replies::#variant(value) => value,
                #[allow(unreachable_patterns)]
                _ => ::core::unreachable!("the reply is the event's own"),
            }
        },
    }
}

/// The same where the event that comes out of the pool is known to be the one put in: no
/// kernel has to find out which it is, and no reply has to be taken apart.
fn static_body(cx: &Emit, id: EventId, this: &Ident, run: TokenStream) -> TokenStream {
    let (events, pattern, value) = (cx.event_enum(), fields(cx, id), value(cx, id));
    let message = unraw(cx.plan.model.events[id].name);
    let (store, stored) = (cx.store_type(), cx.stored_type());
    let (held, scope, record) = (own("held"), own("scope"), own("run"));
    let run = cx.plan.has_run().then(|| quote!(let #record: &mut _ = #run;));
    let call = routed(cx, id, &quote!(#scope.machine));
    quote! {
        #run
        let #held = #this.__hold(#message, #RUNTIME::Signal::Call(#value));
        let #scope = #RUNTIME::Scope::new(#this, #held);
        match <#store as #RUNTIME::Events<#stored>>::take(&mut #scope.machine.__events.0, &#held) {
            ::core::option::Option::Some(#RUNTIME::Signal::Call(#events::#pattern)) => { #call }
            _ => ::core::unreachable!("the event is held until its dispatch ends"),
        }
    }
}

/// An event with the arguments in scope.
pub fn value(cx: &Emit, id: EventId) -> TokenStream {
    let (events, variant) = (cx.event_enum(), cx.event_variant(id));
    let params = &cx.plan.model.events[id].params;
    if params.is_empty() {
        return quote!(#events::#variant);
    }
    let args = params.iter().map(owned_value);
    quote!(#events::#variant { #(#args),* })
}

/// `dispatch(event)`: every method by value. The state is matched outside and the event
/// inside, so that an event which a state ignores costs no more than finding that out.
fn dispatch(cx: &Emit) -> TokenStream {
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
    let ignored = ignored.iter().map(|id| cx.event_variant(*id));
    quote!(#(#events::#ignored { .. })|* => #this.__dispatch_ignored(event),)
}

/// The answer to an event that a state ignores.
fn answer_arm(cx: &Emit, this: &Ident, id: EventId) -> TokenStream {
    let (events, replies, variant) = (cx.event_enum(), cx.reply_enum(), cx.event_variant(id));
    let value = super::dispatch::unanswered(cx, id, this);
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
        match !event.is_generic() && stored::is_storable(param.ty) {
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
        let needed = self.plan.room_for(id);
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
