//! What is emitted in place of a mistake: what surrounds it is compiled as if it were none.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::{Body, Owner, regroup};
use crate::ast::{Args, Code, FrameStmt, Target};
use crate::emit::names::at;
use crate::gather::Gather;
use crate::quote::{ToTokens, quote, quote_spanned};
use crate::walk;

impl<'e> Body<'e, '_, '_> {
    /// Whether a statement cannot do what it says, which check has told.
    pub(super) fn is_mistaken(&self, stmt: &FrameStmt) -> bool {
        let machine = matches!(
            stmt,
            FrameStmt::Transition(_)
                | FrameStmt::Push(_)
                | FrameStmt::Pop(_)
                | FrameStmt::Forward(_)
        );
        let value =
            matches!(stmt, FrameStmt::SetReturn { .. } | FrameStmt::Leave { value: Some(_), .. });
        if matches!(stmt, FrameStmt::Broken(_)) || self.closures > 0 {
            return true;
        }
        let id = match self.owner {
            Owner::Handler(id) => id,
            Owner::Function(_) => return machine || value && self.ret.is_none(),
            Owner::Variable(_) | Owner::Value | Owner::Early => return true,
        };
        match stmt {
            FrameStmt::Transition(transition) => self.plan().queued_by(id, transition).is_none(),
            FrameStmt::Push(_) | FrameStmt::Pop(_) => self.model().is_query(id),
            FrameStmt::Forward(_) => {
                self.model().states[self.model().handlers[id].state].parent.is_none()
            }
            _ => false,
        }
    }

    /// The values in such a statement, and an expression that fits everywhere.
    pub(super) fn beside(&mut self, stmt: &'e FrameStmt) -> TokenStream {
        let values: Vec<&'e Code> = match stmt {
            FrameStmt::Transition(transition) => {
                let state_args = match &transition.target {
                    Target::State { args, .. } => args.as_ref(),
                    Target::Pop(_) => None,
                };
                let args = [&transition.exit_args, &transition.enter_args].into_iter().flatten();
                let args = args.chain(state_args).flat_map(|args| &args.items);
                transition.value.iter().chain(args).listed()
            }
            FrameStmt::SetReturn { value, .. } => vec![value],
            FrameStmt::Leave { value, .. } => value.iter().listed(),
            _ => Vec::new(),
        };
        let mistake = match stmt {
            FrameStmt::Transition(transition) => match &transition.target {
                Target::State { name, .. } => self.cx.mistaken_state(name),
                Target::Pop(span) => self.cx.mistake(*span),
            },
            FrameStmt::Push(span)
            | FrameStmt::Pop(span)
            | FrameStmt::Forward(span)
            | FrameStmt::SetReturn { span, .. }
            | FrameStmt::Leave { span, .. }
            | FrameStmt::Broken(span) => self.cx.mistake(*span),
        };
        self.with_values(values, mistake)
    }

    /// A call of what is not there, with its arguments.
    pub(super) fn mistaken_call(&mut self, args: &'e Args) -> TokenStream {
        self.with_values(args.items.iter().listed(), self.cx.mistake(args.span))
    }

    fn with_values(&mut self, values: Vec<&'e Code>, mistake: TokenStream) -> TokenStream {
        if values.is_empty() {
            return mistake;
        }
        let values: Vec<_> = values.into_iter().map(|value| self.code(value)).listed();
        quote!({ #(let _ = #values;)* #mistake })
    }

    /// The name that is missing behind a `.`, as a method that everything has.
    pub(super) fn unfinished(&self, span: Span) -> TokenStream {
        let mut mistake = self.cx.names.mistake();
        mistake.set_span(at(span));
        quote_spanned!(at(span)=> __unfinished::<#mistake>())
    }

    /// Whether there is a machine, which a static operation and a field's initialiser lack.
    pub(super) fn has_machine(&self) -> bool {
        match self.owner {
            Owner::Function(id) => self.model().functions[id].ast.is_static.is_none(),
            Owner::Early => false,
            Owner::Handler(_) | Owner::Variable(_) | Owner::Value => true,
        }
    }

    /// A nested item. Frame text in it was told, so the block around that is left out.
    pub(super) fn item(&self, item: &TokenStream) -> TokenStream {
        match walk::frame_text(item.clone()) {
            None => item.clone(),
            Some(_) => self.without_frame(item.clone()),
        }
    }

    fn without_frame(&self, tokens: TokenStream) -> TokenStream {
        let without = |token: TokenTree| match token {
            TokenTree::Group(group) if walk::frame_text(group.stream()).is_none() => {
                group.into_token_stream()
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                regroup(&group, self.cx.mistake(group.span_open()))
            }
            token => token.into_token_stream(),
        };
        tokens.into_iter().map(without).joined()
    }
}
