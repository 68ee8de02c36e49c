//! Return values that would go nowhere, or to the wrong caller.

use crate::codes;
use crate::diag::Diag;
use crate::model::{EventId, unraw};
use crate::plan::{Plan, reachable_lifecycle};

/// A `$>` that sets a value, reached from calls that return different types.
pub fn lifecycle(plan: &Plan, diag: &Diag) {
    let mut reached: Vec<Vec<EventId>> = vec![Vec::new(); plan.handlers.len()];
    for event in 0..plan.events.len() {
        if plan.model.events[event].ret.is_none() {
            continue;
        }
        for handler in reachable_lifecycle(plan, event).iter() {
            let chain = std::iter::successors(Some(handler), |at| plan.handlers[*at].forward);
            for handler in chain {
                reached[handler].push(event);
            }
        }
    }
    for (handler, events) in reached.iter().enumerate() {
        let facts = &plan.handlers[handler].facts;
        if !(facts.sets_return || facts.leaves_with_value || facts.reads_return) {
            continue;
        }
        let ret =
            |event: EventId| plan.model.events[event].ret.expect("only typed events were taken");
        let Some(other) = events.iter().find(|event| !ret(**event).same(ret(events[0]))) else {
            continue;
        };
        let declared = &plan.model.handlers[handler];
        let message = format!(
            "this handler's value would be a `{}` for `{}` and a `{}` for `{}`",
            ret(events[0]).text(),
            unraw(plan.model.events[events[0]].name),
            ret(*other).text(),
            unraw(plan.model.events[*other].name),
        );
        let help = "set the value in the handlers of the events instead".to_owned();
        diag.error(codes::E857, declared.ast.trigger.span(), message, Some(help));
    }
}
