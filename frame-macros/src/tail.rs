//! How a body ends: with a value, without one, or not at all. Decided on the token level,
//! branch by branch, because bodies are not parsed.

use proc_macro2::{Delimiter, TokenTree};

use crate::ast::*;
use crate::gather::Gather;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tail {
    /// Control never reaches the end.
    Never,
    Unit,
    Value,
    /// A call without `;`: its type tells.
    Call,
    /// Branches that end differently.
    Mixed,
}

impl Tail {
    fn or(self, other: Tail) -> Tail {
        match (self, other) {
            (Tail::Never, tail) | (tail, Tail::Never) => tail,
            (a, b) if a == b => a,
            _ => Tail::Mixed,
        }
    }
}

pub fn of_block(block: &Block) -> Tail {
    let Some(last) = block.stmts.last() else { return Tail::Unit };
    match &last.kind {
        StmtKind::Item(_) => Tail::Unit,
        StmtKind::Frame(stmt) => of_frame(stmt),
        StmtKind::Native(code) => match (of_code(code), last.semi) {
            (Tail::Never, _) => Tail::Never,
            (_, Some(_)) => Tail::Unit,
            (tail, None) => tail,
        },
    }
}

fn of_frame(stmt: &FrameStmt) -> Tail {
    match stmt {
        FrameStmt::Transition(_) | FrameStmt::Leave { .. } | FrameStmt::Broken(_) => Tail::Never,
        _ => Tail::Unit,
    }
}

pub fn of_code(code: &[Piece]) -> Tail {
    let code = without_label(code);
    match code {
        [] => Tail::Unit,
        [Piece::Return { .. }] => Tail::Never,
        [Piece::Frame(stmt)] => of_frame(stmt),
        [Piece::Block(block)] => of_block(block),
        [Piece::Token(TokenTree::Ident(word)), rest @ ..] => {
            of_keyword(&word.to_string(), rest, code)
        }
        _ => of_expression(code),
    }
}

fn of_keyword(word: &str, rest: &[Piece], code: &[Piece]) -> Tail {
    match (word, rest) {
        ("let", _) => Tail::Unit,
        ("if", [Piece::Head(_), Piece::Block(then), rest @ ..]) => of_block(then).or(of_else(rest)),
        ("match", [Piece::Head(_), Piece::Arms { arms, .. }]) => {
            arms.iter().map(|arm| of_code(&arm.body)).fold(Tail::Never, Tail::or)
        }
        ("unsafe", [Piece::Block(block)]) => of_block(block),
        ("loop", [Piece::Block(block)]) => of_loop(block),
        ("while", [Piece::Head(_), Piece::Block(_)]) => Tail::Unit,
        ("for", [.., Piece::Head(_), Piece::Block(_)]) => Tail::Unit,
        ("break" | "continue", _) => Tail::Never,
        _ => of_expression(code),
    }
}

fn of_else(rest: &[Piece]) -> Tail {
    match rest {
        [] => Tail::Unit,
        [Piece::Token(_), Piece::Block(block)] => of_block(block),
        [Piece::Token(_), rest @ ..] => of_code(rest),
        _ => Tail::Value,
    }
}

/// A loop ends with the value of its `break`, or never.
fn of_loop(block: &Block) -> Tail {
    let tokens: Vec<TokenTree> = block.group.stream().into_iter().listed();
    breaks(&tokens)
}

fn breaks(tokens: &[TokenTree]) -> Tail {
    let mut tail = Tail::Never;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "break" => {
                let bare = match tokens.get(at + 1) {
                    None => true,
                    Some(TokenTree::Punct(p)) => matches!(p.as_char(), ';' | ',' | '\''),
                    Some(_) => false,
                };
                tail = tail.or(if bare { Tail::Unit } else { Tail::Value });
            }
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().listed();
                tail = tail.or(breaks(&inner));
            }
            _ => {}
        }
    }
    tail
}

fn of_expression(code: &[Piece]) -> Tail {
    if is_assignment(code) {
        return Tail::Unit;
    }
    match code {
        [.., Piece::Token(TokenTree::Ident(name)), Piece::Token(TokenTree::Punct(bang)), _]
            if bang.as_char() == '!' =>
        {
            of_macro(&name.to_string())
        }
        [Piece::Access(Access::Call(_))] => Tail::Call,
        [.., Piece::Token(TokenTree::Ident(name)), call] if is_parenthesized(call) => {
            let constructor = name.to_string().starts_with(char::is_uppercase);
            if constructor { Tail::Value } else { Tail::Call }
        }
        _ => Tail::Value,
    }
}

fn of_macro(name: &str) -> Tail {
    const NEVER: [&str; 4] = ["panic", "unreachable", "todo", "unimplemented"];
    const UNIT: [&str; 10] = [
        "print",
        "println",
        "eprint",
        "eprintln",
        "assert",
        "assert_eq",
        "assert_ne",
        "debug_assert",
        "debug_assert_eq",
        "debug_assert_ne",
    ];
    if NEVER.contains(&name) {
        Tail::Never
    } else if UNIT.contains(&name) {
        Tail::Unit
    } else {
        Tail::Call
    }
}

fn is_parenthesized(piece: &Piece) -> bool {
    match piece {
        Piece::Token(token) => is_delimited(token, Delimiter::Parenthesis),
        Piece::Group { group, .. } => group.delimiter() == Delimiter::Parenthesis,
        _ => false,
    }
}

/// Whether an `=`, `+=` … stands at the top level.
fn is_assignment(code: &[Piece]) -> bool {
    assignment_at(code).is_some()
}

/// The position of the assignment operator's `=`, when the code is an assignment.
pub fn assignment_at(code: &[Piece]) -> Option<usize> {
    let punct = |at: usize| match code.get(at) {
        Some(Piece::Token(TokenTree::Punct(p))) => Some(p),
        _ => None,
    };
    (0..code.len()).find(|&at| {
        let Some(p) = punct(at).filter(|p| p.as_char() == '=') else { return false };
        let joint = p.spacing() == proc_macro2::Spacing::Joint;
        let comparison =
            joint && punct(at + 1).is_some_and(|next| matches!(next.as_char(), '=' | '>'));
        let before = at.checked_sub(1).and_then(punct);
        let before = before.filter(|p| p.spacing() == proc_macro2::Spacing::Joint);
        let shift = at >= 2 && punct(at - 2).is_some_and(|p| matches!(p.as_char(), '<' | '>'));
        let comparing = before.is_some_and(|p| match p.as_char() {
            '=' | '!' | '.' => true,
            '<' | '>' => !shift,
            _ => false,
        });
        !comparison && !comparing
    })
}

fn without_label(code: &[Piece]) -> &[Piece] {
    match code {
        [
            Piece::Token(TokenTree::Punct(quote)),
            Piece::Token(TokenTree::Ident(_)),
            Piece::Token(TokenTree::Punct(colon)),
            rest @ ..,
        ] if quote.as_char() == '\'' && colon.as_char() == ':' => rest,
        code => code,
    }
}
