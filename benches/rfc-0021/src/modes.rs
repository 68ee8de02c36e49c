//! Instructions of the workloads in each mode, which several items are about.

use std::path::{Path, PathBuf};

use instructions::measure::{Program, instructions, per_operation};
use instructions::{ALL, MODES, Workload};

/// A multiple of the short sequences' lengths.
pub const OPERATIONS: u64 = 1 << 16;

/// The workloads that the modes are compared by. Those with long sequences are for whoever
/// measures time.
pub fn workloads() -> impl Iterator<Item = Workload> {
    ALL.into_iter().filter(|workload| workload.period <= OPERATIONS)
}

/// `W1: one state, a domain field`
pub fn titles() -> Vec<String> {
    workloads().map(|workload| format!("{}: {}", workload.name, workload.what)).collect()
}

pub struct Modes {
    measured: Vec<Measured>,
}

struct Measured {
    mode: &'static str,
    program: PathBuf,
    instructions: Vec<f64>,
}

impl Modes {
    pub fn measure() -> Self {
        let measured = MODES.iter().map(|mode| {
            eprintln!("mode: {}", mode.name);
            let program = Program::workloads(mode.features).build();
            let instructions = instructions_of(&program);
            Measured { mode: mode.name, program, instructions }
        });
        Modes { measured: measured.collect() }
    }

    /// Instructions for an operation of each workload.
    pub fn instructions(&self, mode: &str) -> &[f64] {
        &self.measured(mode).instructions
    }

    pub fn program(&self, mode: &str) -> &Path {
        &self.measured(mode).program
    }

    fn measured(&self, mode: &str) -> &Measured {
        let found = self.measured.iter().find(|measured| measured.mode == mode);
        found.unwrap_or_else(|| panic!("there is no mode `{mode}`"))
    }
}

/// Instructions for an operation of each workload, by a program of theirs.
pub fn instructions_of(program: &Path) -> Vec<f64> {
    let count = |workload: Workload| {
        per_operation(instructions, program, &[workload.name, "frame"], OPERATIONS)
    };
    workloads().map(count).collect()
}
