//! The grammar of Rust's types, paths and bounds: how far one reaches, and the first token in
//! it that cannot stand where it stands. What passes here parses as Rust; what it means is
//! rustc's to tell.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::cursor::{Cursor, close_span, trees};
use crate::ast::is_delimited;
use crate::gather::Gather;
use crate::keywords::is_keyword;

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

/// What a path is to name: the arguments of a trait may stand in parentheses, `Fn(A) -> B`,
/// and what stands there behind a value is no type.
#[derive(Clone, Copy)]
enum Of {
    Type,
    Trait,
    Value,
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

    /// The length of an array: operands and operators in turns. What stands in a block is
    /// for rustc to tell.
    fn length(&mut self, cur: &mut Cursor) -> bool {
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
        !(plus && cur.eat('+') && begins_bound(cur)) || self.bounds(cur, true)
    }

    fn path(&mut self, cur: &mut Cursor, of: Of) -> bool {
        // The `$path:path` of a `macro_rules!`.
        if let Some(group) = cur.eat_group(Delimiter::None) {
            self.within(group, |walk, cur| walk.path(cur, of));
            return true;
        }
        cur.skip(if cur.op(0, "::") { 2 } else { 0 });
        self.segments(cur, of)
    }

    fn segments(&mut self, cur: &mut Cursor, of: Of) -> bool {
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
    fn argument(&mut self, cur: &mut Cursor) -> bool {
        lifetime(cur) || self.associated(cur).unwrap_or_else(|| self.given(cur))
    }

    /// A type or a constant.
    fn given(&mut self, cur: &mut Cursor) -> bool {
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

    /// `unsafe extern "C" fn(A, size: B) -> C`
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

    /// Bounds, of which one at least stands; behind a `+` none has to.
    fn bounds(&mut self, cur: &mut Cursor, plus: bool) -> bool {
        loop {
            if !self.bound(cur) {
                return false;
            }
            if !plus || !cur.eat('+') || !begins_bound(cur) {
                return true;
            }
        }
    }

    fn bound(&mut self, cur: &mut Cursor) -> bool {
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
    fn trait_bound(&mut self, cur: &mut Cursor) -> bool {
        (cur.eat('?') || !cur.keyword(0, "for") || self.quantifier(cur))
            && self.path(cur, Of::Trait)
    }

    /// `for<'a, 'b>`
    fn quantifier(&mut self, cur: &mut Cursor) -> bool {
        cur.skip(1);
        self.angles(cur, |walk, cur| {
            walk.list(cur, |_, cur| lifetime(cur) || cur.eat_ident().is_some())
        })
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

/// Takes `'a`.
fn lifetime(cur: &mut Cursor) -> bool {
    let found = cur.punct(0, '\'') && cur.ident(1).is_some();
    cur.skip(if found { 2 } else { 0 });
    found
}

#[cfg(test)]
mod tests {
    //! syn says what a type is.

    use proptest::prelude::*;
    use proptest::sample::{Index, select};
    use proptest::test_runner::{Config as ProptestConfig, RngAlgorithm, TestRng, TestRunner};

    use super::*;

    const TYPES: &[&str] = &[
        "u8",
        "&'a mut [u8]",
        "*const T",
        "(A, B,)",
        "()",
        "[u8; 4]",
        "[T; N * 2]",
        "!",
        "_",
        "a::b::C<D, 'a, 4, -1, { N + 1 }, true>",
        "::a::B",
        "Vec::<u8>",
        "Self::Item",
        "<T as a::Trait<u8>>::Item<E>",
        "<T>::Item",
        "m![x]",
        "a::m! { x }",
        "dyn Fn(A, B) -> C + Send + 'a",
        "impl for<'a> Fn(&'a u8) -> &'a u8",
        "impl Sized + use<'a>",
        "fn(a: A, _: u8) -> B",
        "unsafe extern \"C\" fn(*const u8)",
        "extern fn()",
        "for<'a> fn(&'a u8) -> &'a u8",
        "Box<dyn A>",
        "A<Item = u8>",
        "A<Item = 3, Other: B + C>",
        "Option<fn()>",
        "&&T",
        "dyn ?Sized + (A)",
        "crate::A",
        "super::super::A",
        "(A)",
        "((A), B)",
        "[[u8; 2]; 3]",
        "[A]",
        "dyn a::B<C>",
        "impl A + B",
        "fn() -> impl A",
        "&'static str",
        "HashMap<String, Vec<(u8, &'a T)>>",
        "fn(fn(A) -> B)",
        "A<<T as B>::C>",
        "A + B",
    ];

    fn accepted(tokens: &TokenStream) -> bool {
        let tokens = trees(tokens.clone());
        let mut cur = Cursor::new(&tokens, Span::call_site());
        matches!(ty(&mut cur), Found::Whole) && cur.is_end()
    }

    #[test]
    fn all_types_are_accepted() {
        for text in TYPES.iter().chain(&["<F as FnOnce(u8)>::Output"]) {
            assert!(accepted(&text.parse().expect("tokens")), "{text}");
        }
    }

    /// The tokens as words, brackets included.
    fn words(tokens: TokenStream, words: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        _ => ("{", "}"),
                    };
                    words.push(open.to_owned());
                    self::words(group.stream(), words);
                    words.push(close.to_owned());
                }
                token => words.push(token.to_string()),
            }
        }
    }

    /// A sign that belongs to the next one stands close to it.
    fn text(words: &[String]) -> String {
        let mut text = String::new();
        for pair in words.windows(2) {
            text.push_str(&pair[0]);
            let joint = matches!(
                (pair[0].as_str(), pair[1].as_str()),
                (":", ":") | ("-", ">") | ("'", _) | ("=", ">")
            );
            text.push_str(if joint { "" } else { " " });
        }
        text.extend(words.last().cloned());
        text
    }

    /// Types with a token or two more, less, or exchanged.
    #[test]
    fn what_syn_rejects_is_rejected() {
        let signs = "' : < > , ; & + ? ! * = - | ( ) [ ] { } u8 A a mut dyn impl fn for as use _ 3";
        let signs: Vec<&str> = signs.split(' ').collect();
        let edit = (any::<Index>(), any::<bool>(), any::<bool>(), select(signs));
        let cases = (select(TYPES), prop::collection::vec(edit, 1..3));
        let config =
            ProptestConfig { cases: 20_000, failure_persistence: None, ..Default::default() };
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let outcome = TestRunner::new_with_rng(config, rng).run(&cases, |(ty, edits)| {
            let mut words = Vec::new();
            self::words(ty.parse().expect("tokens"), &mut words);
            for (at, insert, remove, word) in edits {
                let at = at.index(words.len());
                let behind = if remove { at + 1 } else { at };
                words.splice(at..behind, insert.then(|| word.to_owned()));
                if words.is_empty() {
                    return Ok(());
                }
            }
            let text = text(&words);
            let Ok(tokens) = text.parse::<TokenStream>() else { return Ok(()) };
            // Of expressions, of bounds without a trait, of `<A + as B>` and of `m<T>!()` rustc
            // tells.
            let open = words.windows(2).any(|pair| {
                matches!(
                    [pair[0].as_str(), pair[1].as_str()],
                    ["{", _] | [_, "use"] | ["dyn" | "impl", "'"] | [">", "!"] | ["+", "as"]
                )
            });
            if open {
                return Ok(());
            }
            let known = syn::parse2::<syn::Type>(tokens.clone()).is_ok();
            prop_assert!(known || !accepted(&tokens), "{}", text);
            Ok(())
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
    }
}
