//! What a piece of code looks like: questions that need no plan.

use proc_macro2::TokenTree;

use super::Body;
use crate::ast::{Access, Block, Code, FrameStmt, Piece, Stmt, StmtKind, Type};
use crate::plan::Place;
use crate::tail::{self, Tail};
use crate::walk;

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    pub(super) fn touches_block(&self, block: &Block) -> bool {
        struct Touches<'b, 'e, 'p, 'a>(&'b Body<'e, 'p, 'a>, bool);
        impl<'x> walk::Visit<'x> for Touches<'_, '_, '_, '_> {
            fn frame(&mut self, _: &'x FrameStmt, _: bool) {
                self.1 = true;
            }
            fn access(&mut self, access: &'x Access, _: bool) {
                self.1 |= match access {
                    Access::Call(call) => {
                        call.native.is_none() || self.0.run && self.0.plan().call_moves(call)
                    }
                    _ => true,
                };
            }
            fn code(&mut self, code: &'x [Piece]) {
                self.1 |= self.0.has_changes(Place::code(code));
            }
            fn native_return(&mut self, value: Option<&'x Code>) {
                let mixed =
                    self.0.handler().is_some_and(|id| self.0.plan().handlers[id].shape.is_mixed());
                self.1 |= mixed || value.is_some_and(|value| self.0.converts(value));
            }
            fn block(&mut self, block: &'x Block, _: bool) {
                let mut places = block.stmts.iter().map(Place::stmt);
                self.1 |= places.any(|place| self.0.has_changes(place));
                if let Some(Stmt { kind: StmtKind::Native(code), semi: None }) = block.stmts.last()
                {
                    self.1 |= self.0.converts(code) || has_converting_arm(self.0, code);
                }
            }
        }
        let mut touches = Touches(self, false);
        walk::block(block, &mut touches);
        touches.1
    }

    /// Whether a value at the end of the function changes on its way out.
    pub(super) fn converts(&self, code: &[Piece]) -> bool {
        let string = self.ret.is_some_and(Type::is_string);
        string && lone_literal(code).is_some() || self.ret.is_some() && is_lone_place(code)
    }
}

pub(super) fn has_converting_arm(body: &Body, code: &[Piece]) -> bool {
    code.iter().any(|piece| match piece {
        Piece::Arms { arms, .. } => {
            arms.iter().any(|arm| body.converts(&arm.body) || has_converting_arm(body, &arm.body))
        }
        _ => false,
    })
}

pub(super) fn ends_without_value(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt { kind: StmtKind::Native(_), semi: None }) => false,
        Some(_) | None => tail::of_block(block) != Tail::Never,
    }
}

pub(super) fn is_lone_place(code: &[Piece]) -> bool {
    let fields = |rest: &[Piece]| {
        rest.chunks(2).all(|pair| {
            matches!(
                pair,
                [Piece::Token(TokenTree::Punct(dot)), Piece::Token(TokenTree::Ident(_) | TokenTree::Literal(_)) | Piece::Access(Access::Unfinished(_))]
                    if dot.as_char() == '.'
            )
        })
    };
    match code {
        [
            Piece::Access(Access::StateVar { .. } | Access::Field { .. } | Access::Data { .. }),
            rest @ ..,
        ] => fields(rest),
        [Piece::Token(word), rest @ ..] if is_word(word, "self") => {
            !rest.is_empty() && fields(rest)
        }
        _ => false,
    }
}

pub(super) fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// `let Some(x) = … else { … }`, of which the end is as much behind the call as a branch of
/// `if` is.
pub(super) fn is_let_else(code: &[Piece]) -> bool {
    let is_else = |piece: &Piece| matches!(piece, Piece::Token(token) if is_word(token, "else"));
    matches!(code.first(), Some(Piece::Token(token)) if is_word(token, "let"))
        && code.windows(2).any(|pair| !matches!(pair[0], Piece::Block(_)) && is_else(&pair[1]))
}

/// `@@:self.m(…)` alone, which may stand as a statement whatever it returns.
pub(super) fn is_frame_call(code: &[Piece]) -> bool {
    matches!(code, [Piece::Access(Access::Call(call))] if call.native.is_none())
}

/// Whether the code is nothing but a mistake.
pub(super) fn is_mistake(code: &[Piece]) -> bool {
    matches!(code, [Piece::Access(Access::Broken(_))])
}

pub(super) fn is_comma(piece: &Piece) -> bool {
    matches!(piece, Piece::Token(TokenTree::Punct(p)) if p.as_char() == ',')
}

pub(super) fn is_assignment(code: &[Piece]) -> bool {
    tail::assignment_at(code).is_some()
}

pub(super) fn is_joint_operator(piece: &Piece) -> bool {
    matches!(piece, Piece::Token(TokenTree::Punct(p))
        if p.spacing() == proc_macro2::Spacing::Joint && "+-*/%^&|<>".contains(p.as_char()))
}

pub(super) fn has_closure(code: &[Piece]) -> bool {
    code.iter().any(|piece| matches!(piece, Piece::Closure(_)))
}

pub(super) fn calls_machine(piece: &Piece) -> bool {
    match piece {
        Piece::Access(Access::Call(_)) => true,
        Piece::Group { inner, .. } => inner.iter().any(calls_machine),
        _ => false,
    }
}

pub(super) fn touches_machine(piece: &Piece) -> bool {
    match piece {
        Piece::Access(_) => true,
        Piece::Group { inner, .. } => inner.iter().any(touches_machine),
        _ => false,
    }
}

pub(super) fn is_blocklike(code: &[Piece]) -> bool {
    let (_, code) = split_label(code);
    let begins = match code.first() {
        Some(Piece::Block(_)) => true,
        Some(Piece::Token(TokenTree::Ident(word))) => {
            ["if", "match", "loop", "while", "for", "unsafe"].iter().any(|known| word == known)
        }
        _ => false,
    };
    begins && matches!(code.last(), Some(Piece::Block(_) | Piece::Arms { .. }))
}

/// Whether the block behind these pieces is the body of a loop.
pub(super) fn is_loop(before: &[Piece]) -> bool {
    match before {
        [.., Piece::Token(word)] => is_word(word, "loop"),
        [.., Piece::Head(_)] => {
            before.iter().rev().find_map(|piece| match piece {
                Piece::Token(TokenTree::Ident(word)) => match word.to_string().as_str() {
                    "while" | "for" => Some(true),
                    "if" => Some(false),
                    _ => None,
                },
                _ => None,
            }) == Some(true)
        }
        _ => false,
    }
}

pub(super) fn split_label(code: &[Piece]) -> (&[Piece], &[Piece]) {
    match code {
        [
            Piece::Token(TokenTree::Punct(quote)),
            Piece::Token(TokenTree::Ident(_)),
            Piece::Token(TokenTree::Punct(colon)),
            ..,
        ] if quote.as_char() == '\'' && colon.as_char() == ':' => code.split_at(3),
        code => (&[], code),
    }
}

/// The string literal that is all of the code.
pub(super) fn lone_literal(code: &[Piece]) -> Option<&TokenTree> {
    match code {
        [Piece::Token(token @ TokenTree::Literal(literal))] => {
            let text = literal.to_string();
            (text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#"))
                .then_some(token)
        }
        _ => None,
    }
}
