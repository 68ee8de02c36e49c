//! How many events can exist at once: the depth of the calls that handlers make.

use std::collections::BTreeMap;

use super::Plan;
use crate::ast::Call;
use crate::facts;
use crate::model::{EventId, HandlerId};

/// The events held at once while `event` is dispatched, itself included: `None` where
/// handlers can call each other without end.
pub fn of_event(plan: &Plan, event: EventId) -> Option<usize> {
    Depths { plan, known: BTreeMap::new() }.of_event(event)
}

/// The most that any call needs, construction included.
pub fn of_system(plan: &Plan) -> Option<usize> {
    let mut depths = Depths { plan, known: BTreeMap::new() };
    let mut most = depths.of_lifecycle(all_lifecycle(plan))?;
    for event in 0..plan.events.len() {
        most = most.max(depths.of_event(event)?);
    }
    Some(most.max(1))
}

/// Where a handler can call with a transition pending, any call may perform any transition.
fn all_lifecycle(plan: &Plan) -> Vec<HandlerId> {
    plan.states.iter().flat_map(|state| [state.enter, state.exit]).flatten().collect()
}

struct Depths<'p, 'a> {
    plan: &'p Plan<'a>,
    /// `None` while an event is being looked at: meeting it again means recursion.
    known: BTreeMap<EventId, Option<usize>>,
}

impl Depths<'_, '_> {
    fn of_event(&mut self, event: EventId) -> Option<usize> {
        if let Some(known) = self.known.get(&event) {
            return *known;
        }
        self.known.insert(event, None);
        let plan = self.plan;
        let mut inner = 0;
        for handler in plan.leaves().filter_map(|leaf| plan.route(leaf, event)) {
            inner = inner.max(self.of_handler(handler)?);
        }
        let lifecycle = match plan.pending_calls {
            true => all_lifecycle(plan),
            false => plan.reachable_lifecycle(event).into_iter().collect(),
        };
        inner = inner.max(self.of_lifecycle(lifecycle)?);
        if plan.events[event].moving {
            for forwarded in plan.jumps.iter().filter_map(|jump| jump.forward) {
                if let super::Forward::Event(forwarded) = forwarded {
                    for handler in plan.leaves().filter_map(|leaf| plan.route(leaf, forwarded)) {
                        inner = inner.max(self.of_handler(handler)?);
                    }
                }
            }
        }
        self.known.insert(event, Some(inner + 1));
        Some(inner + 1)
    }

    /// Lifecycle events are held beside the event that led to them.
    fn of_lifecycle(&mut self, handlers: Vec<HandlerId>) -> Option<usize> {
        let mut most = 0;
        for handler in handlers {
            most = most.max(1 + self.of_handler(handler)?);
        }
        Some(most)
    }

    fn of_handler(&mut self, handler: HandlerId) -> Option<usize> {
        let mut most = 0;
        let mut at = Some(handler);
        while let Some(handler) = at {
            let calls = self.plan.handlers[handler].facts.calls.clone();
            most = most.max(self.of_calls(&calls, &mut Vec::new())?);
            at = self.plan.handlers[handler].forward;
        }
        Some(most)
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
