//! The locals that state variables are reached through. `$.x` borrows the whole state, so
//! where a body names several, they are borrowed side by side ahead of it, unless something
//! in between needs the whole of `self`.

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::Body;
use crate::ast::{Access, Block, FrameStmt, Piece};
use crate::emit::compartments::{Slot, local};
use crate::emit::handlers::lending_source;
use crate::emit::{Emit, lending};
use crate::gather::Gather;
use crate::model::Handler;
use crate::quote::quote;
use crate::walk::{self, Visit};

impl Body<'_, '_, '_> {
    /// `let (var_x, _) = …` for a whole body.
    pub(super) fn bind_for_body(&self, block: &Block) -> Option<TokenStream> {
        let handler = &self.model().handlers[self.handler()?];
        let params = params_beside(self.cx, handler);
        self.binding(handler, &params, |uses| walk::block(block, uses))
    }

    /// The same for one statement.
    pub(super) fn bind_for_statement(&self, code: &[Piece]) -> Option<TokenStream> {
        let handler = &self.model().handlers[self.handler()?];
        self.binding(handler, &[], |uses| walk::pieces(code, uses))
    }

    fn binding(
        &self,
        handler: &Handler,
        params: &[&Ident],
        walk: impl Fn(&mut Uses),
    ) -> Option<TokenStream> {
        let held = read_params(self.cx, handler).len() > params.len();
        let none = self.plan().states[handler.state].storage.vars.is_empty();
        if self.bound || self.closures > 0 || held || none {
            return None;
        }
        let uses = Uses::of(walk).filter(|uses| uses.mentions + params.len() > 1)?;
        let (cx, this) = (self.cx, &self.this);
        let shared = self.handler().is_some_and(|id| self.model().is_query(id));
        let borrow = cx.names.borrow(handler.state, !shared);
        let locals = cx.slots(handler.state).into_iter().map(|Slot { name, variable, .. }| {
            let local = local(name);
            match variable {
                Some(_) if uses.variables.contains(name) => quote!(#local),
                None if params.contains(&name) => quote!(#name),
                _ => quote!(_),
            }
        });
        let lent = self.lent.iter().filter(|lent| params.contains(&lent.param.name));
        let sources = lent.filter_map(lending_source).joined();
        // A param that is only taken is not read.
        let unused = (!params.is_empty()).then(|| quote!(#[allow(unused_variables)]));
        Some(quote!(#unused let (#(#locals,)*) = #this.__state.#borrow(); #sources))
    }
}

/// The params of its state that a handler can do with a borrow of, where it names variables
/// too: those are borrowed beside the variables.
pub fn params_beside<'a>(cx: &Emit<'_, 'a>, handler: &Handler<'a>) -> Vec<&'a Ident> {
    let (read, body) = (read_params(cx, handler), &handler.ast.body);
    let lends = |name: &&Ident| lending::changes_beside(body, name).is_some();
    let beside = !read.is_empty()
        && handler.ast.default.is_none()
        && read.iter().all(lends)
        && Uses::of(|uses| walk::block(body, uses)).is_some_and(|uses| uses.mentions > 0);
    if beside { read } else { Vec::new() }
}

/// The params of its state that a handler reads and that may cost something to copy.
fn read_params<'a>(cx: &Emit<'_, 'a>, handler: &Handler<'a>) -> Vec<&'a Ident> {
    let params = cx.plan.states[handler.state].storage.params.iter();
    params
        .filter(|param| !super::is_copy(param.ty) && handler.reads(&param.name.to_string()))
        .map(|param| param.name)
        .listed()
}

#[derive(Default)]
struct Uses {
    variables: Vec<Ident>,
    mentions: usize,
    /// Whether `self` is used other than by its fields.
    whole: bool,
    looks_inside: bool,
}

impl Uses {
    /// How variables are used, unless something needs the whole of `self`.
    fn of(walk: impl Fn(&mut Uses)) -> Option<Uses> {
        let mut uses = Uses::default();
        walk(&mut uses);
        // Looking into the tokens costs, so it is done where it decides.
        if uses.mentions > 0 && !uses.whole {
            uses.looks_inside = true;
            walk(&mut uses);
        }
        (!uses.whole).then_some(uses)
    }
}

impl<'a> Visit<'a> for Uses {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        match access {
            Access::StateVar { .. } if self.looks_inside => {}
            Access::StateVar { name, .. } => {
                self.variables.push(name.clone());
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
            let inner: Vec<TokenTree> = group.stream().into_iter().listed();
            names_self_alone(&inner.iter().listed())
        }
        _ => false,
    })
}
