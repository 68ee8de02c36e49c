//! The path of the runtime crate, which templates interpolate as `#RUNTIME`.

use std::cell::RefCell;

use proc_macro2::TokenStream;

use crate::quote::{ToTokens, quote};

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
        let path = quote!(#krate::__private);
        Expansion { around: PATH.replace(path) }
    }
}

/// An expansion that is going on, of a call or of a system in it. Tokens must not outlive the
/// call's, whichever way it ends.
pub struct Expansion {
    around: TokenStream,
}

impl Drop for Expansion {
    fn drop(&mut self) {
        PATH.set(std::mem::take(&mut self.around));
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        PATH.with_borrow(|path| path.to_tokens(tokens));
    }
}
