//! What several templates share: defaults, checks, and how a handler is called.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use super::Emit;
use super::body::{Body, Owner};
use super::names::own;
use crate::ast::Type;
use crate::model::{HandlerId, Param, unraw};
use crate::plan::Shape;
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
        match handler.shape {
            Shape::Unit => quote!(#call;),
            _ if slot.is_none() => quote!(let _ = #call;),
            Shape::Value => quote!(*#ret = ::core::option::Option::Some(#call);),
            Shape::Mixed => {
                let value = own("value");
                quote! {
                    if let ::core::task::Poll::Ready(#value) = #call {
                        *#ret = ::core::option::Option::Some(#value);
                    }
                }
            }
            Shape::MixedOption => {
                let value = own("value");
                quote! {
                    match #call {
                        ::core::option::Option::Some(::core::task::Poll::Pending) => {}
                        ::core::option::Option::Some(::core::task::Poll::Ready(#value)) => {
                            *#ret = ::core::option::Option::Some(#value);
                        }
                        ::core::option::Option::None => {
                            *#ret = ::core::option::Option::Some(::core::option::Option::None);
                        }
                    }
                }
            }
        }
    }
}
