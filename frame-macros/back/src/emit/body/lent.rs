//! The state params that a handler has as borrows, its own copies of them, and those that a
//! transition takes out of the state.

use proc_macro2::{Ident, TokenStream};

use super::Body;
use crate::ast::{Code, Transition};
use crate::emit::names::own;
use crate::emit::state_params::{self, held, looked_at, source};
use crate::gather::Gather;
use crate::plan::{Change, NamedParam, Place, Way};
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;

impl<'p, 'a> Body<'_, 'p, 'a> {
    fn borrowed(&self) -> impl Iterator<Item = &'p NamedParam<'a>> + use<'p, 'a> {
        let handler = self.handler().map(|id| &self.plan().handlers[id]);
        let params = handler.map(|handler| handler.params.as_slice()).unwrap_or_default();
        params.iter().filter(|named| named.lent.is_some())
    }

    /// The param that a name stands for here, as the handler's borrow.
    pub(super) fn lent(&self, name: &Ident) -> Option<&'p NamedParam<'a>> {
        let lent = self.borrowed().find(|named| named.param.name == name)?;
        (!self.renamed.contains(&lent.param.name)).then_some(lent)
    }

    /// Whether something stands ahead of a statement or an arm.
    pub(super) fn has_changes(&self, place: Place) -> bool {
        let made = |change: &Change| !matches!(change, Change::Shadowed);
        self.borrowed().any(|named| named.changes_at(place).any(made))
    }

    /// What stands ahead of a statement or an arm, for the params that it needs more of.
    pub(super) fn changes(&mut self, place: Place) -> TokenStream {
        let mut made = TokenStream::new();
        for named in self.borrowed() {
            let (name, source) = (named.param.name, source(named).into_token_stream());
            for change in named.changes_at(place) {
                let value = match change {
                    Change::Owned => held(source.clone()),
                    Change::Taken(way) => self.taken(named, *way),
                    Change::Looked(fields) => looked_at(source.clone(), fields),
                    Change::Shadowed => continue,
                };
                if matches!(change, Change::Owned | Change::Taken(_)) {
                    self.renamed.push(name);
                }
                made.extend(quote!(#[allow(unused_variables)] let #name = #value;));
            }
        }
        made
    }

    /// Notes the locals that a statement made in the place of params.
    pub(super) fn shadow(&mut self, place: Place) {
        for named in self.borrowed() {
            let mut changes = named.changes_at(place);
            if changes.any(|change| matches!(change, Change::Shadowed)) {
                self.renamed.push(named.param.name);
            }
        }
    }

    /// Whether the value or argument of a transition is made of a param that is taken for it.
    pub(super) fn is_taken_by(&self, code: &Code) -> bool {
        self.borrowed().any(|named| named.taken_by(code).is_some())
    }

    /// Whether an argument is a param that stays in its state until `<$` has run.
    pub(super) fn is_carried_by(&self, code: &Code) -> bool {
        self.borrowed().any(|named| named.is_carried_by(code))
    }

    /// Evaluates all arguments of a transition but those `late` ones that params are taken for,
    /// then takes these.
    pub(super) fn take(
        &self,
        transition: &Transition,
        values: &mut [TokenStream],
        late: &[bool],
    ) -> TokenStream {
        let way = |named: &NamedParam| transition.codes().find_map(|code| named.taken_by(code));
        let taken = self.borrowed().filter_map(|named| Some((named, way(named)?))).listed();
        if taken.is_empty() {
            return TokenStream::new();
        }
        let mut made = TokenStream::new();
        for (at, value) in values.iter_mut().enumerate() {
            if !late.get(at).is_some_and(|late| *late) {
                let arg = own(&format!("arg_{at}"));
                let given = std::mem::replace(value, arg.to_token_stream());
                made.extend(quote!(let #arg = #given;));
            }
        }
        for (named, way) in taken {
            let (name, value) = (named.param.name, self.taken(named, way));
            made.extend(quote!(let #name = #value;));
        }
        made
    }

    fn taken(&self, named: &NamedParam, way: Way) -> TokenStream {
        let state = self.handler().map_or(0, |id| self.model().handlers[id].state);
        let taken = state_params::taken(self.cx, &self.this, state, named);
        match way {
            Way::Named => taken,
            Way::Cloned => quote!(#RUNTIME::Taken(#taken)),
        }
    }
}
