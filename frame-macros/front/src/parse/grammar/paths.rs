//! Paths, what stands in their `<…>`, and bounds, which are paths of traits.

use proc_macro2::{Delimiter, TokenTree};

use super::{Cursor, Walk, lifetime};
use crate::keywords::is_keyword;

/// What a path is to name: the arguments of a trait may stand in parentheses, `Fn(A) -> B`,
/// and what stands there behind a value is no type.
#[derive(Clone, Copy)]
pub enum Of {
    Type,
    Trait,
    Value,
}

impl Walk {
    pub fn path(&mut self, cur: &mut Cursor, of: Of) -> bool {
        // The `$path:path` of a `macro_rules!`.
        if let Some(group) = cur.eat_group(Delimiter::None) {
            self.within(group, |walk, cur| walk.path(cur, of));
            return true;
        }
        cur.skip(if cur.op(0, "::") { 2 } else { 0 });
        self.segments(cur, of)
    }

    pub fn segments(&mut self, cur: &mut Cursor, of: Of) -> bool {
        loop {
            let Some(word) = cur.ident(0) else { return false };
            let of_paths = ["self", "Self", "super", "crate"].iter().any(|known| word == known);
            if is_keyword(word) && !of_paths {
                return false;
            }
            cur.skip(1);
            if !self.segment_arguments(cur, of) {
                return false;
            }
            if !cur.op(0, "::") {
                return true;
            }
            cur.skip(2);
        }
    }

    /// `<T>`, `::<T>` and `(A) -> B` behind a segment, where they stand.
    fn segment_arguments(&mut self, cur: &mut Cursor, of: Of) -> bool {
        let turbofish = cur.op(0, "::") && cur.punct(2, '<');
        let at = if turbofish { 2 } else { 0 };
        // `<$` begins the next handler.
        let opens = cur.punct(at, '<') && !cur.punct(at + 1, '$');
        if opens && cur.behind_angles(at).is_some() {
            cur.skip(at);
            return self.angles(cur, |walk, cur| walk.list(cur, Walk::argument));
        }
        match cur.group(0, Delimiter::Parenthesis).filter(|_| !cur.on_new_line(0)) {
            Some(group) => {
                match of {
                    Of::Value => return true,
                    Of::Trait => self.within(group, |walk, cur| walk.list(cur, Walk::element)),
                    Of::Type => self.blame(group.span()),
                }
                cur.skip(1);
                self.returned(cur)
            }
            None => true,
        }
    }

    /// What stands between the `<` and `>` of a path.
    pub fn argument(&mut self, cur: &mut Cursor) -> bool {
        lifetime(cur) || self.associated(cur).unwrap_or_else(|| self.given(cur))
    }

    /// A type or a constant.
    pub fn given(&mut self, cur: &mut Cursor) -> bool {
        let minus = usize::from(cur.punct(0, '-'));
        let constant = match cur.peek(minus) {
            Some(TokenTree::Literal(_)) => true,
            Some(TokenTree::Ident(word)) => minus == 0 && (word == "true" || word == "false"),
            Some(TokenTree::Group(group)) => minus == 0 && group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        cur.skip(if constant { minus + 1 } else { 0 });
        constant || self.ty(cur, true)
    }

    /// `Item = T` and `Item<'a>: Bound`, where one of them stands.
    fn associated(&mut self, cur: &mut Cursor) -> Option<bool> {
        cur.ident(0).filter(|name| !is_keyword(name))?;
        let behind = if cur.punct(1, '<') { cur.behind_angles(1)? } else { 1 };
        let given = cur.punct(behind, '=');
        if !given && (!cur.punct(behind, ':') || cur.op(behind, "::")) {
            return None;
        }
        cur.skip(1);
        if behind > 1 {
            self.angles(cur, |walk, cur| walk.list(cur, Walk::argument));
        }
        cur.skip(1);
        Some(if given { self.given(cur) } else { !begins_bound(cur) || self.bounds(cur, true) })
    }

    /// Bounds, of which one at least stands. Rust lets a type end in a `+`, but not where the
    /// expansion puts it, `<dyn A + as B>`.
    pub fn bounds(&mut self, cur: &mut Cursor, plus: bool) -> bool {
        loop {
            if !self.bound(cur) {
                return false;
            }
            if !plus || !cur.eat('+') {
                return true;
            }
        }
    }

    pub fn bound(&mut self, cur: &mut Cursor) -> bool {
        if lifetime(cur) {
            return true;
        }
        if cur.eat_keyword("use").is_some() {
            return self.angles(cur, |walk, cur| walk.list(cur, Walk::argument));
        }
        match cur.eat_group(Delimiter::Parenthesis) {
            Some(group) => {
                self.within(group, Walk::trait_bound);
                true
            }
            None => self.trait_bound(cur),
        }
    }

    /// `?Sized`, `for<'a> Fn(&'a T)`
    pub fn trait_bound(&mut self, cur: &mut Cursor) -> bool {
        (cur.eat('?') || !cur.keyword(0, "for") || self.quantifier(cur))
            && self.path(cur, Of::Trait)
    }

    /// `for<'a, 'b>`
    pub fn quantifier(&mut self, cur: &mut Cursor) -> bool {
        cur.skip(1);
        self.angles(cur, |walk, cur| {
            walk.list(cur, |_, cur| lifetime(cur) || cur.eat_ident().is_some())
        })
    }
}

fn begins_bound(cur: &Cursor) -> bool {
    match cur.peek(0) {
        Some(TokenTree::Ident(word)) => {
            let known = ["for", "use", "self", "Self", "super", "crate"];
            !is_keyword(word) || known.iter().any(|known| word == known)
        }
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
        _ => cur.punct(0, '\'') || cur.punct(0, '?') || cur.op(0, "::"),
    }
}
