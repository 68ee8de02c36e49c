//! Builds programs that are to be measured, and counts what they do under valgrind.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// A program of this workspace, and how it is built.
#[derive(Clone, Copy)]
pub struct Program<'a> {
    pub package: &'a str,
    pub bin: &'a str,
    /// The package's features, separated by commas.
    pub features: &'a str,
    pub opt_level: &'a str,
    pub codegen_units: u32,
}

impl Program<'_> {
    /// The workloads in the mode that these features make.
    #[must_use]
    pub const fn workloads(features: &str) -> Program<'_> {
        Program {
            package: "instructions",
            bin: "workload",
            features,
            opt_level: "3",
            codegen_units: 1,
        }
    }

    /// Builds the program, and returns where it lies. Programs of one profile share what
    /// they depend on, and are kept apart by their features.
    #[must_use]
    pub fn build(&self) -> PathBuf {
        let status = self.cargo("build").args(["--bin", self.bin]).status().expect("cargo runs");
        assert!(status.success(), "{} does not build with `{}`", self.bin, self.features);
        let folder = target().join(self.profile());
        let kept = folder.join(format!("{}+{}", self.bin, self.features));
        fs::copy(folder.join(self.bin), &kept).expect("cargo has put the program there");
        kept
    }

    /// A command of cargo's for the package, in a profile of its own.
    pub fn cargo(&self, command: &str) -> Command {
        let profile = self.profile();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args([command, "--quiet", "--package", self.package, "--profile", &profile])
            .args(["--features", self.features])
            .arg(format!("--config=profile.{profile}.inherits='release'"))
            .arg(format!("--config=profile.{profile}.opt-level={}", self.level()))
            .arg(format!("--config=profile.{profile}.codegen-units={}", self.codegen_units))
            .stdout(Stdio::null());
        cargo
    }

    fn profile(&self) -> String {
        format!("opt-{}-units-{}", self.opt_level, self.codegen_units)
    }

    /// The optimisation level in TOML: a number, or text such as `"z"`.
    fn level(&self) -> String {
        match self.opt_level.parse::<u8>() {
            Ok(number) => number.to_string(),
            Err(_) => format!("'{}'", self.opt_level),
        }
    }
}

/// Where cargo puts what it builds.
fn target() -> PathBuf {
    let here = env::current_exe().expect("this program has a path");
    here.ancestors().nth(2).expect("it lies in a profile's directory").to_owned()
}

/// (What 2N operations count − what N count) / N: what starting, setting up and ending cost
/// drops out. The number of operations is the program's last argument.
pub fn per_operation(
    count: impl Fn(&Path, &[&str]) -> u64,
    program: &Path,
    args: &[&str],
    operations: u64,
) -> f64 {
    let of = |operations: u64| count(program, &[args, &[&operations.to_string()]].concat());
    (of(2 * operations) - of(operations)) as f64 / operations as f64
}

/// The instructions of a run, which repeat exactly.
#[must_use]
pub fn instructions(program: &Path, args: &[&str]) -> u64 {
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    valgrind(&options, program, args, "Collected : ")
}

/// Those of them between entering and leaving the functions that the pattern names, as in
/// `*::call::*`.
#[must_use]
pub fn instructions_within(functions: &str, program: &Path, args: &[&str]) -> u64 {
    let toggle = format!("--toggle-collect={functions}");
    let options = ["--tool=callgrind", "--callgrind-out-file=/dev/null", &toggle];
    valgrind(&options, program, args, "Collected : ")
}

/// How often a run calls the allocator.
#[must_use]
pub fn allocations(program: &Path, args: &[&str]) -> u64 {
    let options = ["--tool=memcheck", "--leak-check=no", "--undef-value-errors=no"];
    valgrind(&options, program, args, "total heap usage: ")
}

/// The number that valgrind reports behind `label`.
fn valgrind(options: &[&str], program: &Path, args: &[&str], label: &str) -> u64 {
    let output = Command::new("valgrind")
        .args(options)
        .arg(program)
        .args(args)
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {report}");
    let (_, rest) = report.split_once(label).expect("valgrind reports what it has counted");
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',');
    digits.filter(|c| *c != ',').collect::<String>().parse().expect("a number")
}
