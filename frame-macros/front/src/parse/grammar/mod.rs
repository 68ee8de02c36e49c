//! The grammar of Rust's types, paths and bounds: how far one reaches, and the first token in
//! it that cannot stand where it stands. What passes here parses as Rust; what it means is
//! rustc's to tell.

mod lengths;
mod paths;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::cursor::{Cursor, close_span, trees};
use crate::gather::Gather;
use crate::keywords::is_keyword;
use paths::Of;

/// What a walk has found. The cursor stands behind it, or before the token that no type,
/// path or bound can go on with.
pub enum Found {
    Whole,
    /// It ends too early.
    Part,
    /// Something within brackets of any kind is wrong.
    Wrong(Span),
}

/// Walks over a type as long as can be.
pub fn ty(cur: &mut Cursor) -> Found {
    walk(cur, |walk, cur| walk.ty(cur, true))
}

/// The same behind `as`, where a `+` adds.
pub fn cast(cur: &mut Cursor) -> Found {
    walk(cur, |walk, cur| walk.ty(cur, false))
}

/// `a::Path<T>`
pub fn path(cur: &mut Cursor) -> Found {
    walk(cur, |walk, cur| walk.path(cur, Of::Type))
}

/// `'a`, `?Sized`, `for<'a> Fn(&'a T)`
pub fn bound(cur: &mut Cursor) -> Found {
    walk(cur, Walk::bound)
}

/// A type or a constant: `u8`, `4`, `{ N + 1 }`
pub fn given(cur: &mut Cursor) -> Found {
    walk(cur, Walk::given)
}

/// The path that the tokens are, and nothing else; or the token at fault.
pub fn whole_path(tokens: TokenStream, end: Span) -> Result<TokenStream, Span> {
    let found = trees(tokens);
    let mut cur = Cursor::new(&found, end);
    match path(&mut cur) {
        Found::Whole if cur.is_end() => Ok(found.iter().joined()),
        Found::Wrong(span) => Err(span),
        _ => Err(cur.span()),
    }
}

fn walk(cur: &mut Cursor, step: impl FnOnce(&mut Walk, &mut Cursor) -> bool) -> Found {
    let mut walk = Walk { wrong: None };
    let whole = step(&mut walk, cur);
    match walk.wrong {
        Some(span) => Found::Wrong(span),
        None if whole => Found::Whole,
        None => Found::Part,
    }
}

/// Each step tells whether what it was to walk over was there. Inside of brackets, which end
/// somewhere in any case, a mistake is remembered and the walk goes on behind them.
struct Walk {
    wrong: Option<Span>,
}

impl Walk {
    /// A type; `plus` tells whether `+` joins bounds to it.
    fn ty(&mut self, cur: &mut Cursor, plus: bool) -> bool {
        match cur.peek(0) {
            Some(TokenTree::Group(group)) => self.group(group, cur),
            Some(TokenTree::Punct(sign)) => match sign.as_char() {
                '!' => cur.eat('!'),
                '&' => {
                    cur.skip(1);
                    lifetime(cur);
                    cur.eat_keyword("mut");
                    self.ty(cur, false)
                }
                '*' => {
                    cur.skip(1);
                    cur.eat_keyword("const").or_else(|| cur.eat_keyword("mut")).is_some()
                        && self.ty(cur, false)
                }
                '<' => self.qualified(cur),
                _ => self.named(cur, plus),
            },
            Some(TokenTree::Ident(word)) => match word.to_string().as_str() {
                "_" => cur.eat_ident().is_some(),
                "dyn" | "impl" => {
                    cur.skip(1);
                    self.bounds(cur, plus)
                }
                "fn" | "unsafe" | "extern" => self.fn_pointer(cur),
                "for" => self.quantifier(cur) && self.quantified(cur, plus),
                _ => self.named(cur, plus),
            },
            _ => false,
        }
    }

    /// `fn(&'a u8)` or `Trait<'a>` behind `for<'a>`.
    fn quantified(&mut self, cur: &mut Cursor, plus: bool) -> bool {
        let function = ["fn", "unsafe", "extern"].iter().any(|word| cur.keyword(0, word));
        match function {
            true => self.fn_pointer(cur),
            false => cur.ident(0).is_some() && self.named(cur, plus),
        }
    }

    /// `(A, B)`, `[T; 4]`, and what a `$ty:ty` of a `macro_rules!` is.
    fn group(&mut self, group: &Group, cur: &mut Cursor) -> bool {
        match group.delimiter() {
            Delimiter::Brace => return false,
            Delimiter::Parenthesis => self.within(group, |walk, cur| walk.list(cur, Walk::element)),
            Delimiter::Bracket => {
                self.within(group, |walk, cur| {
                    walk.element(cur) && (!cur.eat(';') || walk.length(cur))
                });
            }
            Delimiter::None => self.within(group, Walk::element),
        }
        cur.skip(1);
        true
    }

    fn element(&mut self, cur: &mut Cursor) -> bool {
        self.ty(cur, true)
    }

    /// `<T as Trait>::Item`
    fn qualified(&mut self, cur: &mut Cursor) -> bool {
        let inner = self.angles(cur, |walk, cur| {
            walk.ty(cur, true) && (cur.eat_keyword("as").is_none() || walk.path(cur, Of::Trait))
        });
        inner && cur.op(0, "::") && {
            cur.skip(2);
            self.segments(cur, Of::Type)
        }
    }

    /// A path, also that of a macro, and bounds behind it that lack their `dyn`.
    fn named(&mut self, cur: &mut Cursor, plus: bool) -> bool {
        if !self.path(cur, Of::Type) {
            return false;
        }
        let call = matches!(cur.peek(1), Some(TokenTree::Group(_))) && !cur.on_new_line(1);
        if cur.punct(0, '!') && call {
            cur.skip(2);
            return true;
        }
        !(plus && cur.eat('+')) || self.bounds(cur, true)
    }

    /// `unsafe extern "C" fn(A, size: B, ...) -> C`
    fn fn_pointer(&mut self, cur: &mut Cursor) -> bool {
        cur.eat_keyword("unsafe");
        if cur.eat_keyword("extern").is_some() {
            cur.skip(usize::from(cur.is_string(0)));
        }
        if cur.eat_keyword("fn").is_none() {
            return false;
        }
        let Some(group) = cur.eat_group(Delimiter::Parenthesis) else { return false };
        self.within(group, |walk, cur| {
            walk.list(cur, |walk, cur| {
                if cur.op(0, "...") {
                    cur.skip(3);
                    return cur.is_end();
                }
                let name = cur.ident(0).filter(|name| *name == "_" || !is_keyword(name));
                let named = name.is_some() && cur.punct(1, ':') && !cur.op(1, "::");
                cur.skip(if named { 2 } else { 0 });
                walk.ty(cur, true)
            })
        });
        self.returned(cur)
    }

    /// The `-> T` of a function, where it stands.
    fn returned(&mut self, cur: &mut Cursor) -> bool {
        if !cur.op(0, "->") {
            return true;
        }
        cur.skip(2);
        self.ty(cur, false)
    }

    /// `a, b, c` up to the end, with or without a `,` there.
    fn list(
        &mut self,
        cur: &mut Cursor,
        mut item: impl FnMut(&mut Walk, &mut Cursor) -> bool,
    ) -> bool {
        while !cur.is_end() {
            if !item(self, cur) || !cur.is_end() && !cur.eat(',') {
                return false;
            }
        }
        true
    }

    /// All that stands in a group.
    fn within(&mut self, group: &Group, step: impl FnOnce(&mut Walk, &mut Cursor) -> bool) {
        let tokens = trees(group.stream());
        self.all(&mut Cursor::new(&tokens, group.span_close()), step);
    }

    /// All that stands between `<` and `>`.
    fn angles(
        &mut self,
        cur: &mut Cursor,
        step: impl FnOnce(&mut Walk, &mut Cursor) -> bool,
    ) -> bool {
        let Some(behind) = cur.behind_angles(0) else { return false };
        let tokens = cur.ahead(behind);
        cur.skip(behind);
        let [_, inner @ .., close] = tokens else { return false };
        self.all(&mut Cursor::new(inner, close_span(close)), step);
        true
    }

    fn all(&mut self, cur: &mut Cursor, step: impl FnOnce(&mut Walk, &mut Cursor) -> bool) {
        if !step(self, cur) || !cur.is_end() {
            self.blame(cur.span());
        }
    }

    fn blame(&mut self, place: Span) {
        self.wrong.get_or_insert(place);
    }
}

/// Takes `'a`.
fn lifetime(cur: &mut Cursor) -> bool {
    let found = cur.punct(0, '\'') && cur.ident(1).is_some();
    cur.skip(if found { 2 } else { 0 });
    found
}

#[cfg(test)]
mod tests;
