//! `@@system Name … { sections }` and the attributes before it.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use super::cursor::{Cursor, invisible, trees};
use super::generics::{generics, where_clause};
use super::grammar::{self, Found};
use super::{items, params, sections};
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::keywords::is_keyword;
use crate::quote::{ToTokens, quote};
use crate::suggest::nearest;

/// Attributes that stand for the whole file, such as `@@[target("rust")]`; returns what
/// is left of the tokens.
pub fn file_attributes(tokens: &[TokenTree], diag: &Diag) -> Vec<TokenTree> {
    let mut cur = Cursor::new(tokens, Span::call_site());
    let mut rest = Vec::new();
    while !cur.is_end() {
        match frame_attribute(&mut cur, diag) {
            Some(attr) if attr.name == "target" => check_target(&attr, diag),
            Some(attr) if attr.name == "main" => {}
            Some(attr) => {
                let message = format!("`@@[{}]` belongs directly before a system", attr.name);
                diag.error(codes::E801, attr.span, message, None);
            }
            None if is_stray(&cur) => stray(&mut cur, diag),
            None => rest.extend(cur.next().cloned()),
        }
    }
    rest
}

/// `@@ { … }`: between Rust's own items, `@` begins a system or nothing.
fn is_stray(cur: &Cursor) -> bool {
    let constructs =
        cur.punct(1, '@') && (cur.punct(2, '!') || cur.group(3, Delimiter::Parenthesis).is_some());
    cur.punct(0, '@') && !constructs
}

/// Tells of it and takes it, up to behind its block.
fn stray(cur: &mut Cursor, diag: &Diag) {
    cur.eat('@');
    let span = cur.ident(1).map_or(cur.span(), Ident::span);
    let help = "a system begins with `@@system Name`".to_owned();
    diag.error(codes::E001, span, "a system is expected behind `@@`", Some(help));
    skip_behind_block(cur);
}

/// The tokens before a system's name: `@@system`, or what was meant as that.
pub struct Head {
    length: usize,
    mistake: Option<(Span, String)>,
}

/// The head of a system that begins here. Without `@@system` it must look like nothing
/// else: `@@sytem Lamp`, `@system Lamp`, `system Lamp {`, `@@Lamp {`.
pub fn head(cur: &Cursor) -> Option<Head> {
    let signs = (0..2).take_while(|at| cur.punct(*at, '@')).count();
    let word = cur.ident(signs)?;
    if signs == 2 && word == "system" {
        return Some(Head { length: 3, mistake: None });
    }
    let mistake = |help: String| Some((word.span(), help));
    let named = cur.ident(signs + 1).is_some() && opens(cur, signs + 2);
    if signs > 0 && named && nearest(&word.to_string(), &["system"]).is_some() {
        let mistake = mistake("did you mean `@@system`?".to_owned());
        return Some(Head { length: signs + 1, mistake });
    }
    if signs == 0 && named && word == "system" {
        return Some(Head { length: 1, mistake: mistake("write `@@system`".to_owned()) });
    }
    (signs > 0 && cur.group(signs + 1, Delimiter::Brace).is_some())
        .then(|| Head { length: signs, mistake: mistake(format!("write `@@system {word}`")) })
}

/// Whether what may stand behind a system's name does.
fn opens(cur: &Cursor, at: usize) -> bool {
    cur.group(at, Delimiter::Brace).is_some()
        || cur.group(at, Delimiter::Parenthesis).is_some()
        || cur.punct(at, '<')
        || cur.punct(at, ':') && !cur.op(at, "::")
}

/// `@@[target("rust")]` is the only target there is here.
pub fn check_target(attr: &FrameAttr, diag: &Diag) {
    let target = attr.args.as_ref().map(|args| args.stream().to_string()).unwrap_or_default();
    if target != "\"rust\"" {
        let message = format!("the target {target} cannot be made by a Rust macro");
        let help = "write `@@[target(\"rust\")]`, or leave it out".to_owned();
        diag.error(codes::E802, attr.span, message, Some(help));
    }
}

pub fn take(cur: &mut Cursor, diag: &Diag) -> Option<System> {
    let attrs = attributes(cur, diag);
    let mut vis = visibility(cur, diag);
    while head(cur).is_none() {
        cur.skip(1); // stray signs, which its mistake tells
    }
    let head = head(cur)?;
    if let Some((span, help)) = head.mistake {
        diag.error(codes::E001, span, "a system is expected here", Some(help));
    }
    cur.skip(head.length);
    if cur.keyword(0, "private") {
        vis = Vis::Private;
        cur.skip(1);
    }
    if let (Some(word), Some(_)) = (cur.ident(0).filter(|word| is_keyword(word)), cur.ident(1)) {
        let help = Some(format!("leave `{word}` out"));
        diag.error(codes::E001, word.span(), "the name of the system is expected here", help);
        cur.skip(1);
    }
    let Some(name) = cur.eat_ident().cloned() else {
        let help = "write `@@system Name { … }`".to_owned();
        let message = "the name of the system is expected here";
        diag.error(codes::E001, cur.gap(), message, Some(help));
        skip_behind_block(cur);
        return None;
    };
    diag.enter(&name);
    check_reserved(&name, diag);
    let mut generics = generics(cur, diag);
    let errors = diag.count();
    let params = match cur.eat_group(Delimiter::Parenthesis) {
        Some(group) => params::system(group, diag),
        None => Vec::new(),
    };
    let traits = traits(cur, diag);
    generics.predicates = where_clause(cur, diag);
    let body = items::block(cur, &name, name.span(), codes::E001, diag);
    let body = body.unwrap_or_else(|| items::empty_block(name.span()));
    let misread = diag.count() > errors;
    let mistake = Type::unknown(&name.to_string(), name.span());
    let mut system = System {
        attrs,
        vis,
        name,
        generics,
        params,
        misread,
        traits,
        operations: Vec::new(),
        interface: None,
        states: Vec::new(),
        actions: Vec::new(),
        fields: Vec::new(),
        mistake,
    };
    sections::take(&body, &mut system, diag);
    super::self_type::settle(&mut system);
    Some(system)
}

fn skip_behind_block(cur: &mut Cursor) {
    while let Some(token) = cur.next() {
        if is_delimited(token, Delimiter::Brace) {
            return;
        }
    }
}

/// `#[…]`, doc comments and `@@[…]`, in any order.
pub fn attributes(cur: &mut Cursor, diag: &Diag) -> Attrs {
    let mut attrs = Attrs::default();
    loop {
        if let Some(attr) = frame_attribute(cur, diag) {
            attrs.frame.push(attr);
        } else if cur.punct(0, '#') && cur.group(1, Delimiter::Bracket).is_some() {
            let hash = cur.next();
            let bracket = attribute(cur.eat_group(Delimiter::Bracket).expect("just seen"));
            match cfg_predicate(&bracket) {
                Some(predicate) => attrs.cfg.push(predicate),
                None if is_attribute(&bracket) => attrs.rust.push(quote!(#hash #bracket)),
                None => diag.error(codes::E002, bracket.span(), "this is not an attribute", None),
            }
        } else {
            return attrs;
        }
    }
}

/// `[derive(Debug)]`, also where a `macro_rules!` has it from a `$attr:meta`.
fn attribute(bracket: &Group) -> Group {
    let inner = trees(bracket.stream());
    let inner = inner.into_iter().flat_map(|token| invisible(&token).unwrap_or(vec![token]));
    let mut made = Group::new(Delimiter::Bracket, inner.joined());
    made.set_span(bracket.span());
    made
}

/// `path`, `path(…)` or `path = …`; what else there is makes the compiler lose the whole item.
fn is_attribute(bracket: &Group) -> bool {
    let tokens = trees(bracket.stream());
    let is_path = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(p) => p.as_char() == ':',
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    };
    let path = tokens.iter().take_while(|token| is_path(token)).count();
    let args = match &tokens[path..] {
        [] | [TokenTree::Group(_)] => true,
        [TokenTree::Punct(p), _, ..] => p.as_char() == '=',
        _ => false,
    };
    path > 0 && args
}

/// The inside of `[cfg(…)]`.
fn cfg_predicate(bracket: &Group) -> Option<TokenStream> {
    match trees(bracket.stream()).as_slice() {
        [TokenTree::Ident(word), TokenTree::Group(inner)] if word == "cfg" => Some(inner.stream()),
        _ => None,
    }
}

/// `@@[name]` or `@@[name(args)]`.
fn frame_attribute(cur: &mut Cursor, diag: &Diag) -> Option<FrameAttr> {
    let signs = (0..2).take_while(|at| cur.punct(*at, '@')).count();
    let group = cur.group(signs, Delimiter::Bracket).filter(|_| signs > 0)?;
    let span = group.span();
    if signs == 1 {
        let help = format!("write `@@{}`", group.to_string().replace(' ', ""));
        diag.error(codes::E800, cur.span(), "an attribute begins with `@@`", Some(help));
    }
    cur.skip(signs + 1);
    let tokens = trees(group.stream());
    let mut inner = Cursor::new(&tokens, group.span_close());
    let Some(name) = inner.eat_ident().cloned() else {
        diag.error(codes::E800, span, "the name of an attribute is expected here", None);
        return Some(FrameAttr { name: Ident::new("main", span), args: None, span });
    };
    let args = inner.eat_group(Delimiter::Parenthesis).cloned();
    if !inner.is_end() {
        diag.error(codes::E800, inner.span(), "unexpected behind the attribute", None);
    }
    Some(FrameAttr { name, args, span })
}

/// `pub`, `pub(crate)`, `pub(in a::path)`, or nothing.
pub fn visibility(cur: &mut Cursor, diag: &Diag) -> Vis {
    let Some(word) = cur.eat_keyword("pub") else { return Vis::Inherited };
    let Some(group) = cur.eat_group(Delimiter::Parenthesis) else {
        return Vis::Written(word.to_token_stream());
    };
    let tokens = trees(group.stream());
    let mut inner = Cursor::new(&tokens, group.span_close());
    let near = ["crate", "super", "self"].iter().any(|word| inner.keyword(0, word));
    let within = inner.eat_keyword("in").is_some();
    match grammar::path(&mut inner) {
        Found::Whole if inner.is_end() && (within || near && tokens.len() == 1) => {}
        _ => {
            let message = "`crate`, `super`, or `in` and a path is expected here";
            diag.error(codes::E002, inner.span(), message, None);
            return Vis::Written(word.to_token_stream());
        }
    }
    Vis::Written(quote!(#word #group))
}

/// `: Trait, other::Trait` behind the name.
fn traits(cur: &mut Cursor, diag: &Diag) -> Vec<TokenStream> {
    let mut paths = Vec::new();
    if !cur.eat(':') {
        return paths;
    }
    loop {
        let start = cur.position();
        let place = match grammar::path(cur) {
            Found::Whole => None,
            Found::Part => Some(cur.gap()),
            Found::Wrong(span) => Some(span),
        };
        if let Some(place) = place {
            diag.error(codes::E002, place, "the path of a trait is expected here", None);
            while !cur.is_end() && !cur.punct(0, ',') && !behind_traits(cur) {
                cur.skip(1);
            }
        } else {
            paths.push(cur.since(start).iter().joined());
        }
        if !cur.eat(',') {
            return paths;
        }
    }
}

fn behind_traits(cur: &Cursor) -> bool {
    cur.keyword(0, "where") || cur.group(0, Delimiter::Brace).is_some()
}

/// Names beginning with `__` belong to generated code.
pub fn check_reserved(name: &Ident, diag: &Diag) {
    if name.to_string().starts_with("__") {
        let message =
            format!("the name `{name}` is reserved: names with `__` are for generated code");
        diag.error(codes::E115, name.span(), message, None);
    }
}
