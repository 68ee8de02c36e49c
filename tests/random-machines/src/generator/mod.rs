//! Makes random machines.
//!
//! First the topology with all signatures is drawn, then the bodies: what may stand in a body
//! depends on the signatures everywhere, and on the bodies of the ancestors, which are drawn before
//! those of their children.

mod bodies;
mod calls;
mod expressions;
mod scope;
mod signatures;
mod statements;
mod transitions;

use fastrand::Rng;

use crate::ast::*;
use crate::features::{Feature, Features};

/// The machine of a seed.
pub fn generate(seed: u64, allowed: &Features) -> Machine {
    let mut rng = Rng::with_seed(seed);
    let features = allowed.draw(&mut rng);
    let machine = Machine { name: format!("Machine{seed}"), ..Machine::default() };
    let mut generator = Generator { rng, features, machine, quiet: Vec::new() };
    generator.signatures();
    generator.bodies();
    generator.machine
}

struct Generator {
    rng: Rng,
    features: Features,
    machine: Machine,
    /// States whose enter handler makes no self-call, so that events can be forwarded to them.
    quiet: Vec<bool>,
}

impl Generator {
    fn has(&self, feature: Feature) -> bool {
        self.features.has(feature)
    }

    /// True in so many of ten cases.
    fn chance(&mut self, of_ten: u8) -> bool {
        self.rng.u8(..10) < of_ten
    }

    fn int(&mut self) -> i32 {
        self.rng.i32(-3..8)
    }

    fn ints(&mut self, count: usize) -> Vec<i32> {
        (0..count).map(|_| self.int()).collect()
    }

    fn maybe_int(&mut self, of_ten: u8) -> Option<i32> {
        let value = self.int();
        self.chance(of_ten).then_some(value)
    }
}

fn numbered(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{prefix}{index}")).collect()
}

/// Whether nothing can stand behind the statement in its block.
fn ends(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::Transition(_)
            | Stmt::Break
            | Stmt::Continue
            | Stmt::Return(_)
            | Stmt::ReturnWith(_)
            | Stmt::Tail(_)
    )
}
