//! Statements of Rust, and where a handler ends behind one that left the state.

use proc_macro2::{Delimiter, Span, TokenStream};

use super::shape::*;
use super::{Body, End};
use crate::ast::{Access, Code, Piece};
use crate::emit::names::own;
use crate::gather::Gather;
use crate::quote::{quote, quote_spanned};
use crate::tail::{self, Tail};

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    pub(super) fn native(
        &mut self,
        code: &'e Code,
        semi: Option<Span>,
        is_last: bool,
        end: End,
    ) -> TokenStream {
        let is_tail = is_last && semi.is_none();
        if is_tail && end != End::Plain {
            return self.tail(code, end);
        }
        if let Some(assignment) = self.state_assignment(code) {
            return assignment;
        }
        // The value of a block is part of the statement around it, which is guarded.
        let dropped = self.discard && is_frame_call(code);
        let unit = !is_tail || dropped || self.model().is_unit_call(code) || is_assignment(code);
        let guarded = unit && self.is_guarded(code);
        let at_once = self.reads_after_call(code) || is_let_else(code);
        let blocklike = semi.is_none() && is_blocklike(code);
        let discard = self.discard;
        self.discard = blocklike && (!is_tail || discard);
        let tokens = self.scoped(at_once, |body| body.code(code));
        self.discard = discard;
        let guard = (guarded && !at_once).then(|| self.guard());
        if is_tail && guard.is_none() && !dropped {
            return tokens;
        }
        let semi = (!blocklike).then(|| match semi {
            Some(span) => quote_spanned!(span=> ;),
            None => quote!(;),
        });
        quote!(#tokens #semi #guard)
    }

    /// Whether the handler may have to end behind a statement.
    pub(super) fn is_guarded(&self, code: &[Piece]) -> bool {
        self.closures == 0
            && self.handler().is_some()
            && self.has_moving_call(code)
            && tail::of_code(code) != Tail::Never
    }

    /// `$.x = e`: the right side first, and the store only while the state still holds.
    pub(super) fn state_assignment(&mut self, code: &'e Code) -> Option<TokenStream> {
        let [Piece::Access(Access::StateVar { .. }), ..] = code.as_slice() else { return None };
        if self.bound
            && self.closures == 0
            && !is_lone_place(&code[tail::assignment_at(code)? + 1..])
        {
            return None;
        }
        let at = tail::assignment_at(code)?;
        // `+=` begins one token before its `=`, `<<=` two.
        let compound = (0..at).rev().take_while(|i| is_joint_operator(&code[*i])).count();
        let (place, value) = (&code[..at - compound], &code[at + 1..]);
        let operator: TokenStream =
            code[at - compound..=at].iter().map(|piece| self.piece(piece)).joined();
        let moves = self.has_moving_call(value) && self.handler().is_some() && self.closures == 0;
        let (hoisted, place) = self.place(place);
        let at_once = self.reads_after_call(value);
        let made = self.scoped(at_once, |body| body.value(value, None));
        if !moves && hoisted.is_empty() {
            return Some(quote!(#place #operator #made;));
        }
        let kept = own("value");
        let guard = moves.then(|| self.guard());
        Some(quote!({ let #kept = #made; #guard #hoisted #place #operator #kept; }))
    }

    /// A place in a state variable, with the indices in it that read others taken first.
    pub(super) fn place(&mut self, code: &'e [Piece]) -> (TokenStream, TokenStream) {
        let mut hoisted = TokenStream::new();
        let mut place = TokenStream::new();
        for (at, piece) in code.iter().enumerate() {
            match piece {
                Piece::Group { group, inner } if group.delimiter() == Delimiter::Bracket => {
                    let index = own(&format!("index{at}"));
                    let inner = self.code(inner);
                    hoisted.extend(quote!(let #index = #inner;));
                    place.extend(quote!([#index]));
                }
                piece => place.extend(self.piece(piece)),
            }
        }
        (hoisted, place)
    }
}
