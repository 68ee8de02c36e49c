//! Whether two types are different whatever their names stand for: `u32` and `bool` are,
//! `u32` and `Id` may be one type.

use crate::gather::Gather;
use syn::{GenericArgument, PathArguments, Type};

/// Names that mean the same wherever they stand alone.
const KNOWN: [&str; 22] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
    "i128", "isize", "f32", "f64", "String", "Vec", "Option", "Result", "Box",
];

pub fn are_distinct(one: &Type, other: &Type) -> bool {
    use Type::*;
    match (one, other) {
        (Paren(inner), ty) | (ty, Paren(inner)) => are_distinct(&inner.elem, ty),
        (Group(inner), ty) | (ty, Group(inner)) => are_distinct(&inner.elem, ty),
        (Tuple(a), Tuple(b)) => {
            a.elems.len() != b.elems.len()
                || a.elems.iter().zip(&b.elems).any(|(a, b)| are_distinct(a, b))
        }
        (Array(a), Array(b)) => are_distinct(&a.elem, &b.elem),
        (Slice(a), Slice(b)) => are_distinct(&a.elem, &b.elem),
        (Reference(a), Reference(b)) => {
            a.mutability.is_some() != b.mutability.is_some() || are_distinct(&a.elem, &b.elem)
        }
        (Path(_), Path(_)) => match (known(one), known(other)) {
            (Some(a), Some(b)) => {
                a.ident != b.ident || arguments_differ(&a.arguments, &b.arguments)
            }
            _ => false,
        },
        _ => shape(one).zip(shape(other)).is_some_and(|(a, b)| a != b),
    }
}

/// The form of a type that cannot be the name of another.
fn shape(ty: &Type) -> Option<u8> {
    match ty {
        Type::Tuple(_) => Some(0),
        Type::Array(_) => Some(1),
        Type::Slice(_) => Some(2),
        Type::Reference(_) => Some(3),
        Type::Path(_) => known(ty).map(|_| 4),
        _ => None,
    }
}

fn known(ty: &Type) -> Option<&syn::PathSegment> {
    let Type::Path(path) = ty else { return None };
    let mut segments = path.path.segments.iter();
    let (first, rest) = (segments.next()?, segments.next());
    let alone = path.qself.is_none() && rest.is_none();
    (alone && KNOWN.iter().any(|name| first.ident == name)).then_some(first)
}

fn arguments_differ(one: &PathArguments, other: &PathArguments) -> bool {
    let (PathArguments::AngleBracketed(one), PathArguments::AngleBracketed(other)) = (one, other)
    else {
        return false;
    };
    let types = |args: &syn::AngleBracketedGenericArguments| -> Vec<Type> {
        let types = args.args.iter().filter_map(|arg| match arg {
            GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        });
        types.listed()
    };
    types(one).iter().zip(&types(other)).any(|(one, other)| are_distinct(one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distinct(one: &str, other: &str) -> bool {
        let [a, b] = [one, other].map(|text| syn::parse_str::<Type>(text).expect("a type"));
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
        ] {
            assert!(distinct(one, other), "{one} {other}");
        }
    }
}
