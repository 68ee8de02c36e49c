//! Warnings, which a macro cannot raise itself: a constant is declared deprecated with the
//! text, and used where the user wrote what is meant.

use proc_macro2::{Ident, TokenStream};

use crate::diag::Warning;
use crate::gather::Gather;
use crate::quote::{quote, quote_spanned};

/// `const _: () = { #[deprecated(note = "…")] const W414: () = (); W414 };`
pub fn warnings(warnings: &[Warning]) -> TokenStream {
    warnings.iter().map(warning).joined()
}

fn warning(warning: &Warning) -> TokenStream {
    let note = &warning.text;
    let used = Ident::new(warning.code.0, warning.span);
    let declared = Ident::new(warning.code.0, proc_macro2::Span::call_site());
    let used = quote_spanned!(warning.span=> #used);
    quote! {
        const _: () = {
            #[deprecated(note = #note)]
            const #declared: () = ();
            #used
        };
    }
}
