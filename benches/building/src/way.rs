//! The ways to write a machine.

use crate::generated::{Ring, frame, hand, rust_fsm, smlang, statig};

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// A library, or none.
#[derive(Clone, Copy)]
pub(crate) struct Way {
    pub(crate) name: &'static str,
    /// Has the machine in `machines/lamp` and `machines/ring`.
    pub(crate) file: &'static str,
    /// What stands under `[dependencies]`, with `{here}` for this repository.
    dependencies: &'static str,
    build_dependencies: &'static str,
    /// A machine of any size, where the library can express it.
    pub(crate) generated: Option<fn(Ring) -> String>,
}

pub(crate) const FRAME: Way = Way {
    name: "Frame",
    file: "frame.rs",
    dependencies: "frame-runtime = { path = '{here}/frame-runtime' }",
    build_dependencies: "",
    generated: Some(frame::source),
};

pub(crate) const HAND: Way = Way {
    name: "by hand",
    file: "hand.rs",
    dependencies: "",
    build_dependencies: "",
    generated: Some(hand::source),
};

pub(crate) const STATIG: Way = Way {
    name: "statig 0.4",
    file: "statig.rs",
    dependencies: "statig = '0.4'",
    build_dependencies: "",
    generated: Some(statig::source),
};

pub(crate) const SMLANG: Way = Way {
    name: "smlang 0.8",
    file: "smlang.rs",
    dependencies: "smlang = '0.8'",
    build_dependencies: "",
    generated: Some(smlang::source),
};

pub(crate) const RUST_FSM: Way = Way {
    name: "rust-fsm 0.8",
    file: "rust_fsm.rs",
    dependencies: "rust-fsm = '0.8'",
    build_dependencies: "",
    generated: Some(rust_fsm::source),
};

/// Frame's own compiler, which a build script calls.
pub(crate) const FRAMEC: Way = Way {
    name: "framec 4.6",
    file: "framec.frs",
    dependencies: "",
    build_dependencies: "framec = '4.6'",
    generated: None,
};

/// What others are compared with comes first.
pub(crate) const ALL: [Way; 6] = [FRAME, HAND, STATIG, SMLANG, RUST_FSM, FRAMEC];

impl Way {
    /// The sections of a `Cargo.toml` that say what such a machine is compiled with.
    pub(crate) fn dependencies(self) -> String {
        let dependencies = self.dependencies.replace("{here}", REPOSITORY);
        format!(
            "[dependencies]\n{dependencies}\n\n[build-dependencies]\n{}\n",
            self.build_dependencies
        )
    }

    /// Whether a build script makes Rust of the machine.
    pub(crate) fn has_build_script(self) -> bool {
        !self.build_dependencies.is_empty()
    }
}
