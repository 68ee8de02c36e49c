//! The sink of all errors: everything that is wrong with one macro call, each mistake once.

use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::codes::Code;

/// Collects errors in the order they are found. Dropping it unread is a bug of the
/// pipeline, which the debug assertion in `Drop` tells.
#[derive(Default)]
pub struct Diag {
    errors: RefCell<Vec<syn::Error>>,
    failed: RefCell<BTreeSet<String>>,
    taken: std::cell::Cell<bool>,
}

impl Diag {
    /// Reports `message` under `code` at `span`; `help` is the way out, when there is one.
    pub fn error(&self, code: Code, span: Span, message: impl AsRef<str>, help: Option<String>) {
        let mut text = format!("{code}: {}", message.as_ref());
        if let Some(help) = help {
            text.push_str("\n\nhelp: ");
            text.push_str(&help);
        }
        self.errors.borrow_mut().push(syn::Error::new(span, text));
    }

    /// Reports a mistake about `name` only the first time that name is blamed.
    pub fn error_once(
        &self,
        name: impl ToString,
        code: Code,
        span: Span,
        message: impl AsRef<str>,
        help: Option<String>,
    ) {
        if self.failed.borrow_mut().insert(name.to_string()) {
            self.error(code, span, message, help);
        }
    }

    /// Passes on what syn found wrong in a type, an attribute or a generic list.
    pub fn syn(&self, code: Code, error: &syn::Error) {
        for part in error {
            self.error(code, part.span(), part.to_string(), None);
        }
    }

    pub fn is_clean(&self) -> bool {
        self.errors.borrow().is_empty()
    }

    /// All errors as `compile_error!` items.
    pub fn into_tokens(self) -> TokenStream {
        self.taken.set(true);
        let mut tokens = TokenStream::new();
        for error in self.errors.borrow().iter() {
            error.to_compile_error().to_tokens(&mut tokens);
        }
        tokens
    }
}

impl Drop for Diag {
    fn drop(&mut self) {
        let unread = !self.taken.get() && !self.errors.borrow().is_empty();
        debug_assert!(!unread || std::thread::panicking(), "errors were dropped");
    }
}
