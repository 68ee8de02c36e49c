//! The documents: links lead somewhere, quoted source is the source, and there is a place for
//! everything that is measured.

#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Markdown files but those of build output and hidden folders.
fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if name.starts_with('.') || name == "target" {
            continue;
        }
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

/// The lines of a document outside of its code blocks.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        !code && !fence
    })
}

/// What stands in the parentheses of `[text](target)`.
fn links(text: &str) -> Vec<&str> {
    prose(text)
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target)
        .collect()
}

/// The anchor that a heading gets: lower case, spaces as `-`, no other punctuation.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn has_anchor(path: &Path, wanted: &str) -> bool {
    let text = fs::read_to_string(path).unwrap();
    let mut headings = prose(&text).filter(|line| line.starts_with('#'));
    headings.any(|line| anchor(line.trim_start_matches('#').trim()) == wanted)
}

#[test]
fn links_lead_somewhere() {
    let mut files = Vec::new();
    documents(root(), &mut files);
    assert!(files.contains(&root().join("README.md")));

    let mut broken = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        for link in links(&text) {
            if link.contains("://") {
                continue;
            }
            let (target, heading) = link.split_once('#').unwrap_or((link, ""));
            let path = match target {
                "" => file.clone(),
                _ => file.parent().unwrap().join(target),
            };
            if !path.exists() || !heading.is_empty() && !has_anchor(&path, heading) {
                broken.push(format!("{}: {link}", file.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(broken.is_empty(), "broken links:\n{}", broken.join("\n"));
}

#[test]
fn the_readme_shows_the_lamp_as_it_is() {
    let readme = include_str!("../README.md");
    let lamp = include_str!("../examples/lamp.rs");
    let (_about, source) = lamp.split_once("\n\n").unwrap();
    assert!(readme.contains(source));
}

#[test]
fn the_guide_lists_every_code() {
    let guide = include_str!("../docs/language.md");
    let codes = include_str!("../frame-macros/model/src/codes.rs");
    let lines = codes.lines().filter_map(|line| {
        let (code, title) = line.trim().strip_suffix("\",")?.split_once(": \"")?;
        Some(format!("| [{code}](codes/{code}.md) | {title} |"))
    });
    let missing: Vec<String> = lines.filter(|line| !guide.contains(line)).collect();
    assert!(missing.is_empty(), "not in docs/language.md:\n{}", missing.join("\n"));
}

/// What the evaluation of RFC-0021 writes: the names behind each `report.table(` and the like.
fn written(call: &str) -> Vec<String> {
    let items = fs::read_dir(root().join("benches/rfc-0021/src/items")).unwrap();
    let sources = items.map(|item| fs::read_to_string(item.unwrap().path()).unwrap());
    let names = sources.flat_map(|source| {
        let calls = source.split(call).skip(1);
        calls.map(|rest| rest.split('"').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    });
    names.collect()
}

#[test]
fn every_table_has_its_place() {
    let documents = [include_str!("../docs/rfc-0021.md"), include_str!("../docs/modes.md")];
    let mut places = Vec::new();
    for part in documents.iter().flat_map(|text| text.split("<!-- figures: ").skip(1)) {
        let (name, rest) = part.split_once(" -->\n").expect("the mark is closed");
        let (table, _) = rest.split_once("<!-- end of figures -->\n").expect("the table ends");
        assert!(!table.is_empty() && table.lines().all(|line| line.starts_with('|')), "{name}");
        places.push(name.to_owned());
    }
    let mut tables = written("report.table(");
    tables.push("summary".to_owned());
    places.sort();
    tables.sort();
    assert_eq!(places, tables);
}

#[test]
fn every_plot_is_shown() {
    let shown = links(include_str!("../docs/rfc-0021.md"));
    for name in written("report.chart(") {
        let plot = format!("rfc-0021/{name}.svg");
        assert!(shown.contains(&plot.as_str()), "{plot}");
    }
}
