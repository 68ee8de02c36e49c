//! What parts of the language a machine uses.

use fastrand::Rng;

/// A part of the language that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Calls on the system itself, in whatever form.
    Calls,
    /// Self-calls as args of self-calls.
    NestedCalls,
    /// Self-calls among the args of a transition.
    CallsInTransitions,
    /// Self-calls in exit handlers.
    CallsInExit,
    /// Actions and operations.
    Actions,
    /// The state stack.
    Stack,
    /// `@@[stack(N)]`
    StackBound,
    /// `-> pop$`
    Pop,
    /// `@@[retain]`
    Retain,
    /// `@@:data`
    Data,
    /// `-> => $S`
    ForwardedEvents,
    /// Return values read and set in lifecycle handlers.
    LifecycleReturns,
    /// `&self` methods.
    Queries,
    /// Params of descendants seen by ancestors.
    DescendantParams,
    /// `@@:(e)` behind a transition.
    ReturnBehindTransition,
    /// System params.
    SystemParams,
    /// Native panics.
    Panics,
    /// Params of states and lifecycle handlers that own memory.
    OwnedParams,
}

impl Feature {
    /// All of them.
    pub const ALL: [Feature; 18] = [
        Feature::Calls,
        Feature::NestedCalls,
        Feature::CallsInTransitions,
        Feature::CallsInExit,
        Feature::Actions,
        Feature::Stack,
        Feature::StackBound,
        Feature::Pop,
        Feature::Retain,
        Feature::Data,
        Feature::ForwardedEvents,
        Feature::LifecycleReturns,
        Feature::Queries,
        Feature::DescendantParams,
        Feature::ReturnBehindTransition,
        Feature::SystemParams,
        Feature::Panics,
        Feature::OwnedParams,
    ];

    /// What it is without.
    fn needs(self) -> Option<Feature> {
        match self {
            Feature::NestedCalls | Feature::CallsInTransitions | Feature::CallsInExit => {
                Some(Feature::Calls)
            }
            Feature::StackBound | Feature::Pop => Some(Feature::Stack),
            _ => None,
        }
    }

    /// What it does not go with, because the rules leave the combination open.
    fn excludes(self) -> &'static [Feature] {
        match self {
            // Which compartment does a restored chain take for a retained ancestor, the saved or
            // the kept one?
            Feature::Retain => &[Feature::Stack],
            // Which compartment is the one being left when `<$` itself changed the state?
            Feature::CallsInExit => &[Feature::Stack, Feature::Retain],
            _ => &[],
        }
    }
}

/// A set of features.
#[derive(Debug, Clone)]
pub struct Features(Vec<Feature>);

impl Features {
    /// All features but those in a list of names such as `Calls,Stack`.
    pub fn all_but(names: &str) -> Self {
        let left_out =
            |feature: &Feature| names.split(',').any(|name| name == format!("{feature:?}"));
        Features(Feature::ALL.into_iter().filter(|feature| !left_out(feature)).collect())
    }

    /// A random part of the set, within which everything has its meaning.
    pub fn draw(&self, rng: &mut Rng) -> Self {
        let mut drawn = Features(Vec::new());
        for &feature in &self.0 {
            if rng.u8(..3) > 0 && drawn.admits(feature) {
                drawn.0.push(feature);
            }
        }
        drawn
    }

    fn admits(&self, feature: Feature) -> bool {
        let clash = |&other: &Feature| {
            feature.excludes().contains(&other) || other.excludes().contains(&feature)
        };
        feature.needs().is_none_or(|needed| self.has(needed)) && !self.0.iter().any(clash)
    }

    /// Whether the feature is in the set.
    pub fn has(&self, feature: Feature) -> bool {
        self.0.contains(&feature)
    }
}
