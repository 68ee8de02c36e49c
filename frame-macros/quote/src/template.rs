//! A template as a text with holes.

use proc_macro::{Delimiter, Literal, Punct, Spacing, TokenStream, TokenTree};

use crate::code::{And, code, group, is};
use crate::repetition::repeated;

/// What a template comes to.
pub struct Template {
    text: String,
    /// What the `$` in the text stand for, as expressions.
    pub holes: Vec<TokenStream>,
    /// The span of what is written in lists, as an expression.
    span: &'static str,
}

impl Template {
    pub fn read(tokens: TokenStream, span: &'static str) -> Template {
        let mut template = Template { text: String::new(), holes: Vec::new(), span };
        template.write(tokens);
        template
    }

    /// Words with a space between them.
    pub fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// `(text, &[holes])`
    pub fn arguments(self) -> TokenStream {
        self.arguments_behind(TokenStream::new())
    }

    pub fn arguments_behind(self, first: TokenStream) -> TokenStream {
        let text = TokenTree::from(Literal::string(self.text()));
        let holes = self.holes.into_iter().map(|hole| code("&").and(hole).and(code(",")));
        let holes = group(Delimiter::Bracket, holes.collect());
        let all = first.and([text]).and(code(", &")).and(holes);
        group(Delimiter::Parenthesis, all)
    }

    fn write(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((token, behind)) = rest.split_first() {
            rest = match (token, behind) {
                (TokenTree::Punct(hash), [TokenTree::Ident(name), behind @ ..])
                    if hash.as_char() == '#' =>
                {
                    self.hole(TokenTree::from(name.clone()).into());
                    behind
                }
                (TokenTree::Punct(hash), [TokenTree::Group(body), behind @ ..])
                    if hash.as_char() == '#' && body.delimiter() == Delimiter::Parenthesis =>
                {
                    self.repetition(body.stream(), behind)
                }
                (token, behind) => {
                    self.token(token, behind);
                    behind
                }
            };
        }
    }

    fn word(&mut self, word: &str) {
        self.text.push_str(word);
        self.text.push(' ');
    }

    fn hole(&mut self, value: TokenStream) {
        self.word("$");
        self.holes.push(value);
    }

    fn token(&mut self, token: &TokenTree, behind: &[TokenTree]) {
        match token {
            TokenTree::Ident(word) => self.word(&word.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '$' => {
                self.hole(code("::core::compile_error!(\"a template has no `$`\")"));
            }
            TokenTree::Punct(punct) => {
                self.text.push(punct.as_char());
                if !continues(punct, behind) {
                    self.text.push(' ');
                }
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                match text.starts_with(|first: char| first.is_ascii_digit()) {
                    true => self.word(&text),
                    false => self.hole(token.clone().into()),
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => return self.write(group.stream()),
                };
                self.word(open);
                self.write(group.stream());
                self.word(close);
            }
        }
    }

    /// `#( body )*` or `#( body ) separator *`, of which what stands behind the body is given.
    /// Gives what stands behind all of it.
    fn repetition<'t>(&mut self, body: TokenStream, behind: &'t [TokenTree]) -> &'t [TokenTree] {
        let (separator, behind) = match behind {
            [star, behind @ ..] if is(star, '*') => ("".to_owned(), behind),
            [separator, star, behind @ ..] if is(star, '*') => (separator.to_string(), behind),
            behind => {
                let message = "::core::compile_error!(\"`*` goes behind a repetition\")";
                self.hole(code(message));
                return behind;
            }
        };
        self.hole(repeated(body, &separator, self.span));
        behind
    }
}

/// Whether what stands behind belongs to the same operator or lifetime. A hole does not.
fn continues(punct: &Punct, behind: &[TokenTree]) -> bool {
    let hole = behind.first().is_some_and(|token| is(token, '#'));
    punct.spacing() == Spacing::Joint && !hole
}
