//! Bodies: splits Rust into statements and pieces, finds the Frame text in it, and keeps
//! everything else as the tokens it was.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

use super::cursor::{Cursor, trees};
use super::expressions::push_tokens;
use super::{ends, frame, slips};
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;

/// What ends an expression, besides `;` and the end of the tokens.
#[derive(Clone, Copy, Default)]
pub struct Stop {
    /// A `,`, in lists and match arms.
    pub comma: bool,
    /// A `{`, behind the head of `if`, `while`, `match`, `for`.
    pub brace: bool,
    /// A `=>`, behind the guard of a match arm.
    pub arrow: bool,
    /// A token on a new line that could as well begin the next statement.
    pub line: bool,
    /// A block behind a complete operand: the body of a handler with a default value.
    pub body: bool,
}

pub struct Scanner<'d> {
    pub diag: &'d Diag,
    /// How many closures are open around the current token.
    pub(super) closures: usize,
    /// The operator at the end of the last expression that lacks its operand.
    pub(super) dangling: Option<Span>,
    /// Whether a `.` ends the last expression, and the next statement stands behind it.
    pub(super) unfinished: bool,
    /// Whether the tokens are a macro's own affair, `$` included.
    pub(super) in_macro: bool,
}

impl<'d> Scanner<'d> {
    pub fn new(diag: &'d Diag) -> Self {
        Scanner { diag, closures: 0, dangling: None, unfinished: false, in_macro: false }
    }

    pub fn block(&mut self, group: &Group) -> Block {
        let tokens = trees(group.stream());
        let mut cur = Cursor::new(&tokens, group.span_close());
        let mut stmts: Vec<Stmt> = Vec::new();
        while !cur.is_end() {
            let mut stmt = self.stmt(&mut cur);
            stmt.semi = cur.punct(0, ';').then(|| cur.span());
            cur.eat(';');
            match join(stmts.last_mut(), stmt) {
                Joined::Into => {}
                Joined::Apart(stmt) => stmts.push(*stmt),
            }
        }
        Block { group: group.clone(), stmts }
    }

    /// Skips attributes and a label before a Frame statement, which becomes several of Rust's:
    /// `#[cfg(…)]` would remove the first.
    fn stray_prefix(&mut self, cur: &mut Cursor) {
        let (start, first) = (cur.position(), cur.span());
        cur.skip(ends::prefix_length(cur));
        if cur.position() == start {
            return;
        }
        if !frame::begins_statement(cur) {
            cur.rewind(start);
            return;
        }
        let message = "neither an attribute nor a label stands before a Frame statement";
        let help = "put the statement into a block: `#[cfg(…)] { … }`".to_owned();
        self.diag.error(codes::E002, first, message, Some(help));
    }

    fn stmt(&mut self, cur: &mut Cursor) -> Stmt {
        self.stray_prefix(cur);
        if let Some(stmt) = frame::statement(self, cur) {
            return Stmt { kind: StmtKind::Frame(stmt), semi: None };
        }
        if let Some(stmt) = slips::broken_statement(self, cur) {
            return Stmt { kind: StmtKind::Frame(stmt), semi: None };
        }
        if let Some(item) = nested_item(cur) {
            return Stmt { kind: StmtKind::Item(item), semi: None };
        }
        let code = if cur.keyword(0, "let") {
            self.binding(cur)
        } else {
            let line = cur.punct(0, '$') || cur.punct(0, '@');
            let mut code = self.expr(cur, Stop { line, ..Stop::default() }, true);
            self.complete(&mut code);
            code
        };
        Stmt { kind: StmtKind::Native(code), semi: None }
    }

    /// `let pattern: Type = expression else { … }`
    fn binding(&mut self, cur: &mut Cursor) -> Code {
        let mut code = self.pattern(cur, |cur| cur.punct(0, '=') && !cur.op(0, "=="));
        if cur.punct(0, '=') {
            code.extend(cur.next().cloned().map(Piece::Token));
            code.extend(self.whole(cur, Stop::default(), false));
        }
        code
    }

    /// Tokens up to `end`, with `<…>` taken whole.
    pub(super) fn pattern(&mut self, cur: &mut Cursor, end: impl Fn(&Cursor) -> bool) -> Code {
        let mut code = Code::new();
        while !cur.is_end() && !cur.punct(0, ';') {
            if cur.op(0, "..=") {
                push_tokens(cur, 3, &mut code);
            } else if end(cur) {
                break;
            } else if cur.punct(0, '<') {
                let behind = cur.behind_angles(0).unwrap_or(1);
                push_tokens(cur, behind, &mut code);
            } else {
                push_tokens(cur, 1, &mut code);
            }
        }
        code
    }

    /// One expression that must be there.
    pub fn whole(&mut self, cur: &mut Cursor, stop: Stop, statement: bool) -> Code {
        let gap = cur.gap();
        let mut code = self.expr(cur, stop, statement);
        if code.is_empty() {
            self.diag.error(codes::E002, gap, "an expression is expected here", None);
            code.push(Piece::Access(Access::Broken(gap)));
        }
        self.complete(&mut code);
        code
    }

    /// `@@:(3 + )`: tells of an operator that lacks its operand, and gives it one.
    pub(super) fn complete(&mut self, code: &mut Code) {
        if let Some(span) = self.dangling.take() {
            let message = "an expression is expected behind the operator";
            self.diag.error(codes::E002, span, message, None);
            // `f(x) = ` would be told as no place to assign to.
            if is_assignment(code) {
                code.clear();
            }
            code.push(Piece::Access(Access::Broken(span)));
        }
    }
}

/// Whether the last token is an `=` of its own.
fn is_assignment(code: &[Piece]) -> bool {
    let punct = |piece: &Piece, c: char| matches!(piece, Piece::Token(TokenTree::Punct(p)) if p.as_char() == c);
    let [.., before, last] = code else { return code.len() == 1 };
    let compound =
        matches!(before, Piece::Token(TokenTree::Punct(p)) if p.spacing() == Spacing::Joint);
    punct(last, '=') && !compound
}

/// A nested item, taken as it is: no Frame text belongs there.
fn nested_item(cur: &mut Cursor) -> Option<TokenStream> {
    let mut at = 0;
    while cur.punct(at, '#') && cur.group(at + 1, Delimiter::Bracket).is_some() {
        at += 2;
    }
    if cur.keyword(at, "pub") {
        at += 1 + usize::from(cur.group(at + 1, Delimiter::Parenthesis).is_some());
    }
    let next_is_name = cur.ident(at + 1).is_some();
    let word = cur.ident(at)?.to_string();
    let found = match word.as_str() {
        "fn" | "struct" | "enum" | "trait" | "mod" | "use" | "type" | "extern" => true,
        "impl" => true,
        "static" | "const" => next_is_name,
        "unsafe" | "async" => {
            ["fn", "impl", "trait", "extern", "unsafe"].iter().any(|word| cur.keyword(at + 1, word))
        }
        "macro_rules" => cur.punct(at + 1, '!'),
        _ => false,
    };
    if !found {
        return None;
    }
    let constant = word == "const" && !cur.keyword(at + 1, "fn") && !cur.keyword(at + 1, "unsafe");
    let ends_with_block = !constant && !matches!(word.as_str(), "use" | "type" | "static");
    let start = cur.position();
    while let Some(token) = cur.next() {
        let block = ends_with_block && is_delimited(token, Delimiter::Brace);
        if block || matches!(token, TokenTree::Punct(p) if p.as_char() == ';') {
            break;
        }
    }
    Some(cur.since(start).iter().cloned().joined())
}

enum Joined {
    Into,
    Apart(Box<Stmt>),
}

/// Joins two statements that mean one thing: `push$` before a transition, and a value
/// directly behind one.
fn join(before: Option<&mut Stmt>, stmt: Stmt) -> Joined {
    let Some(Stmt { kind: StmtKind::Frame(before), .. }) = before else {
        return Joined::Apart(Box::new(stmt));
    };
    match (before, stmt) {
        (
            before @ FrameStmt::Push(_),
            Stmt { kind: StmtKind::Frame(FrameStmt::Transition(mut transition)), .. },
        ) => {
            transition.push = true;
            *before = FrameStmt::Transition(transition);
            Joined::Into
        }
        (
            FrameStmt::Transition(transition),
            Stmt {
                kind:
                    StmtKind::Frame(
                        FrameStmt::SetReturn { value, .. }
                        | FrameStmt::Leave { value: Some(value), .. },
                    ),
                ..
            },
        ) if transition.value.is_none() => {
            transition.value = Some(value);
            Joined::Into
        }
        (_, stmt) => Joined::Apart(Box::new(stmt)),
    }
}
