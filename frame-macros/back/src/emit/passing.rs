//! Arguments on their way to lifecycle handlers, where some may be missing.

use proc_macro2::TokenStream;

use super::Emit;
use crate::gather::Gather;
use crate::model::{HandlerId, Param};
use crate::plan::PayloadField;
use crate::quote::quote;

impl Emit<'_, '_> {
    /// What a receiver gets for an argument that nobody gave.
    pub fn missing(&self, to: &Param, optional: bool) -> TokenStream {
        match optional {
            true => quote!(::core::option::Option::None),
            false => self.default_of(to),
        }
    }

    /// What a receiver gets for an argument, or for an `Option` of one.
    pub fn passed(
        &self,
        value: &TokenStream,
        from_optional: bool,
        to: &Param,
        optional: bool,
    ) -> TokenStream {
        match (from_optional, optional) {
            (false, true) => quote!(::core::option::Option::Some(#value)),
            (true, false) => {
                let default = self.default_of(to);
                self.or(value, &default)
            }
            _ => value.clone(),
        }
    }

    /// An `Option`'s value, or another.
    pub fn or(&self, value: &TokenStream, other: &TokenStream) -> TokenStream {
        quote! {
            match #value {
                ::core::option::Option::Some(given) => given,
                ::core::option::Option::None => #other,
            }
        }
    }

    /// All that a lifecycle handler takes: what a transition carries, then what is missing.
    pub fn all_passed(&self, handler: HandlerId, given: &[PayloadField]) -> Vec<TokenStream> {
        let args = self.plan.args[handler].iter().enumerate();
        args.map(|(at, to)| match given.get(at) {
            Some(field) => {
                let name = &field.name;
                self.passed(&quote!(#name), field.optional, &to.param, to.optional)
            }
            None => self.missing(&to.param, to.optional),
        })
        .listed()
    }
}
