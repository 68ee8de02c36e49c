//! The kernel: an event is made an object, dispatched by its handle, and released.

use proc_macro2::{Ident, TokenStream};

use super::{Emit, is_stored_owned, owned_value};
use crate::emit::generics;
use crate::emit::names::own;
use crate::gather::Gather;
use crate::model::{EventId, unraw};
use crate::modes::{Events, Id};
use crate::quote::quote;
use crate::runtime::RUNTIME;

/// What a dispatch ends, however it ends.
pub(super) fn machine(cx: &Emit) -> TokenStream {
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
pub(super) fn hold(cx: &Emit) -> TokenStream {
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
pub(super) fn send(cx: &Emit) -> TokenStream {
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
pub(super) fn kernel(cx: &Emit) -> TokenStream {
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
pub(super) fn fields(cx: &Emit, id: EventId) -> TokenStream {
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
