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
    "fn(u8, ...)",
    "[_; _]",
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
    let config = ProptestConfig { cases: 20_000, failure_persistence: None, ..Default::default() };
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
        // Of expressions, of bounds without a trait and of `m<T>!()` rustc tells.
        let open = words.windows(2).any(|pair| {
            matches!(
                [pair[0].as_str(), pair[1].as_str()],
                ["{", _] | [_, "use"] | ["dyn" | "impl", "'"] | [">", "!"]
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
