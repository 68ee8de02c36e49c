//! Rust's keywords.

use proc_macro2::Ident;

/// In use and reserved, in the newest edition.
const KEYWORDS: [&str; 52] = [
    "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "Self", "self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether a word cannot be a name.
pub fn is_keyword(word: &Ident) -> bool {
    KEYWORDS.contains(&word.to_string().as_str())
}

/// Whether the keyword can be a name behind `r#`.
pub fn can_be_raw(word: &Ident) -> bool {
    !["self", "Self", "super", "crate", "_"].contains(&word.to_string().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn these_words_are_no_names() {
        for word in KEYWORDS {
            assert!(syn::parse_str::<Ident>(word).is_err(), "{word}");
        }
        for word in ["union", "auto", "default", "raw", "gen", "macro_rules", "safe", "self_"] {
            assert_eq!(KEYWORDS.contains(&word), syn::parse_str::<Ident>(word).is_err(), "{word}");
        }
    }
}
