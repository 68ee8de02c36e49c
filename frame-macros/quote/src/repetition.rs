//! `#( … ),*`: a list that is made where the template is used.

use proc_macro::{Delimiter, Ident, TokenStream, TokenTree};

use crate::code::{And, braces, code, group, is};
use crate::template::Template;

/// The list that a repetition comes to. For `#(#items),*` it is
///
/// ```text
/// {
///     use crate::quote::{Borrowed as _, Iterated as _};
///     crate::quote::List::of(None, ",", "$", items.each())
/// }
/// ```
///
/// and for `#(#names: #types),*`
///
/// ```text
/// {
///     use crate::quote::{Borrowed as _, Iterated as _};
///     let mut list = crate::quote::List::new(None, ",");
///     let mut types = types.each();
///     for names in names.each() {
///         let Some(types) = types.next() else { break };
///         list.add("$ : $", &[&names, &types]);
///     }
///     list
/// }
/// ```
pub fn repeated(body: TokenStream, separator: &str, span: &'static str) -> TokenStream {
    let mut names = Vec::new();
    names_in(body.clone(), &mut names);
    let Some((first, others)) = names.split_first() else {
        return code("::core::compile_error!(\"a repetition needs a list\")");
    };
    let ident = |name: &Ident| [TokenTree::from(name.clone())];
    let head = "use crate::quote::{Borrowed as _, Iterated as _};";
    let body = Template::read(body, span);
    if body.holes.len() == 1 {
        let (text, each) = (body.text(), ident(first));
        let arguments = code(&format!("{span}, {separator:?}, {text:?},")).and(each);
        let arguments = group(Delimiter::Parenthesis, arguments.and(code(".each()")));
        return braces(code(head).and(code("crate::quote::List::of")).and(arguments));
    }
    let new = format!("let mut list = crate::quote::List::new({span}, {separator:?});");
    let iterators = others.iter().flat_map(|name| {
        code("let mut").and(ident(name)).and(code("=")).and(ident(name)).and(code(".each();"))
    });
    let nexts = others.iter().flat_map(|name| {
        let next = code("let ::core::option::Option::Some").and(parenthesized(name));
        next.and(code("=")).and(ident(name)).and(code(".next() else { break };"))
    });
    let add = code("list.add").and(body.arguments()).and(code(";"));
    let steps = braces(nexts.collect::<TokenStream>().and(add));
    let lists =
        code("for").and(ident(first)).and(code("in")).and(ident(first)).and(code(".each()"));
    braces(code(head).and(code(&new)).and(iterators).and(lists).and(steps).and(code("list")))
}

fn parenthesized(name: &Ident) -> TokenStream {
    group(Delimiter::Parenthesis, TokenTree::from(name.clone()).into())
}

/// The names in a body, each once.
fn names_in(body: TokenStream, names: &mut Vec<Ident>) {
    let mut hash = false;
    for token in body {
        match &token {
            TokenTree::Ident(name) if hash && !is_among(name, names) => names.push(name.clone()),
            TokenTree::Group(group) => names_in(group.stream(), names),
            _ => {}
        }
        hash = is(&token, '#');
    }
}

fn is_among(name: &Ident, names: &[Ident]) -> bool {
    names.iter().any(|known| known.to_string() == name.to_string())
}
