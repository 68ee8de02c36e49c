//! Builds and runs `tests/no-std`: a program without std and without an allocator, which would
//! not link if what a system expands to needed either.

#![forbid(unsafe_code)]

use std::path::Path;
use std::process::Command;

#[test]
fn a_program_without_std_and_allocator_runs() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/no-std");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-std");
    let build = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--manifest-path"])
        .arg(package.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .status();
    assert!(build.unwrap().success(), "it does not build");

    let code = Command::new(target.join("debug/no-std")).status().unwrap().code();
    assert_eq!(code, Some(0), "the number of the check that fails");
}
