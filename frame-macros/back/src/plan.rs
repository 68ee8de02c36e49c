//! The facts that decide the code: which handlers can queue what, what each state holds,
//! who needs the run's record, which calls can leave the state. Takes the model of a system,
//! and gives the [`Plan`] of its code.

mod capacity;
mod effects;
mod follow;
mod given;
mod jumps;
mod lifecycle;
mod returns;
mod storage;
pub mod stored;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};

use crate::ast;
use crate::facts::Facts;
use crate::model::*;

pub use jumps::{Forward, Jump, JumpId, PayloadField};
pub use lifecycle::Passed;
pub use returns::Shape;
pub use storage::{Storage, reads};

/// What is known of a system before its code is made. Lists are by the ids of the model.
pub struct Plan<'a> {
    /// The system.
    pub model: &'a Model<'a>,
    /// Those it can construct.
    pub systems: &'a Systems,
    /// How each handler's function is made.
    pub handlers: Vec<HandlerPlan<'a>>,
    /// How actions and operations are called.
    pub functions: Vec<FunctionPlan>,
    /// How each event is dispatched.
    pub events: Vec<EventPlan>,
    /// What each state holds and leads to.
    pub states: Vec<StatePlan<'a>>,
    /// What each lifecycle handler takes, by position.
    pub args: Vec<Vec<Passed<'a>>>,
    /// The handler that each state runs for each event when it is the leaf.
    routes: Vec<Vec<Option<HandlerId>>>,
    /// The states that can be current.
    leaves: Vec<StateId>,
    /// Those of them that are the state or below it.
    leaves_of: Vec<Vec<StateId>>,
    /// Every kind of transition that can be queued.
    pub jumps: Vec<Jump>,
    /// They by key.
    jump_ids: BTreeMap<String, JumpId>,
    jump_names: Vec<String>,
    /// What a run to completion has to remember.
    pub run: RunPlan,
    /// Whether states can be saved, or something asks how many are.
    pub stack: bool,
    /// Whether the leaf enum needs a variant for the moments in which no state holds.
    pub nowhere: bool,
    /// For each leaf the targets behind which the next transition is followed.
    followed: Vec<BTreeSet<StateId>>,
    /// The transitions out of each leaf of which all that can come is followed.
    covered: Vec<BTreeSet<JumpId>>,
    /// The transitions that can be pending while a handler calls something.
    pub pending: BTreeSet<JumpId>,
    /// How many events can exist at once, where that is bounded.
    pub capacity: Option<usize>,
    /// Return types that a leaving function has to hand on.
    pub lanes: Vec<&'a ast::Type>,
}

/// What `@@Name(…)` needs to know of the systems in the same macro call.
#[derive(Default)]
pub struct Systems {
    /// The parameters of each system; `None` where they could not all be read.
    pub signatures: Vec<(Ident, Option<Vec<SystemSignature>>)>,
    /// The names in `@@!Name()`.
    pub uninitialized: BTreeSet<String>,
    /// An error of the macro call, as an expression that stands for what is wrong.
    pub error: Option<TokenStream>,
}

/// A parameter of a system, as those see it who construct one.
#[derive(Clone)]
pub struct SystemSignature {
    /// Whom it is for.
    pub kind: ast::ParamKind,
    /// By which an argument can name it.
    pub name: String,
    /// Its type, where it could be read.
    pub ty: Option<ast::Type>,
    /// The value for those who leave the argument out.
    pub default: Option<TokenStream>,
}

/// What decides the function of a handler.
pub struct HandlerPlan<'a> {
    /// What its own body does.
    pub facts: Facts<'a>,
    /// The handler that `=> $^` in it calls, when it has one.
    pub forward: Option<HandlerId>,
    /// What it can queue, itself or through a forward.
    pub jumps: BTreeSet<JumpId>,
    /// Whether its own body calls something during which a transition can be performed.
    pub moving_calls: bool,
    /// The same, forwards included.
    pub can_be_moved: bool,
    /// Whether it takes the run's record.
    pub run: bool,
    /// Whether it takes the return slot, and of what type.
    pub slot: Option<&'a ast::Type>,
    /// What its function returns.
    pub shape: Shape,
    /// Whether it sets the return value on every path.
    pub always_sets: bool,
}

/// What decides how an action or operation is called.
pub struct FunctionPlan {
    /// Whether a transition can be performed while it runs.
    pub moving: bool,
}

/// What decides how an event is dispatched.
pub struct EventPlan {
    /// Whether a transition can be performed while it is dispatched.
    pub moving: bool,
    /// Whether a handler, action or operation calls it.
    pub called: bool,
    /// Whether `-> =>` can hand it on.
    pub forwarded: bool,
    /// Whether some path can end without a value.
    pub can_end_unset: bool,
}

/// What a state holds, when it is current and how it is entered and left.
pub struct StatePlan<'a> {
    /// The state and its ancestors.
    pub chain: Vec<StateId>,
    /// Whether it can be the current state, as far as the types are concerned.
    pub leaf: bool,
    /// Whether a transition leads to it, or it is the start.
    pub reached: bool,
    /// What it holds itself.
    pub storage: Storage<'a>,
    /// Whether a `push$` can save it.
    pub pushable: bool,
    /// The `$>` that runs, its own or one that it is forwarded to.
    pub enter: Option<HandlerId>,
    /// The `<$` that runs, likewise.
    pub exit: Option<HandlerId>,
    /// What a transition to it brings: enter args and state args, by position.
    pub enter_args: Vec<Param<'a>>,
    /// What a transition out of it brings, by position.
    pub exit_args: Vec<Param<'a>>,
    /// What a transition to it brings for its compartments, by position.
    pub state_args: Vec<Param<'a>>,
    /// How many state args transitions give at most.
    pub given: usize,
    /// Every transition that can be pending while it is the leaf.
    pub jumps: BTreeSet<JumpId>,
}

/// The fields of the run's record.
#[derive(Default)]
pub struct RunPlan {
    /// The transition that is queued.
    pub next: bool,
    /// Whether one was performed, after which handlers must not go on.
    pub moved: bool,
    /// What `@@:data` reads and writes.
    pub data: Vec<DataField>,
}

/// A key of `@@:data`.
pub struct DataField {
    /// What stands behind `@@:data.`.
    pub name: Ident,
    /// What it holds.
    pub ty: TokenStream,
    /// What it holds when a call begins, unless that is the type's default.
    pub init: Option<TokenStream>,
}

impl RunPlan {
    /// Whether there is nothing to remember.
    pub fn is_empty(&self) -> bool {
        !self.next && !self.moved && self.data.is_empty()
    }
}

/// Plans a system. What is wrong with it was told, and is planned around.
pub fn plan<'a>(model: &'a Model<'a>, systems: &'a Systems) -> Plan<'a> {
    let mut plan = Plan {
        model,
        systems,
        handlers: Vec::new(),
        functions: Vec::new(),
        events: Vec::new(),
        states: Vec::new(),
        args: Vec::new(),
        routes: Vec::new(),
        leaves: Vec::new(),
        leaves_of: Vec::new(),
        jumps: Vec::new(),
        jump_ids: BTreeMap::new(),
        jump_names: Vec::new(),
        run: RunPlan::default(),
        stack: false,
        nowhere: false,
        followed: Vec::new(),
        covered: Vec::new(),
        pending: BTreeSet::new(),
        capacity: None,
        lanes: Vec::new(),
    };
    storage::states(&mut plan);
    lifecycle::args(&mut plan);
    jumps::collect(&mut plan);
    storage::leaves(&mut plan);
    effects::compute(&mut plan);
    returns::compute(&mut plan);
    plan.followed = follow::edges(&plan);
    plan.covered = follow::covered(&plan);
    plan.capacity = capacity::of_system(&plan);
    plan
}

impl<'a> Plan<'a> {
    /// How many events are held at once while one is dispatched, where that is bounded.
    pub fn capacity_of(&self, event: EventId) -> Option<usize> {
        capacity::of_event(self, event)
    }

    /// How many of them a call needs ahead, before it comes to one that asks again.
    pub fn room_for(&self, event: EventId) -> usize {
        capacity::of_level(self, event)
    }

    /// The handler a leaf runs for an event.
    pub fn route(&self, leaf: StateId, event: EventId) -> Option<HandlerId> {
        self.routes[leaf][event]
    }

    /// The states that can be current as far as the types are concerned, in the order they
    /// were written.
    pub fn leaves(&self) -> impl Iterator<Item = StateId> + '_ {
        self.leaves.iter().copied()
    }

    /// Those of them that a transition leads to, and the start.
    pub fn reached(&self) -> impl Iterator<Item = StateId> + '_ {
        self.leaves().filter(|leaf| self.states[*leaf].reached)
    }

    /// The leaves that a handler of `state` can run in.
    pub fn leaves_of(&self, state: StateId) -> impl Iterator<Item = StateId> + '_ {
        self.leaves_of[state].iter().copied()
    }

    /// Whether a handler can call something while a transition is pending.
    pub fn has_pending_calls(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Whether a run to completion needs a record.
    pub fn has_run(&self) -> bool {
        !self.run.is_empty()
    }

    /// Whether lifecycle handlers can queue something, so that a run may take several steps.
    pub fn settles(&self) -> bool {
        self.states
            .iter()
            .flat_map(|state| [state.enter, state.exit])
            .flatten()
            .any(|id| !self.handlers[id].jumps.is_empty())
            || self.jumps.iter().any(|jump| match jump.forward {
                Some(Forward::Event(event)) => self.leaves().any(|leaf| {
                    self.route(leaf, event).is_some_and(|id| !self.handlers[id].jumps.is_empty())
                }),
                Some(Forward::Exit(_)) => true,
                None => false,
            })
    }
}
