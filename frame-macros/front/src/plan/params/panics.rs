//! Code that cannot panic, so that a param may be out of its state meanwhile (R27).

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::flat::flat;
use crate::ast::Code;
use crate::gather::Gather;
use crate::model::StateId;
use crate::plan::Plan;

/// Whether nothing can panic while a state is made.
pub fn is_made_plainly(plan: &Plan, target: StateId) -> bool {
    plan.states[target].chain.iter().all(|state| {
        let vars = &plan.states[*state].storage.vars;
        let params = &plan.model.states[*state].params;
        vars.iter().filter_map(|var| var.init.as_ref()).all(is_plain)
            && params.iter().filter_map(|param| param.default).all(is_plain)
    })
}

/// Whether an expression is made of names, literals and constructors alone, which cannot panic:
/// `name`, `(1, name)`, `Some(Box::new(Parcel { items, to }))`. By its first letter what is
/// called is a variant or a struct: a function of that kind of name is a lint's matter.
pub fn is_built(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().listed();
    let (path, args) = match tokens.as_slice() {
        [] => return false,
        [TokenTree::Literal(_)] => return true,
        [TokenTree::Punct(minus), TokenTree::Literal(_)] => return minus.as_char() == '-',
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            return all_built(group.stream(), false);
        }
        [path @ .., TokenTree::Group(group)] => (path, Some(group)),
        path => (path, None),
    };
    let words = path.iter().map(ToString::to_string).listed();
    let is_path = words.iter().enumerate().all(|(at, word)| match at % 3 {
        0 => matches!(path[at], TokenTree::Ident(_)),
        _ => word == ":",
    });
    let Some(last) = words.last().filter(|_| is_path && words.len() % 3 == 1) else { return false };
    let constructs = last.starts_with(char::is_uppercase) || words.concat() == "Box::new";
    match args.map(|args| (args.delimiter(), args.stream())) {
        None => constructs || words.len() == 1 && last != "self",
        Some((Delimiter::Parenthesis, args)) => constructs && all_built(args, false),
        Some((Delimiter::Brace, fields)) => constructs && all_built(fields, true),
        Some(_) => false,
    }
}

/// The same for what stands between commas, behind the labels of fields.
fn all_built(tokens: TokenStream, fields: bool) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    let punct =
        |token: &TokenTree, c: char| matches!(token, TokenTree::Punct(p) if p.as_char() == c);
    tokens.split(|token| punct(token, ',')).all(|item| {
        let item = match item {
            [TokenTree::Ident(_), colon, value @ ..] if fields && punct(colon, ':') => value,
            item => item,
        };
        item.is_empty() || is_built(&item.iter().cloned().joined())
    })
}

/// Whether an initialiser cannot panic: an empty collection as well.
fn is_plain(code: &Code) -> bool {
    let tokens = flat(code);
    let made = tokens.to_string().replace(' ', "");
    let made = made.strip_prefix("String::").or_else(|| made.strip_prefix("Vec::"));
    let room = made.and_then(|made| made.strip_prefix("with_capacity("));
    let room = room.and_then(|room| room.strip_suffix(')'));
    made == Some("new()")
        || room.is_some_and(|room| room.chars().all(|digit| digit.is_ascii_digit()))
        || is_built(&tokens)
}
