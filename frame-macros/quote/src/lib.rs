//! `quote!` and `quote_spanned!` of the crate `quote`, compiled to less: a template becomes one
//! text, which is read whenever it is used, and the list of what its holes hold. Everyone who
//! uses the macro compiles its templates: as a call for each token they were a quarter of what
//! compiling the back end takes, and all of the crate `quote` came on top.
//!
//! ```text
//! quote!(impl #name { #(#items)* })
//! crate::quote::tokens("impl $ { $ }", &[&name, &{ a list of what is in `items` }])
//! ```
//!
//! What reads the texts is in `model/src/quote.rs`, which has the trait of what holes can hold.
//! Holes are `#name`, and `#( … )*` or `#( … ),*` of which every `#name` is a list of its own.
//!
//! An inner part of `frame-runtime`, which promises nothing of its own.

mod code;
mod repetition;
mod template;

use proc_macro::{TokenStream, TokenTree};

use code::{And, braces, code, is};
use template::Template;

/// A template: the tokens that it is written with, and those that its holes hold.
#[proc_macro]
pub fn quote(input: TokenStream) -> TokenStream {
    let template = Template::read(input, "::core::option::Option::None");
    code("crate::quote::tokens").and(template.arguments())
}

/// The same behind `span=>`, the span of the tokens that it is written with.
#[proc_macro]
pub fn quote_spanned(input: TokenStream) -> TokenStream {
    let input: Vec<TokenTree> = input.into_iter().collect();
    let arrow = input.windows(2).position(|pair| is(&pair[0], '=') && is(&pair[1], '>'));
    let Some(arrow) = arrow else {
        return code("::core::compile_error!(\"`span=>` goes before the template\")");
    };
    let (span, template) = (&input[..arrow], &input[arrow + 2..]);
    let template = template.iter().cloned().collect();
    let template = Template::read(template, "::core::option::Option::Some(span)");
    let set = code("let span =").and(span.iter().cloned()).and(code(";"));
    let made = code("crate::quote::spanned").and(template.arguments_behind(code("span,")));
    braces(set.and(made))
}
