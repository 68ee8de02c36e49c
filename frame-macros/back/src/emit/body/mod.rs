//! Bodies to tokens. What holds no Frame text is forwarded verbatim; the rest is rebuilt
//! piece by piece around the user's own tokens.

mod calls;
mod construct;
mod expressions;
mod frame;
mod lent;
mod mistakes;
mod shape;
mod statements;
mod tails;
mod variables;

use proc_macro2::{Group, Ident, Span, TokenStream};

use super::Emit;
use super::names::{self, own};
use crate::ast::{Block, FrameStmt, Stmt, StmtKind, Type};
use crate::model::{FunctionId, HandlerId, Model, StateId};
use crate::plan::{Place, Shape};
use crate::quote::{ToTokens, quote, quote_spanned};
use crate::tail::{self, Tail};
use shape::{ends_without_value, is_mistake};

pub use construct::{argument, outside};
pub use frame::hand_on;

/// Whose code is emitted; that decides what the Frame text in it means.
#[derive(Clone, Copy)]
pub enum Owner {
    Handler(HandlerId),
    Function(FunctionId),
    /// An initialiser in this state, where `$.x` is a variable before it.
    Variable(StateId),
    /// A default value.
    Value,
    /// A value that is made before the machine is.
    Early,
}

/// What the end of a block is for.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// A statement or a block whose value is Rust's own affair.
    Plain,
    /// The end of a function of this type, where literals become `String`s.
    Value,
    /// The end of a handler that may end without a value.
    Poll,
}

pub struct Body<'e, 'p, 'a> {
    cx: &'e Emit<'p, 'a>,
    owner: Owner,
    this: Ident,
    ret: Option<&'a Type>,
    /// The statements that come after the current one, in every block around it.
    rest: Vec<&'e [Stmt]>,
    closures: usize,
    /// Whether a call that leaves the state ends the handler where it stands, instead of
    /// behind its statement.
    at_once: bool,
    /// Whether the `run` record is in scope.
    run: bool,
    /// Whether the value of the current block goes nowhere.
    discard: bool,
    /// Whether the variables are borrowed by locals of their own.
    bound: bool,
    /// The params that the handler has as borrows, but whose names stand for something else here.
    renamed: Vec<&'a Ident>,
}

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    pub fn new(cx: &'e Emit<'p, 'a>, owner: Owner, this: Ident) -> Self {
        let (ret, run) = match owner {
            Owner::Handler(id) => (cx.plan.model.handlers[id].ret, cx.plan.handlers[id].run),
            Owner::Function(id) => {
                (cx.plan.model.functions[id].ast.ret.as_ref(), cx.plan.functions[id].moving)
            }
            Owner::Variable(_) | Owner::Value | Owner::Early => (None, false),
        };
        Body {
            cx,
            owner,
            this,
            ret,
            rest: Vec::new(),
            closures: 0,
            at_once: false,
            run,
            discard: false,
            bound: false,
            renamed: Vec::new(),
        }
    }

    /// The statements of a whole body, without its braces.
    pub fn whole(&mut self, block: &'e Block) -> TokenStream {
        let end = match (self.owner, self.ret) {
            (Owner::Handler(id), Some(_)) => match self.plan().handlers[id].shape {
                Shape::Unit => End::Plain,
                Shape::Value => End::Value,
                Shape::Mixed | Shape::MixedOption => End::Poll,
            },
            (Owner::Function(_), Some(_)) => End::Value,
            _ => End::Plain,
        };
        if end != End::Poll && !self.touches_block(block) {
            return block.group.stream();
        }
        self.discard = end == End::Plain;
        let binding = self.bind_for_body(block);
        self.bound = binding.is_some();
        let stmts = self.stmts(block, end, end == End::Plain);
        quote!(#binding #stmts)
    }

    fn plan(&self) -> &'p crate::plan::Plan<'a> {
        self.cx.plan
    }

    fn model(&self) -> &'p Model<'a> {
        self.cx.plan.model
    }

    fn handler(&self) -> Option<HandlerId> {
        match self.owner {
            Owner::Handler(id) => Some(id),
            _ => None,
        }
    }

    fn block(&mut self, block: &'e Block, end: End) -> TokenStream {
        if end != End::Poll && !self.touches_block(block) {
            return block.group.to_token_stream();
        }
        let inner = self.stmts(block, end, false);
        regroup(&block.group, inner)
    }

    /// With `last`, the block ends the function, so that leaving it there needs no word.
    fn stmts(&mut self, block: &'e Block, end: End, last: bool) -> TokenStream {
        let mut out = TokenStream::new();
        let count = block.stmts.len();
        let mut left = false;
        let renamed = self.renamed.len();
        for (at, stmt) in block.stmts.iter().enumerate() {
            // What stands behind a transition was told, and never runs.
            match &stmt.kind {
                StmtKind::Frame(_) if left => continue,
                StmtKind::Native(code) if left && is_mistake(code) => continue,
                StmtKind::Frame(frame) => left = matches!(frame, FrameStmt::Transition(_)),
                StmtKind::Native(_) | StmtKind::Item(_) => {}
            }
            self.rest.push(&block.stmts[at + 1..]);
            let is_last = at + 1 == count;
            // Only the value of a block belongs to the statement around it.
            let around = self.at_once;
            self.at_once &= is_last && stmt.semi.is_none();
            let place = Place::stmt(stmt);
            out.extend(self.changes(place));
            out.extend(self.stmt(stmt, is_last, end, last && is_last));
            self.at_once = around;
            self.rest.pop();
            self.shadow(place);
        }
        self.renamed.truncate(renamed);
        if end == End::Poll && ends_without_value(block) {
            out.extend(self.pending_end(block));
        }
        out
    }

    /// What a mixed handler returns without a value of its own.
    fn pending(&self) -> TokenStream {
        let pending = quote!(::core::task::Poll::Pending);
        if self.is_optional() { quote!(::core::option::Option::Some(#pending)) } else { pending }
    }

    /// What a mixed handler returns with one. It stands where the value does, so that a wrong
    /// type or a value behind a transition is told there and not of the whole macro.
    fn ready(&self, value: &TokenStream) -> TokenStream {
        let span = beginning(value);
        let ready = quote_spanned!(span=> ::core::task::Poll::Ready(#value));
        match self.is_optional() {
            true => quote_spanned!(span=> ::core::option::Option::Some(#ready)),
            false => ready,
        }
    }

    /// `self` as far as rules of names go, and the place of what it is written for.
    fn this_at(&self, place: Span) -> Ident {
        names::respanned(&self.this, self.this.span().located_at(place))
    }

    fn is_optional(&self) -> bool {
        self.handler().is_some_and(|id| self.plan().handlers[id].shape == Shape::MixedOption)
    }

    /// `Poll::Pending` behind a block's last statement.
    fn pending_end(&self, block: &Block) -> TokenStream {
        match tail::of_block(block) {
            Tail::Never => TokenStream::new(),
            _ => self.pending(),
        }
    }

    fn stmt(&mut self, stmt: &'e Stmt, is_last: bool, end: End, leaves: bool) -> TokenStream {
        match &stmt.kind {
            StmtKind::Item(item) => self.item(item),
            StmtKind::Frame(frame) if self.is_mistaken(frame) => {
                let made = self.beside(frame);
                if is_last { made } else { quote!(#made;) }
            }
            StmtKind::Frame(frame) => self.frame(frame, leaves),
            StmtKind::Native(code) => {
                let binding = self.bind_for_statement(code);
                let before = self.bound;
                self.bound |= binding.is_some();
                let native = self.native(code, stmt.semi, is_last, end);
                self.bound = before;
                quote!(#binding #native)
            }
        }
    }

    /// Emits what stands where its value is used.
    fn used<T>(&mut self, emit: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::take(&mut self.discard);
        let made = emit(self);
        self.discard = before;
        made
    }

    fn scoped<T>(&mut self, at_once: bool, emit: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.at_once;
        self.at_once = before || at_once;
        let made = emit(self);
        self.at_once = before;
        made
    }

    /// Ends the handler when a transition was performed during the statement before.
    fn guard(&self) -> TokenStream {
        let run = own("run");
        let leave = self.leave_unset(Span::mixed_site());
        quote!(if #run.moved { #leave })
    }

    /// Leaves the handler without a native value, by the statement at `span`.
    fn leave_unset(&self, span: Span) -> TokenStream {
        let leave = Ident::new("return", names::at(span));
        match self.handler().map(|id| self.plan().handlers[id].shape) {
            Some(shape) if shape.is_mixed() => {
                let pending = self.pending();
                quote!(#leave #pending;)
            }
            _ => quote!(#leave;),
        }
    }
}

/// A group of the user's with new content.
pub fn regroup(group: &Group, inner: TokenStream) -> TokenStream {
    let mut made = Group::new(group.delimiter(), inner);
    made.set_span(group.span());
    made.into_token_stream()
}

/// Where code begins, for what is generated around it.
fn beginning(code: &TokenStream) -> Span {
    let first = code.clone().into_iter().next();
    first.map_or_else(Span::mixed_site, |token| names::at(token.span()))
}
