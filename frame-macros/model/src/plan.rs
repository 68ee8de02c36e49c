//! What is decided of a system before its code is made: which handlers can queue what, what each
//! state holds, who needs the run's record, which calls can leave the state.

mod jumps;
mod params;

use proc_macro2::{Ident, TokenStream};

use crate::ast;
use crate::facts::Facts;
use crate::model::*;
use crate::sets::Ids;

pub use jumps::{Forward, Jump, JumpId, Payload, PayloadField};
pub use params::{Carried, Change, Lent, NamedParam, Place, Way};

/// What is known of a system before its code is made. Lists are by the ids of the model.
pub struct Plan<'a> {
    /// The system.
    pub model: &'a Model<'a>,
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
    pub routes: Vec<Vec<Option<HandlerId>>>,
    /// The states that can be current as far as the types are concerned, in the order they
    /// were written.
    pub leaves: Vec<StateId>,
    /// Every kind of transition that can be queued.
    pub jumps: Vec<Jump>,
    /// What the variants that stand for them are called.
    pub jump_names: Vec<String>,
    /// What they carry.
    pub payloads: Vec<Payload<'a>>,
    /// What a run to completion has to remember.
    pub run: RunPlan,
    /// Whether states can be saved, or something asks how many are.
    pub stack: bool,
    /// Whether the leaf enum needs a variant for the moments in which no state holds.
    pub nowhere: bool,
    /// Whether the start state's initialisers read the system they are part of.
    pub start_reads_self: bool,
    /// Whether lifecycle handlers can queue something, so that a run may take several steps.
    pub settles: bool,
    /// The transitions that can be pending while a handler calls something.
    pub pending: Ids,
    /// How many events can exist at once, where they are objects and that is bounded.
    pub capacity: Option<usize>,
    /// Return types that a leaving function has to hand on.
    pub lanes: Vec<&'a ast::Type>,
}

/// What decides the function of a handler.
pub struct HandlerPlan<'a> {
    /// What its own body does.
    pub facts: Facts<'a>,
    /// What each of its transitions queues; none where there can be no such transition.
    pub queues: Vec<Option<JumpId>>,
    /// The state params that its body names.
    pub params: Vec<NamedParam<'a>>,
    /// The handler that `=> $^` in it calls, when it has one.
    pub forward: Option<HandlerId>,
    /// Whether the `=> $^` of another calls it.
    pub called_by_forward: bool,
    /// What it can queue, itself or through a forward.
    pub jumps: Ids,
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
    /// Whether it is handed on to a state that is not known where that happens.
    pub routed: bool,
    /// Whether some path can end without a value.
    pub can_end_unset: bool,
    /// Where events are objects, whether handlers can call each other without end while it is
    /// dispatched: then each call from within asks for room itself.
    pub unbounded: bool,
    /// How many events a call holds at once, before it comes to one that asks for room itself.
    pub room: usize,
}

/// What a state holds, when it is current and how it is entered and left.
pub struct StatePlan<'a> {
    /// The state and its ancestors.
    pub chain: Vec<StateId>,
    /// Whether it can be the current state, as far as the types are concerned.
    pub leaf: bool,
    /// The leaves that its handlers can run in.
    pub leaves: Vec<StateId>,
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
    /// Whether the states of its chain that declare such a param would not all put the same in
    /// its place.
    pub own_defaults: Vec<bool>,
    /// How many state args transitions give at most.
    pub given: usize,
    /// Every transition that can be pending while it is the leaf.
    pub jumps: Ids,
    /// Those of them behind which the next transition is followed where they are performed.
    pub followed: Ids,
    /// Those of them of which all that can come is followed.
    pub covered: Ids,
    /// Its own params that a transition moves out of it.
    pub given_up: Vec<&'a Ident>,
    /// The params that go on into the next state, moved there behind its `<$`.
    pub carried: Vec<Carried<'a>>,
    /// Whether it is the leaf for certain, once it was entered, until its `$>` has ended.
    pub stays_entered: bool,
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
    /// What it holds: a `String` where it is not declared.
    pub ty: Option<TokenStream>,
    /// What it holds when a call begins, unless that is the type's default.
    pub init: Option<TokenStream>,
}

impl RunPlan {
    /// Whether there is nothing to remember.
    pub fn is_empty(&self) -> bool {
        !self.next && !self.moved && self.data.is_empty()
    }
}

/// What the function of a handler returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// No value of its own: `fn(…)`, at most writing the slot.
    Unit,
    /// Always a native value: `fn(…) -> R`. Transitions that set one return it.
    Value,
    /// A native value on some paths: `fn(…) -> Poll<R>`, where pending means none.
    Mixed,
    /// The same for an `Option` whose `?` is used: `fn(…) -> Option<Poll<R>>`, where
    /// `None` is the value `None`.
    MixedOption,
}

impl Shape {
    /// Whether only some paths have a value.
    pub fn is_mixed(self) -> bool {
        matches!(self, Shape::Mixed | Shape::MixedOption)
    }
}

/// A state's own compartment.
#[derive(Default)]
pub struct Storage<'a> {
    /// State params that a handler reads.
    pub params: Vec<Param<'a>>,
    /// All of its variables.
    pub vars: Vec<&'a ast::StateVar>,
    /// Whether the leaf keeps its enter args for a later `-> pop$`.
    pub saves_enter: bool,
}

impl Storage<'_> {
    /// Whether the state itself has something to hold.
    pub fn is_own(&self) -> bool {
        !self.params.is_empty() || !self.vars.is_empty()
    }
}

/// One argument of a lifecycle handler.
pub struct Passed<'a> {
    /// How it is declared by the handler, or by the one that gets it from there.
    pub param: Param<'a>,
    /// Whether the handler declares it, or only hands it on.
    pub own: bool,
    /// Whether it may be missing.
    pub optional: bool,
    /// Whether some transition gives it.
    pub given: bool,
}

impl<'a> Plan<'a> {
    /// The handler a leaf runs for an event.
    pub fn route(&self, leaf: StateId, event: EventId) -> Option<HandlerId> {
        self.routes[leaf][event]
    }

    /// The states that can be current as far as the types are concerned.
    pub fn leaves(&self) -> impl Iterator<Item = StateId> + '_ {
        self.leaves.iter().copied()
    }

    /// Those of them that a transition leads to, and the start.
    pub fn reached(&self) -> impl Iterator<Item = StateId> + '_ {
        self.leaves().filter(|leaf| self.states[*leaf].reached)
    }

    /// The leaves that a handler of `state` can run in.
    pub fn leaves_of(&self, state: StateId) -> impl Iterator<Item = StateId> + '_ {
        self.states[state].leaves.iter().copied()
    }

    /// What a transition of a handler queues, if anything.
    pub fn queued_by(&self, handler: HandlerId, transition: &ast::Transition) -> Option<JumpId> {
        let handler = &self.handlers[handler];
        let mut transitions = handler.facts.transitions.iter();
        let at = transitions.position(|known| std::ptr::eq(*known, transition))?;
        handler.queues[at]
    }

    /// The target behind which the next transition is followed where this one is performed.
    pub fn follows(&self, leaf: StateId, jump: JumpId) -> Option<StateId> {
        self.jumps[jump].target.filter(|_| self.states[leaf].followed.contains(jump))
    }

    /// What a leaf's `$>` takes.
    pub fn enter_passed(&self, leaf: StateId) -> &[Passed<'a>] {
        self.states[leaf].enter.map_or(&[], |handler| &self.args[handler])
    }

    /// Whether a handler can call something while a transition is pending.
    pub fn has_pending_calls(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Whether a run to completion needs a record.
    pub fn has_run(&self) -> bool {
        !self.run.is_empty()
    }

    /// Whether a transition can be performed during a call on `self`.
    pub fn call_moves(&self, call: &ast::Call) -> bool {
        if let Some(event) = self.model.event_id(&call.name) {
            return self.events[event].moving;
        }
        self.model.function_id(&call.name).is_some_and(|id| self.functions[id].moving)
    }

    /// The lane a leaving function needs for calls of `event`.
    pub fn lane(&self, event: EventId) -> Option<usize> {
        let ret = self.model.events[event].ret?;
        self.lanes.iter().position(|lane| lane.same(ret))
    }

    /// Whether a call of `event` can end without a value in `leaf`. A state that nothing
    /// leads to leaves nothing unset, nor does one with a handler that could not be read.
    pub fn leaves_unset(&self, leaf: StateId, event: EventId) -> bool {
        let unknown = |state: &StateId| {
            let state = &self.model.states[*state];
            state.misread || state.stray
        };
        self.states[leaf].reached
            && !self.model.events[event].unknown
            && match self.route(leaf, event) {
                Some(handler) => !self.handlers[handler].always_sets,
                None => !self.states[leaf].chain.iter().any(unknown),
            }
    }
}
