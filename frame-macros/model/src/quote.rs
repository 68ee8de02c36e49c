//! Templates, which say what they stand for: `quote!(impl #name { #(#items)* })`. The macros make
//! a text of each, which is read here.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

pub use frame_macros_quote::{quote, quote_spanned};

/// What can stand in a template as `#name`.
pub trait ToTokens {
    /// Adds what it stands for.
    fn to_tokens(&self, tokens: &mut TokenStream);

    /// What it stands for.
    fn to_token_stream(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        self.to_tokens(&mut tokens);
        tokens
    }

    /// The same of what is needed no more.
    fn into_token_stream(self) -> TokenStream
    where
        Self: Sized,
    {
        self.to_token_stream()
    }
}

/// The tokens of a template's text, with what its holes hold in the place of each `$`.
pub fn tokens(text: &str, holes: &[&dyn ToTokens]) -> TokenStream {
    spanned(Span::call_site(), text, holes)
}

/// The same, with a span for the tokens of the text.
pub fn spanned(span: Span, text: &str, holes: &[&dyn ToTokens]) -> TokenStream {
    let mut tokens = TokenStream::new();
    read(text, holes, span, &mut tokens);
    tokens
}

fn read(text: &str, holes: &[&dyn ToTokens], span: Span, tokens: &mut TokenStream) {
    let mut holes = holes.iter();
    let mut around: Vec<TokenStream> = Vec::new();
    for word in text.split(' ') {
        let closed = match word {
            "$" => {
                if let Some(hole) = holes.next() {
                    hole.to_tokens(tokens);
                }
                continue;
            }
            "(" | "[" | "{" => {
                around.push(std::mem::take(tokens));
                continue;
            }
            ")" => Delimiter::Parenthesis,
            "]" => Delimiter::Bracket,
            "}" => Delimiter::Brace,
            word => {
                read_word(word, span, tokens);
                continue;
            }
        };
        let outer = around.pop().unwrap_or_default();
        let mut group = Group::new(closed, std::mem::replace(tokens, outer));
        group.set_span(span);
        push(group, tokens);
    }
}

/// Reads a name, a number, an operator or a lifetime.
fn read_word(word: &str, span: Span, tokens: &mut TokenStream) {
    match word.as_bytes() {
        [] => {}
        [b'r', b'#', ..] => push(Ident::new_raw(&word[2..], span), tokens),
        [b'a'..=b'z' | b'A'..=b'Z' | b'_', ..] => push(Ident::new(word, span), tokens),
        [b'0'..=b'9', ..] => {
            if let Ok(mut number) = word.parse::<Literal>() {
                number.set_span(span);
                push(number, tokens);
            }
        }
        [sign, rest @ ..] => {
            let spacing = if rest.is_empty() { Spacing::Alone } else { Spacing::Joint };
            let mut punct = Punct::new(char::from(*sign), spacing);
            punct.set_span(span);
            push(punct, tokens);
            read_word(&word[1..], span, tokens);
        }
    }
}

fn push(token: impl Into<TokenTree>, tokens: &mut TokenStream) {
    tokens.extend(Some(token.into()));
}

/// What a repetition of a template comes to.
pub struct List {
    span: Option<Span>,
    separator: &'static str,
    tokens: TokenStream,
    is_empty: bool,
}

impl List {
    /// A list of nothing, and what is to stand between its items.
    pub fn new(span: Option<Span>, separator: &'static str) -> List {
        List { span, separator, tokens: TokenStream::new(), is_empty: true }
    }

    /// The items of an iterator, each as the text has it.
    #[allow(clippy::while_let_on_iterator)] // as in `gather.rs`
    pub fn of<T: ToTokens>(
        span: Option<Span>,
        separator: &'static str,
        text: &str,
        mut items: impl Iterator<Item = T>,
    ) -> List {
        let mut list = List::new(span, separator);
        while let Some(item) = items.next() {
            list.add(text, &[&item]);
        }
        list
    }

    /// Adds an item.
    pub fn add(&mut self, text: &str, holes: &[&dyn ToTokens]) {
        let span = self.span.unwrap_or_else(Span::call_site);
        if !self.is_empty {
            read_word(self.separator, span, &mut self.tokens);
        }
        self.is_empty = false;
        read(text, holes, span, &mut self.tokens);
    }
}

impl ToTokens for List {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// An iterator as a list of a repetition.
pub trait Iterated: Iterator + Sized {
    /// The iterator.
    fn each(self) -> Self {
        self
    }
}

impl<I: Iterator> Iterated for I {}

/// Something that is kept as a list of a repetition.
pub trait Borrowed {
    /// An item of the list.
    type Item;

    /// Its items.
    fn each(&self) -> std::slice::Iter<'_, Self::Item>;
}

impl<T> Borrowed for [T] {
    type Item = T;

    fn each(&self) -> std::slice::Iter<'_, T> {
        self.iter()
    }
}

impl ToTokens for TokenStream {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(Some(self.clone()));
    }

    fn into_token_stream(self) -> TokenStream {
        self
    }
}

impl<T: ToTokens + ?Sized> ToTokens for &T {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        (**self).to_tokens(tokens);
    }
}

impl<T: ToTokens> ToTokens for Option<T> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(some) = self {
            some.to_tokens(tokens);
        }
    }
}

impl ToTokens for TokenTree {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        push(self.clone(), tokens);
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        push(self.clone(), tokens);
    }
}

impl ToTokens for Group {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        push(self.clone(), tokens);
    }
}

/// A text is a literal.
impl ToTokens for str {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        push(Literal::string(self), tokens);
    }
}

impl ToTokens for String {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.as_str().to_tokens(tokens);
    }
}

impl ToTokens for usize {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        push(Literal::usize_suffixed(*self), tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every token with all that it is but its place.
    fn listed(tokens: TokenStream) -> Vec<String> {
        let mut all = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    all.push(format!("{:?}", group.delimiter()));
                    all.extend(listed(group.stream()));
                    all.push("end".to_owned());
                }
                TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                    all.push(format!("{punct} joint"));
                }
                token => all.push(token.to_string()),
            }
        }
        all
    }

    /// The same tokens. Operators without a space between them, as in `>::`, may be joint.
    fn assert_alike(ours: TokenStream, theirs: TokenStream) {
        let (ours, theirs) = (listed(ours), listed(theirs));
        let alike = |(ours, theirs): (&String, &String)| {
            ours == theirs || *ours == format!("{theirs} joint")
        };
        let all = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(alike);
        assert!(all, "{ours:?} for {theirs:?}");
    }

    /// The crate whose macro this stands for makes the same of the template.
    macro_rules! same {
        ($($template:tt)*) => {
            assert_alike(quote!($($template)*), ::quote::quote!($($template)*))
        };
    }

    #[test]
    fn tokens_are_those_of_the_template() {
        same!();
        same!(
            fn r#try(&mut self, _: u8) -> ::core::result::Result<Vec<Vec<u8>>, ()> {
                [1, 0x2f, 1.5]
            }
        );
        same!(#![a(b = "c")] #[d] impl<'a, T: ?Sized + 'static> Foo<'_, &'a mut T> for [u8; 4] {});
        same!(a <<= b && c || !d..=e => f -> g; |h| h?.i::<j>()[k]);
        same!("$ ( \" # \n" 10_usize 2e3);
    }

    #[test]
    fn holes_hold_what_they_are_given() {
        let (name, ty) = (Ident::new("x", Span::call_site()), quote!(&'static [u8]));
        let (some, none) = (Some(&ty), None::<Ident>);
        let (text, number) = ("a \"text\" $", 3_usize);
        same!(let #name: <#ty as #some>::#name #none = &#name.#name::<#some>(*#name, -#number)#text);
        same!(#name #ty #[doc = #text] {#name} [#ty; #number] (#none));
    }

    #[test]
    fn repetitions_go_through_their_lists() {
        let names = [quote!(a), quote!(b), quote!(c)];
        let types = vec![quote!(A), quote!(B), quote!(C)];
        let (none, slice): (Vec<Ident>, _) = (Vec::new(), &types[..2]);
        same!((#(#names),*) #(#names)* { #(#names,)* } #(#types)+* #(#types)|* #(#none),* #(#none,)*);
        same!(#(let #names: Vec<#types> = #names;)* #(#slice => #names),*);
        let same_length = || names.iter().zip(&types).map(|(name, ty)| quote!(#name: #ty));
        let (ours, theirs) = (same_length(), same_length());
        assert_alike(quote!(<#(#ours),*>), ::quote::quote!(<#(#theirs),*>));
    }

    #[test]
    fn a_span_is_that_of_what_the_template_says() {
        let source: TokenStream = "\n\nthird".parse().expect("a word");
        let first = source.clone().into_iter().next().expect("a word");
        let list = [quote!(in_hole), quote!(in_hole)];
        let made = quote_spanned!(first.span()=> fn a::b (#source, 1 { #(#list + #list),* }));
        fn lines(tokens: TokenStream) -> Vec<(String, usize)> {
            let line = |token: TokenTree| {
                let own = vec![(token.to_string(), token.span().start().line)];
                if let TokenTree::Group(group) = &token {
                    let opened = (String::new(), group.span_open().start().line);
                    return [vec![opened], lines(group.stream())].concat();
                }
                own
            };
            tokens.into_iter().flat_map(line).collect()
        }
        for (text, line) in lines(made) {
            assert_eq!(line == 3, text != "in_hole", "{text} stands in line {line}");
        }
    }
}
