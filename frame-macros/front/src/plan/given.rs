//! How many arguments transitions give: what none of them gives has a default everywhere.

use super::lifecycle::Graph;
use crate::ast::{Args, ParamKind, Target, Transition};
use crate::facts;
use crate::gather::Gather;
use crate::model::*;

/// Arguments on their way to lifecycle handlers.
struct Giving {
    to: Vec<HandlerId>,
    count: Count,
}

enum Count {
    Written(usize),
    /// As many as this handler got itself.
    Own(HandlerId),
}

/// The most that each lifecycle handler is given.
pub fn of_handlers(graph: &Graph) -> Vec<usize> {
    let givings = givings(graph);
    let mut given = vec![0; graph.model.handlers.len()];
    loop {
        let before = given.clone();
        for giving in &givings {
            let count = match giving.count {
                Count::Written(count) => count,
                Count::Own(handler) => given[handler],
            };
            for id in giving.to.iter().flat_map(|first| graph.chain(*first)) {
                given[id] = given[id].max(count);
            }
        }
        if given == before {
            return given;
        }
    }
}

/// The most that each state is given itself.
pub fn of_states(model: &Model) -> Vec<usize> {
    let mut given = vec![0; model.states.len()];
    if let Some(start) = given.first_mut() {
        *start = system_params(model, ParamKind::State);
    }
    for handler in &model.handlers {
        for transition in facts::of_block(&handler.ast.body).transitions {
            if let Target::State { name, args } = &transition.target
                && let Some(state) = model.state_id(name)
            {
                given[state] = given[state].max(written(args.as_ref()));
            }
        }
    }
    given
}

fn system_params(model: &Model, kind: ParamKind) -> usize {
    model.ast.params.iter().filter(|param| param.kind == kind).count()
}

fn written(args: Option<&Args>) -> usize {
    args.map_or(0, |args| args.items.len())
}

fn givings(graph: &Graph) -> Vec<Giving> {
    let model = graph.model;
    let start = graph.states.first().and_then(|start| start.enter);
    let start = Giving {
        to: start.into_iter().listed(),
        count: Count::Written(system_params(model, ParamKind::Enter)),
    };
    let mut found = vec![start];
    for (id, handler) in model.handlers.iter().enumerate() {
        for transition in facts::of_block(&handler.ast.body).transitions {
            found.push(exiting(graph, handler.state, transition));
            found.extend(arriving(graph, id, transition));
        }
    }
    found
}

/// What goes to the `<$` of the state that is left, whichever it is of those around.
fn exiting(graph: &Graph, state: StateId, transition: &Transition) -> Giving {
    let model = graph.model;
    let around = (0..graph.states.len()).filter(|other| {
        *other == state || model.is_ancestor(state, *other) || model.is_ancestor(*other, state)
    });
    Giving {
        to: around.filter_map(|other| graph.states[other].exit).listed(),
        count: Count::Written(written(transition.exit_args.as_ref())),
    }
}

/// What goes to the state that is entered: args for its `$>`, or the event in hand.
fn arriving(graph: &Graph, id: HandlerId, transition: &Transition) -> Vec<Giving> {
    let targets = match &transition.target {
        Target::State { name, .. } => graph.model.state_id(name).into_iter().listed(),
        Target::Pop(_) => graph.pushable(),
    };
    let enters = targets.iter().filter_map(|state| graph.states[*state].enter).listed();
    let handing = transition.forwards.then(|| graph.model.handlers[id].trigger);
    let own = Count::Own(id);
    if handing == Some(Trigger::Enter) {
        return vec![Giving { to: enters, count: own }];
    }
    let count = Count::Written(written(transition.enter_args.as_ref()));
    let mut found = vec![Giving { to: enters, count }];
    if handing == Some(Trigger::Exit) {
        let to = targets.iter().filter_map(|state| graph.states[*state].exit).listed();
        found.push(Giving { to, count: own });
    }
    found
}
