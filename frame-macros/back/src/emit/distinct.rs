//! Whether two types are different whatever their names stand for: `u32` and `bool` are,
//! `u32` and `Id` may be one type.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::gather::Gather;
use crate::tokens::{behind_angles, separated};

/// Names that mean the same wherever they stand alone.
const KNOWN: [&str; 22] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64", "String", "Vec", "Option", "Result", "Box",
];

pub fn are_distinct(one: &TokenStream, other: &TokenStream) -> bool {
    differ(&one.clone().into_iter().listed(), &other.clone().into_iter().listed())
}

fn differ(one: &[TokenTree], other: &[TokenTree]) -> bool {
    match (shape(one), shape(other)) {
        (Shape::Same(one), _) => differ(&inside(one), other),
        (_, Shape::Same(other)) => differ(one, &inside(other)),
        (Shape::Open, _) | (_, Shape::Open) => false,
        (Shape::Tuple(one), Shape::Tuple(other)) => {
            let (one, other) = (inside(one), inside(other));
            let (one, other) = (separated(&one, ','), separated(&other, ','));
            one.len() != other.len() || any_differ(&one, &other)
        }
        (Shape::Array(one), Shape::Array(other)) | (Shape::Slice(one), Shape::Slice(other)) => {
            let (one, other) = (inside(one), inside(other));
            any_differ(&separated(&one, ';')[..1], &separated(&other, ';')[..1])
        }
        (Shape::Borrow(one, mutable), Shape::Borrow(other, others)) => {
            mutable != others || differ(one, other)
        }
        (Shape::Known(one, own), Shape::Known(other, others)) => {
            one != other || any_differ(&arguments(own), &arguments(others))
        }
        _ => true,
    }
}

fn any_differ(one: &[&[TokenTree]], other: &[&[TokenTree]]) -> bool {
    one.iter().zip(other).any(|(one, other)| differ(one, other))
}

/// The form of a type.
enum Shape<'t> {
    /// Any form can be behind it: it may be the name of another type.
    Open,
    /// `(T)`
    Same(&'t Group),
    Tuple(&'t Group),
    Array(&'t Group),
    Slice(&'t Group),
    /// `&'a mut T`: the `T`, and whether it is `mut`.
    Borrow(&'t [TokenTree], bool),
    /// A name that is known, and its arguments.
    Known(String, &'t [TokenTree]),
}

fn shape(ty: &[TokenTree]) -> Shape<'_> {
    match ty {
        [TokenTree::Group(group)] => match group.delimiter() {
            Delimiter::Bracket if has(group, ';') => Shape::Array(group),
            Delimiter::Bracket => Shape::Slice(group),
            Delimiter::Parenthesis if has(group, ',') || group.stream().is_empty() => {
                Shape::Tuple(group)
            }
            _ => Shape::Same(group),
        },
        [TokenTree::Punct(sign), target @ ..] if sign.as_char() == '&' => {
            let target = match target {
                [TokenTree::Punct(_), TokenTree::Ident(_), target @ ..] => target,
                target => target,
            };
            match target {
                [TokenTree::Ident(word), target @ ..] if word == "mut" => {
                    Shape::Borrow(target, true)
                }
                target => Shape::Borrow(target, false),
            }
        }
        [TokenTree::Ident(name), args @ ..] => {
            let name = name.to_string();
            let alone = args.is_empty() || behind_angles(args, 0) == Some(args.len());
            match KNOWN.contains(&name.as_str()) && alone {
                true => Shape::Known(name, args),
                false => Shape::Open,
            }
        }
        _ => Shape::Open,
    }
}

/// Whether a sign stands in a group, outside of `<…>`.
fn has(group: &Group, sign: char) -> bool {
    let tokens = inside(group);
    let last = matches!(tokens.last(), Some(TokenTree::Punct(p)) if p.as_char() == sign);
    last || separated(&tokens, sign).len() > 1
}

fn inside(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().listed()
}

/// What stands in `<…>`.
fn arguments(angles: &[TokenTree]) -> Vec<&[TokenTree]> {
    match angles {
        [_, args @ .., _] => separated(args, ','),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distinct(one: &str, other: &str) -> bool {
        let [a, b] = [one, other].map(|text| text.parse().expect("tokens"));
        assert_eq!(are_distinct(&a, &b), are_distinct(&b, &a), "{one} {other}");
        are_distinct(&a, &b)
    }

    #[test]
    fn what_may_be_an_alias_is_not_distinct() {
        for (one, other) in [
            ("u32", "u32"),
            ("u32", "Id"),
            ("Id", "Name"),
            ("Option<u32>", "Option<Id>"),
            ("Option<u32>", "io::Option<u32>"),
            ("(u32, Id)", "(Id, u32)"),
            ("&'static str", "&'static Text"),
            ("(u32)", "u32"),
            ("[u8; 4]", "[u8; N]"),
            ("[u8; 4]", "Bytes"),
            ("Result<u32>", "Result<u32, Error>"),
            ("<T as Trait>::Item", "u32"),
            ("(Vec<u8, A>)", "Bytes"),
        ] {
            assert!(!distinct(one, other), "{one} {other}");
        }
    }

    #[test]
    fn what_cannot_be_an_alias_is_distinct() {
        for (one, other) in [
            ("u32", "u64"),
            ("u32", "String"),
            ("String", "&'static str"),
            ("Option<u32>", "Option<String>"),
            ("Result<Id, String>", "Result<Id, u8>"),
            ("(u32, Id)", "(bool, Id)"),
            ("(u32, Id)", "(u32,)"),
            ("[u8; 4]", "[u16; N]"),
            ("Vec<Id>", "()"),
            ("&'a mut u8", "&u8"),
        ] {
            assert!(distinct(one, other), "{one} {other}");
        }
    }
}
