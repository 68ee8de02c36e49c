//! Builds and runs `tests/no-std`: a program without std and without an allocator, which would
//! not link if what a system expands to needed either. What does need an allocator says so.

#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Cargo on the package, in a target directory beside those of other tests.
fn cargo(command: &str, target: &Path) -> Command {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/no-std/Cargo.toml");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--quiet", "--manifest-path"]).arg(package);
    cargo.arg("--target-dir").arg(target);
    cargo
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-std")
}

#[test]
fn a_program_without_std_and_allocator_runs() {
    let build = cargo("build", &target()).status();
    assert!(build.unwrap().success(), "it does not build");

    let code = Command::new(target().join("debug/no-std")).status().unwrap().code();
    assert_eq!(code, Some(0), "the number of the check that fails");
}

/// One message for each thing that needs the feature, where it stands, and no other.
#[test]
fn what_needs_the_feature_alloc_says_so_by_name() {
    let output = cargo("check", &target())
        .args(["--bin", "needs-alloc", "--features", "refused", "--message-format", "short"])
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let said: Vec<&str> = said.lines().filter(|line| line.contains(".rs:")).collect();
    let expected = [
        ("10:7", "`@@[events(heap)]`"),
        ("20:7", "`@@[overflow(grow)]`"),
        ("29:14", "a state stack without `@@[stack(N)]`"),
        ("44:29", "`@@:data.seen`, which no `@@[data(…)]` declares,"),
        ("45:50", "`@@:data.other`, which no `@@[data(…)]` declares,"),
        ("53:25", "storing `text: &str`"),
        ("53:38", "storing `bytes: &[u8]`"),
        ("63:23", "storing `text: &str`"),
    ];
    let expected = expected.map(|(place, what)| {
        format!(
            "src/needs_alloc.rs:{place}: error: {what} needs the `alloc` feature of frame-runtime"
        )
    });
    assert_eq!(said, expected);
}
