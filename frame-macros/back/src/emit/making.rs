//! Making a leaf: the compartments of its chain, root first, and what is kept of the old.

use proc_macro2::{Ident, TokenStream};

use super::Emit;
use super::body::{Body, Owner, hand_on};
use super::compartments::{self, Slot};
use super::names::own;
use crate::gather::Gather;
use crate::model::{StateId, unraw};
use crate::plan::PayloadField;
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;
use crate::sets::Ids;
use crate::walk;

/// The new leaf as an expression.
pub fn made(
    cx: &Emit,
    source: StateId,
    target: StateId,
    push: bool,
    state: &[PayloadField],
    enter: &[PayloadField],
) -> TokenStream {
    if cx.is_empty(target) {
        let (leaf, variant) = (cx.names.leaf(), cx.variant(target));
        return quote!(#leaf::#variant);
    }
    let this = cx.this(cx.plan.model.name_span());
    let args = state.iter().map(|field| &field.name);
    let saved = cx.plan.states[target].storage.saves_enter.then(|| {
        let args = enter.iter().map(|field| hand_on(&field.name, field.param.ty, true));
        quote!((#(#args,)*))
    });
    let Some(lowest) = lowest_kept(cx, source, target) else {
        let maker = cx.names.make(target);
        return quote!(#this.#maker(#(#args,)* #saved));
    };
    let maker = cx.names.make_within(target, lowest);
    let made = holding(cx, target).into_iter().filter(|state| !is_kept(cx, lowest, *state));
    let made = made.map(|state| locals(cx, state)).listed();
    let made = (!made.is_empty()).then(|| quote!(let (#(#made,)*) = #this.#maker(#(#args),*);));
    let kept = take_kept(cx, lowest, push);
    let leaf = leaf(cx, target, saved);
    quote!({ #made #kept #leaf })
}

/// The retained ancestor nearest to the leaf whose compartment a transition keeps. Those of
/// retained ancestors above it are kept as well.
fn lowest_kept(cx: &Emit, source: StateId, target: StateId) -> Option<StateId> {
    let mut above = cx.plan.states[target].chain[1..].iter().copied();
    above.find(|state| cx.plan.model.is_ancestor(*state, source) && is_kept(cx, *state, *state))
}

/// Whether a compartment is kept where that of `lowest` is.
fn is_kept(cx: &Emit, lowest: StateId, state: StateId) -> bool {
    cx.plan.model.states[state].retain
        && cx.plan.states[state].storage.is_own()
        && cx.plan.states[lowest].chain.contains(&state)
}

/// The functions that initialise the chain of `x`, root first: `__make_x` the whole of it,
/// `__make_x_within_y` what is not kept on a transition within `y`.
pub fn makers(cx: &Emit, target: StateId) -> TokenStream {
    if cx.is_empty(target) || !is_target(cx, target) {
        return TokenStream::new();
    }
    let mut within = Ids::new();
    for source in cx.plan.leaves() {
        let mut jumps = cx.plan.states[source].jumps.iter();
        if jumps.any(|jump| cx.plan.jumps[jump].target == Some(target)) {
            within.extend(lowest_kept(cx, source, target));
        }
    }
    let within = within.iter().map(|lowest| maker_within(cx, target, lowest));
    let whole = maker(cx, target);
    quote!(#whole #(#within)*)
}

fn maker(cx: &Emit, target: StateId) -> TokenStream {
    let state = &cx.plan.states[target];
    let (name, ty) = (cx.names.make(target), cx.leaf_type());
    let this = cx.this(cx.plan.model.name_span());
    let (args, types) = (arg_names(cx, target), arg_types(cx, target));
    let entered = state.storage.saves_enter.then(|| own("entered_with"));
    let saved = entered.as_ref().map(|entered| {
        let types = cx.enter_types(target);
        quote!(#entered: (#(#types,)*))
    });
    let body = making(cx, target, &args, entered.map(ToTokens::into_token_stream));
    quote! {
        #[inline]
        fn #name(&mut #this, #(#args: #types,)* #saved) -> #ty { #body }
    }
}

fn maker_within(cx: &Emit, target: StateId, lowest: StateId) -> TokenStream {
    let chain = holding(cx, target);
    let made: Vec<StateId> =
        chain.iter().copied().filter(|state| !is_kept(cx, lowest, *state)).listed();
    if made.is_empty() {
        return TokenStream::new();
    }
    let name = cx.names.make_within(target, lowest);
    let this = cx.this(cx.plan.model.name_span());
    let (args, types) = (arg_names(cx, target), arg_types(cx, target));
    let returned = made.iter().map(|state| {
        let types = cx.slots(*state).into_iter().map(|slot| slot.ty);
        quote!((#(#types,)*))
    });
    let steps = steps(cx, target, &args, &made);
    let values = made.iter().map(|state| locals(cx, *state));
    quote! {
        #[inline]
        fn #name(&mut #this, #(#args: #types,)*) -> (#(#returned,)*) { #steps (#(#values,)*) }
    }
}

fn arg_names(cx: &Emit, target: StateId) -> Vec<Ident> {
    (0..cx.plan.states[target].state_args.len()).map(arg_name).listed()
}

/// The types of a chain's state args, optional where the levels have defaults of their own.
pub fn arg_types(cx: &Emit, target: StateId) -> Vec<TokenStream> {
    let args = cx.plan.states[target].state_args.iter().enumerate();
    args.map(|(at, param)| {
        let ty = param.ty;
        match cx.plan.states[target].own_defaults[at] {
            true => quote!(::core::option::Option<#ty>),
            false => quote!(#ty),
        }
    })
    .listed()
}

/// Whether a transition leads to the state, so that its maker is called.
fn is_target(cx: &Emit, state: StateId) -> bool {
    cx.plan.jumps.iter().any(|jump| jump.target == Some(state)) || state == 0 && cx.plan.nowhere
}

pub fn arg_name(at: usize) -> Ident {
    own(&format!("state_arg_{at}"))
}

/// The statements and the value that make a leaf from its state args.
pub fn making(
    cx: &Emit,
    target: StateId,
    args: &[Ident],
    entered: Option<TokenStream>,
) -> TokenStream {
    let steps = steps(cx, target, args, &holding(cx, target));
    let leaf = leaf(cx, target, entered);
    quote!(#steps #leaf)
}

/// The states of a leaf's chain that hold something, root first.
fn holding(cx: &Emit, target: StateId) -> Vec<StateId> {
    let chain = cx.plan.states[target].chain.iter().rev().copied();
    chain.filter(|state| cx.plan.states[*state].storage.is_own()).listed()
}

/// Makes what these states of a chain hold.
fn steps(cx: &Emit, target: StateId, args: &[Ident], chain: &[StateId]) -> TokenStream {
    let steps = chain.iter().enumerate().map(|(at, state)| {
        let made = locals(cx, *state);
        let value = compartment(cx, target, *state, args, &chain[at + 1..]);
        quote!(let #made = #value;)
    });
    steps.joined()
}

/// The leaf, from the locals of all that its chain holds.
fn leaf(cx: &Emit, target: StateId, entered: Option<TokenStream>) -> TokenStream {
    let (leaf, variant) = (cx.names.leaf(), cx.variant(target));
    let fields = holding(cx, target).into_iter().flat_map(|state| fields(cx, state));
    let entered = entered.map(|entered| quote!(__entered_with: #entered,));
    quote!(#leaf::#variant { #(#fields,)* #entered })
}

/// What a state holds as locals, and as fields that are them.
fn locals(cx: &Emit, state: StateId) -> TokenStream {
    let locals = cx.slots(state).into_iter().map(|slot| local(&slot));
    quote!((#(#locals,)*))
}

fn fields(cx: &Emit, state: StateId) -> Vec<TokenStream> {
    let slots = cx.slots(state).into_iter().map(|slot| {
        let (field, local) = (&slot.field, local(&slot));
        quote!(#field: #local)
    });
    slots.listed()
}

fn local(slot: &Slot) -> Ident {
    own(&format!("in_{}", unraw(&slot.field)))
}

/// Takes the retained compartments out of the leaf that is being left, all at once: a
/// leaf is whole or gone. What is pushed keeps its own.
fn take_kept(cx: &Emit, lowest: StateId, push: bool) -> TokenStream {
    let this = cx.this(cx.plan.model.name_span());
    let leaf = cx.names.leaf();
    let kept = holding(cx, lowest).into_iter().filter(|state| is_kept(cx, lowest, *state));
    let kept: Vec<StateId> = kept.listed();
    let fields = kept.iter().flat_map(|state| fields(cx, *state));
    let fields = quote!(#(#fields,)*);
    let slots = kept.iter().flat_map(|state| cx.slots(*state));
    let locals: Vec<Ident> = slots.map(|slot| local(&slot)).listed();
    let held = cx.plan.leaves_of(lowest).map(|at| {
        let variant = cx.variant(at);
        quote!(#leaf::#variant { #fields .. })
    });
    let held = quote!(#(#held)|*);
    let name = unraw(cx.plan.model.state_name(lowest));
    let (old, values) = match push {
        false => (
            quote!(::core::mem::replace(&mut #this.__state, #leaf::__Nowhere)),
            quote!(#(#locals,)*),
        ),
        true => (quote!(&#this.__state), quote!(#(::core::clone::Clone::clone(#locals),)*)),
    };
    quote! {
        let (#(#locals,)*) = match #old {
            #held => (#values),
            _ => #RUNTIME::state_was_left(#name),
        };
    }
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
        if !cx.plan.states[leaf].own_defaults[at] {
            return quote!(let #name: #ty = #value;);
        }
        let default = cx.default_of(&params[at]);
        if at >= cx.plan.states[leaf].given {
            return quote!(let #name: #ty = #default;);
        }
        quote! {
            let #name: #ty = match #value {
                ::core::option::Option::Some(given) => given,
                ::core::option::Option::None => #default,
            };
        }
    });
    let vars = storage.vars.iter().map(|var| {
        let (name, ty) = (compartments::local(&var.name), &var.ty);
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        let mut body = Body::new(cx, Owner::Variable(state), this.clone());
        let init = var.init.as_ref();
        let value = init.map(|init| body.value(init, var.ty.as_ref())).unwrap_or_default();
        let kept = storage.params.iter().filter(|param| {
            !param.ty.is_copy()
                && init.is_some_and(|init| walk::code_mentions(init, &param.name.to_string()))
        });
        let kept: Vec<TokenStream> = kept
            .map(|param| {
                let name = param.name;
                let own = super::state_params::held(quote!(&#name));
                quote!(let #name = #own;)
            })
            .listed();
        if kept.is_empty() {
            quote!(let #name #ty = #value;)
        } else {
            quote!(let #name #ty = { #(#kept)* #value };)
        }
    });
    let slots = cx.slots(state);
    let names = slots.iter().map(|slot| match slot.variable {
        Some(var) => compartments::local(&var.name),
        None => slot.name.clone(),
    });
    quote!({ #(#bindings)* #(#vars)* (#(#names,)*) })
}

impl Emit<'_, '_> {
    /// Whether a `push$` can save a state whose parent's compartment goes on.
    pub fn clones_retained(&self) -> bool {
        let retains = self.plan.model.states.iter().any(|state| state.retain);
        retains && self.plan.jumps.iter().any(|jump| jump.push)
    }
}
