//! `new`, `uninitialized`, the constructor a system names itself, and `Default`.

use proc_macro2::{Ident, TokenStream};

use super::Emit;
use super::body::{Body, Owner};
use super::making::{arg_name, arg_types, making};
use super::names::{at, own};
use super::transition::enter_start;
use crate::ast::{Field, ParamKind, SystemParam};
use crate::gather::Gather;
use crate::model::{Param, unraw};
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;
use crate::walk;

pub fn emit(cx: &Emit) -> TokenStream {
    let ast = cx.plan.model.ast;
    let name = unraw(&ast.name);
    let params: Vec<TokenStream> = ast.params.iter().filter_map(param).listed();
    let args: Vec<&Ident> = ast.params.iter().map(|param| &param.param.name).listed();
    let doc = match cx.has_states() {
        true => format!(
            " Makes a `{name}` in its first state, `${}`, whose `$>` has run.",
            unraw(cx.plan.model.state_name(0))
        ),
        false => format!(" Makes a `{name}`."),
    };
    let new = new(cx);
    let create = cx.plan.model.settings.create.as_ref().map(|create| {
        let doc = format!(" Makes a `{name}`, as [`Self::new`] does.");
        quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #create(#(#params),*) -> Self { Self::new(#(#args),*) }
        }
    });
    let uninitialized = uninitialized(cx);
    let constructor = Ident::new("new", at(ast.name.span()));
    if ast.misread {
        return unknown(cx);
    }
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn #constructor(#(#params),*) -> Self { #new }
        #uninitialized
        #create
    }
}

/// The constructors of a system whose parameters are not known, to be called with any.
fn unknown(cx: &Emit) -> TokenStream {
    let (ty, mistake) = (cx.names.mistake(), cx.mistake(cx.plan.model.name_span()));
    let names = ["new", "default", "uninitialized"].map(own);
    let names = names.iter().chain(&cx.plan.model.settings.create);
    let constants = names.map(|name| {
        quote!(#[allow(missing_docs, non_upper_case_globals)] pub const #name: #ty = #mistake;)
    });
    constants.joined()
}

fn param(param: &SystemParam) -> Option<TokenStream> {
    let param = &param.param;
    let (mutable, name, ty) = (&param.mutable, &param.name, param.ty.as_ref()?);
    Some(quote!(#mutable #name: #ty))
}

/// Fields and start compartment, then `$>` of the start state with what it queues.
fn new(cx: &Emit) -> TokenStream {
    let literal = literal(cx, start_args(cx));
    let enters = cx.has_states() && cx.plan.states[0].enter.is_some();
    if !enters && !cx.plan.start_reads_self {
        return literal;
    }
    let this = own("machine");
    let make = cx.plan.start_reads_self.then(|| make_start(cx, &this));
    let enter = enters.then(|| {
        let args = enter_args(cx, ToTokens::to_token_stream);
        quote!(#this.__start(#(#args),*);)
    });
    quote!(let mut #this = #literal; #make #enter #this)
}

/// `__start`: the first run, which no event began.
pub fn start(cx: &Emit) -> TokenStream {
    if !cx.has_states() || cx.plan.states[0].enter.is_none() {
        return TokenStream::new();
    }
    let this = cx.this(cx.plan.model.name_span());
    let declared = &cx.plan.states[0].enter_args;
    let names: Vec<Ident> = (0..declared.len()).map(|at| own(&format!("enter_arg_{at}"))).listed();
    let types = cx.enter_types(0);
    let handler = cx.plan.states[0].enter.expect("checked above");
    let taken = cx.plan.args[handler].iter().enumerate();
    let args: Vec<TokenStream> = taken
        .map(|(at, to)| match names.get(at) {
            Some(name) => name.to_token_stream(),
            None => cx.missing(&to.param, to.optional),
        })
        .listed();
    let call = enter_start(cx, handler, &args);
    let (run, record) = (own("run"), cx.names.run());
    let uses_run = cx.plan.handlers[handler].run;
    let init = uses_run.then(|| quote!(let #run = &mut #record::new();));
    let settle = (uses_run && cx.needs_settle()).then(|| {
        let settle = cx.names.settle(None);
        let to = own("to");
        quote!(if let ::core::option::Option::Some(#to) = #run.next.take() { #this.#settle(#run, #to); })
    });
    quote! {
        #[inline]
        fn __start(&mut #this, #(#names: #types),*) { #init #call #settle }
    }
}

fn make_start(cx: &Emit, this: &Ident) -> TokenStream {
    let maker = cx.names.make(0);
    let args = start_args(cx);
    let saved = saved(cx);
    quote!(#this.__state = #this.#maker(#(#args,)* #saved);)
}

/// The struct literal: fields in order, then the start compartment.
fn literal(cx: &Emit, start_args: Vec<TokenStream>) -> TokenStream {
    let ast = cx.plan.model.ast;
    let fields = ast.fields.iter().map(|field| {
        let (name, value) = (&field.name, field_value(cx, field));
        quote!(#name: #value,)
    });
    let state = cx.has_states().then(|| {
        let leaf = cx.names.leaf();
        let value = if cx.plan.start_reads_self {
            quote!(#leaf::__Nowhere)
        } else if cx.is_empty(0) {
            let variant = cx.variant(0);
            quote!(#leaf::#variant)
        } else {
            let names: Vec<Ident> = (0..start_args.len()).map(arg_name).listed();
            let types = arg_types(cx, 0);
            let made = making(cx, 0, &names, saved(cx));
            quote!({ #(let #names: #types = #start_args;)* #made })
        };
        quote!(__state: #value,)
    });
    let stack = cx.plan.stack.then(|| match cx.plan.model.settings.stack {
        Some(_) => quote!(__stack: #RUNTIME::BoundedStack::new(),),
        None => quote!(__stack: #RUNTIME::GrowingStack::new(),),
    });
    let named = (cx.has_states() && cx.names_states()).then(|| {
        let name = unraw(cx.plan.model.state_name(0));
        quote!(__name: #name,)
    });
    let events = cx
        .modes()
        .has_event_objects()
        .then(|| quote!(__events: ::core::default::Default::default(),));
    let unused = cx.phantom_type().map(|_| quote!(__unused: ::core::marker::PhantomData,));
    quote!(Self { #(#fields)* #state #named #stack #events #unused })
}

/// The enter args the start state keeps for a later `-> pop$`.
fn saved(cx: &Emit) -> Option<TokenStream> {
    cx.plan.states[0].storage.saves_enter.then(|| {
        let args = enter_args(cx, |name| quote!(::core::clone::Clone::clone(&#name)));
        quote!((#(#args,)*))
    })
}

/// A domain parameter of the field's name wins over an initialiser that does not use it.
fn field_value(cx: &Emit, field: &Field) -> TokenStream {
    let ast = cx.plan.model.ast;
    let domain = ast.params.iter().filter(|param| param.kind == ParamKind::Domain);
    let same = domain.map(|param| &param.param.name).find(|name| **name == field.name);
    let text = field.name.to_string();
    match (&field.init, same) {
        (Some(init), Some(name)) if !walk::code_mentions(init, &text) => name.to_token_stream(),
        (Some(init), _) => {
            let mut body = Body::new(cx, Owner::Early, cx.this(field.name.span()));
            match init.as_slice() {
                [crate::ast::Piece::Token(token)]
                    if Some(token.to_string()) == same.map(ToString::to_string) =>
                {
                    token.to_token_stream()
                }
                _ => body.value(init, Some(&field.ty)),
            }
        }
        (None, Some(name)) => name.to_token_stream(),
        (None, None) => {
            let ty = &field.ty;
            quote!(<#ty as ::core::default::Default>::default())
        }
    }
}

fn start_args(cx: &Emit) -> Vec<TokenStream> {
    let declared = cx.plan.states.first().map(|state| state.state_args.as_slice());
    let declared = declared.unwrap_or_default().iter().enumerate();
    let declared = declared.map(|(at, param)| (param, cx.plan.states[0].own_defaults[at]));
    positional(cx, ParamKind::State, declared, ToTokens::to_token_stream)
}

fn enter_args(cx: &Emit, value: impl Fn(&Ident) -> TokenStream) -> Vec<TokenStream> {
    let declared = cx.plan.states.first().map(|state| state.enter_args.as_slice());
    let declared = declared.unwrap_or_default().iter().enumerate();
    let passed = if cx.has_states() { cx.plan.enter_passed(0) } else { &[] };
    let declared =
        declared.map(|(at, param)| (param, passed.get(at).is_some_and(|passed| passed.optional)));
    positional(cx, ParamKind::Enter, declared, value)
}

/// The system's parameters of one kind, by position, then what is missing.
fn positional<'d, 'a: 'd>(
    cx: &Emit,
    kind: ParamKind,
    declared: impl Iterator<Item = (&'d Param<'a>, bool)>,
    value: impl Fn(&Ident) -> TokenStream,
) -> Vec<TokenStream> {
    let given = cx.plan.model.ast.params.iter().filter(|param| param.kind == kind);
    let mut given = given.map(|param| &param.param);
    declared
        .map(|(param, optional)| match given.next() {
            Some(given) if cx.is_whole || given.is(param.ty) => {
                cx.passed(&value(&given.name), false, param, optional)
            }
            Some(given) => cx.mistake(given.name.span()),
            None => cx.missing(param, optional),
        })
        .listed()
}

/// `@@!Name()`: no `$>`, the args default. Only where it is asked for, or where every
/// parameter declares a default, because it needs `Default` of the types of the others.
fn uninitialized(cx: &Emit) -> TokenStream {
    let ast = cx.plan.model.ast;
    let wanted = cx.systems.uninitialized.contains(&unraw(&ast.name));
    if !wanted && defaults(cx).is_none() {
        return TokenStream::new();
    }
    let defaults = ast.params.iter().map(|param| match &param.param.default {
        Some(default) => {
            let mut body = Body::new(cx, Owner::Early, cx.this(param.param.name.span()));
            body.value(default, param.param.ty.as_ref())
        }
        None => quote!(::core::default::Default::default()),
    });
    let doc =
        format!(" A `{}` that has not entered its first state.", unraw(&cx.plan.model.ast.name));
    let names = cx.plan.model.ast.params.iter().map(|param| &param.param.name);
    let types = cx.plan.model.ast.params.iter().map(|param| &param.param.ty);
    let this = own("machine");
    let literal = literal(cx, start_args(cx));
    let make = cx.plan.start_reads_self.then(|| make_start(cx, &this));
    let made = match make {
        Some(make) => quote!(let mut #this = #literal; #make #this),
        None => literal,
    };
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn uninitialized() -> Self {
            #(let #names: #types = #defaults;)*
            #made
        }
    }
}

/// The defaults of all system parameters, when each has one.
fn defaults(cx: &Emit) -> Option<Vec<TokenStream>> {
    cx.plan
        .model
        .ast
        .params
        .iter()
        .map(|param| {
            let default = param.param.default.as_ref()?;
            let mut body = Body::new(cx, Owner::Early, cx.this(param.param.name.span()));
            Some(body.value(default, param.param.ty.as_ref()))
        })
        .collect()
}

pub fn default_impl(cx: &Emit) -> TokenStream {
    let defaults = defaults(cx).filter(|_| !cx.plan.model.ast.misread);
    let Some(defaults) = defaults else { return TokenStream::new() };
    let name = &cx.plan.model.ast.name;
    let (params, args, clause) = cx.plan.model.ast.generics.split_for_impl();
    quote! {
        #[allow(single_use_lifetimes)]
        impl #params ::core::default::Default for #name #args #clause {
            #[inline]
            fn default() -> Self { Self::new(#(#defaults),*) }
        }
    }
}
