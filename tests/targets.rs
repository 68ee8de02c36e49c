//! What only some installations can check: the build for a microcontroller, and the runtime
//! under Miri. Where a tool is missing, the test says that it skips.

#![forbid(unsafe_code)]

use std::path::Path;
use std::process::Command;

const CONTROLLER: &str = "thumbv7em-none-eabihf";

fn cargo(arguments: &[&str]) -> Command {
    // A toolchain of another name, as in `cargo +nightly`, is rustup's to find.
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    cargo.arg("--target-dir").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("targets"));
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").env_remove("RUSTC");
    cargo
}

/// What a program prints, where it is there and content.
fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// Printed past the test harness, which keeps what a passing test prints to itself.
fn skip(what: &str, missing: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "skipped: {what}, since {missing} is not installed");
}

#[test]
fn a_system_compiles_for_a_microcontroller() {
    let installed = output(Command::new("rustup").args(["target", "list", "--installed"]));
    if !installed.is_some_and(|targets| targets.lines().any(|target| target == CONTROLLER)) {
        skip("the build for a microcontroller", CONTROLLER);
        return;
    }
    // What is only checked needs no linker, which the target would bring along.
    for arguments in [
        ["build", "--package", "frame-runtime", "--no-default-features"],
        ["check", "--manifest-path", "tests/no-std/Cargo.toml", "--quiet"],
    ] {
        let status = cargo(&arguments).args(["--target", CONTROLLER]).status();
        assert!(status.unwrap().success(), "{arguments:?} for {CONTROLLER}");
    }
}

#[test]
fn the_runtime_holds_under_miri() {
    if output(Command::new("cargo").args(["+nightly", "miri", "--version"])).is_none() {
        skip("the runtime under Miri", "Miri");
        return;
    }
    let test = cargo(&["+nightly", "miri", "test", "-p", "frame-runtime", "--lib"])
        .env("MIRIFLAGS", "-Zmiri-disable-isolation")
        .status();
    assert!(test.unwrap().success(), "Miri objects");
}
