//! What a machine adds to a program.

use std::fs;
use std::path::Path;

use object::{Object, ObjectSection};

use crate::generated::Ring;
use crate::options::Options;
use crate::package::{Package, read};
use crate::table::Table;
use crate::way::{FRAME, HAND, Way};

/// Lead the template's ring through all states, with each of its four events.
const EVENTS: [usize; 16] = [0, 1, 0, 1, 0, 1, 0, 1, 3, 2, 3, 1, 2, 0, 2, 3];

/// The attribute in the template, and what stands in its place.
const DIRECT: &str = "@@[events(direct)]";

const MODES: [(&str, &str); 6] = [
    ("Frame", DIRECT),
    ("Frame, string ids", "@@[events(direct)] @@[state_id(string)]"),
    ("Frame, pool", "@@[events(pool)]"),
    ("Frame, pool, string ids", "@@[events(pool)] @@[state_id(string)] @@[event_id(string)]"),
    ("Frame, heap", "@@[events(heap)]"),
    ("Frame, heap, string ids", "@@[events(heap)] @@[state_id(string)] @@[event_id(string)]"),
];

/// Large enough for its states and handlers to outweigh what every machine has.
const LARGE: Ring = Ring { states: 50, events: 20 };

/// The parts of a stripped program, in bytes.
struct Size {
    code: u64,
    constants: u64,
    file: u64,
}

/// What a subject's program prints, and how large it is when it is compiled to be small and
/// when it is compiled to be fast.
struct Program {
    trace: String,
    small: Size,
    fast: Size,
}

/// Prints the sizes, over those of a program without a machine.
pub(crate) fn measure(room: &Path, options: &Options) {
    let base = program(&Package::new(room, "empty", HAND, read("machines/ring/empty.rs")), &[]);
    let packages = options.ways.iter().map(|way| Package::from_template(room, "ring", *way));
    let mut packages: Vec<Package> = packages.collect();

    let templates = packages.iter_mut().flat_map(|package| {
        let template = package.source().to_string();
        versions(package.way).into_iter().map(move |(name, attributes)| {
            package.replace(template.replace(DIRECT, attributes));
            (name, program(package, &EVENTS))
        })
    });
    print("8 states × 4 events", templates.collect(), &base);

    let generated = packages.iter_mut().filter_map(|package| {
        package.generate(LARGE)?;
        Some((package.way.name, program(package, &LARGE.walk())))
    });
    print(&LARGE.to_string(), generated.collect(), &base);
}

/// What the ring of a library is called, and its mode.
fn versions(way: Way) -> Vec<(&'static str, &'static str)> {
    if way.name == FRAME.name { MODES.to_vec() } else { vec![(way.name, DIRECT)] }
}

fn program(package: &Package, events: &[usize]) -> Program {
    let build = |level: &str| {
        package.build_with("size", &format!("profile.size.opt-level={level}"));
        size(package)
    };
    let fast = build("3");
    let small = build("'z'");
    Program { trace: package.trace("size", events), small, fast }
}

fn size(package: &Package) -> Size {
    let program = fs::read(package.program("size")).expect("the program has been built");
    let sections = object::File::parse(&*program).expect("it is a program of this machine");
    let section = |name| sections.section_by_name(name).map_or(0, |section| section.size());
    Size { code: section(".text"), constants: section(".rodata"), file: program.len() as u64 }
}

fn print(what: &str, programs: Vec<(&str, Program)>, base: &Program) {
    let mut table = Table::new([what, "code", "constants", "file", "code, opt-level 3"]);
    for (name, program) in &programs {
        assert_eq!(program.trace, programs[0].1.trace, "{name} is another machine");
        let more = |size: u64, base: u64| (i128::from(size) - i128::from(base)).to_string();
        table.row([
            (*name).to_string(),
            more(program.small.code, base.small.code),
            more(program.small.constants, base.small.constants),
            more(program.small.file, base.small.file),
            more(program.fast.code, base.fast.code),
        ]);
    }
    println!("{table}");
}
