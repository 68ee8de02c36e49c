//! Expressions inside bodies. They are not parsed: it is enough to know whether an operand or
//! an operator comes next. That tells where a statement ends, whether `{` opens a block or a
//! struct literal, and whether `|` opens a closure.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, trees};
use super::{accessors, ends, frame, slips, types};
use crate::ast::*;
use crate::codes;
use crate::keywords::is_keyword;
use crate::quote::quote;

impl Scanner<'_> {
    /// One expression. With `statement`, a block-like one ends behind its block, as it
    /// does in Rust where a statement or the body of a match arm begins.
    pub fn expr(&mut self, cur: &mut Cursor, stop: Stop, statement: bool) -> Code {
        let mut code = Code::new();
        let mut expects_operand = true;
        push_tokens(cur, if statement { ends::prefix_length(cur) } else { 0 }, &mut code);
        let start = cur.position();
        while !cur.is_end() {
            let fresh = cur.position() == start;
            if expects_operand {
                if ends::hard_end(cur, stop)
                    || ends::is_optional_operand(&code) && ends::nothing_follows(cur, stop)
                {
                    break;
                }
                let blocklike = statement && fresh && ends::begins_block(cur);
                expects_operand = self.operand(cur, stop, &mut code);
                if blocklike && !expects_operand && !cur.punct(0, '.') && !cur.punct(0, '?') {
                    break;
                }
            } else if std::mem::take(&mut self.unfinished)
                || ends::is_reached(cur, stop)
                || stop.line && ends::begins_other_block(cur, &code)
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
        if let Some(access) = accessors::accessor(self, cur) {
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
                    code.push(Piece::Access(slips::misplaced_sign(self, cur)));
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
                        cur.skip(slips::line(cur).len());
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
                    slips::misplaced_sign(self, cur);
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
                let length = types::cast_length(cur);
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
        // Like a block, a Frame statement needs no comma before the next arm.
        let stmt = slips::broken_statement(self, cur).or_else(|| frame::statement(self, cur));
        let body = match stmt {
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
        let value =
            (frame || !ends::nothing_follows(cur, stop)).then(|| self.expr(cur, stop, false));
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
        let body = match self.in_macro {
            true => self.expr(cur, stop, false),
            false => self.whole(cur, stop, false),
        };
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
                cur.skip(slips::line(cur).len());
                code.push(Piece::Access(Access::Skipped));
            }
        }
        code
    }

    /// Whether Frame text stands behind an operand. In a macro's arguments `$` is not ours.
    fn is_frame(&self, cur: &Cursor) -> bool {
        match self.in_macro {
            true => frame::begins_accessor(cur),
            false => ends::frame_begins(cur),
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
                cur.skip(slips::line(&cur).len());
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

/// Whether `=`, `+=` and the like come next.
fn is_assigned(cur: &Cursor) -> bool {
    let operator = operator_length(cur) - 1;
    cur.punct(operator, '=') && !["==", "<=", ">=", "!="].iter().any(|other| cur.op(0, other))
}

/// Whether a token may stand behind `.`; a keyword there begins the next statement.
fn is_member(token: Option<&TokenTree>) -> bool {
    match token {
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Ident(word)) => word == "await" || !is_keyword(word),
        _ => false,
    }
}

pub fn push_tokens(cur: &mut Cursor, count: usize, code: &mut Code) {
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
