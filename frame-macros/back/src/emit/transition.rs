//! Performing transitions. The source leaf is a constant in each leaving function, so its
//! exit handler and the target's enter handler are direct calls there.

use proc_macro2::{Ident, TokenStream};

use super::making::{made, makers};
use super::names::{Kind, own};
use super::{Emit, generics};
use crate::ast::Type;
use crate::gather::Gather;
use crate::model::*;
use crate::plan::{Carried, Forward, JumpId, PayloadField};
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;

/// The name, arguments and slot type of the functions of one lane.
#[derive(Clone, Copy)]
struct Lane<'a> {
    index: Option<usize>,
    ret: Option<&'a Type>,
}

pub fn emit(cx: &Emit) -> TokenStream {
    let makers: TokenStream = cx.plan.leaves().map(|leaf| makers(cx, leaf)).joined();
    let routes: TokenStream = cx
        .events()
        .filter(|event| cx.plan.events[*event].routed)
        .map(|event| route(cx, event))
        .joined();
    let lanes = std::iter::once(Lane { index: None, ret: None }).chain(
        cx.plan.lanes.iter().enumerate().map(|(at, ret)| Lane { index: Some(at), ret: Some(ret) }),
    );
    let lanes: TokenStream = lanes
        .map(|lane| {
            let leaves: TokenStream = cx.plan.leaves().map(|leaf| leave(cx, leaf, lane)).joined();
            let settle = settle(cx, lane);
            quote!(#leaves #settle)
        })
        .joined();
    quote!(#makers #routes #lanes)
}

/// `__leave_x`: performs a transition out of the leaf `x`. Each kind has a function of its
/// own, so that what it carries stays in registers and a large one is not inlined with
/// the others.
fn leave(cx: &Emit, leaf: StateId, lane: Lane) -> TokenStream {
    let jumps = &cx.plan.states[leaf].jumps;
    if jumps.is_empty() {
        return TokenStream::new();
    }
    let name = cx.names.leave(leaf, lane.index);
    let (to, this) = (own("to"), cx.this(cx.plan.model.name_span()));
    let arms = jumps.iter().map(|jump| {
        let (pattern, function) = (jump_pattern(cx, jump), leave_by(cx, leaf, jump, lane));
        let (run, ret) = (own("run"), lane.ret.map(|_| own("ret")).into_iter());
        let args = jump_args(cx, jump);
        quote!(#pattern => #this.#function(#run, #(#ret,)* #(#args),*),)
    });
    let missing = (jumps.len() < cx.plan.jumps.len())
        .then(|| quote!(_ => ::core::unreachable!("this leaf queues no such transition"),));
    let params = lane_params(cx, lane);
    let to_type = cx.to_type();
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    let functions = jumps.iter().map(|jump| performing(cx, leaf, jump, lane));
    quote! {
        #[inline(always)]
        fn #name #lifetime (&mut #this, #params #to: #to_type) {
            match #to { #(#arms)* #missing }
        }
        #(#functions)*
    }
}

fn leave_by(cx: &Emit, leaf: StateId, jump: JumpId, lane: Lane) -> Ident {
    cx.names.leave_by(leaf, &cx.plan.jump_names[jump], lane.index)
}

/// What a queued transition carries, by name.
fn jump_args(cx: &Emit, jump: JumpId) -> Vec<Ident> {
    let payload = &cx.plan.payloads[jump];
    let by = cx.jump_names_event(jump).then(|| own("by"));
    payload.fields().map(|field| field.name.clone()).chain(by).listed()
}

fn jump_pattern(cx: &Emit, jump: JumpId) -> TokenStream {
    let (enum_name, variant) = (cx.names.to(), cx.jump_variant(jump));
    let args = jump_args(cx, jump);
    match args.is_empty() {
        true => quote!(#enum_name::#variant),
        false => quote!(#enum_name::#variant { #(#args),* }),
    }
}

fn lane_params(cx: &Emit, lane: Lane) -> TokenStream {
    let (run, ret) = (own("run"), own("ret"));
    let run_type = cx.run_type();
    let ret = lane.ret.map(|ty| quote!(#ret: &mut ::core::option::Option<#ty>,));
    quote!(#run: &mut #run_type, #ret)
}

/// One kind of transition: `<$`, the new compartments, the new state, `$>`.
fn performing(cx: &Emit, leaf: StateId, jump_id: JumpId, lane: Lane) -> TokenStream {
    let jump = cx.plan.jumps[jump_id];
    let payload = &cx.plan.payloads[jump_id];
    let this = cx.this(cx.plan.model.name_span());
    let (run, by) = (own("run"), own("by"));
    let room = if jump.push { cx.room_check(&this, &quote!(#by)) } else { TokenStream::new() };
    let exit = exit(cx, leaf, jump_id, &payload.exit, lane);
    let carried = carried(cx, leaf, jump_id);
    let arrive = match jump.target {
        Some(target) => {
            let change = change(cx, leaf, target, jump.push, &payload.state, &payload.enter);
            let enter = enter(cx, target, &payload.enter, lane);
            quote!(#change #enter)
        }
        None => restore(cx, &payload.enter, jump.hands_on, lane),
    };
    let non_empty = jump.target.is_none().then(|| {
        let system = unraw(&cx.plan.model.ast.name);
        quote! {
            if #this.__stack.depth() == 0 {
                #RUNTIME::stack_is_empty(#system, #this.__state.state().name(), #by);
            }
        }
    });
    let forward =
        jump.forward.map(|forward| forwarded(cx, forward, jump.target, &payload.event, lane));
    let moved = cx.plan.run.moved.then(|| quote!(#run.moved = true;));
    let follow = follow(cx, leaf, jump_id, lane);
    let (name, params) = (leave_by(cx, leaf, jump_id, lane), lane_params(cx, lane));
    let fields = super::types::jump_fields(cx, jump_id);
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    quote! {
        #[inline]
        fn #name #lifetime (&mut #this, #params #fields) {
            #non_empty #room #exit #carried #arrive #forward #moved #follow
        }
    }
}

/// The next transition, where it leaves the state just entered.
fn follow(cx: &Emit, leaf: StateId, jump: JumpId, lane: Lane) -> Option<TokenStream> {
    let target = cx.plan.follows(leaf, jump)?;
    let this = cx.this(cx.plan.model.name_span());
    let (to, run, ret) = (own("to"), own("run"), lane.ret.map(|_| own("ret")).into_iter());
    let leave = cx.names.leave(target, lane.index);
    Some(quote! {
        if let ::core::option::Option::Some(#to) = #run.next.take() {
            #this.#leave(#run, #(#ret,)* #to);
        }
    })
}

/// The leaf's `<$`, with the args given or its declared defaults.
fn exit(cx: &Emit, leaf: StateId, jump: JumpId, given: &[PayloadField], lane: Lane) -> TokenStream {
    let Some(handler) = cx.plan.states[leaf].exit else { return TokenStream::new() };
    // Args given by another branch of the tree are not for this leaf's handler.
    let meant = cx.plan.jumps[jump].exit.is_some_and(|(owner, _)| {
        owner == leaf
            || cx.plan.model.is_ancestor(owner, leaf)
            || cx.plan.model.is_ancestor(leaf, owner)
    });
    let args = cx.all_passed(handler, if meant { given } else { &[] });
    lifecycle(cx, handler, &args, lane)
}

/// Calls a lifecycle handler, which has its own idea of whether the state was left.
fn lifecycle(cx: &Emit, handler: HandlerId, args: &[TokenStream], lane: Lane) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let slot = cx.plan.handlers[handler].slot;
    let fits = slot.filter(|slot| lane.ret.is_some_and(|ret| ret.same(slot)));
    let call = match cx.modes().has_event_objects() {
        false => cx.call_handler(handler, &this, args, fits),
        true => cx.held_lifecycle(cx.plan.model.handlers[handler].trigger, |machine| {
            cx.call_handler(handler, &machine, args, fits)
        }),
    };
    let run = own("run");
    let fresh = cx.plan.handlers[handler].can_be_moved.then(|| quote!(#run.moved = false;));
    quote!(#fresh #call)
}

/// Moves the params that go on into the next state, now that `<$` has seen them.
fn carried(cx: &Emit, leaf: StateId, jump: JumpId) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let carried = cx.plan.states[leaf].carried.iter().filter(|carried| carried.jump == jump);
    carried
        .map(|Carried { field, param, holder, .. }| {
            let place = cx.names.place(*holder, param, Kind::Param);
            quote!(let #field = ::core::mem::replace(&mut #this.__state[#place], #field);)
        })
        .joined()
}

/// Makes the target's compartments and puts them in place of the old ones.
fn change(
    cx: &Emit,
    leaf: StateId,
    target: StateId,
    push: bool,
    state: &[PayloadField],
    enter: &[PayloadField],
) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let value = made(cx, leaf, target, push, state, enter);
    let (made, left) = (own("made"), own("left"));
    let named = cx.names_states().then(|| {
        let name = unraw(cx.plan.model.state_name(target));
        quote!(#this.__name = #name;)
    });
    if push {
        return quote! {
            let #made = #value;
            let #left = ::core::mem::replace(&mut #this.__state, #made);
            #named
            #this.__stack.push(#left);
        };
    }
    quote!(#this.__state = #value; #named)
}

/// The start state's `$>`.
pub fn enter_start(cx: &Emit, handler: HandlerId, args: &[TokenStream]) -> TokenStream {
    lifecycle(cx, handler, args, Lane { index: None, ret: None })
}

/// The target's `$>`.
fn enter(cx: &Emit, target: StateId, given: &[PayloadField], lane: Lane) -> TokenStream {
    let Some(handler) = cx.plan.states[target].enter else { return TokenStream::new() };
    lifecycle(cx, handler, &cx.all_passed(handler, given), lane)
}

/// `-> pop$`: what was pushed is the state again, and its `$>` runs.
fn restore(cx: &Emit, given: &[PayloadField], hands_on: bool, lane: Lane) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let popped = own("popped");
    let candidates: Vec<StateId> = cx
        .plan
        .leaves()
        .filter(|state| cx.plan.states[*state].pushable && cx.plan.states[*state].enter.is_some())
        .listed();
    let arms = candidates.iter().map(|state| reenter(cx, *state, given, hands_on, lane));
    let arms: Vec<_> = arms.listed();
    let rest =
        (candidates.len() < cx.plan.leaves().count() || cx.plan.nowhere).then(|| quote!(_ => {}));
    let named = cx.names_states().then(|| quote!(#this.__name = #this.__state.state().name();));
    let enter = (!arms.is_empty()).then(|| quote!(match &mut #this.__state { #(#arms)* #rest }));
    quote! {
        if let ::core::option::Option::Some(#popped) = #this.__stack.pop() {
            #this.__state = #popped;
            #named
        }
        #enter
    }
}

/// The `$>` of a state that was popped, with the args that were saved with it or, where they
/// are given, with new ones, which are then what the next `push$` saves.
fn reenter(
    cx: &Emit,
    state: StateId,
    given: &[PayloadField],
    hands_on: bool,
    lane: Lane,
) -> TokenStream {
    let handler = cx.plan.states[state].enter.expect("candidates have one");
    if !cx.plan.states[state].storage.saves_enter {
        let call = lifecycle(cx, handler, &cx.all_passed(handler, given), lane);
        let pattern = cx.pattern(state);
        return quote!(#pattern => { #call });
    }
    let args = &cx.plan.args[handler];
    let saved: Vec<Ident> =
        (0..cx.plan.states[state].enter_args.len()).map(|at| own(&format!("saved_{at}"))).listed();
    // An `$>` that came along has none of the args that were saved.
    let renewed = if hands_on { saved.len() } else { given.len().min(saved.len()) };
    let new = saved.iter().zip(args).take(renewed).enumerate().map(|(at, (saved, to))| {
        let value = match given.get(at) {
            None => cx.missing(&to.param, to.optional),
            Some(field) => {
                let name = &field.name;
                match (field.optional, to.optional) {
                    (true, false) if !hands_on => cx.or(&quote!(#name), &quote!(#saved)),
                    _ => cx.passed(&quote!(#name), field.optional, &to.param, to.optional),
                }
            }
        };
        quote!(let #saved = #value;)
    });
    let kept = (renewed > 0)
        .then(|| quote!(*__entered_with = (#(::core::clone::Clone::clone(&#saved),)*);));
    let rest = args.iter().skip(saved.len()).map(|to| cx.missing(&to.param, to.optional));
    let values = saved.iter().take(args.len()).map(ToTokens::to_token_stream).chain(rest);
    let call = lifecycle(cx, handler, &values.listed(), lane);
    let (leaf, variant) = (cx.names.leaf(), cx.variant(state));
    quote! {
        #leaf::#variant { __entered_with, .. } => {
            let (#(#saved,)*) = ::core::clone::Clone::clone(__entered_with);
            #(#new)*
            #kept
            #call
        }
    }
}

/// The event that came along, given to the new state behind its `$>`.
fn forwarded(
    cx: &Emit,
    forward: Forward,
    target: Option<StateId>,
    given: &[PayloadField],
    lane: Lane,
) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let args: Vec<TokenStream> = given
        .iter()
        .map(|field| {
            let name = &field.name;
            quote!(#name)
        })
        .listed();
    let run = own("run");
    match forward {
        Forward::Event(event) => {
            let fresh = cx.plan.run.moved.then(|| quote!(#run.moved = false;));
            if let Some(target) = target.filter(|target| cx.plan.states[*target].stays_entered) {
                let Some(handler) = cx.plan.route(target, event) else { return TokenStream::new() };
                let slot = cx.plan.model.events[event].ret;
                let slot = slot.filter(|slot| lane.ret.is_some_and(|lane| lane.same(slot)));
                let call = cx.call_handler(handler, &this, &args, slot);
                return quote!(#fresh { #call });
            }
            let route = cx.names.route(event);
            let ret = cx.plan.model.events[event].ret.map(|ret| {
                let ours = lane.ret.is_some_and(|lane| lane.same(ret));
                let slot = own("ret");
                if ours { quote!(#slot,) } else { quote!(&mut ::core::option::Option::None,) }
            });
            quote!(#fresh #this.#route(#run, #ret #(#args),*);)
        }
        Forward::Exit(_) => {
            let Some(handler) = target.and_then(|target| cx.plan.states[target].exit) else {
                return TokenStream::new();
            };
            let args = cx.all_passed(handler, given);
            lifecycle(cx, handler, &args, lane)
        }
    }
}

/// `__route_e`: gives a forwarded event to the current leaf, and performs nothing.
fn route(cx: &Emit, event: EventId) -> TokenStream {
    let name = cx.names.route(event);
    let model = cx.plan.model;
    let this = cx.this(model.events[event].name.span());
    let params = model.events[event].params.iter().map(|param| {
        let (name, ty) = (param.name, cx.param_type(Trigger::Event(event), param));
        quote!(#name: #ty)
    });
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    let args: Vec<TokenStream> = model.events[event]
        .params
        .iter()
        .map(|param| {
            let name = param.name;
            quote!(#name)
        })
        .listed();
    let slot = model.events[event].ret;
    let (run, ret, run_type) = (own("run"), own("ret"), cx.run_type());
    let slot_param = slot.map(|ty| quote!(#ret: &mut ::core::option::Option<#ty>,));
    let arms = cx.plan.leaves().filter_map(|leaf| {
        let handler = cx.plan.route(leaf, event)?;
        let call = cx.call_handler(handler, &this, &args, slot);
        let pattern = cx.current_pattern(leaf);
        Some(quote!(#pattern => { #call }))
    });
    let arms: Vec<_> = arms.listed();
    let current = cx.current(&this);
    let rest = cx.leaves_some_out(arms.len()).then(|| quote!(_ => {}));
    quote! {
        #[inline]
        fn #name #lifetime (&mut #this, #run: &mut #run_type, #slot_param #(#params),*) {
            match #current { #(#arms)* #rest }
        }
    }
}

/// `__settle`: performs what is queued until nothing is. Reached only where the source of
/// a transition is not known: behind a pop, a self-call, or a cycle of `$>` handlers.
fn settle(cx: &Emit, lane: Lane) -> TokenStream {
    if !cx.needs_settle() {
        return TokenStream::new();
    }
    let name = cx.names.settle(lane.index);
    let this = cx.this(cx.plan.model.name_span());
    let (to, run, ret) = (own("to"), own("run"), own("ret"));
    let ret = lane.ret.map(|_| quote!(#ret,));
    let (params, to_type) = (lane_params(cx, lane), cx.to_type());
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    let leaving: Vec<StateId> =
        cx.plan.leaves().filter(|leaf| !cx.plan.states[*leaf].jumps.is_empty()).listed();
    let arms = leaving.iter().map(|leaf| {
        let (pattern, leave) = (cx.current_pattern(*leaf), cx.names.leave(*leaf, lane.index));
        quote!(#pattern => #this.#leave(#run, #ret #to),)
    });
    let current = cx.current(&this);
    let rest = cx
        .leaves_some_out(leaving.len())
        .then(|| quote!(_ => ::core::unreachable!("this leaf queues no transition"),));
    quote! {
        #[cold]
        #[inline(never)]
        fn #name #lifetime (&mut #this, #params mut #to: #to_type) {
            loop {
                match #current { #(#arms)* #rest }
                match #run.next.take() {
                    ::core::option::Option::Some(next) => #to = next,
                    ::core::option::Option::None => return,
                }
            }
        }
    }
}

impl Emit<'_, '_> {
    /// Whether transitions can be pending where their source is not known.
    pub fn needs_settle(&self) -> bool {
        !self.plan.jumps.is_empty()
            && (self.plan.settles || self.plan.handlers.iter().any(|handler| handler.can_be_moved))
    }
}
