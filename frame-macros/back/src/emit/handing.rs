//! What several templates share: defaults, checks, and how a handler is called.

use proc_macro2::{Ident, TokenStream};

use super::Emit;
use super::body::{Body, Owner};
use super::names::own;
use crate::ast::Type;
use crate::model::{HandlerId, Param, unraw};
use crate::plan::Shape;
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;

impl Emit<'_, '_> {
    /// The declared default of a parameter, or its type's.
    pub fn default_of(&self, param: &Param) -> TokenStream {
        match param.default {
            Some(code) => {
                let mut body = Body::new(self, Owner::Value, self.this(param.name.span()));
                body.value(code, Some(param.ty))
            }
            None => super::unset::argument(self, param),
        }
    }

    /// Panics, before anything has changed, when a bounded stack is full.
    pub fn room_check(&self, this: &Ident, event: &TokenStream) -> TokenStream {
        if self.plan.model.settings.stack.is_none() {
            return TokenStream::new();
        }
        let system = unraw(&self.plan.model.ast.name);
        quote! {
            if !#this.__stack.has_room() {
                #RUNTIME::stack_is_full(#system, #this.__state.state().name(), #event);
            }
        }
    }

    /// Calls a handler with what it takes; its value goes into the slot in scope.
    pub fn call_handler(
        &self,
        id: HandlerId,
        this: &impl ToTokens,
        args: &[TokenStream],
        slot: Option<&Type>,
    ) -> TokenStream {
        let handler = &self.plan.handlers[id];
        let name = self.names.handler(id);
        let (run, ret) = (own("run"), own("ret"));
        let run = handler.run.then(|| quote!(#run,));
        let dropped = handler.slot.is_some() && slot.is_none();
        let slot_arg = handler.slot.map(|_| match dropped {
            true => quote!(&mut ::core::option::Option::None,),
            false => quote!(#ret,),
        });
        let call = quote!(#this.#name(#run #slot_arg #(#args),*));
        match slot {
            None if handler.shape != Shape::Unit => quote!(let _ = #call;),
            _ => valued(
                handler.shape,
                &call,
                |value| quote!(*#ret = ::core::option::Option::Some(#value);),
            ),
        }
    }

    /// Calls a handler from the method of its event, which returns a value of the handler's own
    /// at once where nothing can be queued then: the slot would cost a copy.
    pub fn answer(&self, id: HandlerId, this: &Ident, args: &[TokenStream]) -> TokenStream {
        let (handler, event) = (&self.plan.handlers[id], &self.plan.model.handlers[id]);
        let queues = handler.shape == Shape::Value && !handler.jumps.is_empty();
        if handler.forward.is_some() || handler.can_be_moved || queues {
            return self.call_handler(id, this, args, event.ret);
        }
        let call = self.plain_call(id, this, args);
        valued(handler.shape, &call, |value| quote!(return #value;))
    }

    /// The call alone, with what the handler takes in scope.
    pub fn plain_call(&self, id: HandlerId, this: &Ident, args: &[TokenStream]) -> TokenStream {
        let (handler, name) = (&self.plan.handlers[id], self.names.handler(id));
        let run = handler.run.then(|| own("run")).into_iter();
        let slot = handler.slot.map(|_| own("ret")).into_iter();
        quote!(#this.#name(#(#run,)* #(#slot,)* #(#args),*))
    }
}

/// A call of a handler, and what is done with the value that it has of its own.
fn valued(
    shape: Shape,
    call: &TokenStream,
    take: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    let value = own("value");
    let taken = take(quote!(#value));
    match shape {
        Shape::Unit => quote!(#call;),
        Shape::Value => take(call.clone()),
        Shape::Mixed => quote!(if let ::core::task::Poll::Ready(#value) = #call { #taken }),
        Shape::MixedOption => {
            let none = take(quote!(::core::option::Option::None));
            quote! {
                match #call {
                    ::core::option::Option::Some(::core::task::Poll::Pending) => {}
                    ::core::option::Option::Some(::core::task::Poll::Ready(#value)) => { #taken }
                    ::core::option::Option::None => { #none }
                }
            }
        }
    }
}
