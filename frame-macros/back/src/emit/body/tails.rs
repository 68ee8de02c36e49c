//! Ends of functions: the last expression of each branch becomes what the function
//! returns.

use proc_macro2::TokenStream;

use super::shape::*;
use super::{Body, End, regroup};
use crate::ast::Piece;
use crate::gather::Gather;
use crate::quote::quote;
use crate::runtime::RUNTIME;
use crate::tail::{self, Tail};

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    /// The last expression of a function or of a branch that ends it.
    pub(super) fn tail(&mut self, code: &'e [Piece], end: End) -> TokenStream {
        match code {
            [Piece::Block(block)] => self.block(block, end),
            [Piece::Token(word), Piece::Block(block)] if is_word(word, "unsafe") => {
                let block = self.block(block, end);
                quote!(#word #block)
            }
            [Piece::Token(word), Piece::Head(_), Piece::Block(_), Piece::Token(_), ..]
                if is_word(word, "if") =>
            {
                self.tail_if(code, end)
            }
            [Piece::Token(word), Piece::Head(head), Piece::Arms { group, arms }] => {
                let head = self.scoped(true, |body| body.code(head));
                let arms = arms.iter().map(|arm| self.arm(arm, end)).joined();
                let arms = regroup(group, arms);
                quote!(#word #head #arms)
            }
            code => {
                let at_once = self.reads_after_call(code);
                self.scoped(at_once, |body| body.tail_leaf(code, end))
            }
        }
    }

    pub(super) fn tail_if(&mut self, code: &'e [Piece], end: End) -> TokenStream {
        match code {
            [Piece::Token(word), Piece::Head(head), Piece::Block(then), rest @ ..] => {
                let head = self.scoped(true, |body| body.code(head));
                let then = self.block(then, end);
                let otherwise = match rest {
                    [] if end == End::Poll => {
                        let pending = self.pending();
                        quote!(else { #pending })
                    }
                    [] => TokenStream::new(),
                    [word, rest @ ..] => {
                        let word = self.piece(word);
                        let rest = self.tail_if(rest, end);
                        quote!(#word #rest)
                    }
                };
                quote!(#word #head #then #otherwise)
            }
            [Piece::Block(block)] => self.block(block, end),
            code => self.code(code),
        }
    }

    pub(super) fn tail_leaf(&mut self, code: &'e [Piece], end: End) -> TokenStream {
        let ret = self.ret;
        if end == End::Value {
            return self.value(code, ret);
        }
        match tail::of_code(code) {
            Tail::Never => self.code(code),
            Tail::Unit => {
                let made = self.code(code);
                let pending = self.pending();
                quote!(#made; #pending)
            }
            Tail::Call if self.model().is_unit_call(code) => {
                let made = self.code(code);
                let pending = self.pending();
                quote!(#made; #pending)
            }
            Tail::Call if self.value_is_optional() => {
                let made = self.code(code);
                let settled = quote!({
                    #[allow(unused_imports)]
                    use #RUNTIME::Settle as _;
                    #RUNTIME::Tail(#made).settle()
                });
                match self.is_optional() {
                    true => quote!(::core::option::Option::Some(#settled)),
                    false => settled,
                }
            }
            Tail::Call | Tail::Value | Tail::Mixed => {
                let made = self.value(code, ret);
                self.ready(&made)
            }
        }
    }

    /// Whether the handler can do without a native value, so that a call at its end may
    /// return nothing.
    pub(super) fn value_is_optional(&self) -> bool {
        let Some(id) = self.handler() else { return false };
        let facts = &self.plan().handlers[id].facts;
        let handler = &self.model().handlers[id];
        facts.sets_return
            || handler.ast.default.is_some()
            || self.model().has_default(handler.trigger)
    }
}
