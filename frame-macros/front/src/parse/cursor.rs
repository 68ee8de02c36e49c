//! A position in a list of tokens, with the look-ahead the grammar needs.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};

use crate::ast::is_delimited;
use crate::tokens;

#[derive(Clone)]
pub struct Cursor<'t> {
    tokens: &'t [TokenTree],
    at: usize,
    end: Span,
}

impl<'t> Cursor<'t> {
    /// `end` is blamed for what is missing behind the last token.
    pub fn new(tokens: &'t [TokenTree], end: Span) -> Self {
        Cursor { tokens, at: 0, end }
    }

    pub fn peek(&self, ahead: usize) -> Option<&'t TokenTree> {
        self.tokens.get(self.at + ahead)
    }

    pub fn is_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The span of the next token, or of what closes the list.
    pub fn span(&self) -> Span {
        self.peek(0).map_or(self.end, open_span)
    }

    /// Where something is missing: the next token or, when that stands on a line of its own,
    /// the token before it.
    pub fn gap(&self) -> Span {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        match before {
            Some(token) if self.is_end() || self.on_new_line(0) => close_span(token),
            _ => self.span(),
        }
    }

    pub fn position(&self) -> usize {
        self.at
    }

    pub fn rewind(&mut self, position: usize) {
        self.at = position;
    }

    pub fn since(&self, position: usize) -> &'t [TokenTree] {
        &self.tokens[position..self.at]
    }

    /// The next `count` tokens.
    pub fn ahead(&self, count: usize) -> &'t [TokenTree] {
        &self.tokens[self.at..(self.at + count).min(self.tokens.len())]
    }

    pub fn next(&mut self) -> Option<&'t TokenTree> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token)
    }

    pub fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len());
    }

    /// Skips what is left of an item that could not be read, of which everything from
    /// `start` on is gone: to the next line, or to behind a block, `,` or `;`.
    pub fn skip_item(&mut self, start: usize) {
        self.skip(usize::from(self.at == start));
        while !self.is_end() && !self.on_new_line(0) && !self.is_behind_item() {
            self.skip(1);
        }
    }

    fn is_behind_item(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        before.is_some_and(|token| match token {
            TokenTree::Punct(p) => matches!(p.as_char(), ',' | ';'),
            token => is_delimited(token, Delimiter::Brace),
        })
    }

    /// The name of the item that begins here, behind the words and sigils before it.
    pub fn name_ahead(&self) -> Option<String> {
        const BEFORE: [&str; 5] = ["pub", "public", "async", "static", "const"];
        let sigils =
            (0..2).take_while(|at| matches!(self.peek(*at), Some(TokenTree::Punct(_)))).count();
        let words = (sigils..sigils + 3)
            .take_while(|at| BEFORE.iter().any(|word| self.keyword(*at, word)))
            .count();
        self.ident(sigils + words).map(Ident::to_string)
    }

    pub fn punct(&self, ahead: usize, wanted: char) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Punct(p)) if p.as_char() == wanted)
    }

    /// Whether the operator `wanted` stands here as one token (`->`, not `- >`).
    pub fn op(&self, ahead: usize, wanted: &str) -> bool {
        let last = wanted.chars().count() - 1;
        wanted.chars().enumerate().all(|(i, c)| match self.peek(ahead + i) {
            Some(TokenTree::Punct(p)) => {
                p.as_char() == c && (i == last || p.spacing() == Spacing::Joint)
            }
            _ => false,
        })
    }

    pub fn ident(&self, ahead: usize) -> Option<&'t Ident> {
        match self.peek(ahead) {
            Some(TokenTree::Ident(ident)) => Some(ident),
            _ => None,
        }
    }

    pub fn keyword(&self, ahead: usize, wanted: &str) -> bool {
        self.ident(ahead).is_some_and(|ident| ident == wanted)
    }

    pub fn group(&self, ahead: usize, delimiter: Delimiter) -> Option<&'t Group> {
        match self.peek(ahead) {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
            _ => None,
        }
    }

    pub fn is_string(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Literal(l)) if l.to_string().starts_with('"'))
    }

    /// Takes the punctuation `wanted` when it is next.
    pub fn eat(&mut self, wanted: char) -> bool {
        let found = self.punct(0, wanted);
        self.skip(usize::from(found));
        found
    }

    pub fn eat_keyword(&mut self, wanted: &str) -> Option<&'t Ident> {
        let ident = self.ident(0).filter(|ident| *ident == wanted)?;
        self.skip(1);
        Some(ident)
    }

    pub fn eat_ident(&mut self) -> Option<&'t Ident> {
        let ident = self.ident(0)?;
        self.skip(1);
        Some(ident)
    }

    pub fn eat_group(&mut self, delimiter: Delimiter) -> Option<&'t Group> {
        let group = self.group(0, delimiter)?;
        self.skip(1);
        Some(group)
    }

    /// Whether the token `ahead` begins a line of its own.
    pub fn on_new_line(&self, ahead: usize) -> bool {
        let at = self.at + ahead;
        let (Some(token), Some(before)) =
            (self.tokens.get(at), at.checked_sub(1).map(|i| &self.tokens[i]))
        else {
            return false;
        };
        open_span(token).start().line > close_span(before).end().line
    }

    /// The position behind `<…>` that opens `ahead`, or `None` where it never closes.
    pub fn behind_angles(&self, ahead: usize) -> Option<usize> {
        tokens::behind_angles(&self.tokens[self.at..], ahead)
    }
}

pub fn open_span(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_open(),
        other => other.span(),
    }
}

pub fn close_span(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::None => group.span_close(),
        other => other.span(),
    }
}

/// The trees of a stream. What a `macro_rules!` has put into invisible delimiters, as it does
/// with `$vis:vis` and `$body:block`, comes out where it can only mean itself.
pub fn trees(tokens: TokenStream) -> Vec<TokenTree> {
    let mut trees = Vec::new();
    for token in tokens {
        match invisible(&token) {
            Some(inner) if can_only_mean_itself(&inner) => trees.extend(inner),
            _ => trees.push(token),
        }
    }
    trees
}

/// The inside of a group that is not seen.
pub fn invisible(token: &TokenTree) -> Option<Vec<TokenTree>> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            Some(trees(group.stream()))
        }
        _ => None,
    }
}

/// No operator around it could tear it apart: `pub(crate)`, `'a`, `{ … }`, but not `1 + 1`.
fn can_only_mean_itself(trees: &[TokenTree]) -> bool {
    match trees {
        [] | [_] => true,
        [TokenTree::Ident(word), ..] => word == "pub",
        [TokenTree::Punct(quote), TokenTree::Ident(_)] => quote.as_char() == '\'',
        _ => false,
    }
}
