//! What the compiler is to say of the predicates in `#[cfg(…)]`.

use proc_macro2::TokenStream;

use crate::gather::Gather;
use crate::quote::quote;

/// The same call of the macro twice, once for each value of the predicate, which goes behind what
/// stood before the input.
pub fn branch(
    krate: &TokenStream,
    head: &TokenStream,
    predicate: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    quote! {
        #[cfg(#predicate)]
        #krate::__private::frame_system! { (#head; (#predicate) = true) #body }
        #[cfg(not(#predicate))]
        #krate::__private::frame_system! { (#head; (#predicate) = false) #body }
    }
}

/// Has the compiler tell of predicates that are none.
pub fn misspelt(predicates: &[TokenStream]) -> TokenStream {
    let told = |predicate: &TokenStream| {
        quote! {
            #[cfg(#predicate)]
            const _: () = ();
        }
    };
    predicates.iter().map(told).joined()
}
