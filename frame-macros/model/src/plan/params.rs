//! How a handler has the state params that its body names.

use proc_macro2::{Ident, TokenStream};

use crate::ast::{Piece, Stmt};
use crate::model::{Param, StateId};
use crate::plan::JumpId;

/// A state param that the body of a handler names.
pub struct NamedParam<'a> {
    /// How it is declared.
    pub param: Param<'a>,
    /// The states that hold it: the handler's own or, where that declares none, some below it.
    pub holders: Vec<StateId>,
    /// Whether one of them is current whenever the handler runs.
    pub always_held: bool,
    /// How the body borrows it from the state, if it does: else it has a copy from the start.
    pub lent: Option<Lent>,
}

/// What a body that borrows a state param does with it beyond looking at it.
pub struct Lent {
    /// Whether it is borrowed together with the variables of the state.
    pub beside: bool,
    /// Where the name of the param comes to stand for something else, in the order of the body.
    pub changes: Vec<(Place, Change)>,
    /// The values and arguments of transitions that take the param out of the state, and how
    /// they say so.
    pub taken: Vec<(Place, Way)>,
    /// The arguments that the param is left in the state for, until its `<$` has run.
    pub carried: Vec<Place>,
}

/// A param that a transition moves from the state it leaves to the one it enters, behind the `<$`
/// between them.
pub struct Carried<'a> {
    /// The transition.
    pub jump: JumpId,
    /// The field that is empty while the transition is queued.
    pub field: Ident,
    /// The param.
    pub param: &'a Ident,
    /// The state that holds it.
    pub holder: StateId,
}

/// How code says that it uses a param up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `name`
    Named,
    /// `name.clone()`, which is as good as the param itself where nobody has that any more.
    Cloned,
}

/// What the name of a param means from some place on.
pub enum Change {
    /// A copy of the handler's own.
    Owned,
    /// The param itself, of which nothing is left in the state.
    Taken(Way),
    /// A borrow or, where one of these fields is moved out of it, a copy.
    Looked(Vec<TokenStream>),
    /// A local of the author's, behind the statement.
    Shadowed,
}

/// Somewhere in a body, by what stands there.
// The syntax tree stays where it is, so that addresses tell its parts from each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Place(*const ());

impl Place {
    /// A statement.
    pub fn stmt(stmt: &Stmt) -> Place {
        Place(std::ptr::from_ref(stmt).cast())
    }

    /// The body of an arm, a value or an argument. Those without any code are all alike.
    pub fn code(code: &[Piece]) -> Place {
        Place(code.as_ptr().cast())
    }
}

impl NamedParam<'_> {
    /// Whether it is borrowed together with the variables of the state.
    pub fn is_beside(&self) -> bool {
        self.lent.as_ref().is_some_and(|lent| lent.beside)
    }

    /// What changes at a place, where the param is borrowed.
    pub fn changes_at(&self, place: Place) -> impl Iterator<Item = &Change> {
        let changes = self.lent.iter().flat_map(|lent| &lent.changes);
        changes.filter(move |(at, _)| *at == place).map(|(_, change)| change)
    }

    /// How the value or argument of a transition takes the param out of the state, if it does.
    pub fn taken_by(&self, code: &[Piece]) -> Option<Way> {
        let mut taken = self.lent.iter().flat_map(|lent| &lent.taken);
        taken.find(|(place, _)| *place == Place::code(code)).map(|(_, way)| *way)
    }

    /// Whether an argument of a transition is the param, left where it is until `<$` has run.
    pub fn is_carried_by(&self, code: &[Piece]) -> bool {
        self.lent.as_ref().is_some_and(|lent| lent.carried.contains(&Place::code(code)))
    }

    /// Whether the name can stand for something else than the borrow while that is needed.
    pub fn outlives_its_name(&self) -> bool {
        self.lent.as_ref().is_some_and(|lent| {
            lent.changes.iter().any(|(_, change)| matches!(change, Change::Looked(_)))
        })
    }
}
