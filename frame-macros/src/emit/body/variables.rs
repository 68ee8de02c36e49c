//! The locals that state variables are reached through. `$.x` borrows the whole state, so
//! where a body names several, they are borrowed side by side ahead of it, unless something
//! in between needs the whole of `self`.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::{Body, Owner};
use crate::ast::{Access, Block, FrameStmt, Piece};
use crate::emit::compartments::{is_query, local};
use crate::model::StateId;
use crate::walk::{self, Visit};

impl Body<'_, '_, '_> {
    /// `let (var_x, _) = …` for a whole body.
    pub(super) fn bind_for_body(&self, block: &Block) -> Option<TokenStream> {
        self.binding(|uses| walk::block(block, uses))
    }

    /// The same for one statement.
    pub(super) fn bind_for_statement(&self, code: &[Piece]) -> Option<TokenStream> {
        self.binding(|uses| walk::pieces(code, uses))
    }

    fn binding(&self, walk: impl Fn(&mut Uses)) -> Option<TokenStream> {
        let state = self.state()?;
        if self.bound || self.closures > 0 || self.plan().states[state].storage.vars.is_empty() {
            return None;
        }
        let mut uses = Uses::default();
        walk(&mut uses);
        if uses.mentions < 2 || uses.whole {
            return None;
        }
        // Looking into the tokens costs, so it is done where it decides.
        uses.looks_inside = true;
        walk(&mut uses);
        if uses.whole {
            return None;
        }
        let handler = &self.model().handlers[self.handler()?];
        let (borrow, this) = (self.cx.names.borrow(state, !is_query(self.cx, handler)), &self.this);
        let vars = self.plan().states[state].storage.vars.iter().map(|var| {
            let local = local(&var.name);
            if uses.variables.contains(&var.name) { quote!(#local) } else { quote!(_) }
        });
        Some(quote!(let (#(#vars,)*) = #this.__state.#borrow();))
    }

    /// The state whose variables the body may bind. A parameter that is borrowed from the
    /// state forbids it.
    fn state(&self) -> Option<StateId> {
        let Owner::Handler(id) = self.owner else { return None };
        let handler = &self.model().handlers[id];
        let params = &self.plan().states[handler.state].storage.params;
        let borrowed = params.iter().any(|param| {
            !super::is_copy(param.ty) && crate::plan::reads(handler, &param.name.to_string())
        });
        (!borrowed).then_some(handler.state)
    }
}

#[derive(Default)]
struct Uses {
    variables: BTreeSet<Ident>,
    mentions: usize,
    /// Whether `self` is used other than by its fields.
    whole: bool,
    looks_inside: bool,
}

impl<'a> Visit<'a> for Uses {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        match access {
            Access::StateVar { name, .. } => {
                self.variables.insert(name.clone());
                self.mentions += 1;
            }
            Access::Call(_) | Access::StateName(_) | Access::StackDepth(_) => self.whole = true,
            _ => {}
        }
    }

    fn frame(&mut self, stmt: &'a FrameStmt, _closure: bool) {
        self.whole |= matches!(stmt, FrameStmt::Forward(_) | FrameStmt::Push(_));
    }

    fn run(&mut self, tokens: &[&'a TokenTree]) {
        self.whole |= self.looks_inside && names_self_alone(tokens);
    }
}

/// Whether `self` stands without a field behind it.
fn names_self_alone(tokens: &[&TokenTree]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(word) if *word == "self" => {
            let dot = matches!(tokens.get(at + 1), Some(TokenTree::Punct(p)) if p.as_char() == '.');
            let call = matches!(tokens.get(at + 3), Some(TokenTree::Group(group))
                if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
            !dot || call
        }
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            names_self_alone(&inner.iter().collect::<Vec<_>>())
        }
        _ => false,
    })
}
