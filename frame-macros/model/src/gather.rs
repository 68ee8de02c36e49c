//! `collect`, for lists and for tokens. The standard one comes to hundreds of instructions for
//! each kind of iterator, and whoever uses the macro compiles them for the hundred kinds here:
//! that was a fifth of all that this crate compiled to.

use proc_macro2::TokenStream;

use crate::quote::ToTokens;

/// What iterators are ended with in place of `collect`.
pub trait Gather: Iterator + Sized {
    /// The items one behind the other.
    fn listed(self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        for item in self {
            list.push(item);
        }
        list
    }

    /// The tokens one behind the other.
    fn joined(self) -> TokenStream
    where
        Self::Item: ToTokens,
    {
        let mut tokens = TokenStream::new();
        for item in self {
            item.to_tokens(&mut tokens);
        }
        tokens
    }
}

impl<I: Iterator> Gather for I {}
