//! The lengths of arrays. They are expressions: operands and operators in turns, in which what
//! stands in a block is for rustc to tell.

use proc_macro2::{Delimiter, TokenTree};

use super::paths::Of;
use super::{Cursor, Walk};
use crate::ast::is_delimited;

impl Walk {
    /// The length of an array: operands and operators in turns. What stands in a block is
    /// for rustc to tell.
    pub fn length(&mut self, cur: &mut Cursor) -> bool {
        const OPERATORS: [&str; 10] = ["<<", ">>", "+", "-", "*", "/", "%", "&", "|", "^"];
        loop {
            if !self.operand(cur) {
                return false;
            }
            let Some(operator) = OPERATORS.iter().find(|operator| cur.op(0, operator)) else {
                return true;
            };
            cur.skip(operator.len());
        }
    }

    /// `-4`, `N`, `a::size(b)`, `m!(x)`, `self.0`, `N as usize`, `if A { 1 } else { 2 }`
    fn operand(&mut self, cur: &mut Cursor) -> bool {
        while cur.eat('-') || cur.eat('!') || cur.eat('*') || cur.eat('&') {}
        let whole = match cur.peek(0) {
            Some(TokenTree::Literal(_) | TokenTree::Group(_)) => {
                self.values(cur);
                cur.next().is_some()
            }
            Some(TokenTree::Ident(word))
                if ["if", "match", "unsafe", "const"].iter().any(|block| word == block) =>
            {
                while cur.next().is_some_and(|token| !is_delimited(token, Delimiter::Brace))
                    || cur.eat_keyword("else").is_some()
                {}
                true
            }
            _ if cur.eat_keyword("_").is_some() => true,
            _ => cur.punct(0, '<') && self.qualified(cur) || self.path(cur, Of::Value),
        };
        whole && self.postfix(cur)
    }

    /// `(a, b)`
    fn values(&mut self, cur: &Cursor) {
        if let Some(group) = cur.group(0, Delimiter::Parenthesis) {
            self.within(group, |walk, cur| walk.list(cur, Walk::length));
        }
    }

    fn postfix(&mut self, cur: &mut Cursor) -> bool {
        loop {
            let called = cur.punct(0, '!') && matches!(cur.peek(1), Some(TokenTree::Group(_)));
            let member = cur.punct(0, '.')
                && matches!(cur.peek(1), Some(TokenTree::Ident(_) | TokenTree::Literal(_)));
            let given = matches!(cur.peek(0), Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::Brace);
            match () {
                () if called || member => cur.skip(2),
                () if given => {
                    self.values(cur);
                    cur.skip(1);
                }
                () if cur.eat_keyword("as").is_some() => {
                    return self.ty(cur, false) && self.postfix(cur);
                }
                () => return true,
            }
        }
    }
}
