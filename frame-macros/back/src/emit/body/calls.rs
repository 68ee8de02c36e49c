//! Calls on `self`, and which of them can leave the state.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use super::Body;
use super::shape::*;
use crate::ast::{Access, Call, Code, Piece, Stmt, StmtKind};
use crate::emit::names::{self, own};
use crate::gather::Gather;
use crate::model::Param;
use crate::quote::{ToTokens, quote, quote_spanned};

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    /// A call on `self`: through the kernel, of a function, or Rust's own.
    pub(super) fn call(&mut self, call: &'e Call) -> TokenStream {
        let this = call.native.clone().unwrap_or_else(|| self.this_at(call.name.span()));
        let (name, turbofish) = (&call.name, &call.turbofish);
        let span = call.args.span;
        let moves = self.run && self.plan().call_moves(call);
        if let Some(event) = self.model().event_id(name) {
            let params = self.model().events[event].params.clone();
            let args = self.call_args(call, &params);
            // A native call from a function is one from outside.
            let own = call.native.is_none() || self.handler().is_some();
            if !moves && own && self.cx.rejects() && !self.model().events[event].query {
                let mut method = self.cx.names.insisting(event);
                method.set_span(names::at(name.span()));
                return args.call(quote!(#this.#method), None, span);
            }
            if !moves {
                return args.call(quote!(#this.#name #(#turbofish)*), None, span);
            }
            let mut within = self.cx.names.within(event);
            within.set_span(names::at(name.span()));
            return self.moving_call(quote!(#this.#within), span, args);
        }
        if let Some(id) = self.model().function_id(name) {
            let function = &self.model().functions[id];
            let params = function.params.clone();
            let args = self.call_args(call, &params);
            if moves {
                let mut within = self.cx.names.function_within(name);
                within.set_span(names::at(name.span()));
                return self.moving_call(quote!(#this.#within), span, args);
            }
            if function.ast.is_static.is_some() && call.native.is_none() {
                return args.call(quote!(Self::#name #(#turbofish)*), None, span);
            }
            return args.call(quote!(#this.#name #(#turbofish)*), None, span);
        }
        let args: Vec<_> = call.args.items.iter().map(|item| self.code(item)).listed();
        let args = quote_spanned!(span=> (#(#args),*));
        quote!(#this.#name #(#turbofish)* #args)
    }

    /// The given arguments, then the declared defaults. Those that call on `self` are
    /// evaluated before `self` is borrowed for the call.
    pub(super) fn call_args(&mut self, call: &'e Call, params: &[Param<'a>]) -> CallArgs {
        let mut args = CallArgs::default();
        // What stands before such an argument is evaluated before it.
        let items = &call.args.items;
        let ahead = items.iter().rposition(|item| item.iter().any(calls_machine));
        for (at, item) in items.iter().enumerate() {
            let made = match (call.native.is_some(), params.get(at)) {
                (false, Some(param)) => self.value(item, Some(param.ty)),
                _ => self.code(item),
            };
            args.push(made, ahead.is_some_and(|last| at <= last) && !has_closure(item));
        }
        if call.native.is_none() {
            let missing = params.iter().skip(call.args.items.len());
            for param in missing.filter(|param| param.default.is_some()) {
                args.push(self.cx.default_of(param), false);
            }
        }
        args
    }

    pub(super) fn moving_call(&self, path: TokenStream, span: Span, args: CallArgs) -> TokenStream {
        let run = own("run");
        let call = args.call(path, Some(quote!(#run)), span);
        if !self.at_once || self.closures > 0 || self.handler().is_none() {
            return call;
        }
        let (value, guard) = (own("value"), self.guard());
        quote!((match #call { #value => { #guard #value } }))
    }

    pub(super) fn has_moving_call(&self, code: &[Piece]) -> bool {
        code.iter().any(|piece| match piece {
            Piece::Group { inner, .. } => self.has_moving_call(inner),
            Piece::Access(Access::Call(call)) => {
                self.run && self.plan().call_moves(call)
                    || call.args.items.iter().any(|item| self.has_moving_call(item))
            }
            Piece::Access(Access::Construct(made)) => {
                made.args.iter().any(|arg| self.has_moving_call(&arg.value))
            }
            Piece::Return { value: Some(value), .. } => self.has_moving_call(value),
            // A block guards its statements itself, but for the value it ends with.
            Piece::Block(block) => match block.stmts.last() {
                Some(Stmt { kind: StmtKind::Native(code), semi: None }) => {
                    !self.model().is_unit_call(code) && self.has_moving_call(code)
                }
                _ => false,
            },
            Piece::Arms { arms, .. } => arms.iter().any(|arm| {
                !self.model().is_unit_call(&arm.body) && self.has_moving_call(&arm.body)
            }),
            Piece::Closure(inner) => self.has_call_inside(inner),
            // A head ends the handler at once.
            _ => false,
        })
    }

    /// Whether a call that can leave the state stands anywhere in the code.
    fn has_call_inside(&self, code: &[Piece]) -> bool {
        let facts = {
            let mut facts = crate::facts::Facts::default();
            crate::walk::pieces(code, &mut facts);
            facts
        };
        self.run && facts.calls.iter().any(|call| self.plan().call_moves(call))
    }

    /// Whether a state variable is used behind a call that may have left its state.
    pub(super) fn reads_after_call(&self, code: &[Piece]) -> bool {
        self.scan(code, &mut false)
    }

    /// The same for several pieces of code that are evaluated one after the other.
    pub(super) fn read_after_call<'c>(&self, mut codes: impl Iterator<Item = &'c Code>) -> bool {
        let mut called = false;
        codes.any(|code| self.scan(code, &mut called))
    }

    /// In the order of evaluation: arguments before their call, and before the variable
    /// that a method is called on.
    fn scan(&self, code: &[Piece], called: &mut bool) -> bool {
        code.iter().enumerate().any(|(at, piece)| match piece {
            Piece::Group { inner, .. } | Piece::Closure(inner) => self.scan(inner, called),
            // Behind a call in a head, the state holds: there the handler ends at once.
            Piece::Head(inner) => *called && self.scan(inner, called),
            Piece::Return { value: Some(value), .. } => self.scan(value, called),
            Piece::Access(Access::Call(call)) => {
                let inside = call.args.items.iter().any(|item| self.scan(item, called));
                *called |= self.run && self.plan().call_moves(call);
                inside
            }
            Piece::Access(Access::Construct(made)) => {
                made.args.iter().any(|arg| self.scan(&arg.value, called))
            }
            Piece::Access(Access::StateVar { .. }) => {
                *called || self.is_called_with_call(&code[at + 1..])
            }
            // A block guards its own statements, but for the value it ends with. What was
            // called before it concerns them all.
            Piece::Block(_) | Piece::Arms { .. } | Piece::Frame(_) => {
                let piece = std::slice::from_ref(piece);
                let uses = *called && needs_state(piece);
                *called |= self.has_moving_call(piece);
                uses
            }
            _ => false,
        })
    }

    /// Whether what follows a variable is a method call with such a call in its arguments.
    fn is_called_with_call(&self, rest: &[Piece]) -> bool {
        let is_path = |piece: &&Piece| match piece {
            Piece::Token(TokenTree::Punct(p)) => p.as_char() == '.',
            Piece::Token(TokenTree::Ident(_)) => true,
            _ => false,
        };
        let path = rest.iter().take_while(is_path).count();
        match &rest[path..] {
            [Piece::Group { inner, .. }, ..] if path > 0 => self.has_moving_call(inner),
            _ => false,
        }
    }
}

/// The arguments of a call, of which some are evaluated ahead of it.
#[derive(Default)]
pub(super) struct CallArgs {
    names: Vec<Ident>,
    values: Vec<TokenStream>,
    args: Vec<TokenStream>,
}

impl CallArgs {
    pub(super) fn push(&mut self, made: TokenStream, ahead: bool) {
        if !ahead {
            self.args.push(made);
            return;
        }
        let name = own(&format!("arg{}", self.names.len()));
        self.args.push(name.to_token_stream());
        self.names.push(name);
        self.values.push(made);
    }

    pub(super) fn call(
        &self,
        path: TokenStream,
        run: Option<TokenStream>,
        span: Span,
    ) -> TokenStream {
        let (names, values) = (&self.names, &self.values);
        let args = run.iter().chain(&self.args);
        let args = quote_spanned!(span=> (#(#args),*));
        match names.is_empty() {
            true => quote!(#path #args),
            false => quote!((match (#(#values,)*) { (#(#names,)*) => #path #args })),
        }
    }
}

/// Whether the code means the state around it.
fn needs_state(code: &[Piece]) -> bool {
    let mut facts = crate::facts::Facts::default();
    crate::walk::pieces(code, &mut facts);
    facts.state_vars || facts.forwards || facts.pushes || !facts.transitions.is_empty()
}
