//! The sink of all errors and warnings: everything that is wrong with one macro call, each
//! mistake once.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::codes::Code;

/// Collects errors in the order they are found. Dropping it unread is a bug of the
/// pipeline, which the debug assertion in `Drop` tells.
#[derive(Default)]
pub struct Diag {
    errors: RefCell<Vec<syn::Error>>,
    warnings: RefCell<Vec<Warning>>,
    /// The system that is being looked at.
    system: RefCell<String>,
    /// The systems that have a mistake.
    unclean: RefCell<BTreeSet<String>>,
    /// Names that were blamed, or that stand in items which could not be read.
    failed: RefCell<BTreeSet<String>>,
    taken: Cell<bool>,
}

/// What is legal but hardly meant.
pub struct Warning {
    pub code: Code,
    pub span: Span,
    pub text: String,
}

impl Diag {
    /// What is reported from now on concerns the system `name`.
    pub fn enter(&self, name: impl ToString) {
        *self.system.borrow_mut() = name.to_string();
    }

    /// Reports `message` under `code` at `span`; `help` is the way out, when there is one.
    pub fn error(&self, code: Code, span: Span, message: impl AsRef<str>, help: Option<String>) {
        let mut text = format!("{code}: {}", message.as_ref());
        if let Some(help) = help {
            text.push_str("\n\nhelp: ");
            text.push_str(&help);
        }
        self.unclean.borrow_mut().insert(self.system.borrow().clone());
        self.errors.borrow_mut().push(syn::Error::new(span, text));
    }

    /// Reports a mistake about `name` only the first time that name is blamed.
    pub fn error_once(
        &self,
        name: impl AsRef<str>,
        code: Code,
        span: Span,
        message: impl AsRef<str>,
        help: Option<String>,
    ) {
        if self.fail(name) {
            self.error(code, span, message, help);
        }
    }

    /// Remembers that something is wrong with `name`, such as `state Idle`, so that its
    /// uses stay silent. Tells whether that is news.
    pub fn fail(&self, name: impl AsRef<str>) -> bool {
        self.failed.borrow_mut().insert(self.key(name.as_ref()))
    }

    /// Whether a mistake about `name` was reported before.
    pub fn has_failed(&self, name: impl AsRef<str>) -> bool {
        self.failed.borrow().contains(&self.key(name.as_ref()))
    }

    fn key(&self, name: &str) -> String {
        format!("{}: {name}", self.system.borrow())
    }

    /// Says what is probably not meant.
    pub fn warning(&self, code: Code, span: Span, text: String) {
        self.warnings.borrow_mut().push(Warning { code, span, text });
    }

    /// Passes on what syn found wrong in a type, an attribute or a generic list.
    pub fn syn(&self, code: Code, error: &syn::Error) {
        for part in error {
            self.error(code, part.span(), part.to_string(), None);
        }
    }

    /// Whether the current system has no mistake so far.
    pub fn is_clean(&self) -> bool {
        !self.unclean.borrow().contains(&*self.system.borrow())
    }

    /// How many errors there are, for telling whether a step added some.
    pub fn count(&self) -> usize {
        self.errors.borrow().len()
    }

    pub fn take_warnings(&self) -> Vec<Warning> {
        self.warnings.take()
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
