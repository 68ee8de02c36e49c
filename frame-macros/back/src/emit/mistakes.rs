//! What an expansion holds beside errors, so that nothing follows from them.
//!
//! The compiler stays silent about whatever is done with a type that is an error already.
//! A macro has one way to such a type on a stable compiler: `compile_error!` is an
//! expression that is an error, an array of that length is a type that holds one, and what
//! a trait says of that type is one itself.

use proc_macro2::{Ident, Span, TokenStream};

use super::Emit;
use super::names::{at, member};
use crate::model::StateId;
use crate::quote::{quote, quote_spanned};
use crate::runtime::RUNTIME;

/// The items that tell an error, given as an expression, and use it for what is unknown.
pub fn told_by(cx: &Emit, error: &TokenStream) -> TokenStream {
    let (mistake, vis, states) = (cx.names.mistake(), cx.vis(), cx.names.state_enum());
    let members = cx.plan.model.mistakes.members.then(|| system(cx));
    let variables = cx.plan.model.mistakes.variables.iter();
    let variables = variables.map(|state| variables_of(cx, state));
    let targets = targets(cx);
    let states = (!cx.has_states())
        .then(|| quote!(#[allow(missing_docs, dead_code)] #vis type #states = #mistake;));
    quote! {
        #[allow(non_camel_case_types, dead_code)]
        type #mistake = <[(); #error] as ::core::ops::Deref>::Target;
        #[allow(unused_imports)]
        use #RUNTIME::Unfinished as _;
        #states
        #targets
        #members
        #(#variables)*
    }
}

/// The states as fields of something, so that an editor completes the target of a transition.
fn targets(cx: &Emit) -> TokenStream {
    let (mistake, targets) = (cx.names.mistake(), cx.names.targets());
    let states = (0..cx.plan.states.len()).map(|state| {
        let state = cx.state_variant(state);
        quote!(#state: #mistake)
    });
    let deref = deref(cx, TokenStream::new(), quote!(#targets), TokenStream::new());
    quote! {
        #[allow(non_camel_case_types, non_snake_case, dead_code)]
        struct #targets { #(#states),* }
        #[allow(non_snake_case, dead_code)]
        fn #targets() -> &'static #targets { loop {} }
        #deref
    }
}

/// `lamp.tunr_on()` where `turn_on` could not be read: what is not found in the system is
/// looked for in what it derefs to, and that is an error.
fn system(cx: &Emit) -> TokenStream {
    let (name, generics) = (&cx.plan.model.ast.name, &cx.plan.model.ast.generics);
    let (params, args, clause) = generics.split_for_impl();
    deref(cx, quote!(#params), quote!(#name #args), quote!(#clause))
}

/// The variables of a state as fields of something, likewise.
fn variables_of(cx: &Emit, state: StateId) -> TokenStream {
    let (mistake, variables) = (cx.names.mistake(), cx.names.variables(state));
    let fields = cx.plan.states[state].storage.vars.iter().map(|var| {
        let name = &var.name;
        quote!(#name: #mistake)
    });
    let deref = deref(cx, TokenStream::new(), quote!(#variables), TokenStream::new());
    quote! {
        #[allow(non_camel_case_types, dead_code)]
        struct #variables { #(#fields),* }
        #[allow(non_snake_case, dead_code)]
        fn #variables() -> &'static mut #variables { loop {} }
        #deref
    }
}

fn deref(cx: &Emit, params: TokenStream, ty: TokenStream, clause: TokenStream) -> TokenStream {
    let mistake = cx.names.mistake();
    quote! {
        #RUNTIME::beside_errors! {
            impl #params ::core::ops::Deref for #ty #clause {
                type Target = #mistake;
                fn deref(&self) -> &#mistake { loop {} }
            }
        }
    }
}

impl Emit<'_, '_> {
    /// An expression that fits everywhere, in place of a mistake.
    pub fn mistake(&self, span: Span) -> TokenStream {
        let mut mistake = self.names.mistake();
        mistake.set_span(at(span));
        quote_spanned!(at(span)=> *#mistake::made()) // a place, so that it can be assigned to
    }

    /// The same for the target of a transition.
    pub fn mistaken_state(&self, name: &Ident) -> TokenStream {
        let mut targets = self.names.targets();
        targets.set_span(at(name.span()));
        let name = member(name);
        quote_spanned!(at(name.span())=> #targets().#name)
    }
}
