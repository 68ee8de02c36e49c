//! The state params that a handler names: found in the state, and borrowed, copied or taken.

use proc_macro2::{Ident, TokenStream};

use super::Emit;
use super::names::{Kind, own};
use crate::gather::Gather;
use crate::model::*;
use crate::plan::NamedParam;
use crate::quote::quote;
use crate::runtime::RUNTIME;

/// Binds a param on its own, ahead of the body.
pub fn bound(cx: &Emit, this: &Ident, state: StateId, named: &NamedParam) -> TokenStream {
    let name = named.param.name;
    let (value, source) = (value(cx, this, state, named), kept_source(named));
    quote!(#[allow(unused_variables)] let #name = #value; #source)
}

fn value(cx: &Emit, this: &Ident, state: StateId, named: &NamedParam) -> TokenStream {
    if let Some(place) = own_place(cx, this, state, named) {
        return match named.lent {
            _ if named.param.ty.is_copy() => place,
            Some(_) => quote!(&#place),
            None => held(quote!(&#place)),
        };
    }
    let value = match named.lent {
        Some(_) => quote!(held),
        None => quote!(::core::clone::Clone::clone(held)),
    };
    found(cx, &quote!(&#this.__state), state, named, &value)
}

/// A param taken out of its place, which an empty one stays in.
pub fn taken(cx: &Emit, this: &Ident, state: StateId, named: &NamedParam) -> TokenStream {
    match own_place(cx, this, state, named) {
        Some(place) => quote!(::core::mem::take(&mut #place)),
        None => {
            let value = quote!(::core::mem::take(held));
            found(cx, &quote!(&mut #this.__state), state, named, &value)
        }
    }
}

/// Keeps a borrow that its name comes to stand for something else than.
pub fn kept_source(named: &NamedParam) -> Option<TokenStream> {
    let (name, source) = (named.param.name, source(named));
    named.outlives_its_name().then(|| quote!(let #source = #name;))
}

/// What a param that is borrowed is copied from.
pub fn source(named: &NamedParam) -> Ident {
    match named.outlives_its_name() {
        true => own(&format!("lent_{}", unraw(named.param.name))),
        false => named.param.name.clone(),
    }
}

/// A param for someone who must leave it in its place: cloned, or borrowed where its type cannot
/// be.
pub fn held(borrowed: TokenStream) -> TokenStream {
    quote!({
        #[allow(unused_imports)]
        use #RUNTIME::Borrowed as _;
        #RUNTIME::Held(#borrowed).value()
    })
}

/// A param for someone who uses fields of it: borrowed, unless one of them is moved.
pub fn looked_at(borrowed: TokenStream, fields: &[TokenStream]) -> TokenStream {
    let held = own("held");
    let fields = fields.iter().map(|path| quote!(#RUNTIME::Field::of(&raw const #held #path)));
    quote!({
        #[allow(unused_imports)]
        use #RUNTIME::{Moved as _, Stuck as _};
        #RUNTIME::Looked(#borrowed, |#held| (#(#fields,)*))
            .value()
    })
}

/// Where a param lies that the handler's own state holds.
fn own_place(cx: &Emit, this: &Ident, state: StateId, named: &NamedParam) -> Option<TokenStream> {
    (named.holders == [state]).then(|| {
        let place = cx.names.place(state, named.param.name, Kind::Param);
        quote!(#this.__state[#place])
    })
}

/// The `value` made of `held`, the param in the leaf that is current.
fn found(
    cx: &Emit,
    current: &TokenStream,
    state: StateId,
    named: &NamedParam,
    value: &TokenStream,
) -> TokenStream {
    let (leaf, ty) = (cx.names.leaf(), named.param.ty);
    let leaves: Vec<StateId> = cx.plan.leaves_of(state).listed();
    let arms: Vec<TokenStream> = leaves
        .iter()
        .filter_map(|at| {
            let chain = &cx.plan.states[*at].chain;
            let holder = chain.iter().find(|state| named.holders.contains(state))?;
            let (variant, field) =
                (cx.variant(*at), cx.names.slot(*holder, named.param.name, Kind::Param));
            Some(quote!(#leaf::#variant { #field: held, .. } => #value,))
        })
        .listed();
    let name = unraw(cx.plan.model.state_name(state));
    let missing = match named.always_held {
        true => quote!(#RUNTIME::state_was_left(#name)),
        false => quote!(<#ty as ::core::default::Default>::default()),
    };
    let rest =
        (arms.len() < cx.plan.leaves().count() || cx.plan.nowhere).then(|| quote!(_ => #missing,));
    quote!(match #current { #(#arms)* #rest })
}
