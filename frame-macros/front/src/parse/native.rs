//! Native items beside systems, in which nothing but `@@Name(…)` is of interest.

use proc_macro2::TokenTree;

use super::accessors;
use super::body::Scanner;
use super::cursor::{Cursor, trees};
use crate::ast::*;
use crate::diag::Diag;

/// Native items, in which nothing but `@@Name(…)` is of interest.
pub fn native(diag: &Diag, tokens: &[TokenTree]) -> Code {
    let mut cur = Cursor::new(tokens, proc_macro2::Span::call_site());
    let mut code = Code::new();
    while !cur.is_end() {
        let mut scanner = Scanner::new(diag);
        if let Some(construct) = accessors::construct(&mut scanner, &mut cur) {
            code.push(Piece::Access(Access::Construct(construct)));
            continue;
        }
        // The lower case word is a macro's own affair, as in `(@@one $x:expr)`.
        let system = |name: &proc_macro2::Ident| name.to_string().starts_with(char::is_uppercase);
        if cur.punct(0, '@') && cur.punct(1, '@') && cur.ident(2).is_some_and(system) {
            code.push(Piece::Access(accessors::broken_accessor(&mut scanner, &mut cur)));
            continue;
        }
        let piece = match cur.next().expect("not at the end") {
            TokenTree::Group(group) => {
                let inner = native(diag, &trees(group.stream()));
                if inner.iter().all(|piece| matches!(piece, Piece::Token(_))) {
                    Piece::Token(TokenTree::Group(group.clone()))
                } else {
                    Piece::Group { group: group.clone(), inner }
                }
            }
            token => Piece::Token(token.clone()),
        };
        code.push(piece);
    }
    code
}
