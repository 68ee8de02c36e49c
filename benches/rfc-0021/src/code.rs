//! What a program consists of.

use std::fs;
use std::path::Path;

use instructions::measure::Program;
use object::{Object, ObjectSection, ObjectSymbol, SectionFlags, SymbolKind, elf};

/// The bytes that are loaded: code, constants and unwind tables.
pub fn bytes(program: &Path) -> u64 {
    let data = fs::read(program).expect("the program is there");
    let file = object::File::parse(&*data).expect("it is an object file");
    let loaded = file.sections().filter(|section| match section.flags() {
        SectionFlags::Elf { sh_flags, .. } => sh_flags.0 & elf::SHF_ALLOC.0 != 0,
        _ => panic!("only ELF is understood"),
    });
    loaded.filter_map(|section| section.file_range()).map(|(_, size)| size).sum()
}

/// The sizes of the functions whose mangled name is accepted.
pub fn functions(program: &Path, accept: impl Fn(&str) -> bool) -> Vec<u64> {
    let data = fs::read(program).expect("the program is there");
    let file = object::File::parse(&*data).expect("it is an object file");
    file.symbols()
        .filter(|symbol| symbol.kind() == SymbolKind::Text)
        .filter(|symbol| symbol.name().is_ok_and(&accept))
        .map(|symbol| symbol.size())
        .collect()
}

/// The ring of W3 and nothing else: as a Frame system, by hand, or only what drives neither.
pub fn ring<'a>(bin: &'a str, features: &'a str, opt_level: &'a str) -> Program<'a> {
    Program { bin, opt_level, ..Program::workloads(features) }
}
