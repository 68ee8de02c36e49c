//! The public enum of states, `state()` and `state_name()`.

use proc_macro2::TokenStream;

use super::Emit;
use crate::model::unraw;
use crate::quote::quote;

/// `<Name>State`, a fieldless variant for every state.
pub fn state_enum(cx: &Emit) -> TokenStream {
    if !cx.has_states() {
        return TokenStream::new();
    }
    let model = cx.plan.model;
    let (states, vis, keyword) = (cx.names.state_enum(), cx.vis(), cx.declaring("enum"));
    let doc = format!(" The states of [`{}`].", unraw(&model.ast.name));
    let variants = (0..model.states.len()).map(|state| {
        let name = cx.state_variant(state);
        let attrs = &model.states[state].ast.attrs;
        let docs = attrs.rust.iter().filter(|attr| super::is_doc(attr));
        let doc = cx.doc_unless(attrs, format!("The state `${}`.", unraw(model.state_name(state))));
        quote!(#doc #(#docs)* #name,)
    });
    let names = (0..model.states.len()).map(|state| {
        let (name, text) = (cx.state_variant(state), unraw(model.state_name(state)));
        quote!(Self::#name => #text,)
    });
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(clippy::enum_variant_names, dead_code)]
        #vis #keyword #states { #(#variants)* }

        #[allow(dead_code)]
        impl #states {
            /// The state's name as the system writes it, without the `$`.
            #[must_use]
            #[inline]
            pub fn name(self) -> &'static str {
                match self { #(#names)* }
            }
        }
    }
}

/// The two inspectors, each unless the interface has a method of its name.
pub fn inspectors(cx: &Emit) -> TokenStream {
    if !cx.has_states() {
        return TokenStream::new();
    }
    let states = cx.names.state_enum();
    let state = cx.is_free("state").then(|| {
        quote! {
            /// The state the machine is in.
            #[must_use]
            #[inline]
            pub fn state(&self) -> #states {
                self.__state.state()
            }
        }
    });
    let name = cx.is_free("state_name").then(|| {
        quote! {
            /// The name of the state the machine is in.
            #[must_use]
            #[inline]
            pub fn state_name(&self) -> &'static str {
                self.__state.state().name()
            }
        }
    });
    quote!(#state #name)
}
