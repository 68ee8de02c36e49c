//! No input makes the macro panic or hang: real systems, broken at random.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::expand::expand;

/// One change: what to do, at which of the tokens, with which other.
type Edit = (Kind, usize, usize);

#[derive(Clone, Copy, Debug)]
enum Kind {
    Delete,
    Duplicate,
    Swap,
    Insert,
    Unwrap,
}

fn edits() -> impl Strategy<Value = (usize, Vec<Edit>)> {
    let kind = prop_oneof![
        Just(Kind::Delete),
        Just(Kind::Duplicate),
        Just(Kind::Swap),
        Just(Kind::Insert),
        Just(Kind::Unwrap),
    ];
    let edit = (kind, any::<usize>(), any::<usize>());
    (any::<usize>(), prop::collection::vec(edit, 1..5))
}

/// What stands in the `frame_system! { … }` of tests and examples.
fn seeds() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["tests/behaviour", "tests/ui", "examples"] {
        rust_files(&root.join(folder), &mut files);
    }
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).expect("a listed file can be read");
        systems(text.parse().expect("tests are made of tokens"), &mut found);
    }
    // The short ones first: cases shrink towards them.
    found.sort_by_key(|text| (text.len(), text.clone()));
    found
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("a listed entry can be read").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The source text of each call, so that each case gets spans with lines of its own.
fn systems(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let named = at >= 2 && tokens[at - 2].to_string() == "frame_system";
        match group.span().source_text() {
            Some(text) if named => found.push(text[1..text.len() - 1].to_owned()),
            _ => systems(group.stream(), found),
        }
    }
}

/// How many tokens there are, groups and what is in them.
fn count(tokens: &TokenStream) -> usize {
    tokens.clone().into_iter().map(|token| 1 + inner_count(&token)).sum()
}

fn nth(tokens: &TokenStream, at: usize) -> TokenTree {
    let mut left = at;
    let mut open: Vec<TokenTree> = tokens.clone().into_iter().collect();
    open.reverse();
    while let Some(token) = open.pop() {
        if left == 0 {
            return token;
        }
        left -= 1;
        if let TokenTree::Group(group) = &token {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            open.extend(inner.into_iter().rev());
        }
    }
    unreachable!("the position is below the count")
}

/// The tokens with one change at position `at`, which counts down along the way.
fn changed(
    tokens: TokenStream,
    at: &mut Option<usize>,
    kind: Kind,
    other: &TokenTree,
) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    let mut swap_with_next = false;
    for token in tokens {
        let here = *at == Some(0);
        *at = at.and_then(|at| at.checked_sub(1));
        let token = match token {
            TokenTree::Group(group) if !here => {
                let inner = changed(group.stream(), at, kind, other);
                let mut made = Group::new(group.delimiter(), inner);
                made.set_span(group.span());
                TokenTree::Group(made)
            }
            token => token,
        };
        if swap_with_next {
            let before = out.len() - 1;
            out.insert(before, token);
            swap_with_next = false;
            continue;
        }
        match (here, kind) {
            (false, _) => out.push(token),
            (true, Kind::Delete) => {}
            (true, Kind::Duplicate) => out.extend([token.clone(), token]),
            (true, Kind::Insert) => {
                let mut other = other.clone();
                other.set_span(token.span());
                out.extend([other, token]);
            }
            (true, Kind::Swap) => {
                out.push(token);
                swap_with_next = true;
            }
            (true, Kind::Unwrap) => match token {
                TokenTree::Group(group) => out.extend(group.stream()),
                token => out.push(TokenTree::Group(Group::new(Delimiter::Brace, token.into()))),
            },
        }
    }
    out.into_iter().collect()
}

/// A token of Frame's own, or one that stands elsewhere in the same system.
fn other(tokens: &TokenStream, pick: usize) -> TokenTree {
    const SIGILS: [char; 12] = ['$', '@', '-', '>', '=', '<', '^', ':', '.', ',', ';', '#'];
    match SIGILS.get(pick % (2 * SIGILS.len())) {
        Some(c) => TokenTree::Punct(Punct::new(*c, Spacing::Joint)),
        None => nth(tokens, pick % count(tokens)),
    }
}

/// Where a system may be broken.
#[derive(Clone, Copy)]
enum Places {
    All,
    /// Sections, states and parameter lists, and no values or bodies.
    Structure,
}

fn broken(seed: &str, edits: &[Edit], choice: Places) -> TokenStream {
    let mut tokens: TokenStream = seed.parse().expect("seeds are made of tokens");
    let places: Vec<usize> = match choice {
        Places::All => (0..count(&tokens)).collect(),
        Places::Structure => structure(&tokens),
    };
    if places.is_empty() {
        return tokens;
    }
    let edits = edits.iter().map(|(kind, at, pick)| (places[at % places.len()], kind, pick));
    let mut edits: Vec<_> = edits.collect();
    // From the end on, so that no change moves the place of another.
    edits.sort_by_key(|(place, ..)| Reverse(*place));
    edits.dedup_by_key(|(place, ..)| *place);
    for (place, kind, pick) in edits {
        if place >= count(&tokens) {
            continue;
        }
        let group = matches!(nth(&tokens, place), TokenTree::Group(_));
        let inside = group && places.contains(&(place + 1));
        if let (Places::Structure, Kind::Unwrap, false) = (choice, kind, inside) {
            continue; // what is put between braces, or comes out of them, is native code
        }
        // Other tokens would begin native code, or go on with what stands before.
        const OUTSIDE: [char; 5] = ['$', '@', ',', ';', '#'];
        let other = match choice {
            Places::All => other(&tokens, *pick),
            Places::Structure => Punct::new(OUTSIDE[pick % 5], Spacing::Joint).into(),
        };
        tokens = changed(tokens, &mut Some(place), *kind, &other);
    }
    tokens
}

/// The positions of tokens that belong to systems and are no native code.
fn structure(tokens: &TokenStream) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut in_header = false;
    for token in tokens.clone() {
        if let TokenTree::Ident(word) = &token {
            in_header = word == "system" || in_header && word != "fn";
        }
        match &token {
            TokenTree::Group(group) if in_header && group.delimiter() == Delimiter::Brace => {
                in_header = false;
                in_block(&group.stream(), at + 1, true, &mut found);
            }
            _ => {}
        }
        at += 1 + inner_count(&token);
    }
    found
}

/// The inside of a system or, without `outer`, of a state.
fn in_block(tokens: &TokenStream, start: usize, outer: bool, found: &mut Vec<usize>) {
    let (mut at, mut line, mut value, mut state) = (start, 0, false, false);
    let mut before = None;
    for token in tokens.clone() {
        let span = token.span();
        value &= span.start().line == line;
        line = span.end().line;
        let text = token.to_string();
        state |= outer && before.as_deref() == Some("$") && matches!(token, TokenTree::Ident(_));
        value |= text == "=";
        if !value {
            found.push(at);
        }
        if let TokenTree::Group(group) = &token {
            match group.delimiter() {
                Delimiter::Parenthesis if !value && !text.contains('=') => {
                    found.extend(at + 1..=at + inner_count(&token));
                }
                Delimiter::Brace if state => in_block(&group.stream(), at + 1, false, found),
                _ => {}
            }
            state &= group.delimiter() != Delimiter::Brace;
        }
        at += 1 + inner_count(&token);
        before = Some(text);
    }
}

fn inner_count(token: &TokenTree) -> usize {
    match token {
        TokenTree::Group(group) => count(&group.stream()),
        _ => 0,
    }
}

static DONE: AtomicUsize = AtomicUsize::new(0);

/// Fails when no case is finished for a long time: something hangs.
fn watch(work: std::thread::JoinHandle<()>) {
    let mut before = (DONE.load(Ordering::Relaxed), 0);
    while !work.is_finished() {
        std::thread::sleep(Duration::from_millis(100));
        let done = DONE.load(Ordering::Relaxed);
        before = if done == before.0 { (done, before.1 + 1) } else { (done, 0) };
        assert!(before.1 < 300, "an input makes the macro hang, after {done} that did not");
    }
    if let Err(panic) = work.join() {
        std::panic::resume_unwind(panic);
    }
}

/// The same cases in every run, so that the test never fails by chance; others, and as many
/// as it says, when `PROPTEST_CASES` is set.
fn runner() -> TestRunner {
    let config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return TestRunner::new(config);
    }
    let config = Config { cases: 500, ..config };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Runs `case` on many broken systems.
fn fuzz(places: Places, case: impl Fn(TokenStream) -> Result<(), String> + Send + 'static) {
    watch(std::thread::spawn(move || {
        let seeds = seeds();
        assert!(seeds.len() > 50, "only {} systems were found", seeds.len());
        let outcome = runner().run(&edits(), |(seed, edits)| {
            let input = broken(&seeds[seed % seeds.len()], &edits, places);
            let outcome = case(input.clone());
            DONE.fetch_add(1, Ordering::Relaxed);
            outcome.map_err(|error| TestCaseError::fail(format!("{error} in {input}")))
        });
        if let Err(failure) = outcome {
            panic!("{failure}");
        }
    }));
}

#[test]
fn no_input_makes_the_macro_panic_or_hang() {
    fuzz(Places::All, |input| {
        let _ = expand(input);
        Ok(())
    });
}

/// What is wrong with native code is the compiler's to tell, so that is left whole.
#[test]
fn broken_systems_are_told_and_expand_to_rust() {
    fuzz(Places::Structure, |input| {
        let output = expand(input);
        let text = output.to_string();
        if text.contains("_Mistake") && !text.contains("compile_error") {
            return Err("a mistake is not told".to_owned());
        }
        let parsed = syn::parse2::<syn::File>(output);
        parsed.map(drop).map_err(|error| format!("{error} at {:?}", error.span().start()))
    });
}
