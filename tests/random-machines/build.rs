//! Writes the machines as Rust modules, for `tests/compare.rs` to include.

#![allow(dead_code, reason = "the modules have more than the build script needs")]
#![allow(unreachable_pub, reason = "they are public in the library")]

#[path = "src/ast.rs"]
mod ast;
#[path = "src/features.rs"]
mod features;
#[path = "src/generator/mod.rs"]
mod generator;
#[path = "src/print.rs"]
mod print;
#[path = "src/reduce.rs"]
mod reduce;
#[path = "src/walk.rs"]
mod walk;

use std::num::ParseIntError;
use std::path::Path;
use std::str::FromStr;
use std::{env, fs};

use ast::{Machine, Method};
use features::Features;
use reduce::Case;

const MACHINES: u64 = 200;
/// How many of them are compiled in every mode.
const IN_EVERY_MODE: usize = 50;
const SEED: u64 = 1;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    let without = variable("RANDOM_MACHINES_WITHOUT").unwrap_or_default();
    let cases = cases();
    write("machines.rs", &cases, &without);
    write("in_every_mode.rs", &cases[..cases.len().min(IN_EVERY_MODE)], &without);
}

fn write(file: &str, cases: &[Case], without: &str) {
    let allowed = Features::all_but(without);
    let mut modules = String::new();
    let mut subjects = String::new();
    for (index, case) in cases.iter().enumerate() {
        let machine = case.machine(&allowed);
        modules += &module(index, &machine);
        subjects += &subject(index, case, &machine);
    }
    let text = format!(
        "{modules}\npub(crate) const WITHOUT: &str = {without:?};\n\
         pub(crate) const COMPILED: &[Compiled] = &[\n{subjects}];\n"
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(file), text).expect("OUT_DIR can be written");
}

fn cases() -> Vec<Case> {
    let seed = number("RANDOM_MACHINES_SEED", SEED);
    let machines = number("RANDOM_MACHINES", MACHINES);
    match variable("RANDOM_MACHINES_CASES") {
        Some(cases) => cases.split_whitespace().map(parsed).collect(),
        None => (seed..seed + machines).map(|seed| Case { seed, dropped: Vec::new() }).collect(),
    }
}

fn variable(name: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).ok()
}

fn number(name: &str, default: u64) -> u64 {
    variable(name).map_or(default, |text| parsed(&text))
}

fn parsed<T: FromStr<Err = ParseIntError>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

/// A machine with what the comparison drives it by.
fn module(index: usize, machine: &Machine) -> String {
    let name = &machine.name;
    let system = print::print(machine);
    let calls: String = calls(machine);
    let depth = if machine.stack { "Self::depth(self)" } else { "0" };
    format!(
        "mod machine_{index} {{
use super::*;
frame_system! {{
{system}}}
impl Subject for {name} {{
    fn call(&mut self, method: usize, args: &[i32]) -> Outcome {{
        self.fuel = FUEL;
        catch({name:?}, || match method {{
{calls}            _ => unreachable!(),
        }})
    }}
    fn take_trace(&mut self) -> Vec<TraceEntry> {{
        self.trace.drain(..).map(|(label, value)| (label.to_owned(), value)).collect()
    }}
    fn state_name(&self) -> &str {{ Self::state_name(self) }}
    fn depth(&mut self) -> i32 {{ {depth} }}
}}
}}
"
    )
}

fn calls(machine: &Machine) -> String {
    let methods = machine
        .methods
        .iter()
        .map(|Method { name, params, returns, .. }| (name, *params, *returns));
    let actions = machine.actions.iter().map(|action| (&action.name, action.params, true));
    let call = |(index, (name, params, returns)): (usize, (&String, usize, bool))| {
        let args = (0..params).map(|arg| format!("args[{arg}]")).collect::<Vec<_>>().join(", ");
        if returns {
            format!("            {index} => Some(self.{name}({args})),\n")
        } else {
            format!("            {index} => {{ self.{name}({args}); None }}\n")
        }
    };
    methods.chain(actions).enumerate().map(call).collect()
}

fn subject(index: usize, case: &Case, machine: &Machine) -> String {
    let domain = machine.domain_param.then_some(machine.fields[0]);
    let args = machine.start_args.iter().chain(&machine.start_enter_args);
    let args = args.map(|arg| machine.given(arg)).chain(domain.map(|arg| arg.to_string()));
    let args = args.collect::<Vec<_>>().join(", ");
    let name = &machine.name;
    format!(
        "Compiled {{ case: \"{case}\", \
         run: |calls| observe(construct(|| machine_{index}::{name}::new({args})), calls) }},\n"
    )
}
