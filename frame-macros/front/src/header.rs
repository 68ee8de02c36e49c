//! What the wrapper macro puts before the input.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::ast::{FrameAttr, Input};
use crate::cfg::{self, Decision};
use crate::gather::Gather;
use crate::quote::quote;
use crate::tokens::separated;

/// The runtime crate's path, and what is known from before.
pub struct Header {
    /// The path.
    pub krate: TokenStream,
    /// The cfg predicates that are decided already.
    pub decided: Vec<Decision>,
    /// Attributes for every system that does not have them, such as `events(pool)`.
    pub defaults: Vec<FrameAttr>,
    /// All of it, to be handed on.
    pub tokens: TokenStream,
}

/// The header is one group: `($crate)`, or `($crate; (predicate) = true; events(pool); …)`.
pub fn split_off(input: TokenStream) -> (Header, TokenStream) {
    let mut tokens = input.into_iter();
    let header = match tokens.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            group.stream()
        }
        other => {
            let body = other.into_iter().chain(tokens).joined();
            let krate = quote!(::frame_runtime);
            let (decided, defaults) = (Vec::new(), Vec::new());
            return (Header { krate: krate.clone(), decided, defaults, tokens: krate }, body);
        }
    };
    let mut krate = TokenStream::new();
    let mut decided = Vec::new();
    let mut defaults = Vec::new();
    let list: Vec<TokenTree> = header.clone().into_iter().listed();
    for (at, part) in separated(&list, ';').into_iter().enumerate() {
        if at == 0 {
            krate = part.iter().cloned().joined();
        } else if let Some(attr) = default_attribute(part) {
            defaults.push(attr);
        } else {
            decided.extend(cfg::read_decision(part));
        }
    }
    (Header { krate, decided, defaults, tokens: header }, tokens.joined())
}

/// `events(pool)`
fn default_attribute(part: &[TokenTree]) -> Option<FrameAttr> {
    let [TokenTree::Ident(name), args @ ..] = part else { return None };
    let args = match args {
        [TokenTree::Group(group), ..] => Some(group.clone()),
        _ => None,
    };
    Some(FrameAttr { name: name.clone(), args, span: name.span() })
}

/// Gives every system the attributes that it lacks.
pub fn give_defaults(ast: &mut Input, defaults: &[FrameAttr]) {
    for system in ast.systems_mut() {
        for attr in defaults {
            if !system.attrs.frame.iter().any(|own| own.name == attr.name) {
                system.attrs.frame.push(attr.clone());
            }
        }
    }
}
