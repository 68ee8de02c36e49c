//! How code uses the variables of its state.

use proc_macro2::{Ident, TokenTree};

use crate::ast::{Access, FrameStmt};
use crate::gather::Gather;
use crate::walk::{self, Visit};

/// The variables that code names, where nothing in it needs the whole of `self`.
#[derive(Default)]
pub struct Variables {
    /// Their names, as often as they stand there.
    pub names: Vec<Ident>,
    /// Whether `self` is used other than by its fields.
    whole: bool,
    looks_inside: bool,
}

impl Variables {
    /// Those that a walk comes by, which is gone twice where that decides.
    pub fn of(walk: impl Fn(&mut Variables)) -> Option<Variables> {
        let mut found = Variables::default();
        walk(&mut found);
        // Looking into the tokens costs, so it is done where it decides.
        if !found.names.is_empty() && !found.whole {
            found.looks_inside = true;
            walk(&mut found);
        }
        (!found.whole).then_some(found)
    }
}

impl<'a> Visit<'a> for Variables {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        match access {
            Access::StateVar { .. } if self.looks_inside => {}
            Access::StateVar { name, .. } => self.names.push(name.clone()),
            Access::Call(_) | Access::StateName(_) | Access::StackDepth(_) => self.whole = true,
            _ => {}
        }
    }

    fn frame(&mut self, stmt: &'a FrameStmt, _closure: bool) {
        self.whole |= matches!(stmt, FrameStmt::Forward(_) | FrameStmt::Push(_));
    }

    fn run(&mut self, tokens: &[&'a TokenTree]) {
        if self.looks_inside {
            let tokens = tokens.iter().copied().cloned().joined();
            self.whole |= walk::names_self_alone(tokens);
        }
    }
}
