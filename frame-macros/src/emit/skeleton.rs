//! What is emitted beside errors: the whole API with bodies that never run, so that the
//! rest of the user's crate is checked as if the system were whole. What stands twice is
//! emitted once, so that the compiler does not tell it again.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ast::{Field, Function, SystemParam, Vis};
use crate::model::{Event, Model, Param, unraw};

pub fn system(model: &Model) -> TokenStream {
    let ast = model.ast;
    let name = &ast.name;
    let vis = vis(model);
    let (params, args, clause) = ast.generics.split_for_impl();
    let generics = &ast.generics;
    let fields = once(&ast.fields, |field| &field.name).map(field);
    let phantom = phantom(generics);
    let states = state_enum(model);
    let methods = methods(model);
    let default = ast.params.iter().all(|param| param.param.default.is_some()).then(|| {
        quote! {
            impl #params ::core::default::Default for #name #args #clause {
                fn default() -> Self { ::core::todo!() }
            }
        }
    });
    let derives =
        ast.attrs.rust.iter().filter(|attr| super::is_derive(attr)).map(super::without_default);
    let traits = traits(model);
    quote! {
        #[allow(missing_docs, dead_code)]
        #(#derives)*
        #vis struct #name #generics #clause { #(#fields)* #phantom }
        #states
        #[allow(missing_docs, dead_code, unused_variables, private_interfaces, private_bounds, clippy::all)]
        impl #params #name #args #clause { #methods }
        #default
        #traits
    }
}

fn vis(model: &Model) -> TokenStream {
    match &model.ast.vis {
        Vis::Inherited => quote!(pub),
        Vis::Private => TokenStream::new(),
        Vis::Written(vis) => vis.clone(),
    }
}

/// The items of different names, the first of each.
fn once<T>(items: &[T], name: impl Fn(&T) -> &Ident) -> impl Iterator<Item = &T> {
    let mut seen = BTreeSet::new();
    items.iter().filter(move |item| seen.insert(unraw(name(item))))
}

fn states_name(model: &Model) -> Ident {
    Ident::new(&format!("{}State", unraw(&model.ast.name)), Span::mixed_site())
}

fn state_enum(model: &Model) -> Option<TokenStream> {
    let (vis, name) = (vis(model), states_name(model));
    let variants = model.states.iter().map(|state| {
        let name = &state.ast.name;
        Ident::new(&name.to_string(), Span::mixed_site().located_at(name.span()))
    });
    (!model.states.is_empty()).then(|| {
        quote! {
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[allow(missing_docs, dead_code)]
            #vis enum #name { #(#variants,)* }
        }
    })
}

/// Constructors, inspectors, interface, actions and operations.
fn methods(model: &Model) -> TokenStream {
    let events: Vec<&Event> = model.events.iter().collect();
    let mut taken: BTreeSet<String> = events.iter().map(|event| unraw(event.name)).collect();
    let events = events.into_iter().map(|event| method(event, true));
    let functions = model.functions.iter().filter(|f| taken.insert(unraw(&f.ast.name)));
    let functions: TokenStream =
        functions.map(|f| function(f.ast, &f.params, f.operation)).collect();
    let params: Vec<_> =
        once(&model.ast.params, |param| &param.param.name).filter_map(system_param).collect();
    let states_name = states_name(model);
    let mut free = |name: &Ident| taken.insert(unraw(name));
    let mut made = |name: &str, receiver: TokenStream, ret: TokenStream| {
        let name = Ident::new(name, Span::mixed_site());
        free(&name).then(|| quote!(pub fn #name(#receiver) -> #ret { ::core::todo!() }))
    };
    let new = made("new", quote!(#(#params),*), quote!(Self));
    let uninitialized = made("uninitialized", TokenStream::new(), quote!(Self));
    let state = (!model.states.is_empty())
        .then(|| made("state", quote!(&self), quote!(#states_name)))
        .flatten();
    let state_name = made("state_name", quote!(&self), quote!(&'static str));
    let create = model.settings.create.as_ref().filter(|name| taken.insert(unraw(name)));
    let create = create.map(|name| quote!(pub fn #name(#(#params),*) -> Self { ::core::todo!() }));
    quote!(#new #uninitialized #create #state #state_name #(#events)* #functions)
}

fn field(field: &Field) -> TokenStream {
    let (name, ty) = (&field.name, &field.ty);
    let vis = match &field.vis {
        Vis::Written(vis) => vis.clone(),
        Vis::Inherited | Vis::Private => TokenStream::new(),
    };
    quote!(#vis #name: #ty,)
}

/// Uses the generics that no field mentions.
fn phantom(generics: &syn::Generics) -> Option<TokenStream> {
    if generics.params.is_empty() {
        return None;
    }
    let lifetimes = generics.lifetimes().map(|param| {
        let lifetime = &param.lifetime;
        quote!(&#lifetime ())
    });
    let types = generics.type_params().map(|param| param.ident.to_token_stream());
    let used = lifetimes.chain(types);
    Some(quote!(__phantom: ::core::marker::PhantomData<(#(#used,)*)>,))
}

fn system_param(param: &SystemParam) -> Option<TokenStream> {
    let (name, ty) = (&param.param.name, param.param.ty.as_ref()?);
    Some(quote!(#name: #ty))
}

fn params(params: &[Param]) -> Vec<TokenStream> {
    once(params, |param| param.name)
        .map(|param| {
            let (name, ty) = (param.name, param.ty);
            quote!(#name: #ty)
        })
        .collect()
}

fn method(event: &Event, inherent: bool) -> TokenStream {
    let (name, params) = (event.name, params(&event.params));
    let this = Ident::new("self", name.span());
    let receiver = if event.query { quote!(&#this) } else { quote!(&mut #this) };
    let generics = event.generics.map(|generics| generics.split_for_impl().0.to_token_stream());
    let clause = event.generics.and_then(|generics| generics.where_clause.as_ref());
    let ret = event.ret.map(|ty| quote!(-> #ty));
    let vis = inherent.then(|| quote!(pub));
    quote!(#vis fn #name #generics (#receiver, #(#params),*) #ret #clause { ::core::todo!() })
}

fn function(ast: &Function, typed: &[Param], operation: bool) -> TokenStream {
    let (name, params) = (&ast.name, params(typed));
    let this = Ident::new("self", name.span());
    let receiver = match (ast.is_static.is_some(), ast.query) {
        (true, _) => TokenStream::new(),
        (_, true) => quote!(&#this,),
        (_, false) => quote!(&mut #this,),
    };
    let vis = operation.then(|| quote!(pub));
    let (generics, clause) = (ast.generics.split_for_impl().0, &ast.generics.where_clause);
    let ret = ast.ret.as_ref().map(|ty| quote!(-> #ty));
    quote!(#vis fn #name #generics (#receiver #(#params),*) #ret #clause { ::core::todo!() })
}

/// `impl Trait for System`, with the methods that belong to it.
fn traits(model: &Model) -> TokenStream {
    let name = &model.ast.name;
    let (params, args, clause) = model.ast.generics.split_for_impl();
    let marked = model.events.iter().any(|event| event.of.is_some());
    let impls = model.ast.traits.iter().map(|path| {
        let last = path.segments.last().map(|segment| segment.ident.to_string());
        let belongs = |event: &&Event| match &event.of {
            Some(of) => of.to_string().split(' ').next_back().map(str::to_owned) == last,
            None => !marked && model.ast.traits.len() == 1,
        };
        let methods = model.events.iter().filter(belongs).map(|event| method(event, false));
        quote! {
            #[allow(unused_variables)]
            impl #params #path for #name #args #clause { #(#methods)* }
        }
    });
    impls.collect()
}
