//! Out of the enum of replies: by the event, always, and by the type of the value where no two
//! events could return one type under two names.

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, Span, TokenStream};

use super::Emit;
use crate::ast::Type;
use crate::emit::distinct::are_distinct;
use crate::gather::Gather;
use crate::model::{EventId, unraw};
use crate::quote::quote;

/// A variant of the enum of replies, and what it holds.
pub struct Reply<'a> {
    pub event: EventId,
    pub variant: Ident,
    pub ty: &'a Type,
}

pub fn conversions(cx: &Emit, name: &Ident, generics: &Generics, replies: &[Reply]) -> TokenStream {
    let (params, args, clause) = generics.split_for_impl();
    let accessors = replies.iter().map(|reply| accessor(cx, name, reply));
    let by_type: TokenStream = match generics.params.is_empty() {
        true => by_type(replies).iter().map(|alike| try_from(name, alike)).joined(),
        false => TokenStream::new(),
    };
    let any = !replies.is_empty();
    let accessors = any.then(|| {
        quote! {
            #[allow(clippy::result_large_err)]
            impl #params #name #args #clause { #(#accessors)* }
        }
    });
    quote!(#accessors #by_type)
}

/// `into_tune`: what `tune` returned.
fn accessor(cx: &Emit, name: &Ident, reply: &Reply) -> TokenStream {
    let event = unraw(cx.plan.model.events[reply.event].name);
    let into = Ident::new(&format!("into_{event}"), Span::call_site());
    let (variant, ty) = (&reply.variant, reply.ty);
    let doc = format!(" What `{event}` returned.");
    let errors = "# Errors";
    let error = " The reply itself, when it is another event's.";
    quote! {
        #[doc = #doc]
        #[doc = ""]
        #[doc = #errors]
        #[doc = ""]
        #[doc = #error]
        pub fn #into(self) -> ::core::result::Result<#ty, Self> {
            match self {
                #name::#variant(value) => ::core::result::Result::Ok(value),
                #[allow(unreachable_patterns)]
                other => ::core::result::Result::Err(other),
            }
        }
    }
}

/// The replies of each type that no other of them can be the same as under another name.
fn by_type<'r, 'a>(replies: &'r [Reply<'a>]) -> Vec<Vec<&'r Reply<'a>>> {
    let mut found: Vec<Vec<&Reply>> = Vec::new();
    for reply in replies {
        match found.iter_mut().find(|alike| alike[0].ty.same(reply.ty)) {
            Some(alike) => alike.push(reply),
            None => found.push(vec![reply]),
        }
    }
    let tokens = |at: usize| &found[at][0].ty.tokens;
    let others = |at: usize| (0..found.len()).filter(move |other| *other != at);
    let alone = |at: usize| others(at).all(|other| are_distinct(tokens(at), tokens(other)));
    let alone = (0..found.len()).map(alone).listed();
    found.into_iter().zip(alone).filter(|(_, alone)| *alone).map(|(alike, _)| alike).listed()
}

fn try_from(name: &Ident, alike: &[&Reply]) -> TokenStream {
    let ty = alike[0].ty;
    let variants = alike.iter().map(|reply| {
        let variant = &reply.variant;
        quote!(#name::#variant(value))
    });
    quote! {
        impl ::core::convert::TryFrom<#name> for #ty {
            type Error = #name;
            fn try_from(reply: #name) -> ::core::result::Result<Self, #name> {
                match reply {
                    #(#variants)|* => ::core::result::Result::Ok(value),
                    #[allow(unreachable_patterns)]
                    other => ::core::result::Result::Err(other),
                }
            }
        }
    }
}
