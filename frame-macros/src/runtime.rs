//! The path of the runtime crate, which templates interpolate as `#RUNTIME`.

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

thread_local! {
    static PATH: RefCell<TokenStream> = RefCell::new(TokenStream::new());
}

/// `<crate>::__private`, the absolute path of what expanded code names.
pub struct Runtime;

/// For `quote!`, which interpolates what is in scope by its name.
pub const RUNTIME: Runtime = Runtime;

impl Runtime {
    /// Sets the crate until the guard is dropped. Renaming the crate works because the
    /// wrapper macro passes its own `$crate`.
    pub fn enter(krate: &TokenStream) -> Expansion {
        PATH.with_borrow_mut(|path| *path = quote!(#krate::__private));
        Expansion
    }
}

/// An expansion that is going on. Tokens must not outlive it, whichever way it ends.
pub struct Expansion;

impl Drop for Expansion {
    fn drop(&mut self) {
        PATH.with_borrow_mut(|path| *path = TokenStream::new());
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        PATH.with_borrow(|path| path.to_tokens(tokens));
    }
}
