//! The interface: a method for each event, one flat jump over the leaves.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::body::{Body, Owner};
use super::names::own;
use super::{Emit, generics};
use crate::model::*;
use crate::plan::Shape;

pub fn interface(cx: &Emit) -> TokenStream {
    cx.events().map(|event| methods(cx, event)).collect()
}

/// The public method and, where other handlers call it, the form they call.
fn methods(cx: &Emit, id: EventId) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let this = cx.this(event.name.span());
    let public = signature(cx, id, &this);
    let attrs = attributes(cx, id);
    if !is_reentrant(cx, id) {
        let body = body(cx, id, &this, None);
        return quote!(#attrs pub #public { #body });
    }
    let within = cx.names.within(id);
    let (run, ret) = (cx.names.run(), event.ret.map(|ty| quote!(-> #ty)));
    let (params, args) = (params(event), names(event));
    let outer = own("outer");
    let run_type = cx.run_type();
    let lifetime = generics::list(cx.event_lifetime().into_iter(), event.generics);
    let body = body(cx, id, &this, Some(&outer));
    quote! {
        #attrs
        pub #public { #this.#within(&mut #run::new(), #(#args),*) }

        fn #within #lifetime (&mut #this, #outer: &mut #run_type, #(#params),*) #ret { #body }
    }
}

/// Whether handlers call the method through the kernel, with a transition in sight.
fn is_reentrant(cx: &Emit, id: EventId) -> bool {
    cx.plan.events[id].called && cx.plan.events[id].moving && !cx.plan.model.events[id].query
}

fn attributes(cx: &Emit, id: EventId) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let text = format!("The event `{}`.", unraw(event.name));
    let (attrs, doc) = match event.attrs {
        Some(attrs) => (attrs.rust.as_slice(), cx.doc_unless(attrs, text)),
        None => (&[][..], quote!(#[doc = #text])),
    };
    quote!(#doc #(#attrs)* #[inline])
}

fn signature(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let (name, params) = (event.name, params(event));
    let receiver = if event.query { quote!(&#this) } else { quote!(&mut #this) };
    let generics = event.generics.map(|generics| generics.split_for_impl().0.to_token_stream());
    let clause = event.generics.and_then(|generics| generics.where_clause.as_ref());
    let ret = event.ret.map(|ty| quote!(-> #ty));
    quote!(fn #name #generics (#receiver, #(#params),*) #ret #clause)
}

fn params(event: &Event) -> Vec<TokenStream> {
    event
        .params
        .iter()
        .map(|param| {
            let (name, ty) = (param.name, param.ty);
            quote!(#name: #ty)
        })
        .collect()
}

fn names(event: &Event) -> Vec<TokenStream> {
    event.params.iter().map(|param| param.name.to_token_stream()).collect()
}

/// Routes the event to the leaf, performs what was queued, returns the value.
fn body(cx: &Emit, id: EventId, this: &Ident, outer: Option<&Ident>) -> TokenStream {
    let event = &cx.plan.model.events[id];
    if is_direct(cx, id) && outer.is_none() {
        return direct(cx, id, this);
    }
    let (run, ret) = (own("run"), own("ret"));
    let record = cx.names.run();
    let uses_run = outer.is_some()
        || cx.plan.leaves().any(|leaf| {
            cx.plan.route(leaf, id).is_some_and(|handler| cx.plan.handlers[handler].run)
        });
    let run_init = uses_run.then(|| match outer {
        Some(outer) => quote!(let #run = &mut #record::within(#outer);),
        None => quote!(let #run = &mut #record::new();),
    });
    let ret_init = event.ret.map(|ty| {
        let value = match event.default {
            Some(default) => {
                let value = Body::new(cx, Owner::Value, this.clone()).value(default, Some(ty));
                quote!(::core::option::Option::Some(#value))
            }
            None => quote!(::core::option::Option::None),
        };
        quote!(let #ret: &mut ::core::option::Option<#ty> = &mut #value;)
    });
    let arms = arms(cx, id, this);
    let settle = (uses_run && may_settle(cx, id, outer)).then(|| {
        let settle = cx.names.settle(cx.plan.lane(id));
        let lane = cx.plan.lane(id).map(|_| quote!(#ret,));
        quote!(if #run.next.is_some() { #this.#settle(#run, #lane); })
    });
    let moved =
        outer.filter(|_| cx.plan.run.moved).map(|outer| quote!(#outer.moved |= #run.moved;));
    let value = event.ret.map(|_| match cx.plan.events[id].can_end_unset {
        true => quote!(#ret.take().unwrap_or_default()),
        false => quote!(__private::returned(#ret.take())),
    });
    quote!(#run_init #ret_init #arms #settle #moved #value)
}

/// Whether every leaf answers with a plain value and nothing can be queued.
fn is_direct(cx: &Emit, id: EventId) -> bool {
    let event = &cx.plan.model.events[id];
    event.ret.is_some()
        && cx.plan.leaves().all(|leaf| match cx.plan.route(leaf, id) {
            Some(handler) => {
                let plan = &cx.plan.handlers[handler];
                plan.shape == Shape::Value && !plan.run && plan.slot.is_none()
            }
            None => true,
        })
}

fn direct(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let args = names(event);
    let unanswered = match event.default {
        Some(default) => Body::new(cx, Owner::Value, this.clone()).value(default, event.ret),
        None => quote!(::core::default::Default::default()),
    };
    if !cx.has_states() {
        return unanswered;
    }
    let groups = grouped(cx, id);
    let handled: usize = groups.iter().map(|(_, leaves)| leaves.len()).sum();
    let arms = groups.iter().map(|(handler, leaves)| {
        let name = cx.names.handler(*handler);
        let patterns = leaves.iter().map(|leaf| cx.pattern(*leaf));
        quote!(#(#patterns)|* => #this.#name(#(#args),*),)
    });
    let rest =
        (handled < cx.plan.leaves().count() || cx.plan.nowhere).then(|| quote!(_ => #unanswered,));
    quote!(match #this.__state { #(#arms)* #rest })
}

/// The leaves that run each handler.
fn grouped(cx: &Emit, id: EventId) -> Vec<(HandlerId, Vec<StateId>)> {
    let mut groups: Vec<(HandlerId, Vec<StateId>)> = Vec::new();
    for leaf in cx.plan.leaves() {
        let Some(handler) = cx.plan.route(leaf, id) else { continue };
        match groups.iter_mut().find(|(known, _)| *known == handler) {
            Some((_, leaves)) => leaves.push(leaf),
            None => groups.push((handler, vec![leaf])),
        }
    }
    groups
}

fn arms(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    if !cx.has_states() {
        return TokenStream::new();
    }
    let groups = grouped(cx, id);
    let handled: usize = groups.iter().map(|(_, leaves)| leaves.len()).sum();
    if groups.is_empty() {
        return TokenStream::new();
    }
    let arms: TokenStream =
        groups.iter().map(|(handler, leaves)| arm(cx, id, this, *handler, leaves)).collect();
    let rest = (handled < cx.plan.leaves().count() || cx.plan.nowhere).then(|| quote!(_ => {}));
    quote!(match #this.__state { #arms #rest })
}

/// One handler's arm; where it can queue a transition, an arm for each leaf, so that the
/// source of the transition is known.
fn arm(
    cx: &Emit,
    id: EventId,
    this: &Ident,
    handler: HandlerId,
    leaves: &[StateId],
) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let call = cx.call_handler(handler, this, &names(event), event.ret);
    let plan = &cx.plan.handlers[handler];
    if plan.jumps.is_empty() || plan.can_be_moved {
        let patterns = leaves.iter().map(|leaf| cx.pattern(*leaf));
        return quote!(#(#patterns)|* => { #call });
    }
    let (run, ret, to) = (own("run"), own("ret"), own("to"));
    let lane = cx.plan.lane(id);
    let slot = lane.map(|_| quote!(#ret,));
    let arms = leaves.iter().map(|leaf| {
        let (pattern, leave) = (cx.pattern(*leaf), cx.names.leave(*leaf, lane));
        quote! {
            #pattern => {
                #call
                if let ::core::option::Option::Some(#to) = #run.next.take() {
                    #this.#leave(#run, #slot #to);
                }
            }
        }
    });
    arms.collect()
}

/// Whether something can still be queued behind the arms.
fn may_settle(cx: &Emit, id: EventId, outer: Option<&Ident>) -> bool {
    if !cx.needs_settle() {
        return false;
    }
    outer.is_some()
        || cx.plan.leaves().filter_map(|leaf| cx.plan.route(leaf, id)).any(|handler| {
            let handler = &cx.plan.handlers[handler];
            handler.can_be_moved || handler.jumps.iter().any(|jump| cx.queues_more(*jump))
        })
}

impl Emit<'_, '_> {
    /// Whether performing a transition can queue another.
    fn queues_more(&self, jump: usize) -> bool {
        let jump = &self.plan.jumps[jump];
        let queues = |handler: Option<HandlerId>| {
            handler.is_some_and(|id| !self.plan.handlers[id].jumps.is_empty())
        };
        let exits = self.plan.leaves().any(|leaf| queues(self.plan.states[leaf].exit));
        let enters = match jump.target {
            Some(target) => queues(self.plan.states[target].enter),
            None => self.plan.leaves().any(|leaf| queues(self.plan.states[leaf].enter)),
        };
        exits || enters || jump.forward.is_some()
    }
}

/// `impl Trait for System`: each method hands on to the inherent one.
pub fn traits(cx: &Emit) -> TokenStream {
    let model = cx.plan.model;
    let name = &model.ast.name;
    let (params, args, clause) = model.ast.generics.split_for_impl();
    let marked = model.events.iter().any(|event| event.of.is_some());
    let impls = model.ast.traits.iter().map(|path| {
        let path_text = path.to_token_stream().to_string();
        let belongs = |event: &Event| match &event.of {
            Some(of) => {
                let of = of.to_string();
                path_text == of || path_text.rsplit(":: ").next() == Some(of.as_str())
            }
            None => !marked && model.ast.traits.len() == 1,
        };
        let methods = cx.events().filter(|id| belongs(&model.events[*id])).map(|id| {
            let event = &model.events[id];
            let this = cx.this(event.name.span());
            let signature = signature(cx, id, &this);
            let (method, args) = (event.name, names(event));
            quote!(#[inline] #signature { Self::#method(#this, #(#args),*) })
        });
        quote!(impl #params #path for #name #args #clause { #(#methods)* })
    });
    impls.collect()
}
