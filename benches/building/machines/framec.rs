//! The build script of a package whose machine `framec` compiles.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=src/machine.frs");
    let source = fs::read_to_string("src/machine.frs").expect("the machine can be read");
    let target = Path::new(&env::var_os("OUT_DIR").expect("cargo sets it")).join("machine.rs");
    fs::write(target, framec::run(&source, "rust")).expect("its code can be written");
}
