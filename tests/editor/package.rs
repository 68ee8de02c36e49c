//! A package of its own that depends on `frame-runtime`, as a user's does.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Makes the package, in a folder beside those of other tests, and returns its root.
pub fn make() -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
    fs::create_dir_all(root.join("src")).expect("the folder can be made");
    let runtime = home.join("frame-runtime");
    let manifest = format!(
        "[package]\nname = \"edited\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nframe-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
    );
    fs::write(root.join("Cargo.toml"), manifest).expect("the manifest can be written");
    fs::write(root.join("src/main.rs"), "fn main() {}\n").expect("the source can be written");
    // The versions of the workspace, which are there without a network.
    fs::copy(home.join("Cargo.lock"), root.join("Cargo.lock")).expect("the lock file is there");
    root
}
