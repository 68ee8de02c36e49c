//! What states hold: the fields of the leaf enum's variants, and how handlers reach them.
//! A compartment is no struct of its own: the enum's tag then lies in the padding of what
//! a state holds, as in an enum written by hand.

use proc_macro2::{Ident, TokenStream};

use super::Emit;
use super::names::{Kind, own};
use crate::ast::{Access, StateVar};
use crate::gather::Gather;
use crate::model::{Param, StateId, unraw};
use crate::plan::{NamedParam, StatePlan};
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;
use crate::sets::Words;
use crate::walk::{self, Visit};

/// The indices that make `$.x` a place, and the borrows of several variables at once.
pub fn emit(cx: &Emit) -> TokenStream {
    (0..cx.plan.states.len())
        .filter(|state| cx.plan.leaves_of(*state).next().is_some())
        .map(|state| {
            let uses = uses(cx, state);
            let places = cx.slots(state).into_iter().filter_map(|slot| {
                let named = slot.variable.is_none_or(|var| uses.named.contains(&unraw(&var.name)));
                named.then(|| place(cx, state, &slot))
            });
            // Beside errors, handlers may name variables where there are none.
            let has_variables = !cx.plan.states[state].storage.vars.is_empty();
            let borrows = [uses.shared.then_some(false), uses.unique.then_some(true)];
            let borrows = borrows.into_iter().filter(|_| has_variables);
            let borrows = borrows.flatten().map(|unique| borrow(cx, state, unique));
            quote!(#(#places)* #(#borrows)*)
        })
        .joined()
}

/// Something that a state holds: a param that a handler reads, or a variable.
pub struct Slot<'a> {
    pub name: &'a Ident,
    /// The field in the variants of the leaf enum.
    pub field: Ident,
    pub ty: TokenStream,
    pub variable: Option<&'a StateVar>,
    /// Whether it is a param that a transition moves out of the state.
    pub given_up: bool,
}

impl Slot<'_> {
    fn kind(&self) -> Kind {
        if self.variable.is_some() { Kind::Variable } else { Kind::Param }
    }
}

/// `self.__state[__Lamp_at_On_level]`
fn place(cx: &Emit, state: StateId, slot: &Slot) -> TokenStream {
    let place = cx.names.place(state, slot.name, slot.kind());
    let (leaf, ty, field) = (cx.names.leaf(), &slot.ty, &slot.field);
    let used = cx.leaf_generics();
    let (params, args, clause) = used.split_for_impl();
    let found = holders(cx, state, &quote!(#field: place), &quote!(place));
    // State params are read only, until a transition moves them out.
    let written = (slot.variable.is_some() || slot.given_up).then(|| {
        quote! {
            impl #params ::core::ops::IndexMut<#place> for #leaf #args #clause {
                #[inline]
                fn index_mut(&mut self, _: #place) -> &mut #ty { match self { #found } }
            }
        }
    });
    quote! {
        #[allow(non_camel_case_types, dead_code)]
        struct #place;
        impl #params ::core::ops::Index<#place> for #leaf #args #clause {
            type Output = #ty;
            #[inline]
            fn index(&self, _: #place) -> &#ty { match self { #found } }
        }
        #written
    }
}

/// All that a state holds, borrowed side by side.
fn borrow(cx: &Emit, state: StateId, unique: bool) -> TokenStream {
    let name = cx.names.borrow(state, unique);
    let leaf = cx.names.leaf();
    let used = cx.leaf_generics();
    let (params, args, clause) = used.split_for_impl();
    let mutable = unique.then(|| quote!(mut));
    let slots = cx.slots(state);
    let fields = slots.iter().map(|slot| &slot.field);
    let types = slots.iter().map(|Slot { ty, variable, .. }| match variable {
        Some(_) => quote!(& #mutable #ty),
        None => quote!(&#ty),
    });
    let locals: Vec<Ident> = slots.iter().map(|slot| local(&slot.field)).listed();
    let found = holders(cx, state, &quote!(#(#fields: #locals),*), &quote!((#(#locals,)*)));
    quote! {
        #[allow(dead_code, clippy::type_complexity)]
        impl #params #leaf #args #clause {
            #[inline]
            fn #name(& #mutable self) -> (#(#types,)*) { match self { #found } }
        }
    }
}

/// The arms of a match on the leaf: what is found in those that hold the state's own.
fn holders(cx: &Emit, state: StateId, fields: &TokenStream, found: &TokenStream) -> TokenStream {
    let leaf = cx.names.leaf();
    let holder = |at| {
        let variant = cx.variant(at);
        quote!(#leaf::#variant { #fields, .. })
    };
    let holders = cx.plan.leaves_of(state).map(holder).listed();
    let others = cx.plan.leaves().count() > holders.len() || cx.plan.nowhere;
    let name = unraw(cx.plan.model.state_name(state));
    let left = others.then(|| quote!(_ => #RUNTIME::state_was_left(#name),));
    quote!(#(#holders)|* => #found, #left)
}

/// The local of a variable that is borrowed.
pub fn local(name: &Ident) -> Ident {
    own(&format!("var_{}", unraw(name)))
}

/// How the handlers of a state use its variables.
#[derive(Default)]
struct Uses {
    named: Words,
    mentions: usize,
    /// Whether a handler that may write names several, or one that may not.
    unique: bool,
    shared: bool,
}

fn uses(cx: &Emit, state: StateId) -> Uses {
    let model = cx.plan.model;
    let mut uses = Uses::default();
    for id in model.states[state].handlers.clone() {
        let handler = &model.handlers[id];
        uses.mentions = 0;
        walk::block(&handler.ast.body, &mut uses);
        let several =
            uses.mentions > 1 || cx.plan.handlers[id].params.iter().any(NamedParam::is_beside);
        uses.unique |= several && !model.is_query(id);
        uses.shared |= several && model.is_query(id);
        if let Some(default) = &handler.ast.default {
            walk::pieces(default, &mut uses);
        }
    }
    uses
}

impl<'a> Visit<'a> for Uses {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        if let Access::StateVar { name, .. } = access {
            self.named.insert(unraw(name));
            self.mentions += 1;
        }
    }
}

impl<'a> Emit<'_, 'a> {
    /// What a state itself holds, in the order it is made.
    pub fn slots(&self, state: StateId) -> Vec<Slot<'a>> {
        let StatePlan { storage, given_up, .. } = &self.plan.states[state];
        let slot = |name: &'a Ident, ty, variable, given_up| {
            let mut slot = Slot { name, field: name.clone(), ty, variable, given_up };
            slot.field = self.names.slot(state, name, slot.kind());
            slot
        };
        let params = storage.params.iter().map(|Param { name, ty, .. }| {
            slot(name, ty.to_token_stream(), None, given_up.contains(name))
        });
        let vars = storage.vars.iter().map(|var| {
            let ty = var.ty.as_ref().map_or_else(|| quote!(_), ToTokens::to_token_stream);
            slot(&var.name, ty, Some(*var), false)
        });
        params.chain(vars).listed()
    }

    /// The fields of a leaf's variant: what each state of its chain holds, root first, and the
    /// enter args it keeps.
    pub fn leaf_fields(&self, leaf: StateId) -> TokenStream {
        let state = &self.plan.states[leaf];
        let slots = state.chain.iter().rev().flat_map(|state| self.slots(*state));
        let fields = slots.map(|Slot { field, ty, variable, .. }| {
            let attrs = variable.map(|var| var.attrs.rust.as_slice()).unwrap_or_default();
            quote!(#(#attrs)* #field: #ty,)
        });
        let saved = state.storage.saves_enter.then(|| {
            let types = self.enter_types(leaf);
            quote!(__entered_with: (#(#types,)*),)
        });
        quote!(#(#fields)* #saved)
    }

    /// Whether a leaf holds nothing.
    pub fn is_empty(&self, leaf: StateId) -> bool {
        let state = &self.plan.states[leaf];
        let holds = |state: &StateId| self.plan.states[*state].storage.is_own();
        !state.storage.saves_enter && !state.chain.iter().any(holds)
    }
}
