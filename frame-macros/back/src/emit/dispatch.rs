//! The interface: a method for each event, one flat jump over the leaves.

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use super::body::{Body, Owner};
use super::names::{self, at, own};
use super::{Emit, events, generics};
use crate::ast::Type;
use crate::gather::Gather;
use crate::model::*;
use crate::plan::Shape;
use crate::quote::{ToTokens, quote, quote_spanned};
use crate::runtime::RUNTIME;

pub fn interface(cx: &Emit) -> TokenStream {
    cx.events().map(|event| methods(cx, event)).joined()
}

/// Where the run's record of a dispatch comes from.
#[derive(Clone, Copy)]
enum Record<'n> {
    /// The dispatch begins a run.
    New,
    /// It is a run within another.
    Within(&'n Ident),
    /// The kernel has it.
    Given,
}

/// The public method and, where other handlers call it, the form they call.
fn methods(cx: &Emit, id: EventId) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let this = cx.this(event.name.span());
    let attrs = attributes(cx, id);
    if cx.modes().has_event_objects() && !event.query {
        return object_methods(cx, id, &this);
    }
    let public = signature(cx, id, &this);
    if !is_reentrant(cx, id) {
        let body = body(cx, id, &this, Record::New);
        return quote!(#attrs pub #public { #body });
    }
    // A call from outside has a record of its own, which stays in registers. One from within
    // knows the state that its caller is in, so that it is worth having in line.
    let inline = inline(event);
    let outer = own("outer");
    let inner = inner_signature(cx, id, &this, &cx.names.within(id), &outer);
    let fresh = body(cx, id, &this, Record::New);
    let within = body(cx, id, &this, Record::Within(&outer));
    quote! {
        #attrs
        pub #public { #fresh }

        #inline
        #inner { #within }
    }
}

/// The methods of an event that becomes an object: the public one, the one that handlers
/// call, and the one that the kernel calls when it has the event in hand.
fn object_methods(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let attrs = attributes(cx, id);
    let (run, outer, record) = (own("run"), own("outer"), cx.names.run());
    let sent = events::method_body(cx, id, this, quote!(&mut #record::new()));
    let checked = checked(cx, id, this, &sent);
    // Code of the system itself, and traits, have the method return what it declares.
    let insisting = cx.rejects().then(|| {
        let (name, check) = (cx.names.insisting(id), full_check(cx, id, this));
        let (params, ret) = (params(event), event.ret.map(|ty| quote!(-> #ty)));
        let (generics, clause) = own_generics(event);
        quote!(fn #name #generics (&mut #this, #(#params),*) #ret #clause { #check #sent })
    });
    let public = match cx.rejects() {
        false => signature(cx, id, this),
        true => rejecting_signature(cx, id, this),
    };
    let within = is_reentrant(cx, id).then(|| {
        let inner = inner_signature(cx, id, this, &cx.names.within(id), &outer);
        let sent = events::method_body(cx, id, this, quote!(#run));
        let value = own("value");
        let moved = cx.plan.run.moved.then(|| quote!(#outer.moved |= #run.moved;));
        // A call that is part of a recursion was not counted by the call that led to it.
        let check = cx.plan.events[id].unbounded.then(|| full_check(cx, id, this));
        quote! {
            #inner {
                #check
                let #run = &mut #record::within(#outer);
                let #value = { #sent };
                #moved
                #value
            }
        }
    });
    let (run_param, _) = cx.run_pair();
    let on = cx.names.on(id);
    let (lifetime, clause) =
        (generics::list(cx.event_lifetime().into_iter(), event.generics), own_generics(event).1);
    let params = event.params.iter().map(|param| {
        let (name, ty) = (param.name, cx.param_type(Trigger::Event(id), param));
        quote!(#name: #ty)
    });
    let ret = event.ret.map(|ty| quote!(-> #ty));
    let body = body(cx, id, this, Record::Given);
    quote! {
        #attrs
        pub #public { #checked }
        #insisting
        #within
        #[inline]
        fn #on #lifetime (&mut #this, #run_param #(#params),*) #ret #clause { #body }
    }
}

/// A bounded pool is asked for the room of the whole call before anything happens. Where the
/// macro has counted the capacity itself the answer is known to be yes; with the question
/// asked, rustc's optimiser knows it too, and drops the tests of the events within the call.
fn checked(cx: &Emit, id: EventId, this: &Ident, sent: &TokenStream) -> TokenStream {
    if cx.rejects() {
        let value = events::value(cx, id);
        let check = cx
            .room_for(id, this)
            .map(|(room, _)| quote!(if #room { return ::core::result::Result::Err(#RUNTIME::full(#value)); }));
        return quote!(#check ::core::result::Result::Ok({ #sent }));
    }
    let check = full_check(cx, id, this);
    quote!(#check #sent)
}

/// Panics when a bounded pool has no room for a call.
fn full_check(cx: &Emit, id: EventId, this: &Ident) -> Option<TokenStream> {
    let model = cx.plan.model;
    let (system, message) = (unraw(&model.ast.name), unraw(model.events[id].name));
    let (room, capacity) = cx.room_for(id, this)?;
    Some(quote!(if #room { #RUNTIME::pool_is_full(#system, #message, #capacity); }))
}

fn inner_signature(
    cx: &Emit,
    id: EventId,
    this: &Ident,
    name: &Ident,
    outer: &Ident,
) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let (params, run_type) = (params(event), cx.run_type());
    let lifetime = generics::list(cx.event_lifetime().into_iter(), event.generics);
    let ret = event.ret.map(|ty| quote!(-> #ty));
    let clause = own_generics(event).1;
    let name = Ident::new(&name.to_string(), at(event.name.span()));
    quote!(fn #name #lifetime (&mut #this, #outer: &mut #run_type, #(#params),*) #ret #clause)
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
    let inline = inline(event);
    quote!(#doc #(#attrs)* #inline)
}

/// An `#[inline(never)]` of the user's stays the only one.
fn inline(event: &Event) -> Option<TokenStream> {
    let own = event.attrs.is_some_and(|attrs| attrs.rust.iter().any(super::is_inline));
    (!own).then(|| quote!(#[inline]))
}

fn signature(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let (name, params) = (event.name, params(event));
    let receiver = if event.query { quote!(&#this) } else { quote!(&mut #this) };
    let (generics, clause) = own_generics(event);
    let ret = event.ret.map(|ty| quote!(-> #ty));
    quote_spanned!(at(name.span())=> fn #name #generics (#receiver, #(#params),*) #ret #clause)
}

/// The generic parameters of a method itself, and their `where` clause.
fn own_generics(event: &Event) -> (TokenStream, TokenStream) {
    let (params, _, clause) = event.generics.map(Generics::split_for_impl).unwrap_or_default();
    (params, clause)
}

/// The method of a system whose pool may refuse.
fn rejecting_signature(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let (name, params, events) = (event.name, params(event), cx.event_type());
    let ret = event.ret.map_or_else(|| quote!(()), ToTokens::to_token_stream);
    let (generics, clause) = own_generics(event);
    quote! {
        fn #name #generics (&mut #this, #(#params),*)
            -> ::core::result::Result<#ret, #RUNTIME::PoolFull<#events>> #clause
    }
}

fn params(event: &Event) -> Vec<TokenStream> {
    event
        .params
        .iter()
        .map(|param| {
            let (name, ty) = (param.name, param.ty);
            quote!(#name: #ty)
        })
        .listed()
}

fn names(event: &Event) -> Vec<TokenStream> {
    event.params.iter().map(|param| param.name.to_token_stream()).listed()
}

/// Routes the event to the leaf, performs what was queued, returns the value.
fn body(cx: &Emit, id: EventId, this: &Ident, source: Record) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let outer = match source {
        Record::Within(outer) => Some(outer),
        Record::New | Record::Given => None,
    };
    let takes_over = outer.is_some() && cx.plan.has_pending_calls();
    // What a caller has queued is performed even where this leaf ignores the event.
    let given = matches!(source, Record::Given) && cx.plan.has_run() && cx.plan.events[id].called;
    let run = own("run");
    let record = cx.names.run();
    let uses_run = outer.is_some()
        || cx.plan.leaves().any(|leaf| {
            cx.plan.route(leaf, id).is_some_and(|handler| cx.plan.handlers[handler].run)
        });
    let run_init = uses_run.then(|| match source {
        Record::Within(outer) if takes_over => {
            quote!(let #run = &mut #record::within(#outer);)
        }
        Record::Within(_) | Record::New => quote!(let #run = &mut #record::new();),
        Record::Given => TokenStream::new(),
    });
    let moved =
        outer.filter(|_| cx.plan.run.moved).map(|outer| quote!(#outer.moved |= #run.moved;));
    // What a caller has queued may be pending in each arm, else only what the arm itself did.
    if !takes_over && !given {
        let arms = arms(cx, id, this, Behind::Ends { moved: moved.as_ref() });
        let moved = event.ret.is_none().then_some(moved);
        return quote!(#run_init #arms #moved);
    }
    let slot = event.ret.map(|ty| slot(cx, id, this, ty));
    let arms = arms(cx, id, this, Behind::GoesOn);
    let settle = cx.needs_settle().then(|| settle(cx, id, this));
    let value = event.ret.map(|_| taken(cx, id, false));
    quote!(#run_init #slot #arms #settle #moved #value)
}

/// What a match on the leaf does behind a handler.
#[derive(Clone, Copy)]
enum Behind<'t> {
    /// Each arm performs all that comes of it, tells the caller, and is the call's value. With
    /// one slot for all arms, values of different arms would be moved into one place.
    Ends { moved: Option<&'t TokenStream> },
    /// What stands behind the match does that for all arms, with the slot before it.
    GoesOn,
}

/// The slot of a call, with the declared default.
fn slot(cx: &Emit, id: EventId, this: &Ident, ty: &Type) -> TokenStream {
    let ret = own("ret");
    let value = match cx.plan.model.events[id].default {
        Some(default) => {
            let value = Body::new(cx, Owner::Value, this.clone()).value(default, Some(ty));
            quote!(::core::option::Option::Some(#value))
        }
        None => quote!(::core::option::Option::None),
    };
    quote!(let #ret: &mut ::core::option::Option<#ty> = &mut #value;)
}

/// The value that a call has left in its slot, which it `sets` on every path or may not.
fn taken(cx: &Emit, id: EventId, sets: bool) -> TokenStream {
    let ret = own("ret");
    match cx.plan.events[id].can_end_unset && !sets {
        true => super::unset::taken(cx, id, &ret),
        false => quote!(#RUNTIME::returned(#ret.take())),
    }
}

/// The value of an event that a leaf ignores.
pub fn unanswered(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let event = &cx.plan.model.events[id];
    match event.default {
        Some(default) => Body::new(cx, Owner::Value, this.clone()).value(default, event.ret),
        None => super::unset::value(cx, id),
    }
}

/// The leaves that run each handler.
fn grouped(cx: &Emit, id: EventId) -> Vec<(HandlerId, Vec<StateId>)> {
    let mut groups: Vec<(HandlerId, Vec<StateId>)> = Vec::new();
    // A state has one handler for an event at most.
    let mut of_state: Vec<Option<usize>> = vec![None; cx.plan.states.len()];
    for leaf in cx.plan.leaves() {
        let Some(handler) = cx.plan.route(leaf, id) else { continue };
        let at = *of_state[cx.plan.model.handlers[handler].state].get_or_insert(groups.len());
        if at == groups.len() {
            groups.push((handler, Vec::new()));
        }
        groups[at].1.push(leaf);
    }
    groups
}

/// Up to how many arms are told apart by tests, one after the other, which take less room than a
/// jump table. They also know more: the tag of a leaf that holds a `String` lies in there, and
/// behind a table rustc's optimiser no longer knows it, so that each use of what the leaf holds
/// tests for the leaf again. With more arms the table is faster all the same.
const TESTED: usize = 3;

/// What is done in some leaves.
struct Arm {
    pattern: TokenStream,
    done: TokenStream,
}

/// Finds the leaf, and does what it does.
fn arms(cx: &Emit, id: EventId, this: &Ident, behind: Behind) -> TokenStream {
    let answers = matches!(behind, Behind::Ends { .. }) && cx.plan.model.events[id].ret.is_some();
    let unanswered = answers.then(|| unanswered(cx, id, this));
    let groups = grouped(cx, id);
    if groups.is_empty() {
        return unanswered.unwrap_or_default();
    }
    let arms: Vec<Arm> = groups
        .iter()
        .flat_map(|(handler, leaves)| arms_of(cx, id, this, (*handler, leaves), behind))
        .listed();
    let rest = ignoring(cx, id).map(|pattern| Arm { pattern, done: quote!(#unanswered) });
    let current = cx.current(this);
    if arms.len() <= TESTED && !cx.names_states() {
        return tested(&current, arms, rest);
    }
    let arms = arms.into_iter().chain(rest);
    let arms = arms.map(|Arm { pattern, done }| quote!(#pattern => { #done })).joined();
    quote!(match #current { #arms })
}

/// `if let … { … } else { … }`; what is left needs no test.
fn tested(current: &TokenStream, mut arms: Vec<Arm>, rest: Option<Arm>) -> TokenStream {
    arms.extend(rest);
    let last = arms.pop().map(|arm| arm.done).unwrap_or_default();
    let mut tested = quote!({ #last });
    let mut otherwise = (!last.is_empty()).then(|| quote!(else { #last }));
    while let Some(Arm { pattern, done }) = arms.pop() {
        tested = quote!(if let #pattern = #current { #done } #otherwise);
        otherwise = Some(quote!(else #tested));
    }
    tested
}

/// The pattern of the leaves that ignore an event. Behind `_` there is a test before the jump
/// table, of whether the leaf is one in it, which a match that names all leaves is spared. To
/// name them where most ignore the event would make the expansion grow with the square of the
/// system.
fn ignoring(cx: &Emit, id: EventId) -> Option<TokenStream> {
    let (handling, ignoring): (Vec<StateId>, Vec<StateId>) =
        cx.plan.leaves().partition(|leaf| cx.plan.route(*leaf, id).is_some());
    let leaf = cx.names.leaf();
    let nowhere = cx.plan.nowhere.then(|| quote!(#leaf::__Nowhere));
    if cx.names_states() || ignoring.len() > 2 * handling.len() {
        return Some(quote!(_));
    }
    let patterns = ignoring.iter().map(|leaf| cx.pattern(*leaf)).chain(nowhere).listed();
    (!patterns.is_empty()).then(|| quote!(#(#patterns)|*))
}

/// One handler's arm; where it can queue a transition, an arm for each leaf, so that the
/// source of the transition is known.
fn arms_of(
    cx: &Emit,
    id: EventId,
    this: &Ident,
    (handler, leaves): (HandlerId, &[StateId]),
    behind: Behind,
) -> Vec<Arm> {
    let event = &cx.plan.model.events[id];
    let plan = &cx.plan.handlers[handler];
    let args = names(event);
    let ends = matches!(behind, Behind::Ends { .. });
    let (call, value) = match behind {
        Behind::Ends { moved } => answer(cx, id, this, handler, moved),
        Behind::GoesOn => (cx.call_handler(handler, this, &args, event.ret), None),
    };
    if plan.jumps.is_empty() || plan.can_be_moved {
        let patterns = leaves.iter().map(|leaf| cx.current_pattern(*leaf));
        let moves = plan.can_be_moved && ends && cx.needs_settle();
        let settle = moves.then(|| settle(cx, id, this));
        let pattern = quote!(#(#patterns)|*);
        return vec![Arm { pattern, done: quote!(#call #settle #value) }];
    }
    let (run, ret, to) = (own("run"), own("ret"), own("to"));
    let lane = cx.plan.lane(id);
    let slot = lane.map(|_| quote!(#ret,));
    let arms = leaves.iter().map(|leaf| {
        let (pattern, leave) = (cx.current_pattern(*leaf), cx.names.leave(*leaf, lane));
        let leads_on = plan.jumps.iter().any(|jump| !cx.plan.states[*leaf].covered.contains(jump));
        let settle = (ends && leads_on).then(|| settle(cx, id, this));
        let done = quote! {
            #call
            if let ::core::option::Option::Some(#to) = #run.next.take() {
                #this.#leave(#run, #slot #to);
                #settle
            }
            #value
        };
        Arm { pattern, done }
    });
    arms.listed()
}

/// How the arm that a call ends in calls its handler, and what its value is then.
fn answer(
    cx: &Emit,
    id: EventId,
    this: &Ident,
    handler: HandlerId,
    moved: Option<&TokenStream>,
) -> (TokenStream, Option<TokenStream>) {
    let event = &cx.plan.model.events[id];
    let args = names(event);
    let Some(ty) = event.ret else { return (cx.answer(handler, this, &args), None) };
    if answers_alone(cx, handler) {
        return (TokenStream::new(), Some(cx.plain_call(handler, this, &args)));
    }
    if answers_behind_jumps(cx, id, handler) {
        let (value, call) = (own("value"), cx.plain_call(handler, this, &args));
        return (quote!(let #value = #call;), Some(quote!(#moved #value)));
    }
    let (slot, call) = (slot(cx, id, this, ty), cx.answer(handler, this, &args));
    let value = taken(cx, id, cx.plan.handlers[handler].always_sets);
    (quote!(#slot #call), Some(quote!(#moved #value)))
}

/// Whether all that a handler does is to return its value.
fn answers_alone(cx: &Emit, handler: HandlerId) -> bool {
    let plan = &cx.plan.handlers[handler];
    plan.shape == Shape::Value && plan.jumps.is_empty() && !plan.can_be_moved && plan.slot.is_none()
}

/// Whether the value that a handler returns is the call's, whatever its transition leads to: no
/// lifecycle handler can set another.
fn answers_behind_jumps(cx: &Emit, id: EventId, handler: HandlerId) -> bool {
    let plan = &cx.plan.handlers[handler];
    plan.shape == Shape::Value && !plan.jumps.is_empty() && cx.plan.lane(id).is_none()
}

/// Performs what is pending in a state that is not known here.
fn settle(cx: &Emit, id: EventId, this: &Ident) -> TokenStream {
    let (run, ret, to) = (own("run"), own("ret"), own("to"));
    let (settle, lane) =
        (cx.names.settle(cx.plan.lane(id)), cx.plan.lane(id).map(|_| quote!(#ret,)));
    quote! {
        if let ::core::option::Option::Some(#to) = #run.next.take() {
            #this.#settle(#run, #lane #to);
        }
    }
}

/// `impl Trait for System`: each method hands on to the inherent one.
pub fn traits(cx: &Emit) -> TokenStream {
    let model = cx.plan.model;
    let name = &model.ast.name;
    let (params, args, clause) = model.ast.generics.split_for_impl();
    let marked = model.events.iter().any(|event| event.of.is_some());
    // A method that is not known would be missed in the trait.
    let traits = model.ast.traits.iter().filter(|_| !model.mistakes.members);
    let impls = traits.map(|path| {
        let belongs = |event: &Event| match &event.of {
            Some(of) => names_trait(of, path),
            None => !marked && model.ast.traits.len() == 1,
        };
        let methods = cx.events().filter(|id| belongs(&model.events[*id])).map(|id| {
            let event = &model.events[id];
            let this = cx.this(event.name.span());
            let signature = signature(cx, id, &this);
            let args = names(event);
            let method = match cx.rejects() && !event.query {
                true => cx.names.insisting(id),
                false => event.name.clone(),
            };
            let call = quote!(Self::#method(#this, #(#args),*));
            quote_spanned!(at(event.name.span())=> #[inline] #signature { #call })
        });
        // What is wrong with the implementation is told at the trait.
        let word = path.clone().into_iter().find(|token| matches!(token, TokenTree::Ident(_)));
        let span = word.map_or_else(Span::mixed_site, |word| at(word.span()));
        let name = names::respanned(name, name.span().located_at(span));
        quote_spanned!(span=> #[allow(deprecated, single_use_lifetimes)] impl #params #path for #name #args #clause { #(#methods)* })
    });
    impls.joined()
}
