//! How a body ends: with a value, without one, or not at all. Decided on the token level,
//! branch by branch, because bodies are not parsed.

use proc_macro2::{Delimiter, Group, Ident, TokenTree};

use crate::ast::*;
use crate::gather::Gather;

/// How code ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tail {
    /// Control never reaches the end.
    Never,
    /// Without a value.
    Unit,
    /// With a value.
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

/// How the statements of a body end.
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

/// How an expression or statement ends.
pub fn of_code(code: &[Piece]) -> Tail {
    match code {
        [quote, Piece::Token(TokenTree::Ident(label)), colon, rest @ ..]
            if is_punct(quote, '\'') && is_punct(colon, ':') =>
        {
            of_labelled(label, rest)
        }
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
        ("loop", [Piece::Block(block)]) => breaks(&tokens(&block.group), None, false),
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

fn of_labelled(label: &Ident, code: &[Piece]) -> Tail {
    match code {
        [Piece::Block(block)] => {
            of_block(block).or(breaks(&tokens(&block.group), Some(label), true))
        }
        [Piece::Token(TokenTree::Ident(word)), Piece::Block(block)] if word == "loop" => {
            breaks(&tokens(&block.group), Some(label), false)
        }
        code => of_code(code),
    }
}

/// What the `break`s out of a loop or block say that it ends with; without any, never. Those
/// without label mean the loop itself, unless they are in another one.
fn breaks(tokens: &[TokenTree], label: Option<&Ident>, nested: bool) -> Tail {
    let mut tail = Tail::Never;
    let mut in_loop = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if word == "break" => {
                let (to, value) = split_break(&tokens[at + 1..]);
                if to.map_or(!nested, |to| label == Some(to)) {
                    tail = tail.or(if value { Tail::Value } else { Tail::Unit });
                }
            }
            TokenTree::Ident(word) => {
                in_loop |= ["loop", "while", "for"].iter().any(|known| word == known);
            }
            TokenTree::Group(group) => {
                let is_body = group.delimiter() == Delimiter::Brace;
                let inner = nested || in_loop && is_body;
                in_loop &= !is_body;
                tail = tail.or(breaks(&self::tokens(group), label, inner));
            }
            _ => {}
        }
    }
    tail
}

/// The label behind `break`, and whether a value follows.
fn split_break(behind: &[TokenTree]) -> (Option<&Ident>, bool) {
    let (label, behind) = match behind {
        [TokenTree::Punct(quote), TokenTree::Ident(label), rest @ ..]
            if quote.as_char() == '\'' =>
        {
            (Some(label), rest)
        }
        behind => (None, behind),
    };
    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if matches!(p.as_char(), ';' | ','));
    (label, behind.first().is_some_and(|token| !ends(token)))
}

fn tokens(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().listed()
}

fn is_punct(piece: &Piece, c: char) -> bool {
    matches!(piece, Piece::Token(TokenTree::Punct(p)) if p.as_char() == c)
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
