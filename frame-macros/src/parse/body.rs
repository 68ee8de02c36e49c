//! Bodies and expressions: splits Rust into statements and pieces, finds the Frame text
//! in it, and keeps everything else as the tokens it was.
//!
//! Rust expressions are not parsed. It is enough to know whether an operand or an operator
//! comes next: that tells where a statement ends, whether `{` opens a block or a struct
//! literal, and whether `|` opens a closure.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

use quote::quote;

use super::cursor::{Cursor, trees};
use super::{frame, types};
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
    closures: usize,
    /// The operator at the end of the last expression that lacks its operand.
    dangling: Option<Span>,
    /// Whether a `.` ends the last expression, and the next statement stands behind it.
    unfinished: bool,
    /// Whether the tokens are a macro's own affair, `$` included.
    in_macro: bool,
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

    fn stmt(&mut self, cur: &mut Cursor) -> Stmt {
        if let Some(stmt) = frame::statement(self, cur) {
            return Stmt { kind: StmtKind::Frame(stmt), semi: None };
        }
        if let Some(stmt) = frame::broken_statement(self, cur) {
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
    fn pattern(&mut self, cur: &mut Cursor, end: impl Fn(&Cursor) -> bool) -> Code {
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
    fn complete(&mut self, code: &mut Code) {
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

    /// One expression. With `statement`, a block-like one ends behind its block, as it
    /// does in Rust where a statement or the body of a match arm begins.
    pub fn expr(&mut self, cur: &mut Cursor, stop: Stop, statement: bool) -> Code {
        let mut code = Code::new();
        let mut expects_operand = true;
        let start = cur.position();
        while !cur.is_end() {
            let fresh = cur.position() == start;
            if expects_operand {
                if hard_end(cur, stop) || is_optional_operand(&code) && nothing_follows(cur, stop) {
                    break;
                }
                let blocklike = statement && fresh && begins_block(cur);
                expects_operand = self.operand(cur, stop, &mut code);
                if blocklike && !expects_operand && !cur.punct(0, '.') && !cur.punct(0, '?') {
                    break;
                }
            } else if std::mem::take(&mut self.unfinished)
                || ends(cur, stop)
                || stop.line && begins_other_block(cur, &code)
            {
                break;
            } else {
                expects_operand = self.operator(cur, &mut code);
            }
        }
        self.dangling = match code.last() {
            Some(Piece::Token(TokenTree::Punct(p)))
                if expects_operand && !matches!(p.as_char(), '.' | ':') =>
            {
                Some(p.span())
            }
            _ => None,
        };
        code
    }

    /// Takes what stands where an operand is expected; tells whether one still is.
    fn operand(&mut self, cur: &mut Cursor, stop: Stop, code: &mut Code) -> bool {
        if let Some(stmt) = frame::statement(self, cur) {
            code.push(Piece::Frame(Box::new(stmt)));
            return false;
        }
        if let Some(access) = frame::accessor(self, cur) {
            code.push(Piece::Access(access));
            return false;
        }
        match cur.peek(0).expect("the caller has checked for the end") {
            TokenTree::Ident(ident) => match ident.to_string().as_str() {
                "if" | "while" | "match" | "for" => self.control(cur, code),
                "loop" | "unsafe" => {
                    push_tokens(cur, 1, code);
                    !self.push_block(cur, code)
                }
                "async" => {
                    push_tokens(cur, 1, code);
                    if cur.keyword(0, "move") {
                        push_tokens(cur, 1, code);
                    }
                    if let Some(group) = cur.eat_group(Delimiter::Brace) {
                        self.closures += 1;
                        let block = Piece::Block(self.block(group));
                        self.closures -= 1;
                        code.push(Piece::Closure(vec![block]));
                        return false;
                    }
                    true
                }
                "return" if self.closures == 0 => {
                    self.native_return(cur, stop, code);
                    false
                }
                "return" | "break" | "continue" | "move" | "mut" | "ref" | "in" | "static" => {
                    push_tokens(cur, 1, code);
                    true
                }
                "let" => {
                    code.extend(self.pattern(cur, |cur| cur.punct(0, '=') && !cur.op(0, "==")));
                    push_tokens(cur, usize::from(cur.punct(0, '=')), code);
                    true
                }
                _ => {
                    self.path_or_macro(cur, code);
                    false
                }
            },
            TokenTree::Literal(_) => {
                push_tokens(cur, 1, code);
                false
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                !self.push_block(cur, code)
            }
            TokenTree::Group(group) => {
                cur.skip(1);
                code.push(self.group(group));
                false
            }
            TokenTree::Punct(p) => match p.as_char() {
                '|' => {
                    self.closure(cur, stop, code);
                    false
                }
                '<' => {
                    let behind = cur.behind_angles(0).unwrap_or(1);
                    push_tokens(cur, behind, code);
                    false
                }
                '\'' => {
                    push_tokens(cur, 2, code);
                    // A label goes on to its loop; `break 'outer` may end here.
                    if cur.punct(0, ':') {
                        push_tokens(cur, 1, code);
                    }
                    true
                }
                '#' => {
                    push_tokens(cur, 2, code);
                    true
                }
                '.' if cur.op(0, "..") => {
                    push_tokens(cur, if cur.op(0, "..=") { 3 } else { 2 }, code);
                    true
                }
                ':' if cur.op(0, "::") => {
                    push_tokens(cur, 2, code);
                    true
                }
                '$' | '@' | '>' | '=' | '/' | '+' | '%' | '^' | '~' | '?' | ':' | '.'
                    if !self.in_macro =>
                {
                    code.push(Piece::Access(frame::misplaced_sign(self, cur)));
                    false
                }
                _ => {
                    push_tokens(cur, 1, code);
                    true
                }
            },
        }
    }

    /// Takes what stands behind a complete operand; tells whether another is expected.
    fn operator(&mut self, cur: &mut Cursor, code: &mut Code) -> bool {
        match cur.peek(0).expect("the caller has checked for the end") {
            TokenTree::Punct(p) => match p.as_char() {
                '?' => {
                    push_tokens(cur, 1, code);
                    false
                }
                '.' if cur.op(0, "..") => {
                    push_tokens(cur, if cur.op(0, "..=") { 3 } else { 2 }, code);
                    true
                }
                '.' if is_member(cur.peek(1)) => {
                    push_tokens(cur, 2, code);
                    false
                }
                '.' => {
                    let message = "a field or method is expected behind `.`";
                    let dot = cur.span();
                    self.diag.error(codes::E002, dot, message, None);
                    push_tokens(cur, 1, code);
                    code.push(Piece::Access(Access::Unfinished(dot)));
                    // A keyword and what it begins, or what would be assigned to nothing.
                    if !cur.on_new_line(0) && (cur.ident(0).is_some() || is_assigned(cur)) {
                        cur.skip(frame::line(cur).len());
                    }
                    self.unfinished = cur.on_new_line(0) && !cur.punct(0, '.');
                    false
                }
                ':' if cur.op(0, "::") => {
                    push_tokens(cur, 2, code);
                    if cur.punct(0, '<') {
                        let behind = cur.behind_angles(0).unwrap_or(1);
                        push_tokens(cur, behind, code);
                        return false;
                    }
                    true
                }
                '=' if cur.op(0, "=>") => {
                    push_tokens(cur, 2, code);
                    true
                }
                '$' | '@' | '~' if !self.in_macro => {
                    frame::misplaced_sign(self, cur);
                    code.push(Piece::Access(Access::Skipped));
                    false
                }
                _ => {
                    push_tokens(cur, operator_length(cur), code);
                    true
                }
            },
            TokenTree::Ident(ident) if ident == "as" => {
                push_tokens(cur, 1, code);
                let length = types::length(cur);
                push_tokens(cur, length, code);
                false
            }
            TokenTree::Ident(ident) if ident == "else" => {
                push_tokens(cur, 1, code);
                true
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                push_tokens(cur, 1, code);
                false
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                cur.skip(1);
                let piece = match code.last() {
                    Some(Piece::Token(TokenTree::Ident(_) | TokenTree::Punct(_))) => {
                        self.group(group)
                    }
                    _ => Piece::Block(self.block(group)),
                };
                code.push(piece);
                false
            }
            TokenTree::Group(group) => {
                cur.skip(1);
                code.push(self.group(group));
                false
            }
        }
    }

    /// `if`, `while`, `match`, `for`: keyword, head, block or arms, and `else`.
    fn control(&mut self, cur: &mut Cursor, code: &mut Code) -> bool {
        let keyword = cur.ident(0).expect("the caller has seen the keyword").to_string();
        push_tokens(cur, 1, code);
        if keyword == "for" {
            if cur.punct(0, '<') {
                return true; // `for<'a> |…|`
            }
            let pattern = self.pattern(cur, |cur| cur.keyword(0, "in"));
            code.extend(pattern);
            push_tokens(cur, usize::from(cur.keyword(0, "in")), code);
        }
        let mut head = self.expr(cur, Stop { brace: true, ..Stop::default() }, false);
        self.complete(&mut head);
        code.push(Piece::Head(head));
        if keyword == "match" {
            let Some(group) = cur.eat_group(Delimiter::Brace) else { return true };
            let arms = self.arms(group);
            code.push(Piece::Arms { group: group.clone(), arms });
            return false;
        }
        if !self.push_block(cur, code) {
            return true;
        }
        while keyword == "if" && cur.keyword(0, "else") {
            push_tokens(cur, 1, code);
            if cur.keyword(0, "if") {
                return self.control(cur, code);
            }
            if !self.push_block(cur, code) {
                return true;
            }
        }
        false
    }

    fn push_block(&mut self, cur: &mut Cursor, code: &mut Code) -> bool {
        let Some(group) = cur.eat_group(Delimiter::Brace) else { return false };
        code.push(Piece::Block(self.block(group)));
        true
    }

    fn arms(&mut self, group: &Group) -> Vec<Arm> {
        let tokens = trees(group.stream());
        let mut cur = Cursor::new(&tokens, group.span_close());
        let mut arms = Vec::new();
        while !cur.is_end() {
            arms.push(self.arm(&mut cur));
        }
        arms
    }

    fn arm(&mut self, cur: &mut Cursor) -> Arm {
        let begins_body = |cur: &Cursor| frame::begins_transition(cur) || cur.op(0, "=>");
        let pattern = self.pattern(cur, |cur| begins_body(cur) || cur.keyword(0, "if"));
        let guard = cur.eat_keyword("if").map(|keyword| {
            (keyword.clone(), self.expr(cur, Stop { arrow: true, ..Stop::default() }, false))
        });
        let mut arrow = TokenStream::new();
        if cur.op(0, "=>") {
            let start = cur.position();
            cur.skip(2);
            arrow.extend(cur.since(start).iter().cloned());
        } else if frame::begins_transition(cur) {
            let help = "an arm has its own arrow, as in `0 => -> $Idle`".to_owned();
            self.diag.error(codes::E002, cur.span(), "`=>` is expected here", Some(help));
            arrow.extend(quote!(=>));
        }
        let body = match frame::broken_statement(self, cur) {
            Some(stmt) => vec![Piece::Frame(Box::new(stmt))],
            None => self.expr(cur, Stop { comma: true, line: false, ..Stop::default() }, true),
        };
        let comma = cur.punct(0, ',').then(|| cur.next().expect("peeked").clone());
        if comma.is_none() && cur.punct(0, ';') {
            cur.skip(1); // `1 => -> $B;` is a slip that costs nothing
        }
        Arm { pattern, guard, arrow, body, comma }
    }

    /// `return` and its value, which may be absent.
    fn native_return(&mut self, cur: &mut Cursor, stop: Stop, code: &mut Code) {
        let token = cur.eat_keyword("return").expect("the caller has seen the keyword").clone();
        // `return @@:(3)` is told later; on a new line, the statement is one of its own.
        let frame = frame::begins_statement(cur) && !cur.on_new_line(0);
        let value = (frame || !nothing_follows(cur, stop)).then(|| self.expr(cur, stop, false));
        code.push(Piece::Return { token, value });
    }

    /// `|a, b| body`, up to where the closure's body ends.
    fn closure(&mut self, cur: &mut Cursor, stop: Stop, code: &mut Code) {
        push_tokens(cur, 1, code);
        while !cur.is_end() && !cur.punct(0, '|') {
            push_tokens(cur, 1, code);
        }
        push_tokens(cur, 1, code);
        self.closures += 1;
        if cur.op(0, "->") && !frame::begins_transition(cur) {
            push_tokens(cur, 2, code);
            let length = types::length(cur);
            push_tokens(cur, length, code);
        }
        let body = self.expr(cur, stop, false);
        self.closures -= 1;
        code.push(Piece::Closure(body));
    }

    /// A path or a field access, or a macro call with its arguments.
    fn path_or_macro(&mut self, cur: &mut Cursor, code: &mut Code) {
        push_tokens(cur, 1, code);
        if cur.punct(0, '!')
            && !cur.op(0, "!=")
            && let Some(TokenTree::Group(group)) = cur.peek(1)
        {
            push_tokens(cur, 1, code);
            cur.skip(1);
            let outside = std::mem::replace(&mut self.in_macro, true);
            code.push(self.group(group));
            self.in_macro = outside;
        }
    }

    /// The inside of `(…)`, `[…]`, a struct literal or a macro call: expressions with
    /// separators between them.
    pub fn group(&mut self, group: &Group) -> Piece {
        let tokens = trees(group.stream());
        let mut cur = Cursor::new(&tokens, group.span_close());
        let inner = self.code(&mut cur);
        if inner.iter().all(|piece| matches!(piece, Piece::Token(_))) {
            return Piece::Token(TokenTree::Group(group.clone()));
        }
        Piece::Group { group: group.clone(), inner }
    }

    fn code(&mut self, cur: &mut Cursor) -> Code {
        let mut code = Code::new();
        while !cur.is_end() {
            let before = cur.position();
            code.extend(self.expr(cur, Stop { comma: true, ..Stop::default() }, false));
            if cur.punct(0, ',') || cur.punct(0, ';') || cur.position() == before {
                push_tokens(cur, 1, &mut code);
            } else if self.is_frame(cur) {
                let message = "a `,` or an operator is expected before this";
                self.diag.error(codes::E002, cur.span(), message, None);
                cur.skip(frame::line(cur).len());
                code.push(Piece::Access(Access::Skipped));
            }
        }
        code
    }

    /// Whether Frame text stands behind an operand. In a macro's arguments `$` is not ours.
    fn is_frame(&self, cur: &Cursor) -> bool {
        match self.in_macro {
            true => frame::begins_accessor(cur),
            false => frame_begins(cur),
        }
    }

    /// `a, b, c` between parentheses.
    pub fn args(&mut self, group: &Group) -> Args {
        let tokens = trees(group.stream());
        let mut cur = Cursor::new(&tokens, group.span_close());
        let mut items = Vec::new();
        while !cur.is_end() {
            let before = cur.position();
            let mut item = self.whole(&mut cur, Stop { comma: true, ..Stop::default() }, false);
            if !cur.eat(',') && self.is_frame(&cur) {
                self.diag.error(codes::E002, cur.span(), "a `,` is expected before this", None);
                cur.skip(frame::line(&cur).len());
                cur.eat(',');
                item.push(Piece::Access(Access::Skipped));
            }
            items.push(item);
            if cur.position() == before {
                cur.skip(1);
            }
        }
        Args { span: group.span(), items }
    }
}

/// Native items, in which nothing but `@@Name(…)` is of interest.
pub fn native(diag: &Diag, tokens: &[TokenTree]) -> Code {
    let mut cur = Cursor::new(tokens, proc_macro2::Span::call_site());
    let mut code = Code::new();
    while !cur.is_end() {
        let mut scanner = Scanner::new(diag);
        if let Some(construct) = frame::construct(&mut scanner, &mut cur) {
            code.push(Piece::Access(Access::Construct(construct)));
            continue;
        }
        // The lower case word is a macro's own affair, as in `(@@one $x:expr)`.
        let system = |name: &proc_macro2::Ident| name.to_string().starts_with(char::is_uppercase);
        if cur.punct(0, '@') && cur.punct(1, '@') && cur.ident(2).is_some_and(system) {
            code.push(Piece::Access(frame::broken_accessor(&mut scanner, &mut cur)));
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

/// Whether the expression is over in front of a complete operand's next token.
fn ends(cur: &Cursor, stop: Stop) -> bool {
    if hard_end(cur, stop) || frame_begins(cur) {
        return true;
    }
    if (stop.line || stop.body) && is_no_operator(cur) {
        return true;
    }
    stop.line && (cur.on_new_line(0) || begins_item(cur)) && !continues(cur)
}

/// Whether `=`, `+=` and the like come next.
fn is_assigned(cur: &Cursor) -> bool {
    let operator = operator_length(cur) - 1;
    cur.punct(operator, '=') && !["==", "<=", ">=", "!="].iter().any(|other| cur.op(0, other))
}

/// Whether the last token is an `=` of its own.
fn is_assignment(code: &[Piece]) -> bool {
    let punct = |piece: &Piece, c: char| matches!(piece, Piece::Token(TokenTree::Punct(p)) if p.as_char() == c);
    let [.., before, last] = code else { return code.len() == 1 };
    let compound =
        matches!(before, Piece::Token(TokenTree::Punct(p)) if p.spacing() == Spacing::Joint);
    punct(last, '=') && !compound
}

/// Whether a token may stand behind `.`; a keyword there begins the next statement.
fn is_member(token: Option<&TokenTree>) -> bool {
    match token {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Ident(word)) => word == "await" || !types::is_keyword(word),
        _ => false,
    }
}

/// What cannot continue an operand: `3 3`, `a b`, `1 @`, `0: u8`.
fn is_no_operator(cur: &Cursor) -> bool {
    match cur.peek(0) {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Ident(word)) => word != "as" && word != "else",
        Some(TokenTree::Punct(p)) => {
            matches!(p.as_char(), '@' | '$' | '#' | '~' | ':') && !cur.op(0, "::")
        }
        _ => false,
    }
}

/// Whether `return`, `break` or `a..` stands without an operand.
fn nothing_follows(cur: &Cursor, stop: Stop) -> bool {
    let line = stop.line && cur.on_new_line(0) && !frame::begins_accessor(cur);
    hard_end(cur, stop) || frame::begins_statement(cur) || line
}

/// What ends an expression even where an operand is missing.
fn hard_end(cur: &Cursor, stop: Stop) -> bool {
    let body = stop.body
        && cur.group(0, Delimiter::Brace).is_some()
        && cur.group(1, Delimiter::Brace).is_none();
    cur.is_end()
        || cur.punct(0, ';')
        || stop.comma && cur.punct(0, ',')
        || stop.arrow && cur.op(0, "=>")
        || stop.brace && cur.group(0, Delimiter::Brace).is_some()
        || body
}

/// Whether Frame text begins that cannot continue an operand.
fn frame_begins(cur: &Cursor) -> bool {
    cur.punct(0, '@') && cur.punct(1, '@')
        || cur.punct(0, '$') && (cur.punct(1, '.') || cur.punct(1, '>') || cur.ident(1).is_some())
        || cur.punct(0, '<') && cur.punct(1, '$') && !cur.punct(2, '.')
        || frame::begins_statement(cur)
            && (cur.group(0, Delimiter::Parenthesis).is_none() || cur.on_new_line(0))
}

/// `3 { … }`: only behind a path a block goes on as a struct literal.
fn begins_other_block(cur: &Cursor, code: &Code) -> bool {
    let path = matches!(code.last(), Some(Piece::Token(TokenTree::Ident(_) | TokenTree::Punct(_))));
    cur.group(0, Delimiter::Brace).is_some() && !path
}

/// Whether a token can only begin the next item, even on the same line.
fn begins_item(cur: &Cursor) -> bool {
    cur.ident(0).is_some() || cur.punct(0, '#')
}

/// Whether a token on a new line can only continue the operand before it.
fn continues(cur: &Cursor) -> bool {
    match cur.peek(0) {
        Some(TokenTree::Punct(p)) => match p.as_char() {
            '&' => cur.op(0, "&&"),
            '-' | '*' | '|' | '#' | '\'' | '@' | '$' | '<' => {
                cur.op(0, "-=")
                    || cur.op(0, "*=")
                    || cur.op(0, "|=")
                    || cur.op(0, "<=")
                    || cur.op(0, "||")
            }
            '!' => cur.op(0, "!="),
            '>' => !frame::begins_misspelt_enter(cur),
            _ => true,
        },
        Some(TokenTree::Ident(ident)) => ident == "as" || ident == "else",
        _ => false,
    }
}

fn begins_block(cur: &Cursor) -> bool {
    let at = if cur.punct(0, '\'') { 3 } else { 0 };
    cur.group(at, Delimiter::Brace).is_some()
        || ["if", "while", "match", "for", "loop"].iter().any(|word| cur.keyword(at, word))
        || cur.keyword(at, "unsafe") && cur.group(at + 1, Delimiter::Brace).is_some()
}

/// Whether the last token may stand without an operand behind it: `break`, `a..`.
fn is_optional_operand(code: &Code) -> bool {
    match code.last() {
        Some(Piece::Token(TokenTree::Ident(ident))) => {
            let before = code.len().checked_sub(2).map(|at| &code[at]);
            let label =
                matches!(before, Some(Piece::Token(TokenTree::Punct(p))) if p.as_char() == '\'');
            label || ident == "break" || ident == "continue" || ident == "return"
        }
        Some(Piece::Token(TokenTree::Punct(p))) => p.as_char() == '.',
        _ => false,
    }
}

fn push_tokens(cur: &mut Cursor, count: usize, code: &mut Code) {
    let start = cur.position();
    cur.skip(count);
    code.extend(cur.since(start).iter().cloned().map(Piece::Token));
}

/// How many tokens the operator here is made of.
fn operator_length(cur: &Cursor) -> usize {
    const LONG: [&str; 2] = ["<<=", ">>="];
    const TWO: [&str; 19] = [
        "==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "^=", "&=",
        "|=", "->", "=>", "::",
    ];
    if LONG.iter().any(|op| cur.op(0, op)) {
        3
    } else if TWO.iter().any(|op| cur.op(0, op)) {
        2
    } else {
        1
    }
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
