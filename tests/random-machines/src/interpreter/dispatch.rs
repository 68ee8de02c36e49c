//! From events to handlers.

use crate::ast::*;

use super::{Event, EventKind, Frame, Interpreter, Run, bind, named};

impl Interpreter<'_> {
    pub(super) fn dispatch(&mut self, event: &Event) -> Run<()> {
        self.dispatch_to(Some(self.current.leaf), event)?;
        // R15: the value is dropped; a later handler of the same call does not read it.
        let context = self.context();
        context.value = context.value.filter(|_| context.returns);
        Ok(())
    }

    /// R2: without a handler the event is ignored, unless the state has a default forward.
    pub(super) fn dispatch_to(&mut self, state: Option<StateId>, event: &Event) -> Run<()> {
        let Some(id) = state else { return Ok(()) };
        let state = &self.machine.states[id];
        let lifecycle = match event.kind {
            EventKind::Method(method) => {
                if let Some(handler) = &state.handlers[method] {
                    return self.handle(id, handler, event);
                }
                None
            }
            EventKind::Enter => state.enter.as_ref().map(|handler| ("e", handler)),
            EventKind::Exit => state.exit.as_ref().map(|handler| ("x", handler)),
        };
        match lifecycle {
            Some((prefix, handler)) => {
                let args = bind(&handler.params, &event.args);
                self.run_handler(id, event, named(prefix, args), &handler.body)
            }
            None if state.default_forward => self.dispatch_to(state.parent, event),
            None => Ok(()),
        }
    }

    fn handle(&mut self, state: StateId, handler: &Handler, event: &Event) -> Run<()> {
        // R14: a handler's own default sets the value when that handler begins.
        if let Some(value) = handler.default {
            self.context().value = Some(value);
        }
        let prefix = if handler.renamed { "b" } else { "a" };
        self.run_handler(state, event, named(prefix, event.args.iter().copied()), &handler.body)
    }

    fn run_handler(
        &mut self,
        state: StateId,
        event: &Event,
        mut names: Vec<(String, i32)>,
        body: &[Stmt],
    ) -> Run<()> {
        names.extend(self.visible_params(state));
        let mut frame = Frame { state: Some(state), event: event.clone(), names, result: 0 };
        self.block(&mut frame, body)?;
        Ok(())
    }

    /// The state's own params; R13: in a state without params those of the active descendants.
    fn visible_params(&self, state: StateId) -> Vec<(String, i32)> {
        let active =
            self.machine.lineage(self.current.leaf).take_while(|&descendant| descendant != state);
        let has_params = |state: &StateId| !self.machine.states[*state].params.is_empty();
        let owner = Some(state).filter(has_params).or_else(|| active.into_iter().find(has_params));
        let args = owner.map(|owner| self.current.compartments[&owner].args.clone());
        let missing =
            self.machine.params_seen_from(state).saturating_sub(args.as_ref().map_or(0, Vec::len));
        named("s", args.into_iter().flatten().chain(std::iter::repeat_n(0, missing)))
    }
}
