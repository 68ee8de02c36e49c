//! The kinds of transitions a system can queue. Two transitions of one kind differ only in
//! the values of their arguments.

use std::collections::BTreeSet;

use proc_macro2::Ident;

use super::{Passed, Plan, lifecycle};
use crate::ast::{self, Target};
use crate::facts;
use crate::gather::Gather;
use crate::model::*;

/// The place of a kind of transition in [`Plan::jumps`].
pub type JumpId = usize;

/// What `-> =>` hands on to the state that it leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Forward {
    /// The event in hand.
    Event(EventId),
    /// `-> =>` in an exit handler.
    Exit(HandlerId),
}

/// A kind of transition: what two of them must have in common to be queued as one variant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Jump {
    /// `None` for `-> pop$`.
    pub target: Option<StateId>,
    /// Whether the state that is left is saved.
    pub push: bool,
    /// The state whose handler gives exit args, and how many it gives.
    pub exit: Option<(StateId, usize)>,
    /// How many enter args go with a `-> pop$`.
    pub popped_with: usize,
    /// Whether these are the args of the `$>` in hand, in place of all that were saved.
    pub hands_on: bool,
    /// What the target is handed on.
    pub forward: Option<Forward>,
}

/// Collects the jumps of all handlers, in the order they are written.
pub fn collect(plan: &mut Plan) {
    let model = plan.model;
    for (id, handler) in model.handlers.iter().enumerate() {
        for transition in facts::of_block(&handler.ast.body).transitions {
            let Some(jump) = Jump::of(plan, id, transition) else { continue };
            let next = plan.jumps.len();
            if *plan.jump_ids.entry(jump.key(model)).or_insert(next) == next {
                plan.jumps.push(jump);
            }
        }
    }
    name(plan);
}

/// `$Pop` beside `-> pop$`, `$On` beside `$ON`: their variants and functions are told apart.
fn name(plan: &mut Plan) {
    let mut taken = BTreeSet::new();
    for jump in &plan.jumps {
        let mut name = jump.key(plan.model).replace("pop$", "Pop").replace(' ', "");
        while !taken.insert(name.replace('_', "").to_lowercase()) {
            name.push_str("Too");
        }
        plan.jump_names.push(name);
    }
}

impl Jump {
    /// `None` when there can be no such transition, which check has told.
    pub fn of(plan: &Plan, handler: HandlerId, transition: &ast::Transition) -> Option<Jump> {
        let model = plan.model;
        let popped = matches!(transition.target, Target::Pop(_));
        let stays = transition.forwards && model.is_generic(handler);
        if model.is_query(handler) || popped && transition.push || stays {
            return None;
        }
        let target = match &transition.target {
            Target::State { name, .. } => Some(model.state_id(name)?),
            Target::Pop(_) => None,
        };
        let given = |args: &Option<ast::Args>| args.as_ref().map_or(0, |args| args.items.len());
        let exit_args = given(&transition.exit_args);
        let state = model.handlers[handler].state;
        let forward = match model.handlers[handler].trigger {
            _ if !transition.forwards => None,
            Trigger::Event(event) => Some(Forward::Event(event)),
            Trigger::Exit => Some(Forward::Exit(handler)),
            // The event in hand is `$>` itself: its args become the enter args.
            Trigger::Enter | Trigger::Nothing => None,
        };
        let hands_on = target.is_none()
            && transition.forwards
            && model.handlers[handler].trigger == Trigger::Enter;
        let popped_with = match target {
            Some(_) => 0,
            None if hands_on => plan.args[handler].len().max(given(&transition.enter_args)),
            None => given(&transition.enter_args),
        };
        Some(Jump {
            target,
            push: transition.push,
            exit: (exit_args > 0).then_some((state, exit_args)),
            popped_with,
            hands_on,
            forward,
        })
    }

    /// A text that no other jump of the system has.
    fn key(&self, model: &Model) -> String {
        let mut name =
            self.target.map_or("pop$".to_owned(), |state| unraw(model.state_name(state)));
        if self.push {
            name.push_str(" Pushing");
        }
        if let Some((state, count)) = self.exit {
            name.push_str(&format!(" Leaving{}With{count}", unraw(model.state_name(state))));
        }
        if self.popped_with > 0 {
            name.push_str(&format!(" With{}", self.popped_with));
        }
        if self.hands_on {
            name.push_str(" HandedOn");
        }
        match self.forward {
            Some(Forward::Event(event)) => {
                name.push_str(&format!(" Forwarding_{}", unraw(model.events[event].name)));
            }
            Some(Forward::Exit(handler)) => name.push_str(&format!(" ForwardingExit{handler}")),
            None => {}
        }
        name
    }
}

impl<'a> Plan<'a> {
    /// The id of a kind that was collected.
    pub fn jump_id(&self, jump: &Jump) -> JumpId {
        self.jump_ids[&jump.key(self.model)]
    }

    /// The name of the variant that stands for a jump.
    pub fn jump_name(&self, id: JumpId) -> &str {
        &self.jump_names[id]
    }

    /// Types of the exit args that handlers of `state` give: by position, as the nearest
    /// `<$` around it declares them.
    pub fn exit_args_from(&self, state: StateId) -> Vec<Param<'a>> {
        let mut found = self.states[state].exit_args.clone();
        // Of states that are never current as well: what is given is evaluated in any case.
        let below = (0..self.states.len()).filter(|other| self.model.is_ancestor(state, *other));
        for other in below {
            let args = &self.states[other].exit_args;
            found.extend(args.iter().skip(found.len()).cloned());
        }
        found
    }

    /// Types of the enter args that go with `-> pop$`: as any state that can be popped
    /// declares them.
    pub fn popped_args(&self) -> Vec<Param<'a>> {
        let mut found: Vec<Param<'a>> = Vec::new();
        for state in self.states.iter().filter(|state| state.pushable) {
            found.extend(state.enter_args.iter().skip(found.len()).cloned());
        }
        found
    }

    /// Whether the states of a chain that declare a param at this position would not all put
    /// the same in its place.
    pub fn has_own_defaults(&self, state: StateId, at: usize) -> bool {
        let chain = self.states[state].chain.iter();
        let declared: Vec<_> =
            chain.filter_map(|id| self.model.states[*id].params.get(at)).listed();
        lifecycle::differ(&declared)
    }

    /// What a leaf's `$>` takes.
    pub fn enter_passed(&self, leaf: StateId) -> &[Passed<'a>] {
        self.states[leaf].enter.map_or(&[], |handler| &self.args[handler])
    }

    /// Whether an enter arg that goes with a `-> pop$` may be missing.
    fn popped_may_miss(&self, at: usize) -> bool {
        let mut args = self.args.iter().filter_map(|args| args.get(at));
        args.any(|passed| passed.optional)
    }

    /// The field names and types a jump carries.
    pub fn payload(&self, id: JumpId) -> Payload<'a> {
        let jump = &self.jumps[id];
        let exit = match jump.exit {
            Some((state, count)) => self.exit_args_from(state).into_iter().take(count).listed(),
            None => Vec::new(),
        };
        let (enter, state) = match jump.target {
            Some(target) => {
                let target = &self.states[target];
                (target.enter_args.clone(), target.state_args.clone())
            }
            None => (self.popped_args().into_iter().take(jump.popped_with).listed(), Vec::new()),
        };
        let mut payload = Payload {
            exit: fields("exit", exit),
            enter: fields("enter", enter),
            state: fields("state", state),
            event: self.event_fields(jump.forward),
        };
        for (at, field) in payload.enter.iter_mut().enumerate() {
            field.optional = match jump.target {
                Some(target) => {
                    self.enter_passed(target).get(at).is_some_and(|passed| passed.optional)
                }
                None => self.popped_may_miss(at),
            };
        }
        for (at, field) in payload.state.iter_mut().enumerate() {
            field.optional = jump.target.is_some_and(|target| self.has_own_defaults(target, at));
        }
        payload
    }

    /// What `-> =>` takes along.
    fn event_fields(&self, forward: Option<Forward>) -> Vec<PayloadField<'a>> {
        match forward {
            None => Vec::new(),
            Some(Forward::Event(event)) => fields("event", self.model.events[event].params.clone()),
            Some(Forward::Exit(handler)) => {
                let args = &self.args[handler];
                let params = args.iter().map(|passed| passed.param.clone()).listed();
                let mut made = fields("event", params);
                for (field, passed) in made.iter_mut().zip(args) {
                    field.optional = passed.optional;
                }
                made
            }
        }
    }
}

/// What travels with a queued transition, by role.
pub struct Payload<'a> {
    pub exit: Vec<PayloadField<'a>>,
    pub enter: Vec<PayloadField<'a>>,
    pub state: Vec<PayloadField<'a>>,
    pub event: Vec<PayloadField<'a>>,
}

/// A value that travels with a queued transition.
pub struct PayloadField<'a> {
    /// The field that holds it.
    pub name: Ident,
    /// The parameter that it ends in.
    pub param: Param<'a>,
    /// Whether it travels as an `Option`, because those who receive it have defaults of
    /// their own.
    pub optional: bool,
}

impl<'a> Payload<'a> {
    pub fn fields(&self) -> impl Iterator<Item = &PayloadField<'a>> {
        self.exit.iter().chain(&self.enter).chain(&self.state).chain(&self.event)
    }

    pub fn is_empty(&self) -> bool {
        self.fields().next().is_none()
    }
}

fn fields<'a>(role: &str, params: Vec<Param<'a>>) -> Vec<PayloadField<'a>> {
    let unique = |at: usize| {
        let name = params[at].name;
        params.iter().filter(|other| other.name == name).count() == 1
    };
    let name = |at: usize| match unique(at) {
        true => format!("{role}_{}", unraw(params[at].name)),
        false => format!("{role}_{at}"),
    };
    let names: Vec<_> = (0..params.len()).map(name).listed();
    let field = |(name, param): (String, Param<'a>)| PayloadField {
        name: Ident::new(&name, proc_macro2::Span::mixed_site()),
        param,
        optional: false,
    };
    names.into_iter().zip(params).map(field).listed()
}
