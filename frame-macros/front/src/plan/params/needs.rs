//! What code does with a state param, as far as its tokens tell: whether it only looks at it,
//! which a borrow from the state is enough for, or needs one of its own, which costs what the
//! type's `clone` does.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::gather::Gather;
use crate::walk;

/// Methods of the standard library that take `&self` and say so to every reader.
const READERS: [&str; 31] = [
    "as_bytes",
    "as_deref",
    "as_ref",
    "as_slice",
    "as_str",
    "bytes",
    "chars",
    "clone",
    "contains",
    "contains_key",
    "ends_with",
    "find",
    "first",
    "get",
    "is_empty",
    "is_none",
    "is_some",
    "iter",
    "keys",
    "last",
    "len",
    "lines",
    "parse",
    "split",
    "starts_with",
    "to_owned",
    "to_string",
    "to_vec",
    "trim",
    "values",
    "windows",
];

/// Those that no iterator or reader of the standard library takes by value, which a field can be.
const FIELD_READERS: [&str; 12] = [
    "as_bytes",
    "as_slice",
    "as_str",
    "clone",
    "contains_key",
    "is_empty",
    "is_none",
    "is_some",
    "iter",
    "len",
    "to_string",
    "to_vec",
];

const FORMATTERS: [&str; 9] = [
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "panic",
    "print",
    "println",
    "write",
    "writeln",
];

/// What code needs of a param besides a look at it.
#[derive(Clone, Default)]
pub struct Need {
    /// Whether it needs the param itself.
    pub whole: bool,
    /// The fields, as `.task.left`, that are used as values: where one of them is not `Copy`,
    /// that moves it out of the param.
    pub fields: Vec<TokenStream>,
    /// Whether a borrow of the param can outlive the block that the code stands in: what is
    /// moved leaves none behind, a method may return one.
    pub lasting: bool,
}

impl Need {
    pub fn join(&mut self, other: Need) {
        self.whole |= other.whole;
        self.lasting |= other.lasting;
        for field in other.fields {
            self.add_field(field);
        }
    }

    /// Adds what tokens need that are no statement of their own.
    pub fn scan(&mut self, tokens: TokenStream, name: &str, lasting: bool) {
        if !walk::mentions_any(&tokens, name) {
            return;
        }
        // A borrow cannot leave the handler, which a copy in a closure can.
        if walk::mentions_any(&tokens, "move") {
            (self.whole, self.lasting) = (true, true);
        }
        let lasting = lasting || walk::mentions_any(&tokens, "ref");
        self.scan_group(tokens, name, lasting, false);
    }

    fn scan_group(&mut self, tokens: TokenStream, name: &str, lasting: bool, formats: bool) {
        let tokens = Tokens(tokens.into_iter().listed());
        for (at, token) in tokens.0.iter().enumerate() {
            match token {
                TokenTree::Ident(ident) if ident == name => {
                    self.mention(&tokens, at, lasting, formats);
                }
                TokenTree::Group(group) => {
                    let formats = tokens.formats(at);
                    let lasting = lasting || tokens.punct(at.checked_sub(1), '!') && !formats;
                    self.scan_group(group.stream(), name, lasting, formats);
                }
                _ => {}
            }
        }
    }

    fn mention(&mut self, tokens: &Tokens, at: usize, lasting: bool, formats: bool) {
        if tokens.looks(at, formats) || tokens.is_label(at) {
            return;
        }
        let end = tokens.path(at);
        let path: TokenStream = tokens.0[at + 1..end].iter().cloned().joined();
        if path.is_empty() {
            self.whole = true;
            self.lasting |= lasting || !tokens.is_moved(at);
        } else {
            self.add_field(path);
            self.lasting |= lasting || tokens.punct(Some(end), '.');
        }
    }

    fn add_field(&mut self, path: TokenStream) {
        let text = path.to_string();
        if !self.fields.iter().any(|known| known.to_string() == text) {
            self.fields.push(path);
        }
    }
}

struct Tokens(Vec<TokenTree>);

impl Tokens {
    fn punct(&self, at: Option<usize>, c: char) -> bool {
        matches!(at.and_then(|at| self.0.get(at)), Some(TokenTree::Punct(p)) if p.as_char() == c)
    }

    fn word(&self, at: usize, words: &[&str]) -> bool {
        matches!(self.0.get(at), Some(TokenTree::Ident(ident)) if words.iter().any(|word| ident == word))
    }

    fn group(&self, at: usize, delimiter: Delimiter) -> bool {
        matches!(self.0.get(at), Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
    }

    /// Whether the param at `at` is only looked at, whatever its type.
    fn looks(&self, at: usize, formats: bool) -> bool {
        let (before, end) = (at.checked_sub(1), self.path(at));
        // `other.name`, but not `0..name`.
        let member = self.punct(before, '.') && !self.is_range(at);
        let readers = if end == at + 1 { &READERS[..] } else { &FIELD_READERS[..] };
        let reader = self.punct(Some(end), '.') && self.word(end + 1, readers);
        let argument = formats
            && self.punct(before, ',')
            && (end == self.0.len() || self.punct(Some(end), ','));
        // Nothing can be moved out of an element, and the param cannot be written to.
        let indexed = self.group(end, Delimiter::Bracket);
        member || self.punct(before, '&') || reader || indexed || argument || self.compared(at, end)
    }

    /// Where the fields of the name at `at` end, of which a method is none: `name.task.left`.
    fn path(&self, at: usize) -> usize {
        let is_field = |at: usize| {
            let named = matches!(self.0.get(at), Some(TokenTree::Ident(_) | TokenTree::Literal(_)));
            let called =
                self.group(at + 1, Delimiter::Parenthesis) || self.punct(Some(at + 1), ':');
            named && !called && !self.word(at, &["await"])
        };
        let mut end = at + 1;
        while self.punct(Some(end), '.') && is_field(end + 1) {
            end += 2;
        }
        end
    }

    /// Whether what stands from `at` to `end` is a whole side of `==` or `!=`, which borrows both.
    fn compared(&self, at: usize, end: usize) -> bool {
        let equals = |first: usize| {
            (self.punct(Some(first), '=') || self.punct(Some(first), '!'))
                && self.punct(Some(first + 1), '=')
        };
        let begins = at == 0
            || self.word(at - 1, &["if", "while"])
            || [',', ';', '|'].into_iter().any(|c| self.punct(Some(at - 1), c));
        let ends = end == self.0.len()
            || self.group(end, Delimiter::Brace)
            || [',', ';'].into_iter().any(|c| self.punct(Some(end), c))
            || ['&', '|']
                .into_iter()
                .any(|c| self.punct(Some(end), c) && self.punct(Some(end + 1), c));
        begins && equals(end) || ends && at.checked_sub(2).is_some_and(equals)
    }

    fn is_range(&self, at: usize) -> bool {
        self.punct(at.checked_sub(1), '.') && self.punct(at.checked_sub(2), '.')
    }

    fn formats(&self, at: usize) -> bool {
        at >= 2 && self.punct(Some(at - 1), '!') && self.word(at - 2, &FORMATTERS)
    }

    /// The name of a field that is given a value, and no mention of the param.
    fn is_label(&self, at: usize) -> bool {
        self.punct(Some(at + 1), ':') && !self.punct(Some(at + 2), ':')
    }

    /// Whether the param at `at` is used by value: `Some(name)`, `x = name;`, `..name`.
    fn is_moved(&self, at: usize) -> bool {
        let before = at.checked_sub(1);
        let begins = at == 0
            || [',', '=', ':'].into_iter().any(|c| self.punct(before, c))
            || self.word(at - 1, &["return"])
            || self.is_range(at);
        let ends = at + 1 == self.0.len()
            || [',', ';', '?'].into_iter().any(|c| self.punct(Some(at + 1), c));
        begins && ends
    }
}
