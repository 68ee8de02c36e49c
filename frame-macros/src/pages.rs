//! The table, the pages in `docs/codes` and the tests in `tests/ui` tell of the same codes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::expand::expand;
use frame_macros_model::codes::TABLE;

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
