//! The sink of all errors and warnings: everything that is wrong with one macro call, each
//! mistake once.

use proc_macro2::{Span, TokenStream};
use std::cell::{Cell, RefCell};

use crate::codes::Code;
use crate::gather::Gather;
use crate::quote::{quote, quote_spanned};
use crate::sets::Words;

/// Collects errors in the order they are found. Dropping it unread is a bug of the
/// pipeline, which the debug assertion in `Drop` tells.
#[derive(Default)]
pub struct Diag {
    errors: RefCell<Vec<Error>>,
    warnings: RefCell<Vec<Warning>>,
    /// The system that is being looked at.
    system: RefCell<String>,
    /// Names that were blamed, or that stand in items which could not be read.
    failed: RefCell<Words>,
    /// How many mistakes were met, those included that were told before.
    mistakes: Cell<usize>,
    taken: Cell<bool>,
}

struct Error {
    system: String,
    span: Span,
    text: String,
    /// Items that tell it, instead of one of its own.
    items: Option<TokenStream>,
}

/// What is legal but hardly meant.
pub struct Warning {
    /// What it is told, and can be allowed, under.
    pub code: Code,
    /// What is meant.
    pub span: Span,
    /// The message, without its code.
    pub text: String,
}

impl Diag {
    /// What is reported from now on concerns the system `name`.
    pub fn enter(&self, name: impl ToString) {
        *self.system.borrow_mut() = name.to_string();
    }

    /// The system that is being looked at; empty between systems.
    pub fn system(&self) -> String {
        self.system.borrow().clone()
    }

    /// Reports `message` under `code` at `span`; `help` is the way out, when there is one.
    pub fn error(&self, code: Code, span: Span, message: impl AsRef<str>, help: Option<String>) {
        let mut text = format!("{code}: {}", message.as_ref());
        if let Some(help) = help {
            text.push_str("\n\nhelp: ");
            text.push_str(&help);
        }
        self.mistakes.set(self.mistakes.get() + 1);
        let system = self.system.borrow().clone();
        self.errors.borrow_mut().push(Error { system, span, text, items: None });
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
        } else {
            self.mistakes.set(self.mistakes.get() + 1);
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

    /// Whether a mistake was reported about a name that begins with `start`.
    pub fn has_failed_any(&self, start: impl AsRef<str>) -> bool {
        let key = self.key(start.as_ref());
        self.failed.borrow().begin_with(&key)
    }

    fn key(&self, name: &str) -> String {
        format!("{}: {name}", self.system.borrow())
    }

    /// Says what is probably not meant.
    pub fn warning(&self, code: Code, span: Span, text: String) {
        self.warnings.borrow_mut().push(Warning { code, span, text });
    }

    /// How many mistakes were met, for telling whether a step met some.
    pub fn count(&self) -> usize {
        self.mistakes.get()
    }

    /// What was warned of; whoever takes it tells it.
    pub fn take_warnings(&self) -> Vec<Warning> {
        self.warnings.take()
    }

    /// An expression that tells the topmost error. Where the error is told before, the
    /// compiler drops the repetition, and keeps an expression whose type fits everywhere.
    pub fn mistake(&self) -> Option<TokenStream> {
        self.errors.borrow().iter().min_by_key(|error| error.place()).map(Error::expression)
    }

    /// Has the topmost error of the current system told by items that `make` makes of such
    /// an expression.
    pub fn tell_by(&self, make: impl FnOnce(TokenStream) -> TokenStream) {
        let (mut errors, system) = (self.errors.borrow_mut(), self.system.borrow());
        let own = errors.iter_mut().filter(|error| error.system == *system);
        if let Some(error) = own.min_by_key(|error| error.place()) {
            error.items = Some(make(error.expression()));
        }
    }

    /// Whether the current system has no mistake.
    pub fn is_clean(&self) -> bool {
        !self.errors.borrow().iter().any(|error| error.system == *self.system.borrow())
    }

    /// All errors as `compile_error!` items, from top to bottom.
    pub fn into_tokens(self) -> TokenStream {
        self.taken.set(true);
        let mut errors = self.errors.take();
        errors.sort_by_key(Error::place);
        errors.iter().map(Error::item).joined()
    }
}

impl Error {
    fn place(&self) -> (usize, usize) {
        let start = self.span.start();
        (start.line, start.column)
    }

    fn expression(&self) -> TokenStream {
        let text = &self.text;
        quote_spanned!(self.span=> ::core::compile_error!(#text))
    }

    fn item(&self) -> TokenStream {
        let expression = self.expression();
        match &self.items {
            Some(items) => items.clone(),
            // As an item it may have stood for any name, so that the compiler tells of none
            // that is missing: right where a system is missing, and else a loss.
            None if self.system.is_empty() => quote!(#expression;),
            None => quote!(const _: () = #expression;),
        }
    }
}

impl Drop for Diag {
    fn drop(&mut self) {
        let unread = !self.taken.get() && !self.errors.borrow().is_empty();
        debug_assert!(!unread || std::thread::panicking(), "errors were dropped");
    }
}
