//! Who takes part in which workload.

use instructions::{Run, Workload, w1, w2, w2x, w3, w3e, w3l, w3le, w3v, w3ve, w4, w5, w6, w7, w8};

use crate::counts::{Plain, Varied};
use crate::{framec, rust_fsm, smlang, statig};

/// The contenders, in the order of [`Race::runs`].
pub const CONTENDERS: [&str; 6] = ["hand", "Frame", "statig", "smlang", "rust-fsm", "framec"];

/// One workload, and who takes part.
pub struct Race {
    /// With the hand-written machine and the Frame system.
    pub workload: Workload,
    /// What each of the [`CONTENDERS`] runs; one that cannot express the machine runs nothing.
    pub runs: [Option<Run>; 6],
}

impl Race {
    const fn new(workload: Workload, peers: [Option<Run>; 4]) -> Self {
        let [statig, smlang, rust_fsm, framec] = peers;
        let (hand, frame) = (Some(workload.hand), Some(workload.frame));
        Self { workload, runs: [hand, frame, statig, smlang, rust_fsm, framec] }
    }

    /// Those who take part, by name; first the hand-written machine.
    pub fn contenders(&self) -> Vec<(&'static str, Run)> {
        let named = CONTENDERS.into_iter().zip(self.runs);
        named.filter_map(|(name, run)| Some((name, run?))).collect()
    }

    /// How many operations tell one machine from another, and one cost from another: whole
    /// sequences.
    pub fn operations(&self) -> u64 {
        self.workload.period.max(1 << 16)
    }

    /// Asserts that all who take part do the same.
    ///
    /// # Panics
    ///
    /// If they do not.
    pub fn check(&self) {
        let expected = (self.workload.hand)(self.operations());
        for (name, run) in self.contenders() {
            let checksum = run(self.operations());
            assert_eq!(checksum, expected, "{}: {name} differs from hand", self.workload.name);
        }
    }
}

/// The races with the workloads of these names, or all when there are none.
pub fn chosen(names: &[String]) -> Vec<&'static Race> {
    let named = |race: &&Race| names.iter().any(|name| name == race.workload.name);
    let chosen: Vec<&Race> = RACES.iter().filter(named).collect();
    if chosen.is_empty() { RACES.iter().collect() } else { chosen }
}

/// The races, each with statig, smlang, rust-fsm and framec.
///
/// A `static`, so that the machines are compiled together with what drives them, in this
/// crate, as those of `benches/instructions` are in theirs.
pub static RACES: [Race; 14] = [
    Race::new(
        w1::WORKLOAD,
        [
            Some(w1::run::<statig::w1::Counter>),
            Some(w1::run::<smlang::w1::Counter>),
            Some(w1::run::<rust_fsm::w1::Counter>),
            Some(w1::run::<framec::w1::Counter>),
        ],
    ),
    Race::new(
        w2::WORKLOAD,
        [
            Some(w2::run::<statig::w2::Switch>),
            Some(w2::run::<smlang::w2::Switch>),
            Some(w2::run::<rust_fsm::w2::Switch>),
            Some(w2::run::<framec::w2::Switch>),
        ],
    ),
    Race::new(
        w2x::WORKLOAD,
        [
            Some(w2x::run::<statig::w2::Switch>),
            Some(w2x::run::<smlang::w2::Switch>),
            Some(w2x::run::<rust_fsm::w2::Switch>),
            Some(w2x::run::<framec::w2::Switch>),
        ],
    ),
    Race::new(
        w3::WORKLOAD,
        [
            Some(w3::run::<statig::w3::Ring<Plain>>),
            Some(w3::run::<smlang::w3::Ring<Plain>>),
            Some(w3::run::<rust_fsm::w3::Ring<Plain>>),
            Some(w3::run::<framec::w3::Plain>),
        ],
    ),
    Race::new(
        w3v::WORKLOAD,
        [
            Some(w3::run::<statig::w3::Ring<Varied>>),
            Some(w3::run::<smlang::w3::Ring<Varied>>),
            Some(w3::run::<rust_fsm::w3::Ring<Varied>>),
            Some(w3::run::<framec::w3::Varied>),
        ],
    ),
    Race::new(
        w3l::WORKLOAD,
        [
            Some(w3l::run::<statig::w3::Ring<Varied>>),
            Some(w3l::run::<smlang::w3::Ring<Varied>>),
            Some(w3l::run::<rust_fsm::w3::Ring<Varied>>),
            Some(w3l::run::<framec::w3::Varied>),
        ],
    ),
    // framec has no events as values.
    Race::new(
        w3e::WORKLOAD,
        [
            Some(w3e::run::<statig::w3::Ring<Plain>>),
            Some(w3e::run::<smlang::w3::Ring<Plain>>),
            Some(w3e::run::<rust_fsm::w3::Ring<Plain>>),
            None,
        ],
    ),
    Race::new(
        w3ve::WORKLOAD,
        [
            Some(w3e::run::<statig::w3::Ring<Varied>>),
            Some(w3e::run::<smlang::w3::Ring<Varied>>),
            Some(w3e::run::<rust_fsm::w3::Ring<Varied>>),
            None,
        ],
    ),
    Race::new(
        w3le::WORKLOAD,
        [
            Some(w3le::run::<statig::w3::Ring<Varied>>),
            Some(w3le::run::<smlang::w3::Ring<Varied>>),
            Some(w3le::run::<rust_fsm::w3::Ring<Varied>>),
            None,
        ],
    ),
    // smlang and rust-fsm without levels: both states handle the event.
    Race::new(
        w4::WORKLOAD,
        [
            Some(w4::run::<statig::w4::Counter>),
            Some(w4::run::<smlang::w4::Counter>),
            Some(w4::run::<rust_fsm::w4::Counter>),
            Some(w4::run::<framec::w4::Counter>),
        ],
    ),
    Race::new(
        w5::WORKLOAD,
        [
            Some(w5::run::<statig::w5::Blinker>),
            Some(w5::run::<smlang::w5::Blinker>),
            Some(w5::run::<rust_fsm::w5::Blinker>),
            Some(w5::run::<framec::w5::Blinker>),
        ],
    ),
    // statig with a stack of its own, smlang with one of data and a fixed target. In rust-fsm,
    // the next state is a function of this state and the input, so that there is no stack to
    // come back from.
    Race::new(
        w6::WORKLOAD,
        [
            Some(w6::run::<statig::w6::Worker>),
            Some(w6::run::<smlang::w6::Worker>),
            None,
            Some(w6::run::<framec::w6::Worker>),
        ],
    ),
    Race::new(
        w7::WORKLOAD,
        [
            Some(w7::run::<statig::w7::Gauge>),
            Some(w7::run::<smlang::w7::Gauge>),
            Some(w7::run::<rust_fsm::w7::Gauge>),
            Some(w7::run::<framec::w7::Gauge>),
        ],
    ),
    Race::new(
        w8::WORKLOAD,
        [
            Some(w8::run::<statig::w8::Reader>),
            Some(w8::run::<smlang::w8::Reader>),
            Some(w8::run::<rust_fsm::w8::Reader>),
            Some(w8::run::<framec::w8::Reader>),
        ],
    ),
];
