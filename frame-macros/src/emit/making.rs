//! Making a leaf: the compartments of its chain, root first, and what is kept of the old.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emit;
use super::body::{Body, Owner, hand_on, is_copy};
use super::compartments::Slot;
use super::names::own;
use crate::model::{StateId, unraw};
use crate::plan::PayloadField;
use crate::runtime::RUNTIME;
use crate::walk;

/// The new leaf as an expression.
pub fn made(
    cx: &Emit,
    source: Option<StateId>,
    target: StateId,
    push: bool,
    state: &[PayloadField],
    enter: &[PayloadField],
) -> TokenStream {
    let (leaf, variant) = (cx.names.leaf(), cx.variant(target));
    if cx.is_empty(target) {
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
pub fn maker(cx: &Emit, target: StateId) -> Option<TokenStream> {
    if cx.is_empty(target) || !is_target(cx, target) {
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
        let value = compartment(cx, target, *state, args, &chain[at + 1..]);
        if kept.contains(state) {
            let (keeps, fresh) = (keeps_name(cx, *state), fresh(cx, *state));
            out.extend(quote! {
                let #fresh = match #keeps {
                    #RUNTIME::Keep::Fresh => ::core::option::Option::Some(#value),
                    _ => ::core::option::Option::None,
                };
            });
        } else {
            let made = locals(cx, *state, "in");
            out.extend(quote!(let #made = #value;));
        }
    }
    out.extend(take_kept(cx, &kept));
    let fields = chain.iter().flat_map(|state| {
        cx.slots(*state).into_iter().map(|slot| {
            let (field, local) = (&slot.field, local("in", &slot));
            quote!(#field: #local)
        })
    });
    let entered = entered.map(|entered| quote!(__entered_with: #entered,));
    quote!(#out #leaf::#variant { #(#fields,)* #entered })
}

/// What a state holds, as locals.
fn locals(cx: &Emit, state: StateId, role: &str) -> TokenStream {
    let locals = cx.slots(state).into_iter().map(|slot| local(role, &slot));
    quote!((#(#locals,)*))
}

fn local(role: &str, slot: &Slot) -> Ident {
    own(&format!("{role}_{}", unraw(&slot.field)))
}

/// A compartment that is made only where none is kept.
fn fresh(cx: &Emit, state: StateId) -> Ident {
    own(&format!("fresh_{}", cx.names.snake(state)))
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
    let moved = left_arms(cx, kept, |held| quote!(#held));
    let none = kept.iter().map(|_| quote!(::core::option::Option::None)).collect::<Vec<_>>();
    // What is pushed keeps its own.
    let cloned = cx.clones_retained().then(|| {
        let arms = left_arms(cx, kept, |held| quote!(::core::clone::Clone::clone(#held)));
        quote! {
            if #(#keeps.is_cloned())||* {
                match &#this.__state { #arms _ => (#(#none,)*) }
            } else
        }
    });
    let settled = kept.iter().zip(&old).map(|(state, old)| {
        let (fresh, made) = (fresh(cx, *state), locals(cx, *state, "in"));
        let name = unraw(cx.plan.model.state_name(*state));
        quote! {
            let #made = match #fresh.or(#old) {
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
            let held = kept.iter().filter(|state| holds(at, state)).flat_map(|state| {
                cx.slots(*state).into_iter().map(|slot| {
                    let (field, local) = (&slot.field, local("old", &slot));
                    quote!(#field: #local)
                })
            });
            let values = kept.iter().map(|state| match holds(at, state) {
                true => {
                    let slots = cx.slots(*state);
                    let values = slots.iter().map(|slot| made(&local("old", slot)));
                    quote!(::core::option::Option::Some((#(#values,)*)))
                }
                false => quote!(::core::option::Option::None),
            });
            quote!(#leaf::#variant { #(#held,)* .. } => (#(#values,)*),)
        })
        .collect()
}

fn old(cx: &Emit, state: StateId) -> Ident {
    own(&format!("old_{}", cx.names.snake(state)))
}

/// What one state holds: its params and variables, in the order they are declared.
fn compartment(
    cx: &Emit,
    leaf: StateId,
    state: StateId,
    args: &[Ident],
    later: &[StateId],
) -> TokenStream {
    let model = cx.plan.model;
    let storage = &cx.plan.states[state].storage;
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
    let slots = cx.slots(state);
    let names = slots.iter().map(|slot| slot.name);
    quote!({ #(#bindings)* #(#vars)* (#(#names,)*) })
}

impl Emit<'_, '_> {
    /// Whether a `push$` can save a state whose parent's compartment goes on.
    pub fn clones_retained(&self) -> bool {
        let retains = self.plan.model.states.iter().any(|state| state.retain);
        retains && self.plan.jumps.iter().any(|jump| jump.push)
    }
}
