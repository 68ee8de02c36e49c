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

/// Whether the body looks at `name` and does nothing that changes the state meanwhile.
pub fn only_looks(body: &Block, name: &str) -> bool {
    let mut uses = Uses(false);
    walk::block(body, &mut uses);
    !uses.0 && only_looks_at(body, name)
}

/// Whether the body looks at `name`, whatever else it does.
pub fn only_looks_at(body: &Block, name: &str) -> bool {
    looks(body.group.stream(), name, None)
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

/// Whether every mention of `name` is a look at it, and `self` is never handed away. From
/// `arguments` on, so is a mention that stands alone between commas.
fn looks(tokens: TokenStream, name: &str, arguments: Option<usize>) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    let punct = |at: Option<usize>, c: char| matches!(at.and_then(|at| tokens.get(at)), Some(TokenTree::Punct(p)) if p.as_char() == c);
    let word = |at: usize, words: &[&str]| matches!(tokens.get(at), Some(TokenTree::Ident(ident)) if words.iter().any(|word| ident == word));
    tokens.iter().enumerate().all(|(at, token)| match token {
        TokenTree::Ident(ident) if ident == "self" => punct(Some(at + 1), '.'),
        TokenTree::Ident(ident) if ident == name => {
            let before = at.checked_sub(1);
            // `other.name`, but not `0..name`.
            let member = punct(before, '.') && !punct(at.checked_sub(2), '.');
            let reader = punct(Some(at + 1), '.') && word(at + 2, &READERS);
            let argument = arguments.is_some_and(|from| at >= from)
                && (at + 1 == tokens.len() || punct(Some(at + 1), ','))
                && (at == 0 || punct(before, ','));
            // Nothing can be moved out of an element, and the param cannot be written to.
            let indexed = matches!(tokens.get(at + 1), Some(TokenTree::Group(group))
                if group.delimiter() == Delimiter::Bracket);
            member || punct(before, '&') || reader || indexed || argument
        }
        TokenTree::Group(group) => {
            let behind = |c| punct(at.checked_sub(1), c);
            let formats = at >= 2 && behind('!') && word(at - 2, &FORMATTERS);
            // `-> (name) $S(name)` copies what it hands on, when it does.
            let hands_on = behind('>') && punct(at.checked_sub(2), '-')
                || matches!(at.checked_sub(1).map(|at| &tokens[at]), Some(TokenTree::Ident(_)))
                    && punct(at.checked_sub(2), '$');
            let arguments = match group.delimiter() == Delimiter::Parenthesis {
                true if formats => Some(1),
                true if hands_on => Some(0),
                _ => None,
            };
            looks(group.stream(), name, arguments)
        }
        _ => true,
    })
}
