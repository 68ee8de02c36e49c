//! Which types an event can hold that outlives its call.

use proc_macro2::TokenTree;

use crate::ast::Type;
use crate::gather::Gather;

/// `&str`, `&[T]` and types without elided or `&mut` borrows.
pub fn is_storable(ty: &Type) -> bool {
    let text = ty.tokens.to_string();
    let tokens: Vec<TokenTree> = ty.tokens.clone().into_iter().listed();
    if text == "& str" || text == "&str" || ty.slice_item().is_some() {
        return true;
    }
    !text.starts_with("impl ") && !borrows(&tokens)
}

/// Whether a borrow stands in the type that is not `'static` and not a parameter of the system.
fn borrows(tokens: &[TokenTree]) -> bool {
    let punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => borrows(&group.stream().into_iter().listed()),
        TokenTree::Punct(p) if p.as_char() == '&' => {
            let mutable =
                |at| matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "mut");
            !punct(at + 1, '\'') || mutable(at + 3)
        }
        TokenTree::Ident(word) => word == "_" && at > 0 && punct(at - 1, '\''),
        _ => false,
    })
}
