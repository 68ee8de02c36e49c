//! Performing transitions. The source leaf is a constant in each leaving function, so its
//! exit handler and the target's enter handler are direct calls there.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::body::{Body, Owner, hand_on, is_copy};
use super::names::own;
use super::{Emit, generics};
use crate::ast::Type;
use crate::model::*;
use crate::plan::{Forward, JumpId, PayloadField, uses_self};
use crate::runtime::RUNTIME;
use crate::walk;

/// The name, arguments and slot type of the functions of one lane.
#[derive(Clone, Copy)]
struct Lane<'a> {
    index: Option<usize>,
    ret: Option<&'a Type>,
}

pub fn emit(cx: &Emit) -> TokenStream {
    let makers: TokenStream = cx.plan.leaves().filter_map(|leaf| maker(cx, leaf)).collect();
    let routes: TokenStream = cx
        .events()
        .filter(|event| cx.plan.events[*event].forwarded)
        .map(|event| route(cx, event))
        .collect();
    let lanes = std::iter::once(Lane { index: None, ret: None }).chain(
        cx.plan.lanes.iter().enumerate().map(|(at, ret)| Lane { index: Some(at), ret: Some(ret) }),
    );
    let lanes: TokenStream = lanes
        .map(|lane| {
            let leaves: TokenStream = cx.plan.leaves().map(|leaf| leave(cx, leaf, lane)).collect();
            let settle = settle(cx, lane);
            quote!(#leaves #settle)
        })
        .collect();
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
        let (pattern, function) = (jump_pattern(cx, *jump), leave_by(cx, leaf, *jump, lane));
        let (run, ret) = (own("run"), lane.ret.map(|_| own("ret")).into_iter());
        let args = jump_args(cx, *jump);
        quote!(#pattern => #this.#function(#run, #(#ret,)* #(#args),*),)
    });
    let missing = (jumps.len() < cx.plan.jumps.len())
        .then(|| quote!(_ => ::core::unreachable!("this leaf queues no such transition"),));
    let params = lane_params(cx, lane);
    let to_type = cx.to_type();
    let lifetime = generics::list(cx.event_lifetime().into_iter(), None);
    let functions = jumps.iter().map(|jump| performing(cx, leaf, *jump, lane));
    quote! {
        #[inline(always)]
        fn #name #lifetime (&mut #this, #params #to: #to_type) {
            match #to { #(#arms)* #missing }
        }
        #(#functions)*
    }
}

fn leave_by(cx: &Emit, leaf: StateId, jump: JumpId, lane: Lane) -> Ident {
    cx.names.leave_by(leaf, &cx.plan.jump_name(jump), lane.index)
}

/// What a queued transition carries, by name.
fn jump_args(cx: &Emit, jump: JumpId) -> Vec<Ident> {
    let payload = cx.plan.payload(jump);
    let by = cx.jump_names_event(jump).then(|| own("by"));
    payload.fields().map(|field| field.name.clone()).chain(by).collect()
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
    let payload = cx.plan.payload(jump_id);
    let this = cx.this(cx.plan.model.name_span());
    let (run, by) = (own("run"), own("by"));
    let room = if jump.push { cx.room_check(&this, &quote!(#by)) } else { TokenStream::new() };
    let exit = exit(cx, leaf, jump_id, &payload.exit, lane);
    let arrive = match jump.target {
        Some(target) => {
            let change = change(cx, leaf, target, jump.push, &payload.state, &payload.enter);
            let enter = enter(cx, target, &payload.enter, lane);
            quote!(#change #enter)
        }
        None => restore(cx, &payload.enter, lane),
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
            #non_empty #room #exit #arrive #forward #moved #follow
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
    let given = if meant { given } else { &[] };
    let declared = &cx.plan.states[leaf].exit_args;
    let count = arity(cx, handler);
    let args: Vec<TokenStream> = (0..count)
        .map(|at| match given.get(at) {
            Some(field) => {
                let name = &field.name;
                quote!(#name)
            }
            None => cx.default_of(&declared[at]),
        })
        .collect();
    lifecycle(cx, handler, &args, lane)
}

fn arity(cx: &Emit, handler: HandlerId) -> usize {
    cx.plan.model.handlers[handler].params.len() + cx.plan.handlers[handler].hidden.len()
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
    let value = made(cx, Some(leaf), target, push, state, enter);
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

/// The new leaf as an expression.
fn made(
    cx: &Emit,
    source: Option<StateId>,
    target: StateId,
    push: bool,
    state: &[PayloadField],
    enter: &[PayloadField],
) -> TokenStream {
    let (leaf, variant) = (cx.names.leaf(), cx.variant(target));
    if cx.leaf_fields(target).is_empty() {
        return quote!(#leaf::#variant);
    }
    let this = cx.this(cx.plan.model.name_span());
    let maker = cx.names.make(target);
    let args = state.iter().map(|field| &field.name);
    let saved = cx.plan.states[target].storage.saves_enter.then(|| {
        let args = enter.iter().map(|field| hand_on(&field.name, field.param.ty, true));
        quote!((#(#args,)*),)
    });
    let kept = kept_states(cx, target).into_iter().map(|kept| {
        let keeps = source.is_some_and(|source| {
            cx.plan.model.is_ancestor(kept, source) && cx.plan.model.is_ancestor(kept, target)
        });
        match (keeps, push) {
            (false, _) => quote!(#RUNTIME::Keep::Fresh),
            (true, false) => quote!(#RUNTIME::Keep::Moved),
            (true, true) => quote!(#RUNTIME::Keep::Cloned),
        }
    });
    quote!(#this.#maker(#(#args,)* #saved #(#kept),*))
}

/// The ancestors whose compartments may be kept.
fn kept_states(cx: &Emit, target: StateId) -> Vec<StateId> {
    let chain = cx.plan.states[target].chain[1..].iter().rev();
    chain
        .filter(|state| {
            cx.plan.model.states[**state].retain && cx.plan.states[**state].storage.is_own()
        })
        .copied()
        .collect()
}

/// `__make_x`: initialises the chain of `x`, root first.
fn maker(cx: &Emit, target: StateId) -> Option<TokenStream> {
    if cx.leaf_fields(target).is_empty() || !is_target(cx, target) {
        return None;
    }
    let state = &cx.plan.states[target];
    let name = cx.names.make(target);
    let this = cx.this(cx.plan.model.name_span());
    let args: Vec<Ident> = (0..state.state_args.len()).map(arg_name).collect();
    let types = arg_types(cx, target);
    let entered = own("entered_with");
    let saved = state.storage.saves_enter.then(|| {
        let types = state.enter_args.iter().map(|param| param.ty);
        quote!(#entered: (#(#types,)*),)
    });
    let kept = kept_states(cx, target).into_iter().map(|kept| {
        let name = keeps_name(cx, kept);
        quote!(#name: #RUNTIME::Keep)
    });
    let ty = cx.leaf_type();
    let body = making(cx, target, &args, saved.is_some().then(|| quote!(#entered)), true);
    Some(quote! {
        #[inline]
        fn #name(&mut #this, #(#args: #types,)* #saved #(#kept),*) -> #ty { #body }
    })
}

/// The types of a chain's state args, optional where the levels have defaults of their own.
pub fn arg_types(cx: &Emit, target: StateId) -> Vec<TokenStream> {
    let args = cx.plan.states[target].state_args.iter().enumerate();
    args.map(|(at, param)| {
        let ty = param.ty;
        match cx.plan.has_own_defaults(target, at) {
            true => quote!(::core::option::Option<#ty>),
            false => quote!(#ty),
        }
    })
    .collect()
}

/// Whether a transition leads to the state, so that its maker is called.
fn is_target(cx: &Emit, state: StateId) -> bool {
    cx.plan.jumps.iter().any(|jump| jump.target == Some(state)) || state == 0 && cx.plan.nowhere
}

pub fn arg_name(at: usize) -> Ident {
    own(&format!("state_arg_{at}"))
}

fn keeps_name(cx: &Emit, state: StateId) -> Ident {
    own(&format!("keeps_{}", cx.names.snake(state)))
}

/// The statements and the value that make a leaf from its state args.
pub fn making(
    cx: &Emit,
    target: StateId,
    args: &[Ident],
    entered: Option<TokenStream>,
    can_keep: bool,
) -> TokenStream {
    let (leaf, variant) = (cx.names.leaf(), cx.variant(target));
    let chain: Vec<StateId> = cx.plan.states[target]
        .chain
        .iter()
        .rev()
        .copied()
        .filter(|s| cx.plan.states[*s].storage.is_own())
        .collect();
    let kept = if can_keep { kept_states(cx, target) } else { Vec::new() };
    let mut out = TokenStream::new();
    for (at, state) in chain.iter().enumerate() {
        let field = local(cx, *state);
        let later = &chain[at + 1..];
        let value = compartment(cx, target, *state, args, later);
        if kept.contains(state) {
            let keeps = keeps_name(cx, *state);
            out.extend(quote! {
                let #field = match #keeps {
                    #RUNTIME::Keep::Fresh => ::core::option::Option::Some(#value),
                    _ => ::core::option::Option::None,
                };
            });
        } else {
            out.extend(quote!(let #field = #value;));
        }
    }
    out.extend(take_kept(cx, &kept));
    let fields = chain.iter().map(|state| {
        let (field, local) = (cx.names.snake(*state), local(cx, *state));
        quote!(#field: #local)
    });
    let entered = entered.map(|entered| quote!(__entered_with: #entered,));
    quote!(#out #leaf::#variant { #(#fields,)* #entered })
}

fn local(cx: &Emit, state: StateId) -> Ident {
    own(&format!("in_{}", cx.names.snake(state)))
}

/// Takes the retained compartments out of the leaf that is being left, all at once: a
/// leaf is whole or gone.
fn take_kept(cx: &Emit, kept: &[StateId]) -> TokenStream {
    if kept.is_empty() {
        return TokenStream::new();
    }
    let this = cx.this(cx.plan.model.name_span());
    let (leaf, old) =
        (cx.names.leaf(), kept.iter().map(|state| old(cx, *state)).collect::<Vec<_>>());
    let keeps: Vec<Ident> = kept.iter().map(|state| keeps_name(cx, *state)).collect();
    let moved = left_arms(cx, kept, |field| quote!(::core::option::Option::Some(#field)));
    let none = kept.iter().map(|_| quote!(::core::option::Option::None)).collect::<Vec<_>>();
    // What is pushed keeps its own.
    let cloned = cx.clones_retained().then(|| {
        let arms = left_arms(
            cx,
            kept,
            |field| quote!(::core::option::Option::Some(::core::clone::Clone::clone(#field))),
        );
        quote! {
            if #(#keeps.is_cloned())||* {
                match &#this.__state { #arms _ => (#(#none,)*) }
            } else
        }
    });
    let settled = kept.iter().zip(&old).map(|(state, old)| {
        let (local, name) = (local(cx, *state), unraw(cx.plan.model.state_name(*state)));
        quote! {
            let #local = match #local.or(#old) {
                ::core::option::Option::Some(made) => made,
                ::core::option::Option::None => #RUNTIME::state_was_left(#name),
            };
        }
    });
    quote! {
        let (#(#old,)*) = #cloned if #(#keeps.is_moved())||* {
            match ::core::mem::replace(&mut #this.__state, #leaf::__Nowhere) {
                #moved
                _ => (#(#none,)*),
            }
        } else {
            (#(#none,)*)
        };
        #(#settled)*
    }
}

/// For each leaf that holds some of the compartments, what becomes of each.
fn left_arms(cx: &Emit, kept: &[StateId], made: impl Fn(&Ident) -> TokenStream) -> TokenStream {
    let leaf = cx.names.leaf();
    let holds = |at: StateId, state: &StateId| cx.plan.states[at].chain.contains(state);
    let leaves = cx.plan.leaves().filter(|at| kept.iter().any(|state| holds(*at, state)));
    leaves
        .map(|at| {
            let variant = cx.variant(at);
            let held =
                kept.iter().filter(|state| holds(at, state)).map(|state| cx.names.snake(*state));
            let values = kept.iter().map(|state| match holds(at, state) {
                true => made(&cx.names.snake(*state)),
                false => quote!(::core::option::Option::None),
            });
            quote!(#leaf::#variant { #(#held,)* .. } => (#(#values,)*),)
        })
        .collect()
}

fn old(cx: &Emit, state: StateId) -> Ident {
    own(&format!("old_{}", cx.names.snake(state)))
}

/// One state's compartment: its params and variables, in the order they are declared.
fn compartment(
    cx: &Emit,
    leaf: StateId,
    state: StateId,
    args: &[Ident],
    later: &[StateId],
) -> TokenStream {
    let model = cx.plan.model;
    let storage = &cx.plan.states[state].storage;
    let name = cx.names.compartment(state, model);
    let this = cx.this(model.states[state].ast.name.span());
    let params = &model.states[state].params;
    let reads_param = |at: usize| {
        let text = params[at].name.to_string();
        storage.params.iter().any(|param| param.name == params[at].name)
            || storage
                .vars
                .iter()
                .any(|var| var.init.as_ref().is_some_and(|init| walk::code_mentions(init, &text)))
    };
    let bindings = (0..params.len()).filter(|at| reads_param(*at)).map(|at| {
        let (name, ty, arg) = (params[at].name, params[at].ty, &args[at]);
        let needed_later = later.iter().any(|state| model.states[*state].params.len() > at);
        let value = hand_on(arg, ty, needed_later);
        if !cx.plan.has_own_defaults(leaf, at) {
            return quote!(let #name: #ty = #value;);
        }
        let default = cx.default_of(&params[at]);
        quote! {
            let #name: #ty = match #value {
                ::core::option::Option::Some(given) => given,
                ::core::option::Option::None => #default,
            };
        }
    });
    let vars = storage.vars.iter().map(|var| {
        let (name, ty) = (&var.name, &var.ty);
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        let mut body = Body::new(cx, Owner::Variable, this.clone());
        let init = var.init.as_ref();
        let value = init.map(|init| body.value(init, var.ty.as_ref())).unwrap_or_default();
        let kept = storage.params.iter().filter(|param| {
            !is_copy(param.ty)
                && init.is_some_and(|init| walk::code_mentions(init, &param.name.to_string()))
        });
        let kept: Vec<TokenStream> = kept
            .map(|param| {
                let name = param.name;
                let own = super::handlers::held(quote!(#name));
                quote!(let #name = #own;)
            })
            .collect();
        if kept.is_empty() {
            quote!(let #name #ty = #value;)
        } else {
            quote!(let #name #ty = { #(#kept)* #value };)
        }
    });
    let fields = storage.params.iter().map(|param| param.name);
    let names = storage.vars.iter().map(|var| &var.name);
    quote!({ #(#bindings)* #(#vars)* #name { #(#fields,)* #(#names,)* } })
}

/// The target's `$>`.
pub fn enter_with(cx: &Emit, target: StateId, args: &[TokenStream]) -> TokenStream {
    match cx.plan.states[target].enter {
        Some(handler) => {
            lifecycle(cx, handler, &args[..arity(cx, handler)], Lane { index: None, ret: None })
        }
        None => TokenStream::new(),
    }
}

fn enter(cx: &Emit, target: StateId, given: &[PayloadField], lane: Lane) -> TokenStream {
    let Some(handler) = cx.plan.states[target].enter else { return TokenStream::new() };
    let args: Vec<TokenStream> = given
        .iter()
        .take(arity(cx, handler))
        .map(|field| {
            let name = &field.name;
            quote!(#name)
        })
        .collect();
    lifecycle(cx, handler, &args, lane)
}

/// `-> pop$`: what was pushed is the state again, and its `$>` runs.
fn restore(cx: &Emit, given: &[PayloadField], lane: Lane) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let (leaf, popped) = (cx.names.leaf(), own("popped"));
    let candidates: Vec<StateId> = cx
        .plan
        .leaves()
        .filter(|state| cx.plan.states[*state].pushable && cx.plan.states[*state].enter.is_some())
        .collect();
    let arms = candidates.iter().map(|state| {
        let handler = cx.plan.states[*state].enter.expect("candidates have one");
        let count = arity(cx, handler);
        let declared = &cx.plan.states[*state].enter_args;
        let saved = (0..declared.len()).map(|at| own(&format!("saved_{at}"))).collect::<Vec<_>>();
        let args: Vec<TokenStream> = (0..count)
            .map(|at| match given.get(at) {
                Some(field) => {
                    let name = &field.name;
                    quote!(#name)
                }
                None => {
                    let name = &saved[at];
                    quote!(#name)
                }
            })
            .collect();
        let call = lifecycle(cx, handler, &args, lane);
        let pattern = cx.pattern(*state);
        let variant = cx.variant(*state);
        if !cx.plan.states[*state].storage.saves_enter {
            return quote!(#pattern => { #call });
        }
        // New args are what the next `push$` saves.
        let count_given = given.len();
        let kept = (count_given > 0).then(|| {
            let given = given.iter().map(|field| &field.name);
            let names = given.chain(saved.iter().skip(count_given));
            let names = names.take(declared.len());
            quote!(*__entered_with = (#(::core::clone::Clone::clone(&#names),)*);)
        });
        quote! {
            #leaf::#variant { __entered_with, .. } => {
                let (#(#saved,)*) = ::core::clone::Clone::clone(__entered_with);
                #kept
                #call
            }
        }
    });
    let arms: Vec<_> = arms.collect();
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
        .collect();
    let run = own("run");
    match forward {
        Forward::Event(event) => {
            let route = cx.names.route(event);
            let ret = cx.plan.model.events[event].ret.map(|ret| {
                let ours = lane.ret.is_some_and(|lane| lane.same(ret));
                let slot = own("ret");
                if ours { quote!(#slot,) } else { quote!(&mut ::core::option::Option::None,) }
            });
            let fresh = cx.plan.run.moved.then(|| quote!(#run.moved = false;));
            quote!(#fresh #this.#route(#run, #ret #(#args),*);)
        }
        Forward::Exit(_) => {
            let Some(handler) = target.and_then(|target| cx.plan.states[target].exit) else {
                return TokenStream::new();
            };
            let count = arity(cx, handler);
            let mut args = args;
            args.truncate(count);
            while args.len() < count {
                args.push(quote!(::core::default::Default::default()));
            }
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
        .collect();
    let slot = model.events[event].ret;
    let (run, ret, run_type) = (own("run"), own("ret"), cx.run_type());
    let slot_param = slot.map(|ty| quote!(#ret: &mut ::core::option::Option<#ty>,));
    let arms = cx.plan.leaves().filter_map(|leaf| {
        let handler = cx.plan.route(leaf, event)?;
        let call = cx.call_handler(handler, &this, &args, slot);
        let pattern = cx.current_pattern(leaf);
        Some(quote!(#pattern => { #call }))
    });
    let arms: Vec<_> = arms.collect();
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
        cx.plan.leaves().filter(|leaf| !cx.plan.states[*leaf].jumps.is_empty()).collect();
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
    /// Whether a `push$` can save a state whose parent's compartment goes on.
    pub fn clones_retained(&self) -> bool {
        let retains = self.plan.model.states.iter().any(|state| state.retain);
        retains && self.plan.jumps.iter().any(|jump| jump.push)
    }

    /// Whether transitions can be pending where their source is not known.
    pub fn needs_settle(&self) -> bool {
        !self.plan.jumps.is_empty()
            && (self.plan.settles()
                || self.plan.handlers.iter().any(|handler| handler.can_be_moved))
    }

    pub fn start_reads_self(&self) -> bool {
        self.plan.states.first().is_some_and(|start| {
            start
                .chain
                .iter()
                .flat_map(|state| &self.plan.states[*state].storage.vars)
                .any(|var| var.init.as_ref().is_some_and(uses_self))
        })
    }
}
