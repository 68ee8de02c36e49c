//! Plan to tokens. One file for each family of templates; this one holds what they share.

mod body;
pub mod cfg;
mod compartments;
mod construct;
mod derives;
mod dispatch;
mod distinct;
mod events;
mod features;
mod functions;
mod generics;
mod handing;
mod handlers;
mod making;
mod mistakes;
mod names;
mod passing;
mod reflect;
mod replies;
mod state_params;
mod transition;
mod types;
mod unset;
mod warn;

use std::cell::OnceCell;

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::ast::{Attrs, Code, Type, Vis};
use crate::diag::Diag;
use crate::model::{EventId, StateId, unraw};
use crate::modes::{Id, Inline};
use crate::plan::{JumpId, Plan};
use crate::quote::{ToTokens, quote};
use crate::signatures::Systems;
use crate::walk;
use names::Names;

pub use warn::warnings;

/// One emission: the plan, and the names it goes by.
struct Emit<'p, 'a> {
    pub plan: &'p Plan<'a>,
    /// What it can construct.
    pub systems: &'p Systems,
    pub names: Names,
    /// Whether nothing is wrong with the system.
    is_whole: bool,
    cache: Cache,
}

/// What many templates name and a large system makes costly to work out again.
#[derive(Default)]
struct Cache {
    leaf_generics: OnceCell<Generics>,
    leaf_type: OnceCell<TokenStream>,
    to_type: OnceCell<TokenStream>,
    run_type: OnceCell<TokenStream>,
    event_lifetime: OnceCell<Option<TokenStream>>,
}

/// Everything a system expands to; what its errors need beside it is handed to `diag`.
pub fn system(plan: &Plan, systems: &Systems, diag: &Diag) -> TokenStream {
    let cx = Emit::new(plan, systems, diag.is_clean());
    diag.tell_by(|error| mistakes::told_by(&cx, &error));
    items(&cx)
}

/// Authors' bodies come first: what else there is depends on all of them, and editors count
/// on it that a word changes nothing before it.
fn items(cx: &Emit) -> TokenStream {
    let states = reflect::state_enum(cx);
    let types = types::emit(cx);
    let ast = cx.plan.model.ast;
    let name = &ast.name;
    let (params, args, clause) = ast.generics.split_for_impl();
    let lint = cx.default_vis_lint();
    let features = features::needed(cx);
    let events = events::types(cx);
    let kernel = events::functions(cx);
    let construct = construct::emit(cx);
    let inspectors = reflect::inspectors(cx);
    let interface = dispatch::interface(cx);
    // What holds the user's own code keeps the user's own lints.
    let own = |items: TokenStream, allowed: TokenStream| {
        let style = quote!(#[allow(unused_braces, unused_parens, single_use_lifetimes, clippy::assign_op_pattern,
            clippy::redundant_else, clippy::used_underscore_binding, #allowed)]);
        (!items.is_empty())
            .then(|| quote!(#lint #style impl #params #name #args #clause { #items }))
    };
    let functions = own(functions::emit(cx), TokenStream::new());
    // The interface says what a handler takes and returns, and the run comes on top; a param of
    // its state may be a borrow already.
    let imposed =
        quote!(clippy::unnecessary_wraps, clippy::too_many_arguments, clippy::needless_borrow);
    let handlers = own(handlers::emit(cx), imposed);
    let start = construct::start(cx);
    let transitions = transition::emit(cx);
    let traits = dispatch::traits(cx);
    let default = construct::default_impl(cx);
    quote! {
        #functions
        #handlers
        #features
        #states
        #types
        #events
        #lint
        #[allow(dead_code, deprecated, unreachable_code, unused_variables, single_use_lifetimes, clippy::pedantic, clippy::nursery, clippy::style, clippy::complexity)]
        impl #params #name #args #clause {
            #construct
            #inspectors
            #interface
            #kernel
        }
        #[allow(dead_code, unused_variables, single_use_lifetimes, clippy::pedantic, clippy::nursery, clippy::style, clippy::complexity)]
        impl #params #name #args #clause {
            #start
            #transitions
        }
        #default
        #traits
    }
}

/// Native items, with `@@Name(…)` in them made into calls.
pub fn native(code: &Code, systems: &Systems) -> TokenStream {
    body::outside(code, systems)
}

/// The default of a system's parameter, for those who leave the argument out.
pub fn given(code: &Code, ty: Option<&Type>, systems: &Systems) -> TokenStream {
    body::argument(code, ty, &mut |code| body::outside(code, systems))
}

impl<'p, 'a> Emit<'p, 'a> {
    pub fn new(plan: &'p Plan<'a>, systems: &'p Systems, is_whole: bool) -> Self {
        Emit { plan, systems, names: Names::new(plan.model), is_whole, cache: Cache::default() }
    }
}

impl<'a> Emit<'_, 'a> {
    pub fn vis(&self) -> TokenStream {
        match &self.plan.model.ast.vis {
            Vis::Inherited => self.declaring("pub").into_token_stream(),
            Vis::Private => TokenStream::new(),
            Vis::Written(vis) => vis.clone(),
        }
    }

    /// A keyword of a public type, which rustc shows as declared where the system is.
    pub fn declaring(&self, keyword: &str) -> Ident {
        Ident::new(keyword, names::at(self.plan.model.name_span()))
    }

    /// A system that is public without saying so may well use private types.
    fn default_vis_lint(&self) -> Option<TokenStream> {
        let inherited = matches!(self.plan.model.ast.vis, Vis::Inherited);
        inherited.then(|| quote!(#[allow(private_interfaces, private_bounds)]))
    }

    pub fn has_states(&self) -> bool {
        !self.plan.states.is_empty()
    }

    /// Whether no interface method, action, operation or field has this name.
    pub fn is_free(&self, name: &str) -> bool {
        let model = self.plan.model;
        model.event_ids.get(name).is_none() && model.function_ids.get(name).is_none()
    }

    /// `self` as the user's own code sees it: the span decides that.
    pub fn this(&self, span: Span) -> Ident {
        Ident::new("self", span)
    }

    /// A doc comment, unless the user wrote one.
    pub fn doc_unless(&self, attrs: &Attrs, text: String) -> TokenStream {
        if attrs.rust.iter().any(is_doc) {
            return TokenStream::new();
        }
        let text = format!(" {text}");
        quote!(#[doc = #text])
    }

    /// The variant of a state in the leaf enum.
    pub fn variant(&self, state: StateId) -> Ident {
        names::respanned(self.plan.model.state_name(state), Span::mixed_site())
    }

    /// The variant of a state in the public enum, where users look it up.
    pub fn state_variant(&self, state: StateId) -> Ident {
        let name = self.plan.model.state_name(state);
        names::respanned(name, names::at(name.span()))
    }

    /// A pattern for a leaf that binds nothing.
    pub fn pattern(&self, state: StateId) -> TokenStream {
        let (leaf, variant) = (self.names.leaf(), self.variant(state));
        if self.is_empty(state) { quote!(#leaf::#variant) } else { quote!(#leaf::#variant { .. }) }
    }

    /// Whether the current state is kept and matched by name.
    pub fn names_states(&self) -> bool {
        self.modes().state_id == Id::String
    }

    /// What a dispatch matches to find the current leaf, and the pattern for one.
    pub fn current(&self, this: &Ident) -> TokenStream {
        if self.names_states() { quote!(#this.__name) } else { quote!(#this.__state) }
    }

    pub fn current_pattern(&self, state: StateId) -> TokenStream {
        if self.names_states() {
            let name = unraw(self.plan.model.state_name(state));
            return quote!(#name);
        }
        self.pattern(state)
    }

    /// Whether patterns for `count` leaves leave some out.
    pub fn leaves_some_out(&self, count: usize) -> bool {
        count < self.plan.leaves().count() || self.plan.nowhere || self.names_states()
    }

    pub fn jump_variant(&self, jump: JumpId) -> Ident {
        names::word(&self.plan.jump_names[jump])
    }

    /// Whether the queued transition carries the name of the event that queued it, for
    /// the message of a stack that is empty or full.
    pub fn jump_names_event(&self, jump: JumpId) -> bool {
        let jump = &self.plan.jumps[jump];
        jump.target.is_none() || jump.push && self.plan.model.settings.stack.is_some()
    }

    pub fn events(&self) -> impl Iterator<Item = EventId> + use<> {
        0..self.plan.events.len()
    }
}

fn first_words(attr: &TokenStream) -> Option<(String, Option<TokenStream>)> {
    let bracket = attr.clone().into_iter().nth(1)?;
    let TokenTree::Group(bracket) = bracket else { return None };
    let mut inner = bracket.stream().into_iter();
    let TokenTree::Ident(word) = inner.next()? else { return None };
    let args = match inner.next() {
        Some(TokenTree::Group(group)) => Some(group.stream()),
        _ => None,
    };
    Some((word.to_string(), args))
}

fn is_doc(attr: &TokenStream) -> bool {
    first_words(attr).is_some_and(|(word, _)| word == "doc")
}

fn inline(inline: Inline) -> TokenStream {
    match inline {
        Inline::Auto => quote!(#[inline]),
        Inline::Always => quote!(#[inline(always)]),
        Inline::Never => quote!(#[inline(never)]),
    }
}

/// Whether the user decides with it if a function is inlined.
fn is_inline(attr: &TokenStream) -> bool {
    const WORDS: [&str; 2] = ["inline", "cold"];
    first_words(attr).is_some_and(|(word, args)| match (word.as_str(), args) {
        ("cfg_attr", Some(args)) => WORDS.iter().any(|word| walk::mentions_any(&args, word)),
        (word, _) => WORDS.contains(&word),
    })
}
