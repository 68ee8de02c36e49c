//! How many events can exist at once: the depth of the calls that handlers make.

use super::returns::reachable_lifecycle;
use super::{Forward, Plan};
use crate::ast::{Call, Code};
use crate::facts;
use crate::gather::Gather;
use crate::model::{EventId, HandlerId};
use crate::sets::Ids;

/// Counts for each event and for the system, where events are objects.
pub fn compute(plan: &mut Plan) {
    if !plan.model.settings.modes.has_event_objects() {
        return;
    }
    let capacities = of_events(plan);
    let lifecycle = Depths::new(plan, None).of_lifecycle(all_lifecycle(plan));
    let all = capacities.iter().copied().chain([lifecycle, Some(1)]);
    plan.capacity = all.reduce(|most, depth| Some(most?.max(depth?))).flatten();
    for (event, capacity) in capacities.into_iter().enumerate() {
        // A call that is part of a recursion asks for room itself.
        let level = Depths::new(plan, Some(0)).of_event(event);
        plan.events[event].room = level.expect("recursion counts as nothing");
        plan.events[event].unbounded = capacity.is_none();
    }
}

/// The events held at once while each event is dispatched, itself included: `None` where handlers
/// can call each other without end.
fn of_events(plan: &Plan) -> Vec<Option<usize>> {
    let mut depths = Depths::new(plan, None);
    (0..plan.events.len()).map(|event| depths.of_event(event)).listed()
}

/// Where a handler can call with a transition pending, any call may perform any transition.
fn all_lifecycle(plan: &Plan) -> Vec<HandlerId> {
    plan.states.iter().flat_map(|state| [state.enter, state.exit]).flatten().listed()
}

struct Depths<'p, 'a> {
    plan: &'p Plan<'a>,
    met: Ids,
    /// What is known of each event, once it was met.
    depths: Vec<Option<usize>>,
}

impl<'p, 'a> Depths<'p, 'a> {
    /// `recursion` is what an event counts that is met again while it is being looked at.
    fn new(plan: &'p Plan<'a>, recursion: Option<usize>) -> Self {
        Depths { plan, met: Ids::new(), depths: vec![recursion; plan.events.len()] }
    }

    fn of_event(&mut self, event: EventId) -> Option<usize> {
        if !self.met.insert(event) {
            return self.depths[event];
        }
        let plan = self.plan;
        let mut inner = self.of_code(plan.model.events[event].default)?;
        let mut moves = plan.has_pending_calls();
        for handler in plan.reached().filter_map(|leaf| plan.route(leaf, event)) {
            inner = inner.max(self.of_handler(handler)?);
            moves |= !plan.handlers[handler].jumps.is_empty();
        }
        let lifecycle = match plan.has_pending_calls() {
            true => all_lifecycle(plan),
            false => reachable_lifecycle(plan, event).iter().listed(),
        };
        inner = inner.max(self.of_lifecycle(lifecycle)?);
        if moves {
            inner = inner.max(self.of_making()?);
        }
        if plan.has_pending_calls() {
            inner = inner.max(self.of_forwarded()?);
        }
        self.depths[event] = Some(inner + 1);
        self.depths[event]
    }

    /// Lifecycle events are held beside the event that led to them.
    fn of_lifecycle(&mut self, handlers: Vec<HandlerId>) -> Option<usize> {
        let mut most = 0;
        for handler in handlers {
            most = most.max(1 + self.of_handler(handler)?);
        }
        Some(most)
    }

    /// What making the compartments of any state calls.
    fn of_making(&mut self) -> Option<usize> {
        let mut most = 0;
        for state in &self.plan.model.states {
            for var in &state.ast.vars {
                most = most.max(self.of_code(var.init.as_ref())?);
            }
            for param in &state.params {
                most = most.max(self.of_code(param.default)?);
            }
        }
        Some(most)
    }

    /// The handlers of the events that a pending transition may hand on.
    fn of_forwarded(&mut self) -> Option<usize> {
        let plan = self.plan;
        let mut most = 0;
        for forward in plan.jumps.iter().filter_map(|jump| jump.forward) {
            let Forward::Event(event) = forward else { continue };
            for handler in plan.leaves().filter_map(|leaf| plan.route(leaf, event)) {
                most = most.max(self.of_handler(handler)?);
            }
        }
        Some(most)
    }

    fn of_handler(&mut self, handler: HandlerId) -> Option<usize> {
        let mut most = 0;
        let mut at = Some(handler);
        while let Some(handler) = at {
            let written = &self.plan.model.handlers[handler];
            most = most.max(self.of_code(written.ast.default.as_ref())?);
            for param in &written.params {
                most = most.max(self.of_code(param.default)?);
            }
            let calls = self.plan.handlers[handler].facts.calls.clone();
            most = most.max(self.of_calls(&calls, &mut Vec::new())?);
            at = self.plan.handlers[handler].forward;
        }
        Some(most)
    }

    fn of_code(&mut self, code: Option<&Code>) -> Option<usize> {
        let Some(code) = code else { return Some(0) };
        self.of_calls(&facts::of_code(code).calls, &mut Vec::new())
    }

    fn of_calls(&mut self, calls: &[&Call], functions: &mut Vec<usize>) -> Option<usize> {
        let model = self.plan.model;
        let mut most = 0;
        for call in calls {
            if let Some(event) = model.event_id(&call.name) {
                if !model.events[event].query {
                    most = most.max(self.of_event(event)?);
                }
            } else if let Some(function) = model.function_id(&call.name)
                && !functions.contains(&function)
            {
                functions.push(function);
                let inner = facts::of_block(&model.functions[function].ast.body).calls;
                most = most.max(self.of_calls(&inner, functions)?);
            }
        }
        Some(most)
    }
}
