//! Expressions: runs of Rust with accessors in them.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::calls::CallArgs;
use super::construct::{construct, to_string};
use super::shape::*;
use super::{Body, End, Owner, beginning, regroup};
use crate::ast::{Access, Arm, Piece, Type};
use crate::emit::compartments::local;
use crate::emit::names::{Kind, at, member, own};
use crate::emit::types::data_field;
use crate::gather::Gather;
use crate::model::{StateId, Trigger};
use crate::plan::Place;
use crate::quote::{ToTokens, quote, quote_spanned};
use crate::runtime::RUNTIME;
use crate::tail::{self, Tail};

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    /// A value for a Frame construct: literals become `String`s where that is declared,
    /// and a place that stands alone is cloned, not moved out of the machine.
    pub fn value(&mut self, code: &'e [Piece], ty: Option<&Type>) -> TokenStream {
        let string = ty.is_some_and(Type::is_string);
        if string {
            if let Some(literal) = lone_literal(code) {
                return to_string(literal);
            }
            if let [Piece::Access(access @ (Access::EventName(_) | Access::StateName(_)))] = code {
                return to_string(self.access(access));
            }
        }
        let made = self.code(code);
        if is_lone_place(code) {
            return quote_spanned!(beginning(&made)=> ::core::clone::Clone::clone(&#made));
        }
        made
    }

    pub fn code(&mut self, code: &'e [Piece]) -> TokenStream {
        let mut out = TokenStream::new();
        let mut at = 0;
        while at < code.len() {
            if let Some((made, length)) = self.call_on_variable(&code[at..]) {
                out.extend(made);
                at += length;
                continue;
            }
            let looping = matches!(&code[at], Piece::Block(_)) && is_loop(&code[..at]);
            if let (true, Piece::Block(block)) = (looping, &code[at]) {
                self.rest.push(&block.stmts);
                out.extend(self.piece(&code[at]));
                self.rest.pop();
            } else {
                out.extend(self.piece(&code[at]));
            }
            at += 1;
        }
        out
    }

    /// `$.v.push($.n)`: arguments that read the machine are evaluated before the variable
    /// is borrowed.
    pub(super) fn call_on_variable(&mut self, code: &'e [Piece]) -> Option<(TokenStream, usize)> {
        let [Piece::Access(Access::StateVar { .. }), ..] = code else { return None };
        if self.bound {
            return None; // each is borrowed already
        }
        let dot = |at: usize| matches!(code.get(at), Some(Piece::Token(TokenTree::Punct(p))) if p.as_char() == '.');
        let mut at = 1;
        while dot(at) && matches!(code.get(at + 1), Some(Piece::Token(_))) {
            at += 2;
        }
        let Some(Piece::Group { group, inner }) = code.get(at) else { return None };
        if at == 1
            || !inner.iter().any(touches_machine)
            || group.delimiter() != Delimiter::Parenthesis
        {
            return None;
        }
        let receiver: TokenStream = code[..at].iter().map(|piece| self.piece(piece)).joined();
        let mut args = CallArgs::default();
        let items: Vec<&[Piece]> = inner.split(is_comma).listed();
        let ahead = items.iter().rposition(|item| item.iter().any(touches_machine));
        for (at, item) in items.into_iter().enumerate() {
            let made = self.code(item);
            if !made.is_empty() {
                args.push(made, ahead.is_some_and(|last| at <= last) && !has_closure(item));
            }
        }
        Some((args.call(receiver, None, group.span()), at + 1))
    }

    pub(super) fn piece(&mut self, piece: &'e Piece) -> TokenStream {
        match piece {
            Piece::Token(token) => token.to_token_stream(),
            Piece::Group { group, inner } => {
                let inner = self.used(|body| body.code(inner));
                regroup(group, inner)
            }
            Piece::Block(block) => self.block(block, End::Plain),
            Piece::Head(code) => self.used(|body| body.scoped(true, |body| body.code(code))),
            Piece::Arms { group, arms } => {
                let arms = arms.iter().map(|arm| self.arm(arm, End::Plain)).joined();
                regroup(group, arms)
            }
            Piece::Return { token, value } => self.native_return(token, value.as_deref()),
            Piece::Closure(code) => {
                self.closures += 1;
                let made = self.used(|body| body.code(code));
                self.closures -= 1;
                made
            }
            Piece::Access(access) => self.access(access),
            Piece::Frame(stmt) => {
                let made = match self.is_mistaken(stmt) {
                    true => self.beside(stmt),
                    false => self.frame(stmt, false),
                };
                quote!({ #made })
            }
        }
    }

    pub(super) fn arm(&mut self, arm: &'e Arm, end: End) -> TokenStream {
        let pattern = self.code(&arm.pattern);
        let guard = arm.guard.as_ref().map(|(keyword, guard)| {
            let guard = self.scoped(true, |body| body.code(guard));
            quote!(#keyword #guard)
        });
        let (arrow, comma) = (&arm.arrow, &arm.comma);
        let dropped = self.discard && is_frame_call(&arm.body);
        let unit = dropped || self.model().is_unit_call(&arm.body) || is_assignment(&arm.body);
        let guarded = self.is_guarded(&arm.body);
        let at_once = self.reads_after_call(&arm.body);
        let renamed = self.renamed.len();
        let changes = self.changes(Place::code(&arm.body));
        let body = match end {
            End::Plain if unit && guarded || dropped => {
                let made = self.scoped(at_once, |body| body.code(&arm.body));
                let guard = (guarded && !at_once).then(|| self.guard());
                quote!({ #made; #guard })
            }
            End::Plain => self.scoped(at_once, |body| body.code(&arm.body)),
            end => match self.tail(&arm.body, end) {
                made if end == End::Poll && tail::of_code(&arm.body) != Tail::Never => {
                    quote!({ #made })
                }
                made => made,
            },
        };
        self.renamed.truncate(renamed);
        let body = if changes.is_empty() { body } else { quote!({ #changes #body }) };
        let comma = match comma {
            Some(comma) => comma.to_token_stream(),
            None => quote!(,),
        };
        quote!(#pattern #guard #arrow #body #comma)
    }

    pub(super) fn native_return(
        &mut self,
        token: &Ident,
        value: Option<&'e [Piece]>,
    ) -> TokenStream {
        let shape = self.handler().map(|id| self.plan().handlers[id].shape);
        let Some(value) = value else {
            return match shape {
                Some(shape) if shape.is_mixed() => {
                    let pending = self.pending();
                    quote!(#token #pending)
                }
                _ => token.to_token_stream(),
            };
        };
        if let [Piece::Frame(stmt)] = value {
            let made = self.beside(stmt);
            return quote!(#token #made);
        }
        let at_once = self.reads_after_call(value);
        let made = self.scoped(at_once, |body| body.value(value, body.ret));
        match shape {
            Some(shape) if shape.is_mixed() => {
                let ready = self.ready(&made);
                quote!(#token #ready)
            }
            _ => quote!(#token #made),
        }
    }

    pub(super) fn access(&mut self, access: &'e Access) -> TokenStream {
        match access {
            Access::StateVar { name, .. } => self.variable(name),
            Access::ReturnValue(span) => self.return_value(*span),
            Access::Param { name, .. } => self.param(name),
            Access::EventName(_) => self.event_name(),
            Access::Data { span, .. } if self.handler().is_none() => self.cx.mistake(*span),
            Access::Data { name, .. } => {
                let (run, field) = (own("run"), data_field(name));
                quote!(#run.#field)
            }
            Access::Call(call) if call.native.is_none() && !self.has_machine() => {
                self.mistaken_call(&call.args)
            }
            Access::Call(call) => self.call(call),
            Access::Field { span, .. } | Access::StateName(span) | Access::StackDepth(span)
                if !self.has_machine() =>
            {
                self.cx.mistake(*span)
            }
            Access::Field { name, .. } => {
                let this = self.this_at(name.span());
                quote!(#this.#name)
            }
            Access::StateName(_) if !self.cx.has_states() => quote!(""),
            Access::StateName(span) => {
                let this = self.this_at(*span);
                quote!(#this.__state.state().name())
            }
            Access::StackDepth(span) => {
                let this = self.this_at(*span);
                quote!(#this.__stack.depth())
            }
            Access::Broken(span) => self.cx.mistake(*span),
            Access::Unfinished(span) => self.unfinished(*span),
            Access::Skipped => TokenStream::new(),
            Access::Construct(made) => {
                let systems = self.cx.systems;
                construct(made, systems, |value| self.code(value))
            }
        }
    }

    pub(super) fn variable(&self, name: &Ident) -> TokenStream {
        let state = match self.owner {
            Owner::Handler(id) => self.model().handlers[id].state,
            Owner::Variable(state) if self.has_variable(state, name) => {
                let mut local = local(name);
                local.set_span(at(name.span()));
                return local.to_token_stream();
            }
            _ => return self.cx.mistake(name.span()),
        };
        // An unknown variable can become another one yet, which an editor completes.
        if !self.has_variable(state, name) {
            if !self.model().mistakes.variables.contains(state) {
                return self.cx.mistake(name.span());
            }
            let (variables, name) = (self.cx.names.variables(state), member(name));
            return quote_spanned!(at(name.span())=> #variables().#name);
        }
        if self.bound {
            let mut local = local(name);
            local.set_span(at(name.span()));
            return quote_spanned!(at(name.span())=> (*#local));
        }
        let mut place = self.cx.names.place(state, name, Kind::Variable);
        place.set_span(at(name.span()));
        let this = self.this_at(name.span());
        quote_spanned!(at(name.span())=> #this.__state[#place])
    }

    fn has_variable(&self, state: StateId, name: &Ident) -> bool {
        self.plan().states[state].storage.vars.iter().any(|var| var.name == *name)
    }

    /// The value set so far, or what stands for none.
    pub(super) fn return_value(&self, span: Span) -> TokenStream {
        let ret = own("ret");
        let Some(id) = self.handler() else { return self.cx.mistake(span) };
        if self.plan().handlers[id].slot.is_none() {
            return quote!(());
        }
        let handler = &self.model().handlers[id];
        if handler.ast.default.is_some() || self.model().has_default(handler.trigger) {
            return quote!(#RUNTIME::returned(#ret.clone()));
        }
        quote!(#ret.clone().unwrap_or_default())
    }

    pub(super) fn param(&self, name: &Ident) -> TokenStream {
        let Some(id) = self.handler() else { return name.to_token_stream() };
        let handler = &self.model().handlers[id];
        let at = match handler.trigger {
            Trigger::Event(event) => {
                self.model().events[event].params.iter().position(|param| param.name == name)
            }
            Trigger::Enter | Trigger::Exit | Trigger::Nothing => {
                handler.params.iter().position(|param| param.name == name)
            }
        };
        match at.and_then(|at| handler.params.get(at)) {
            Some(param) => param.name.to_token_stream(),
            None => self.cx.mistake(name.span()),
        }
    }
}
