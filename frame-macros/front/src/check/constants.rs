//! `const` fields are written by nobody.

use proc_macro2::{Ident, TokenTree};

use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::model::{Model, unraw};
use crate::tail;

/// `self.limit = 3`, `@@:self.limit += 1` and `&mut self.limit` where `limit` is `const`.
pub fn written(code: &[Piece], model: &Model, diag: &Diag) {
    if !model.ast.fields.iter().any(|field| field.constant.is_some()) {
        return;
    }
    for at in 0..code.len() {
        if let Some((name, length)) = field_at(&code[at..])
            && is_constant(name, model)
            && (is_borrowed(&code[..at]) || is_assigned(&code[at + length..]))
        {
            let message = format!("the field `{name}` is constant");
            let help = "remove `const` from its declaration to change it".to_owned();
            diag.error(codes::E615, name.span(), message, Some(help));
        }
        if let Piece::Token(TokenTree::Group(group)) = &code[at] {
            let inner: Code = group.stream().into_iter().map(Piece::Token).listed();
            written(&inner, model, diag);
        }
    }
}

fn is_constant(name: &Ident, model: &Model) -> bool {
    let fields = &model.ast.fields;
    fields.iter().any(|field| field.constant.is_some() && unraw(&field.name) == unraw(name))
}

/// The field that the code begins with, and how many pieces that takes.
fn field_at(code: &[Piece]) -> Option<(&Ident, usize)> {
    match code {
        [Piece::Access(Access::Field { name, .. }), ..] => Some((name, 1)),
        [
            Piece::Token(TokenTree::Ident(this)),
            Piece::Token(TokenTree::Punct(dot)),
            Piece::Token(TokenTree::Ident(name)),
            ..,
        ] if this == "self" && dot.as_char() == '.' => Some((name, 3)),
        _ => None,
    }
}

/// Whether `&mut` stands before.
fn is_borrowed(before: &[Piece]) -> bool {
    matches!(before, [.., Piece::Token(TokenTree::Punct(and)), Piece::Token(TokenTree::Ident(word))]
        if and.as_char() == '&' && word == "mut")
}

/// Whether an assignment operator stands behind the place, which may go on with `.x`, `[i]`.
fn is_assigned(behind: &[Piece]) -> bool {
    let place = behind.iter().take_while(|piece| match piece {
        Piece::Token(TokenTree::Punct(p)) => p.as_char() == '.',
        Piece::Token(TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Literal(_)) => true,
        Piece::Group { .. } => true,
        _ => false,
    });
    let behind = &behind[place.count()..];
    let operator =
        behind.iter().take_while(|piece| matches!(piece, Piece::Token(TokenTree::Punct(_))));
    tail::assignment_at(&behind[..operator.count()]).is_some()
}
