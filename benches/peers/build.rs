//! Compiles the systems of `frame/` to Rust with framec, Frame's reference compiler.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use framec::frame_c::compiler::{TargetLanguage, compile_module};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=frame");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the directory"));
    for entry in fs::read_dir("frame")? {
        let source = entry?.path();
        let name = source.with_extension("rs");
        let name = name.file_name().expect("a file has a name");
        fs::write(out.join(name), compile(&source)?)?;
    }
    Ok(())
}

fn compile(source: &Path) -> io::Result<String> {
    let text = fs::read_to_string(source)?;
    let compiled = compile_module(&text, TargetLanguage::Rust);
    compiled.map_err(|e| io::Error::other(format!("{}: {}", source.display(), e.error)))
}
