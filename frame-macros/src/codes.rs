//! The codes that begin every message, each with what it stands for.

use std::fmt;

/// A code such as `E402`, as the language reference numbers it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident: $title:literal,)*) => {
        $(#[doc = $title] pub const $name: Code = Code(stringify!($name));)*

        /// Every code with its title, in the order of the reference.
        #[cfg(test)]
        pub const TABLE: &[(Code, &str)] = &[$(($name, $title)),*];
    };
}

codes! {
    E001: "malformed system",
    E002: "parse error",
    E003: "wrong arguments where a system is constructed",
    E111: "duplicate parameter",
    E113: "sections in the wrong order",
    E114: "duplicate section",
    E115: "reserved name",
    E116: "duplicate state",
    E117: "duplicate handler",
    E400: "Frame statement after a transition",
    E401: "Frame statement where none can stand",
    E402: "unknown state",
    E403: "no parent to forward to",
    E405: "wrong number of state arguments",
    E406: "handler does not match the interface",
    E407: "Frame statement in a closure",
    E408: "`return` before a Frame return, or `public`",
    E410: "duplicate state variable",
    E413: "state is its own ancestor",
    E416: "start state parameters",
    E417: "enter arguments",
    E418: "unused domain parameter",
    E419: "exit arguments",
    E420: "`static` on a method or action",
    E421: "state in a static operation",
    E601: "unknown method in a self-call",
    E602: "wrong number of arguments in a self-call",
    E603: "`@@:self` on its own",
    E604: "`@@:system` on its own",
    E605: "field without type",
    E606: "missing type, or a value where none is returned",
    E607: "state arguments on `pop$`",
    E609: "unknown name behind `@@:self`",
    E610: "state variable without initial value",
    E614: "duplicate field",
    E615: "assignment to a constant field",
    E800: "unknown attribute",
    E801: "misplaced attribute",
    E802: "wrong target language",
    E815: "misplaced create",
    E817: "lifecycle name is not an identifier",
    E818: "duplicate lifecycle name",
    E820: "arguments on `@@!Name()`",
    E850: "handler for an unknown event",
    E851: "duplicate interface method",
    E852: "name clash",
    E853: "unknown state variable",
    E854: "event parameter that cannot be stored",
    E855: "a promise of no allocation is broken",
    E856: "self-calls without bound",
    E857: "lifecycle handler's value does not fit",
    E858: "return value can end unset",
    W414: "unreachable state",
    W601: "unused result of a self-call",
    W706: "constant without value",
    W850: "self-call in an exit handler",
    W851: "lifecycle handler of an ancestor overridden",
}

/// What is warned of, and can be allowed.
pub const WARNINGS: [Code; 5] = [W414, W601, W706, W850, W851];

#[cfg(test)]
mod tests {
    //! The table, the pages in `docs/codes` and the tests in `tests/ui` tell of the same codes.

    use std::fs;
    use std::path::{Path, PathBuf};

    use super::TABLE;
    use crate::expand::expand;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    fn names(folder: &str) -> Vec<String> {
        let entries = fs::read_dir(root().join(folder)).expect("the folder can be read");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        entries.map(|entry| name(entry.expect("the entry can be read"))).collect()
    }

    fn page(name: &str) -> String {
        fs::read_to_string(root().join("docs/codes").join(name)).expect("every code has a page")
    }

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes: Vec<_> = TABLE.iter().map(|(code, _)| code.0).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    }

    #[test]
    fn every_code_has_a_page_and_every_page_a_code() {
        let index = page("README.md");
        for (code, title) in TABLE {
            assert!(page(&format!("{code}.md")).starts_with(&format!("# {code}: {title}\n\n")));
            assert!(index.contains(&format!("| [{code}]({code}.md) | {title} |\n")), "{code}");
        }
        assert_eq!(names("docs/codes").len(), TABLE.len() + 1);
    }

    #[test]
    fn the_example_of_a_page_is_told_its_code_and_no_other() {
        for (code, _) in TABLE {
            let page = page(&format!("{code}.md"));
            let (_, rest) = page.split_once("```frame\n").expect("a page has an example");
            let (example, _) = rest.split_once("```").expect("the example ends");
            let output = expand(example.parse().expect("the example lexes")).to_string();
            let told: Vec<_> = TABLE.iter().filter(|(code, _)| output.contains(code.0)).collect();
            assert_eq!(told.len(), 1, "{code} shows {told:?}");
            assert_eq!(told[0].0, *code);
        }
    }

    #[test]
    fn every_code_is_seen_by_a_ui_test() {
        let tests = names("tests/ui");
        for (code, _) in TABLE {
            let prefix = format!("{}-", code.0.to_lowercase());
            let own = tests.iter().filter(|name| name.starts_with(&prefix));
            let mut told = own.filter(|name| name.ends_with(".stderr")).map(|name| {
                fs::read_to_string(root().join("tests/ui").join(name)).expect("it can be read")
            });
            assert!(told.any(|text| text.contains(code.0)), "no test of {code}");
        }
    }
}
