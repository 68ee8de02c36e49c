//! A package outside this repository with one machine in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generated::Ring;
use crate::way::Way;

const HERE: &str = env!("CARGO_MANIFEST_DIR");

/// Would change what is built, or how long it takes.
const ENVIRONMENT: [&str; 7] = [
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_INCREMENTAL",
    "CARGO_TARGET_DIR",
    "RUSTC_BOOTSTRAP",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTFLAGS",
];

/// Frame's crates are no other dependencies than those from a registry, which are not compiled
/// incrementally. `size` is for programs that have to be small.
const MANIFEST: &str = "\
[package]
name = 'machine'
edition = '2024'

[profile.dev.package.'*']
incremental = false

[profile.size]
inherits = 'release'
opt-level = 'z'
lto = true
codegen-units = 1
panic = 'abort'
strip = true

[workspace]

";

pub(crate) struct Package {
    pub(crate) way: Way,
    root: PathBuf,
    machine: PathBuf,
    source: String,
    edits: usize,
}

impl Package {
    /// Writes the package and fetches what it depends on. The machine's source has to offer
    /// what `machines/main.rs` asks for.
    pub(crate) fn new(room: &Path, name: &str, way: Way, source: String) -> Self {
        let root = room.join(name);
        let machine = root.join("src/machine.rs");
        let mut package = Package { way, root, machine, source, edits: 0 };
        package.write("Cargo.toml", &(MANIFEST.to_string() + &way.dependencies()));
        package.write("src/main.rs", &read("machines/main.rs"));
        if way.has_build_script() {
            package.write("build.rs", &read("machines/framec.rs"));
            package
                .write("src/machine.rs", r#"include!(concat!(env!("OUT_DIR"), "/machine.rs"));"#);
            package.machine = package.root.join("src/machine.frs");
        }
        package.edit();
        // Shared dependencies in the versions that this repository is tested with.
        package.write("Cargo.lock", &read("../../Cargo.lock"));
        output(package.cargo("fetch"));
        package
    }

    /// A template below `machines/` as a package.
    pub(crate) fn from_template(room: &Path, machine: &str, way: Way) -> Self {
        let source = read(&format!("machines/{machine}/{}", way.file));
        Package::new(room, &format!("{machine}-{}", way.file), way, source)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.root.join(file);
        fs::create_dir_all(path.parent().expect("a file is in a directory"))
            .and_then(|()| fs::write(&path, text))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Puts another machine in place of this one.
    pub(crate) fn replace(&mut self, source: String) {
        self.source = source;
        self.edit();
    }

    /// Puts a generated machine in its place; `None` when the library cannot express it.
    pub(crate) fn generate(&mut self, ring: Ring) -> Option<()> {
        self.replace(self.way.generated?(ring));
        Some(())
    }

    /// Changes the machine's source as far as its compiler can tell.
    pub(crate) fn edit(&mut self) {
        self.edits += 1;
        let source = format!("// Edited {} times.\n{}", self.edits, self.source);
        fs::write(&self.machine, source).expect("the machine can be written");
    }

    /// Forgets all that was built.
    pub(crate) fn clean(&self) {
        let target = self.target("stable");
        if target.exists() {
            fs::remove_dir_all(target).expect("the target directory can be removed");
        }
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn check(&self) {
        self.offline("check", "dev", &[]);
    }

    pub(crate) fn build(&self, profile: &str) {
        self.offline("build", profile, &[]);
    }

    pub(crate) fn build_with(&self, profile: &str, setting: &str) {
        self.offline("build", profile, &["--config", setting]);
    }

    fn offline(&self, command: &str, profile: &str, args: &[&str]) {
        let mut cargo = self.cargo(command);
        cargo.args(["--offline", "--profile", profile]).args(args);
        output(cargo);
    }

    /// Cargo in the package, as if in a fresh shell.
    pub(crate) fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.root).args([command, "--quiet"]);
        for name in ENVIRONMENT {
            cargo.env_remove(name);
        }
        // Empty, it also overrides the configuration: a cache knows what nothing had built.
        cargo.env("RUSTC_WRAPPER", "").env("CARGO_TARGET_DIR", self.target("stable"));
        cargo
    }

    /// Unstable flags have a target directory of their own, for the sake of build scripts that
    /// look out for them.
    pub(crate) fn target(&self, what: &str) -> PathBuf {
        self.root.join("target").join(what)
    }

    pub(crate) fn program(&self, profile: &str) -> PathBuf {
        let directory = if profile == "dev" { "debug" } else { profile };
        self.target("stable").join(directory).join("machine")
    }

    /// What the program prints after these events.
    pub(crate) fn trace(&self, profile: &str, events: &[usize]) -> String {
        let mut program = Command::new(self.program(profile));
        program.args(events.iter().map(usize::to_string));
        output(program).stdout
    }
}

/// The programs have to be the same machine.
pub(crate) fn assert_alike(packages: &[Package], profile: &str, events: &[usize]) {
    let traces = packages.iter().map(|package| package.trace(profile, events));
    let traces: Vec<String> = traces.collect();
    assert!(traces.iter().all(|trace| *trace == traces[0]), "the machines differ: {traces:?}");
}

/// A file of this package.
pub(crate) fn read(file: &str) -> String {
    let path = Path::new(HERE).join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// What a program says. It has to succeed.
pub(crate) fn output(mut command: Command) -> Said {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let [stdout, stderr] = [output.stdout, output.stderr]
        .map(|said| String::from_utf8(said).expect("these programs speak UTF-8"));
    assert!(output.status.success(), "{command:?} fails:\n{stderr}");
    Said { stdout, stderr }
}
