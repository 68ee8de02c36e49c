//! Frame statements.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use super::Body;
use crate::ast::{Access, Args, Code, FrameStmt, Piece, Stmt, StmtKind, Transition, Type};
use crate::emit::handlers::{given_name, hidden_name};
use crate::emit::names::{self, own};
use crate::emit::state_params::source;
use crate::gather::Gather;
use crate::model::{HandlerId, Param, Trigger, unraw};
use crate::plan::{Forward, PayloadField, Shape};
use crate::quote::{ToTokens, quote, quote_spanned};
use crate::walk;

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    pub(super) fn frame(&mut self, stmt: &'e FrameStmt, leaves: bool) -> TokenStream {
        match stmt {
            FrameStmt::Transition(transition) => self.transition(transition, leaves),
            FrameStmt::Push(_) => self.push(),
            FrameStmt::Pop(_) => {
                let this = &self.this;
                quote!(let _ = #this.__stack.pop();)
            }
            FrameStmt::Forward(_) => self.forward(),
            FrameStmt::SetReturn { value, .. } => self.set_return(value),
            FrameStmt::Leave { span, value } => self.leave(*span, value.as_ref()),
            FrameStmt::Broken(span) => self.cx.mistake(*span),
        }
    }

    pub(super) fn set_return(&mut self, value: &'e Code) -> TokenStream {
        let Some(id) = self.handler() else {
            let value = self.value(value, self.ret);
            return quote!(return #value;);
        };
        let guarded = self.closures == 0 && self.has_moving_call(value);
        let at_once = guarded && self.reads_after_call(value);
        let plan = &self.plan().handlers[id];
        let ty = plan.slot.or(self.ret);
        let made = self.scoped(at_once, |body| body.value(value, ty));
        let guard = (guarded && !at_once).then(|| self.guard());
        let (ret, value) = (own("ret"), own("value"));
        // The type stands beside the value, so that a value of another is compared with it.
        match ty {
            // The transition beside it returns the value.
            Some(ty) if plan.shape == Shape::Value => quote!(let #value: #ty = #made;),
            Some(ty) => {
                quote!({ let #value: #ty = #made; *#ret = ::core::option::Option::Some(#value); } #guard)
            }
            None => quote!(let _ = #made; #guard),
        }
    }

    pub(super) fn leave(&mut self, span: Span, value: Option<&'e Code>) -> TokenStream {
        let Some(value) = value else {
            return match self.handler() {
                Some(_) => self.leave_unset(span),
                None => quote!(return;),
            };
        };
        let at_once = self.reads_after_call(value);
        self.scoped(at_once, |body| body.leave_with(value))
    }

    fn leave_with(&mut self, value: &'e Code) -> TokenStream {
        match self.handler().map(|id| (self.plan().handlers[id].shape, self.ret)) {
            Some((Shape::Unit, _)) | Some((_, None)) => {
                let set = self.set_return(value);
                quote!(#set return;)
            }
            Some((Shape::Mixed | Shape::MixedOption, ret)) => {
                let value = self.value(value, ret);
                let ready = self.ready(&value);
                quote!(return #ready;)
            }
            Some((Shape::Value, ret)) => {
                let value = self.value(value, ret);
                quote!(return #value;)
            }
            None => self.set_return(value),
        }
    }

    pub(super) fn push(&mut self) -> TokenStream {
        let this = &self.this;
        let check = self.cx.room_check(this, &self.event_name());
        quote!(#check #this.__stack.push(::core::clone::Clone::clone(&#this.__state));)
    }

    pub(super) fn event_name(&self) -> TokenStream {
        let name = match self.handler() {
            Some(id) => self.model().handlers[id].ast.trigger.text(),
            None => String::new(),
        };
        quote!(#name)
    }

    /// `=> $^`: the parent's handler for the same event, in the same context.
    pub(super) fn forward(&mut self) -> TokenStream {
        let Some(id) = self.handler() else { return TokenStream::new() };
        let Some(target) = self.plan().handlers[id].forward else { return TokenStream::new() };
        let args = self.forwarded_args(target);
        let call = self.cx.call_handler(target, &self.this, &args, self.plan().handlers[id].slot);
        let guard = self.plan().handlers[target].can_be_moved.then(|| self.guard());
        quote!(#call #guard)
    }

    /// The event's arguments, moved where nothing later names them.
    pub(super) fn forwarded_args(&self, target: HandlerId) -> Vec<TokenStream> {
        let id = self.handler().expect("only handlers forward");
        let handler = &self.model().handlers[id];
        if let Trigger::Event(_) = handler.trigger {
            let params = handler.params.iter().take(self.model().handlers[target].params.len());
            return params.map(|param| self.handed_on(param.name, param.ty)).listed();
        }
        let wanted = self.plan().args[target].iter().enumerate();
        wanted
            .map(|(at, to)| {
                let value = |name: &Ident, ty: &Type| self.handed_on(name, ty);
                self.passed_on(id, at, (&to.param, to.optional), value)
            })
            .listed()
    }

    /// An argument of a lifecycle handler on its way to who takes it as `to`, which may be
    /// an `Option`. `value` makes it of its name.
    fn passed_on(
        &self,
        id: HandlerId,
        at: usize,
        (to, optional): (&Param, bool),
        value: impl FnOnce(&Ident, &Type) -> TokenStream,
    ) -> TokenStream {
        let Some(from) = self.plan().args[id].get(at) else { return self.cx.missing(to, optional) };
        // What nobody gives may be of another type at each level.
        if !from.given && !from.param.ty.same(to.ty) {
            return self.cx.missing(to, optional);
        }
        let name = if from.own { from.param.name.clone() } else { hidden_name(at) };
        let mut value = value(&name, from.param.ty);
        if from.own && from.optional {
            let given = given_name(at);
            value = quote!(if #given { ::core::option::Option::Some(#value) } else { ::core::option::Option::None });
        }
        self.cx.passed(&value, from.optional, to, optional)
    }

    fn handed_on(&self, name: &Ident, ty: &Type) -> TokenStream {
        hand_on(name, ty, self.is_named_later(&name.to_string()))
    }

    fn is_named_later(&self, name: &str) -> bool {
        self.rest.iter().any(|stmts| stmts.iter().any(|stmt| stmt_mentions(stmt, name)))
    }

    pub(super) fn transition(&mut self, transition: &'e Transition, leaves: bool) -> TokenStream {
        let at_once = self.read_after_call(transition.codes());
        self.scoped(at_once, |body| body.queue(transition, leaves))
    }

    fn queue(&mut self, transition: &'e Transition, leaves: bool) -> TokenStream {
        let Some(id) = self.handler() else { return TokenStream::new() };
        let Some(jump_id) = self.plan().queued_by(id, transition) else {
            return TokenStream::new();
        };
        let (jump, payload) = (&self.plan().jumps[jump_id], &self.plan().payloads[jump_id]);
        let (to, variant, run) = (self.cx.names.to(), self.cx.jump_variant(jump_id), own("run"));
        let (exit_args, enter_args) = (&transition.exit_args, &transition.enter_args);
        let mut along = Along { transition, kept: TokenStream::new() };
        let set = transition.value.as_ref().map(|value| self.set_return(value));
        let sets_late = transition.value.as_ref().is_some_and(|value| self.is_taken_by(value));
        let mut values = Vec::new();
        values.extend(self.given(exit_args.as_ref(), &payload.exit));
        values.extend(self.enter_values(id, transition, &payload.enter, &mut along));
        values.extend(self.given(transition.state_args(), &payload.state));
        values.extend(self.event_values(id, jump.forward, &payload.event, &mut along));
        let mut late = self.late(exit_args.as_ref(), &payload.exit);
        late.extend(self.late(enter_args.as_ref(), &payload.enter));
        late.extend(self.late(transition.state_args(), &payload.state));
        let take = self.take(transition, &mut values, &late);
        let (set, set_late) = if sets_late { (None, set) } else { (set, None) };
        let kept = along.kept;
        let mut spare = self.spare(exit_args.as_ref(), payload.exit.len());
        spare.extend(self.spare(enter_args.as_ref(), payload.enter.len()));
        spare.extend(self.spare(transition.state_args(), payload.state.len()));
        let names = payload.fields().map(|field| &field.name);
        let by = self.cx.jump_names_event(jump_id).then(|| {
            let event = self.event_name();
            quote!(by: #event,)
        });
        let value = if payload.is_empty() && by.is_none() {
            quote!(#to::#variant)
        } else {
            quote!(#to::#variant { #(#names: #values,)* #by })
        };
        let leave = if leaves && self.closures == 0 {
            TokenStream::new()
        } else {
            self.leave_by(transition)
        };
        let next = match spare.is_empty() {
            true => quote!(#run.next = ::core::option::Option::Some(#value);),
            false => {
                let next = own("next");
                quote! {
                    let #next = #value;
                    #(let _ = #spare;)*
                    #run.next = ::core::option::Option::Some(#next);
                }
            }
        };
        quote!(#kept #set #take #set_late #next #leave)
    }

    /// Leaves the handler behind a transition, with the value that was set beside it where that
    /// is no matter of the slot.
    fn leave_by(&self, transition: &Transition) -> TokenStream {
        let shape = self.handler().map(|id| self.plan().handlers[id].shape);
        match shape {
            Some(Shape::Value) => {
                let (leave, value) =
                    (Ident::new("return", names::at(transition.span)), own("value"));
                quote!(#leave #value;)
            }
            _ => self.leave_unset(transition.span),
        }
    }

    /// The arguments that nothing takes: too many, which was told, or where no state that a
    /// pop can bring back declares them.
    fn spare(&mut self, args: Option<&'e Args>, taken: usize) -> Vec<TokenStream> {
        let given = args.map(|args| args.items.as_slice()).unwrap_or_default();
        given.iter().skip(taken).map(|code| self.code(code)).listed()
    }

    /// The arguments given, then the declared defaults of the rest.
    fn given(&mut self, args: Option<&'e Args>, fields: &[PayloadField<'a>]) -> Vec<TokenStream> {
        let given = args.map(|args| args.items.as_slice()).unwrap_or_default();
        fields
            .iter()
            .enumerate()
            .map(|(at, field)| match (given.get(at), field.optional) {
                (Some(code), false) => self.handed(code, field.param.ty),
                (Some(code), true) => {
                    let value = self.handed(code, field.param.ty);
                    quote!(::core::option::Option::Some(#value))
                }
                (None, false) => self.cx.default_of(&field.param),
                (None, true) => quote!(::core::option::Option::None),
            })
            .listed()
    }

    /// Which arguments are made of params that are taken.
    fn late(&self, args: Option<&'e Args>, fields: &[PayloadField]) -> Vec<bool> {
        let given = args.map(|args| args.items.as_slice()).unwrap_or_default();
        let late = |at: usize| given.get(at).is_some_and(|code| self.is_taken_by(code));
        (0..fields.len()).map(late).listed()
    }

    /// The value of an argument. A param of the state that is left is taken or copied here, and
    /// not where the handler stays in the state.
    fn handed(&mut self, code: &'e Code, ty: &Type) -> TokenStream {
        match code.as_slice() {
            [Piece::Token(TokenTree::Ident(name))] if self.is_taken_by(code) => {
                name.to_token_stream()
            }
            // An empty one, which changes places with the param behind `<$`.
            _ if self.is_carried_by(code) => {
                quote!(::core::default::Default::default())
            }
            // What cannot be copied is told here, and not as a borrow of the wrong type.
            [Piece::Token(TokenTree::Ident(name))] if let Some(lent) = self.lent(name) => {
                let (mut source, at) = (source(lent), names::at(name.span()));
                source.set_span(source.span().located_at(name.span()));
                quote_spanned!(at=> ::core::clone::Clone::clone(#source))
            }
            _ => self.value(code, Some(ty)),
        }
    }

    fn enter_values(
        &mut self,
        id: HandlerId,
        transition: &'e Transition,
        fields: &[PayloadField<'a>],
        along: &mut Along,
    ) -> Vec<TokenStream> {
        let hands_on = transition.forwards && self.model().handlers[id].trigger == Trigger::Enter;
        if !hands_on {
            return self.given(transition.enter_args.as_ref(), fields);
        }
        // What is written counts, and the event's own args stand for the rest.
        let written = transition.enter_args.as_ref().map_or(0, |args| args.items.len());
        let mut values =
            self.given(transition.enter_args.as_ref(), &fields[..written.min(fields.len())]);
        let own = fields.iter().enumerate().skip(written);
        values.extend(own.map(|(at, field)| self.taken_along(id, at, field, along)));
        values
    }

    /// The args of the event that goes along, which ends the handler.
    fn event_values(
        &self,
        id: HandlerId,
        forward: Option<Forward>,
        fields: &[PayloadField<'a>],
        along: &mut Along,
    ) -> Vec<TokenStream> {
        let params = &self.model().handlers[id].params;
        match forward {
            None => Vec::new(),
            Some(Forward::Event(_)) => {
                params.iter().map(|param| along.value(param.name, param.ty)).listed()
            }
            Some(Forward::Exit(_)) => {
                let fields = fields.iter().enumerate();
                fields.map(|(at, field)| self.taken_along(id, at, field, along)).listed()
            }
        }
    }

    fn taken_along(
        &self,
        id: HandlerId,
        at: usize,
        field: &PayloadField<'a>,
        along: &mut Along,
    ) -> TokenStream {
        let value = |name: &Ident, ty: &Type| along.value(name, ty);
        self.passed_on(id, at, (&field.param, field.optional), value)
    }
}

/// The args of the event that goes along with a transition, which the transition may name as
/// well: `-> => $Open(name)`.
struct Along<'e> {
    transition: &'e Transition,
    /// Copies of those, made before anything in the transition is evaluated.
    kept: TokenStream,
}

impl Along<'_> {
    fn value(&mut self, name: &Ident, ty: &Type) -> TokenStream {
        let named = || {
            let mut codes = self.transition.codes();
            codes.any(|code| walk::code_mentions(code, &name.to_string()))
        };
        if ty.is_copy() || ty.is_mut_reference() || !named() {
            return name.to_token_stream();
        }
        let kept = own(&format!("along_{}", unraw(name)));
        let copy = hand_on(name, ty, true);
        self.kept.extend(quote!(let #kept = #copy;));
        kept.to_token_stream()
    }
}

/// An argument on its way to the next level: moved, copied, reborrowed or cloned.
pub fn hand_on(name: &Ident, ty: &Type, needed_later: bool) -> TokenStream {
    if ty.is_mut_reference() {
        return quote!(&mut *#name);
    }
    if needed_later && !ty.is_copy() {
        let at = names::at(name.span());
        return quote_spanned!(at=> ::core::clone::Clone::clone(&#name));
    }
    name.to_token_stream()
}

pub(super) fn stmt_mentions(stmt: &Stmt, name: &str) -> bool {
    struct Named<'n>(&'n str, bool);
    impl<'x> walk::Visit<'x> for Named<'_> {
        fn token(&mut self, token: &'x TokenTree, _: bool) {
            self.1 |= walk::mentions(token, self.0);
        }
        fn frame(&mut self, stmt: &'x FrameStmt, _: bool) {
            // A second forward, or an event handed on, needs the argument too.
            let forwards = match stmt {
                FrameStmt::Forward(_) => true,
                FrameStmt::Transition(transition) => transition.forwards,
                _ => false,
            };
            self.1 |= forwards;
        }
        fn access(&mut self, access: &'x Access, _: bool) {
            self.1 |= matches!(access, Access::Param { .. });
        }
    }
    let mut named = Named(name, false);
    match &stmt.kind {
        StmtKind::Frame(frame) => {
            // Wrapped so that one traversal serves statements and expressions alike.
            walk::stmt(frame, &mut named);
        }
        StmtKind::Native(code) => walk::code(code, &mut named),
        StmtKind::Item(_) => {}
    }
    named.1
}
