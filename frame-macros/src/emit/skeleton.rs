//! What is emitted beside errors: the whole API with bodies that never run, so that the
//! rest of the user's crate is checked as if the system were whole.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::ast::{Field, Function, SystemParam, Vis};
use crate::model::{Event, Model, Param, unraw};

pub fn system(model: &Model) -> TokenStream {
    let ast = model.ast;
    let name = &ast.name;
    let vis = match &ast.vis {
        Vis::Inherited => quote!(pub),
        Vis::Private => TokenStream::new(),
        Vis::Written(vis) => vis.clone(),
    };
    let (params, args, clause) = ast.generics.split_for_impl();
    let generics = &ast.generics;
    let fields = ast.fields.iter().map(field);
    let phantom = phantom(&ast.generics);
    let states_name = Ident::new(&format!("{}State", unraw(name)), Span::mixed_site());
    let variants: Vec<Ident> = model
        .states
        .iter()
        .map(|state| Ident::new(&unraw(&state.ast.name), Span::mixed_site()))
        .collect();
    let states = (!variants.is_empty()).then(|| {
        quote! {
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            #[allow(missing_docs, dead_code)]
            #vis enum #states_name { #(#variants,)* }
        }
    });
    let free =
        |name: &str| !model.event_ids.contains_key(name) && !model.function_ids.contains_key(name);
    let state = (!variants.is_empty() && free("state"))
        .then(|| quote!(pub fn state(&self) -> #states_name { ::core::todo!() }));
    let state_name = free("state_name").then(|| {
        quote!(
            pub fn state_name(&self) -> &'static str {
                ::core::todo!()
            }
        )
    });
    let new_params = ast.params.iter().filter_map(system_param);
    let methods = model.events.iter().map(method);
    let functions = model.functions.iter().map(|f| function(f.ast, &f.params, f.operation));
    let derives =
        ast.attrs.rust.iter().filter(|attr| super::is_derive(attr)).map(super::without_default);
    let default = ast.params.iter().all(|param| param.param.default.is_some()).then(|| {
        quote! {
            impl #params ::core::default::Default for #name #args #clause {
                fn default() -> Self { ::core::todo!() }
            }
        }
    });
    quote! {
        #[allow(missing_docs, dead_code)]
        #(#derives)*
        #vis struct #name #generics #clause { #(#fields)* #phantom }
        #states
        #[allow(missing_docs, dead_code, unused_variables, clippy::all)]
        impl #params #name #args #clause {
            pub fn new(#(#new_params),*) -> Self { ::core::todo!() }
            pub fn uninitialized() -> Self { ::core::todo!() }
            #state
            #state_name
            #(#methods)*
            #(#functions)*
        }
        #default
    }
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
    params
        .iter()
        .map(|param| {
            let (name, ty) = (param.name, param.ty);
            quote!(#name: #ty)
        })
        .collect()
}

fn method(event: &Event) -> TokenStream {
    let (name, params) = (event.name, params(&event.params));
    let this = Ident::new("self", name.span());
    let receiver = if event.query { quote!(&#this) } else { quote!(&mut #this) };
    let generics = event.generics.map(|generics| generics.split_for_impl().0.to_token_stream());
    let clause = event.generics.and_then(|generics| generics.where_clause.as_ref());
    let ret = event.ret.map(|ty| quote!(-> #ty));
    quote!(pub fn #name #generics (#receiver, #(#params),*) #ret #clause { ::core::todo!() })
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
