//! `collect`, for lists and for tokens. The standard one comes to hundreds of instructions for
//! each kind of iterator, and whoever uses the macro compiles them for the hundred kinds here:
//! that was a fifth of all that this crate compiled to.

use proc_macro2::TokenStream;

use crate::quote::ToTokens;

/// What iterators are ended with in place of `collect`.
#[allow(clippy::while_let_on_iterator)] // a `for` is one function more for each kind
pub trait Gather: Iterator + Sized {
    /// The items one behind the other.
    fn listed(mut self) -> Vec<Self::Item> {
        let mut list = Vec::new();
        while let Some(item) = self.next() {
            list.push(item);
        }
        list
    }

    /// The tokens one behind the other.
    fn joined(mut self) -> TokenStream
    where
        Self::Item: ToTokens,
    {
        let mut tokens = TokenStream::new();
        while let Some(item) = self.next() {
            item.to_tokens(&mut tokens);
        }
        tokens
    }
}

impl<I: Iterator> Gather for I {}
