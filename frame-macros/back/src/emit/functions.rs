//! Actions and operations: ordinary functions, and for those that call back into the
//! machine the form that handlers call, which hands the run on.

use proc_macro2::TokenStream;

use super::body::{Body, Owner};
use super::names::own;
use super::{Emit, generics};
use crate::gather::Gather;
use crate::model::{Function, FunctionId, unraw};
use crate::quote::{ToTokens, quote};

pub fn emit(cx: &Emit) -> TokenStream {
    (0..cx.plan.functions.len()).map(|id| function(cx, id)).joined()
}

fn function(cx: &Emit, id: FunctionId) -> TokenStream {
    let function = &cx.plan.model.functions[id];
    let ast = function.ast;
    let stray = ast.stray.then(|| own(&format!("__stray_{id}")));
    let name = stray.as_ref().unwrap_or(&ast.name);
    let this = cx.this(crate::walk::self_span(&ast.body));
    let (vis, doc) = match function.operation {
        true => {
            (quote!(pub), cx.doc_unless(&ast.attrs, format!("The operation `{}`.", unraw(name))))
        }
        false => (TokenStream::new(), TokenStream::new()),
    };
    let inline = inline(cx, function);
    let attrs = ast.attrs.rust.iter().filter(|attr| !super::is_inline(attr));
    let attrs = quote!(#(#attrs)* #inline);
    let receiver = match (ast.is_static.is_some(), ast.query) {
        (true, _) => TokenStream::new(),
        (_, true) => quote!(&#this,),
        (_, false) => quote!(&mut #this,),
    };
    let (own_generics, _, clause) = ast.generics.split_for_impl();
    let params: Vec<TokenStream> = function
        .params
        .iter()
        .map(|param| {
            let (mutable, name, ty) = (param.mutable, param.name, param.ty);
            quote!(#mutable #name: #ty)
        })
        .listed();
    let ret = ast.ret.as_ref().map(|ty| quote!(-> #ty));
    let body = Body::new(cx, Owner::Function(id), this.clone()).whole(&ast.body);
    let dead = function.operation.then(|| quote!(#[allow(dead_code)]));
    if !cx.plan.functions[id].moving || ast.is_static.is_some() {
        return quote!(#doc #attrs #dead #vis fn #name #own_generics (#receiver #(#params),*) #ret #clause { #body });
    }
    let within = cx.names.function_within(name);
    let inner_generics = generics::list(cx.event_lifetime().into_iter(), Some(&ast.generics));
    let (run, run_name, run_type) = (own("run"), cx.names.run(), cx.run_type());
    let args = function.params.iter().map(|param| param.name.to_token_stream());
    let plain = function.params.iter().map(|param| {
        let (name, ty) = (param.name, param.ty);
        quote!(#name: #ty)
    });
    quote! {
        #doc #attrs #[allow(dead_code)]
        #vis fn #name #own_generics (#receiver #(#plain),*) #ret #clause {
            #this.#within(&mut #run_name::new(), #(#args),*)
        }

        #inline
        #[allow(clippy::too_many_arguments)]
        fn #within #inner_generics (#receiver #run: &mut #run_type, #(#params),*) #ret #clause { #body }
    }
}

/// The user's own word on it, or else ours. The form that handlers call needs it as well: they
/// call it from the codegen unit that the system is used in.
fn inline(cx: &Emit, function: &Function) -> TokenStream {
    let written: Vec<&TokenStream> =
        function.ast.attrs.rust.iter().filter(|attr| super::is_inline(attr)).listed();
    match written.is_empty() {
        true => super::inline(function.inline(cx.plan.model)),
        false => quote!(#(#written)*),
    }
}
