//! The locals that state variables are reached through. `$.x` borrows the whole state, so
//! where a body names several, they are borrowed side by side ahead of it, unless something
//! in between needs the whole of `self`.

use proc_macro2::TokenStream;

use super::Body;
use crate::ast::{Block, Piece};
use crate::emit::compartments::{Slot, local};
use crate::emit::state_params::kept_source;
use crate::gather::Gather;
use crate::model::HandlerId;
use crate::plan::NamedParam;
use crate::quote::quote;
use crate::variables::Variables;
use crate::walk;

impl<'a> Body<'_, '_, 'a> {
    /// `let (var_x, _) = …` for a whole body.
    pub(super) fn bind_for_body(&self, block: &Block) -> Option<TokenStream> {
        let id = self.handler()?;
        let params = self.plan().handlers[id].params.iter().filter(|named| named.is_beside());
        self.binding(id, &params.listed(), |found| walk::block(block, found))
    }

    /// The same for one statement.
    pub(super) fn bind_for_statement(&self, code: &[Piece]) -> Option<TokenStream> {
        self.binding(self.handler()?, &[], |found| walk::pieces(code, found))
    }

    fn binding(
        &self,
        id: HandlerId,
        params: &[&NamedParam<'a>],
        walk: impl Fn(&mut Variables),
    ) -> Option<TokenStream> {
        let state = self.model().handlers[id].state;
        // Whether a param of the state is copied or borrowed ahead of the body.
        let is_held = |named: &NamedParam| named.holders == [state] && !named.param.ty.is_copy();
        let held = self.plan().handlers[id].params.iter().filter(|named| is_held(named));
        let none = self.plan().states[state].storage.vars.is_empty();
        if self.bound || self.closures > 0 || held.count() > params.len() || none {
            return None;
        }
        let found = Variables::of(walk).filter(|found| found.names.len() + params.len() > 1)?;
        let (cx, this) = (self.cx, &self.this);
        let borrow = cx.names.borrow(state, !self.model().is_query(id));
        let locals = cx.slots(state).into_iter().map(|Slot { name, variable, .. }| {
            let local = local(name);
            match variable {
                Some(_) if found.names.contains(name) => quote!(#local),
                None if params.iter().any(|named| named.param.name == name) => quote!(#name),
                _ => quote!(_),
            }
        });
        let sources = params.iter().filter_map(|named| kept_source(named)).joined();
        // A param that is only taken is not read.
        let unused = (!params.is_empty()).then(|| quote!(#[allow(unused_variables)]));
        Some(quote!(#unused let (#(#locals,)*) = #this.__state.#borrow(); #sources))
    }
}
