//! Params that a transition takes out of the state it leaves, where a copy would cost an
//! allocation: nothing looks at them any more.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;

use super::Body;
use crate::ast::{Code, Piece, Transition, Type};
use crate::emit::names::{Kind, own};
use crate::gather::Gather;
use crate::model::{HandlerId, StateId, Trigger, unraw};
use crate::plan::Jump;

/// Whether a value of the type allocates and an empty one does not.
pub fn is_takeable(ty: &Type) -> bool {
    let text = ty.tokens.to_string();
    text == "String" || text.starts_with("Vec <") || text.starts_with("Vec<")
}

impl<'e> Body<'e, '_, '_> {
    /// The params that a transition takes: those that stand alone as one of its arguments.
    pub(super) fn taken(
        &self,
        id: HandlerId,
        jump: &Jump,
        codes: &'e Transition,
    ) -> Vec<&'e Ident> {
        let handler = &self.model().handlers[id];
        if !self.leaves_for_good(id, jump) {
            return Vec::new();
        }
        let alone: Vec<&Ident> = codes.codes().filter_map(alone).listed();
        let params = &self.plan().states[handler.state].storage.params;
        let takeable =
            |name: &Ident| params.iter().any(|param| param.name == name && is_takeable(param.ty));
        let once = |name: &Ident| alone.iter().filter(|other| **other == name).count() == 1;
        let taken = alone.iter().copied();
        taken.filter(|name| takeable(name) && once(name) && self.lent(name).is_some()).listed()
    }

    /// Whether no code of the author's runs in the state, or can panic, between the arguments
    /// and the change of the state.
    fn leaves_for_good(&self, id: HandlerId, jump: &Jump) -> bool {
        let (plan, state) = (self.plan(), self.model().handlers[id].state);
        let event = matches!(self.model().handlers[id].trigger, Trigger::Event(_));
        event
            && !jump.push
            && !plan.handlers[id].can_be_moved
            && plan.leaves_of(state).eq([state])
            && plan.states[state].exit.is_none()
            && jump.target.is_some_and(|target| self.is_made_plainly(target))
    }

    fn is_made_plainly(&self, target: StateId) -> bool {
        let (states, model) = (&self.plan().states, self.model());
        states[target].chain.iter().all(|state| {
            let vars = &states[*state].storage.vars;
            let params = &model.states[*state].params;
            vars.iter().filter_map(|var| var.init.as_ref()).all(is_plain)
                && params.iter().filter_map(|param| param.default).all(is_plain)
        })
    }

    /// Evaluates all arguments but those that are taken, then takes these.
    pub(super) fn take(
        &self,
        id: HandlerId,
        taken: &[&Ident],
        values: &mut [TokenStream],
    ) -> TokenStream {
        if taken.is_empty() {
            return TokenStream::new();
        }
        let (state, this) = (self.model().handlers[id].state, &self.this);
        let takes: Vec<Ident> = taken.iter().map(|name| local(name)).listed();
        let places = taken.iter().map(|name| self.cx.names.place(state, name, Kind::Param));
        let mut before = TokenStream::new();
        for (at, value) in values.iter_mut().enumerate() {
            let text = value.to_string();
            if !takes.iter().any(|take| *take == text) {
                let arg = own(&format!("arg_{at}"));
                before.extend(quote!(let #arg = #value;));
                *value = quote!(#arg);
            }
        }
        quote!(#before #(let #takes = ::core::mem::take(&mut #this.__state[#places]);)*)
    }
}

/// What a param is called once it is taken.
pub(super) fn local(name: &Ident) -> Ident {
    own(&format!("taken_{}", unraw(name)))
}

fn alone(code: &Code) -> Option<&Ident> {
    match code.as_slice() {
        [Piece::Token(TokenTree::Ident(name))] => Some(name),
        _ => None,
    }
}

/// Whether an initialiser is a literal, a name or an empty collection: it cannot panic.
fn is_plain(code: &Code) -> bool {
    let tokens: Option<Vec<String>> = code.iter().map(text).collect();
    let Some(tokens) = tokens else { return false };
    let made = tokens.concat();
    let made = made.strip_prefix("String::").or_else(|| made.strip_prefix("Vec::"));
    let room = made.and_then(|made| made.strip_prefix("with_capacity("));
    let room = room.and_then(|room| room.strip_suffix(')'));
    made == Some("new()")
        || room.is_some_and(|room| room.chars().all(|digit| digit.is_ascii_digit()))
        || tokens.len() == 1 && !tokens[0].contains('(')
}

fn text(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Token(token) => Some(token.to_string()),
        _ => None,
    }
}
