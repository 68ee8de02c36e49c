//! The state params that a handler has as borrows, and its own copies of them.

use proc_macro2::{Ident, TokenStream};

use super::Body;
use super::taking::Takes;
use crate::emit::handlers::{self, held, looked_at, source};
use crate::emit::lending::{Change, Lent, Place};
use crate::quote::{ToTokens, quote};

impl<'a> Body<'_, '_, 'a> {
    /// The param that a name stands for here, as the handler's borrow.
    pub(super) fn lent(&self, name: &Ident) -> Option<&Lent<'a>> {
        let lent = self.lent.iter().find(|lent| lent.param.name == name)?;
        (!self.renamed.contains(&lent.param.name)).then_some(lent)
    }

    /// Whether something stands ahead of a statement or an arm.
    pub(super) fn has_changes(&self, place: Place) -> bool {
        let made = |change: &Change| !matches!(change, Change::Shadowed);
        self.lent.iter().any(|lent| lent.change_at(place).any(made))
    }

    /// What stands ahead of a statement or an arm, for the params that it needs more of.
    pub(super) fn changes(&mut self, place: Place, takes: &Takes<'a>) -> TokenStream {
        let mut made = TokenStream::new();
        for lent in &self.lent {
            let (name, source) = (lent.param.name, source(lent).into_token_stream());
            for change in lent.change_at(place) {
                let value = match change {
                    Change::Owned if takes.itself.contains(&name) => continue,
                    Change::Owned if takes.ahead.contains(&name) => {
                        let state = self.model().handlers[self.handler().unwrap_or(0)].state;
                        handlers::taken(self.cx, &self.this, state, lent)
                    }
                    Change::Owned => held(source.clone()),
                    Change::Looked(fields) => looked_at(source.clone(), fields),
                    Change::Shadowed => continue,
                };
                if matches!(change, Change::Owned) {
                    self.renamed.push(name);
                }
                made.extend(quote!(#[allow(unused_variables)] let #name = #value;));
            }
        }
        made
    }

    /// Notes the locals that a statement made in the place of params.
    pub(super) fn shadow(&mut self, place: Place) {
        for lent in &self.lent {
            let mut changes = lent.change_at(place);
            if changes.any(|change| matches!(change, Change::Shadowed)) {
                self.renamed.push(lent.param.name);
            }
        }
    }
}
