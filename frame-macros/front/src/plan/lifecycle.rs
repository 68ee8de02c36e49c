//! What lifecycle handlers take. An argument goes from one handler to the next, by `=> $^`
//! and by `-> => $S`, and each of them that declares it has a default of its own. So where
//! they differ it travels as an `Option`, and who finds it missing takes the own default.

use super::{Passed, Plan, StatePlan, given};
use crate::ast::Target;
use crate::facts;
use crate::gather::Gather;
use crate::model::*;
use crate::sets::Ids;

/// The arguments of each handler, by position; none for the handlers of events.
pub fn args(plan: &mut Plan) {
    let graph = Graph::new(plan.model, &plan.states);
    let lists: Vec<Vec<Param>> =
        (0..graph.model.handlers.len()).map(|id| graph.params(id)).listed();
    let given = given::of_handlers(&graph);
    plan.args = (0..lists.len()).map(|id| graph.passed(id, &lists, given[id])).listed();
}

/// Whether those who receive an argument would not all put the same in its place.
pub fn differ(declared: &[&Param]) -> bool {
    let [first, rest @ ..] = declared else { return false };
    !rest.is_empty()
        && (declared.iter().any(|param| param.default.is_some())
            || rest.iter().any(|param| !param.ty.same(first.ty)))
}

/// Who hands its arguments on to whom.
pub struct Graph<'p, 'a> {
    pub model: &'p Model<'a>,
    pub states: &'p [StatePlan<'a>],
    /// The handler that `=> $^` reaches.
    forwards: Vec<Option<HandlerId>>,
    /// The targets of the transitions that hand the event on; `None` is a pop.
    hands_to: Vec<Vec<Option<StateId>>>,
}

impl<'p, 'a> Graph<'p, 'a> {
    fn new(model: &'p Model<'a>, states: &'p [StatePlan<'a>]) -> Self {
        let (mut forwards, mut hands_to) = (Vec::new(), Vec::new());
        for (id, handler) in model.handlers.iter().enumerate() {
            let facts = match handler.trigger {
                Trigger::Event(_) | Trigger::Nothing => facts::Facts::default(),
                Trigger::Enter | Trigger::Exit => facts::of_block(&handler.ast.body),
            };
            forwards.push(if facts.forwards { model.forward_target(id) } else { None });
            let handing = facts.transitions.iter().filter(|transition| transition.forwards);
            let targets = handing.filter_map(|transition| match &transition.target {
                Target::State { name, .. } => model.state_id(name).map(Some),
                Target::Pop(_) => Some(None),
            });
            hands_to.push(targets.listed());
        }
        Graph { model, states, forwards, hands_to }
    }

    fn own(&self, id: HandlerId) -> &'p [Param<'a>] {
        match self.model.handlers[id].trigger {
            Trigger::Event(_) | Trigger::Nothing => &[],
            Trigger::Enter | Trigger::Exit => &self.model.handlers[id].params,
        }
    }

    /// The handler of a state that runs when this one's event is handed on to it.
    fn of_state(&self, id: HandlerId, state: StateId) -> Option<HandlerId> {
        match self.model.handlers[id].trigger {
            Trigger::Event(_) | Trigger::Nothing => None,
            Trigger::Enter => self.states[state].enter,
            Trigger::Exit => self.states[state].exit,
        }
    }

    /// What a transition brings for the handlers of this kind, by position.
    fn brought(&self, id: HandlerId, state: StateId) -> &'p [Param<'a>] {
        match self.model.handlers[id].trigger {
            Trigger::Event(_) | Trigger::Nothing => &[],
            Trigger::Enter => &self.states[state].enter_args,
            Trigger::Exit => &self.states[state].exit_args,
        }
    }

    /// The handler and those that `=> $^` leads to from there.
    pub fn chain(&self, id: HandlerId) -> impl Iterator<Item = HandlerId> + '_ {
        std::iter::successors(Some(id), |at| self.forwards[*at])
    }

    /// What a handler takes: its own params, then those that the handlers it forwards to have
    /// beyond them, then those of the event that it hands on to another state.
    fn params(&self, id: HandlerId) -> Vec<Param<'a>> {
        let mut found = Vec::new();
        if !matches!(self.model.handlers[id].trigger, Trigger::Enter | Trigger::Exit) {
            return found;
        }
        for handler in self.chain(id) {
            found.extend(self.own(handler).iter().skip(found.len()).cloned());
        }
        for handler in self.chain(id) {
            let wanted = self.hands_to[handler].iter().map(|target| match target {
                Some(state) => self.brought(handler, *state).len(),
                None => usize::MAX,
            });
            let wanted = wanted.max().unwrap_or(0);
            let leaves = (0..self.states.len())
                .filter(|state| self.runs_in(handler, *state))
                .map(|state| self.brought(handler, state));
            for brought in leaves {
                found.extend(brought.iter().take(wanted).skip(found.len()).cloned());
            }
        }
        found
    }

    /// The states that a pop can bring back.
    pub fn pushable(&self) -> Vec<StateId> {
        (0..self.states.len()).filter(|state| self.states[*state].pushable).listed()
    }

    /// Whether the handler runs when the state is entered, or left.
    fn runs_in(&self, id: HandlerId, leaf: StateId) -> bool {
        let first = self.of_state(id, leaf);
        first.is_some_and(|first| self.chain(first).any(|handler| handler == id))
    }

    /// Who may get the arguments that a handler gets, itself included.
    fn receivers(&self, id: HandlerId) -> Ids {
        let mut found = Ids::new();
        let mut open = vec![id];
        while let Some(handler) = open.pop() {
            if !found.insert(handler) {
                continue;
            }
            open.extend(self.forwards[handler]);
            for target in &self.hands_to[handler] {
                match target {
                    Some(state) => open.extend(self.of_state(handler, *state)),
                    None => {
                        let popped = self.pushable();
                        open.extend(popped.iter().filter_map(|at| self.of_state(handler, *at)));
                    }
                }
            }
        }
        found
    }

    fn passed(&self, id: HandlerId, lists: &[Vec<Param<'a>>], given: usize) -> Vec<Passed<'a>> {
        if lists[id].is_empty() {
            return Vec::new();
        }
        let receivers = self.receivers(id);
        let own = self.own(id).len();
        let passed = |(at, param): (usize, &Param<'a>)| {
            let mut declared: Vec<&Param> = Vec::new();
            for param in receivers.iter().filter_map(|other| lists[other].get(at)) {
                if !declared.iter().any(|known| std::ptr::eq(known.name, param.name)) {
                    declared.push(param);
                }
            }
            Passed {
                param: param.clone(),
                own: at < own,
                optional: differ(&declared),
                given: at < given,
            }
        };
        lists[id].iter().enumerate().map(passed).listed()
    }
}
