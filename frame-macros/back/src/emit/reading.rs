//! Whether a handler only looks at a state param, so that it can borrow it from the state.
//! Otherwise the handler gets a copy of its own, which costs what the type's `clone` does.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::ast::{Access, Block, FrameStmt};
use crate::gather::Gather;
use crate::walk::{self, Visit};

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

/// What the look at a param rests on.
#[derive(Default)]
pub struct Look {
    /// The fields, as `.task.left`, that are used as values: where one of them is not `Copy`,
    /// that would move it out of the state, and the handler needs a copy of the param after all.
    pub fields: Vec<TokenStream>,
    /// Whether a transition hands the whole param on.
    hands_on: bool,
    /// Whether the handler waits, with a borrow that needs more of the type than a copy does.
    waits: bool,
}

/// How the body looks at `name`, where that is all it does and nothing changes the state
/// meanwhile.
pub fn only_looks(body: &Block, name: &str) -> Option<Look> {
    let mut uses = Uses(false);
    walk::block(body, &mut uses);
    if uses.0 { None } else { only_looks_at(body, name) }
}

/// How the body looks at `name`, whatever else it does.
pub fn only_looks_at(body: &Block, name: &str) -> Option<Look> {
    let mut look = Look::default();
    let looks = look.only(body.group.stream(), name, None);
    let certain = look.fields.is_empty() || !look.hands_on && !look.waits;
    (looks && certain).then_some(look)
}

/// Whether the state is used in other ways than by its params.
struct Uses(bool);

impl<'a> Visit<'a> for Uses {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        self.0 |= matches!(access, Access::StateVar { .. } | Access::Call(_));
    }

    fn frame(&mut self, stmt: &'a FrameStmt, _closure: bool) {
        self.0 |= matches!(stmt, FrameStmt::Forward(_) | FrameStmt::Push(_));
    }
}

impl Look {
    /// Whether every mention of `name` is a look at it, and `self` is never handed away. From
    /// `arguments` on, so is a mention that stands alone between commas.
    fn only(&mut self, tokens: TokenStream, name: &str, arguments: Option<usize>) -> bool {
        let tokens = Tokens(tokens.into_iter().listed());
        tokens.0.iter().enumerate().all(|(at, token)| match token {
            TokenTree::Ident(ident) if ident == "self" => tokens.punct(Some(at + 1), '.'),
            // A borrow cannot leave the handler, which a copy in a closure can.
            TokenTree::Ident(ident) if ident == "move" => false,
            TokenTree::Ident(ident) if ident == "await" => {
                self.waits = true;
                true
            }
            TokenTree::Ident(ident) if ident == name => {
                tokens.looks(at, arguments) || self.uses_field(&tokens, at)
            }
            TokenTree::Group(group) => {
                let formats = tokens.formats(at);
                let hands_on = tokens.hands_on(at);
                let arguments = match group.delimiter() == Delimiter::Parenthesis {
                    true if formats => Some(1),
                    true if hands_on => Some(0),
                    _ => None,
                };
                self.hands_on |= hands_on && walk::mentions(token, name);
                self.only(group.stream(), name, arguments)
            }
            _ => true,
        })
    }

    /// Notes the field at the param at `at` that is used as a value, if it is one.
    fn uses_field(&mut self, tokens: &Tokens, at: usize) -> bool {
        let path = &tokens.0[at + 1..tokens.path(at)];
        let path: TokenStream = path.iter().cloned().joined();
        let text = path.to_string();
        if !self.fields.iter().any(|known| known.to_string() == text) && !path.is_empty() {
            self.fields.push(path.clone());
        }
        !path.is_empty() && !tokens.is_range(at)
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
    fn looks(&self, at: usize, arguments: Option<usize>) -> bool {
        let (before, end) = (at.checked_sub(1), self.path(at));
        // `other.name`, but not `0..name`.
        let member = self.punct(before, '.') && !self.is_range(at);
        let readers = if end == at + 1 { &READERS[..] } else { &FIELD_READERS[..] };
        let reader = self.punct(Some(end), '.') && self.word(end + 1, readers);
        let argument = arguments.is_some_and(|from| at >= from)
            && (end == self.0.len() || self.punct(Some(end), ','))
            && (at == 0 || self.punct(before, ','))
            && (end == at + 1 || arguments == Some(1));
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

    /// `-> (name) $S(name)`, which copies what it hands on, when it does.
    fn hands_on(&self, at: usize) -> bool {
        let (before, second) = (at.checked_sub(1), at.checked_sub(2));
        self.punct(before, '>') && self.punct(second, '-')
            || matches!(before.map(|at| &self.0[at]), Some(TokenTree::Ident(_)))
                && self.punct(second, '$')
    }
}
