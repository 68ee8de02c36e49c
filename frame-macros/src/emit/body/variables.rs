//! The local that state variables are reached through. Two variables can be borrowed at
//! once only as fields of one place, so where a body names several, their compartment is
//! bound ahead of it, unless something in between needs the whole of `self`.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::{Body, Owner};
use crate::ast::{Access, Block, FrameStmt, Piece};
use crate::emit::names::own;
use crate::model::{StateId, Trigger};
use crate::walk::{self, Visit};

impl Body<'_, '_, '_> {
    /// `let vars = …` for a whole body.
    pub(super) fn bind_for_body(&self, block: &Block) -> Option<TokenStream> {
        self.binding(|uses| walk::block(block, uses))
    }

    /// `let vars = …` for one statement.
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
        if uses.variables < 2 || uses.whole {
            return None;
        }
        // Looking into the tokens costs, so it is done where it decides.
        uses.looks_inside = true;
        walk(&mut uses);
        if uses.whole {
            return None;
        }
        let (vars, this) = (own("vars"), &self.this);
        let place = self.cx.names.place(state, self.model());
        let mutable = if self.is_query() { TokenStream::new() } else { quote!(mut) };
        Some(quote!(let #vars = &#mutable #this.__state[#place];))
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

    fn is_query(&self) -> bool {
        let Owner::Handler(id) = self.owner else { return false };
        match self.model().handlers[id].trigger {
            Trigger::Event(event) => self.model().events[event].query,
            Trigger::Enter | Trigger::Exit => false,
        }
    }
}

#[derive(Default)]
struct Uses {
    variables: usize,
    /// Whether `self` is used other than by its fields.
    whole: bool,
    looks_inside: bool,
}

impl<'a> Visit<'a> for Uses {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        match access {
            Access::StateVar { .. } => self.variables += 1,
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
