//! What is legal but hardly meant. A warning must never be raised in code that is right:
//! where that cannot be told, the rule stays silent, and `@@[allow(…)]` silences the rest.

use proc_macro2::Span;

use crate::ast::*;
use crate::codes::{self, Code};
use crate::diag::Diag;
use crate::facts;
use crate::gather::Gather;
use crate::model::{Handler, Model, StateId, Trigger};
use crate::sets::Ids;
use crate::walk::{self, Visit};

pub fn check(model: &Model, diag: &Diag) {
    let rules = Rules { model, diag };
    if is_machine_known(model, diag) {
        rules.unreachable_states();
    }
    rules.empty_constants();
    for (id, handler) in model.handlers.iter().enumerate() {
        if model.mistakes.handlers.contains(id) {
            continue;
        }
        rules.overriding(handler);
        rules.calls_on_exit(handler);
        rules.unused_results(handler);
    }
}

/// Whether nothing is wrong with states and handlers, and no transition stands elsewhere, so
/// that there are none but the known ones.
fn is_machine_known(model: &Model, diag: &Diag) -> bool {
    let mut bodies = model.functions.iter().map(|function| &function.ast.body);
    bodies.all(|body| facts::of_block(body).transitions.is_empty())
        && model.mistakes.handlers.is_empty()
        && !model.states.iter().any(|state| state.misread || state.stray)
        && !diag.has_failed_any("state ")
}

struct Rules<'m, 'a> {
    model: &'m Model<'a>,
    diag: &'m Diag,
}

impl Rules<'_, '_> {
    /// `$Old { }`, to which no path of transitions leads. A parent is not meant to be
    /// entered itself.
    fn unreachable_states(&self) {
        let reachable = self.reachable();
        for (id, state) in self.model.states.iter().enumerate() {
            let is_parent = !state.below.is_empty();
            if is_parent || reachable.contains(id) || allows(&state.ast.attrs, codes::W414) {
                continue;
            }
            let text = format!(
                "no transitions lead from `${}` to the state `${}`",
                self.model.state_name(0),
                state.ast.name
            );
            self.warn(codes::W414, state.ast.name.span(), text);
        }
    }

    /// The start state, and what the handlers of reachable states and their ancestors lead to.
    fn reachable(&self) -> Ids {
        let mut found = Ids::new();
        let mut open = vec![0];
        while let Some(state) = open.pop() {
            if state >= self.model.states.len() || !found.insert(state) {
                continue;
            }
            let chain = self.model.chain(state);
            for handler in chain.iter().flat_map(|state| self.model.handlers_of(*state)) {
                open.extend(self.targets(handler));
            }
        }
        found
    }

    fn targets(&self, handler: &Handler) -> Vec<StateId> {
        let transitions = facts::of_block(&handler.ast.body).transitions;
        let names = transitions.into_iter().filter_map(|transition| match &transition.target {
            Target::State { name, .. } => Some(name),
            Target::Pop(_) => None,
        });
        names.filter_map(|name| self.model.state_id(name)).listed()
    }

    /// `const limit: u32`, which nothing gives a value.
    fn empty_constants(&self) {
        let params = &self.model.ast.params;
        for field in &self.model.ast.fields {
            let given =
                field.init.is_some() || params.iter().any(|param| param.param.name == field.name);
            if field.constant.is_some() && !given && !allows(&field.attrs, codes::W706) {
                let text = format!("the constant `{}` is always its type's default", field.name);
                self.warn(codes::W706, field.name.span(), text);
            }
        }
    }

    /// A `$>` or `<$` in a child, without `=> $^`, where an ancestor has one too.
    fn overriding(&self, handler: &Handler) {
        if !matches!(handler.trigger, Trigger::Enter | Trigger::Exit)
            || facts::of_block(&handler.ast.body).forwards
        {
            return;
        }
        let ancestors = &self.model.chain(handler.state)[1..];
        let overridden = ancestors.iter().find(|ancestor| {
            let ancestor = &self.model.states[**ancestor];
            match handler.trigger {
                Trigger::Enter => ancestor.enter.is_some(),
                _ => ancestor.exit.is_some(),
            }
        });
        if let Some(ancestor) = overridden {
            let text = format!(
                "the `{}` of `${}` does not run for `${}`; forward to it by `=> $^`",
                handler.ast.trigger.text(),
                self.model.state_name(*ancestor),
                self.model.state_name(handler.state),
            );
            self.warn_in(handler, codes::W851, handler.ast.trigger.span(), text);
        }
    }

    /// `<$ { @@:self.tick() }`: the call reaches a state that is being left.
    fn calls_on_exit(&self, handler: &Handler) {
        if handler.trigger != Trigger::Exit {
            return;
        }
        for call in facts::of_block(&handler.ast.body).calls {
            if self.model.event_id(&call.name).is_some() {
                let text = format!(
                    "`{}` is called in `<$` and reaches `${}`, which is being left",
                    call.name,
                    self.model.state_name(handler.state)
                );
                self.warn_in(handler, codes::W850, call.name.span(), text);
            }
        }
    }

    /// `@@:self.count();` where `count` returns something.
    fn unused_results(&self, handler: &Handler) {
        let mut unused = Unused::default();
        walk::block(&handler.ast.body, &mut unused);
        if let (Some(last), None) = (handler.ast.body.stmts.last(), handler.ret) {
            unused.calls.extend(lone_call(last).filter(|_| last.semi.is_none()));
        }
        for call in unused.calls {
            let event = self.model.event_id(&call.name).map(|id| &self.model.events[id]);
            let ret = event.and_then(|event| event.ret);
            if ret.is_some_and(|ret| !ret.unknown) {
                let text = format!(
                    "the value of `{0}` is not used; write `let _ = @@:self.{0}(…)` if it is not needed",
                    call.name
                );
                self.warn_in(handler, codes::W601, call.name.span(), text);
            }
        }
    }

    fn warn_in(&self, handler: &Handler, code: Code, span: Span, text: String) {
        let state = &self.model.states[handler.state];
        if !allows(&handler.ast.attrs, code) && !allows(&state.ast.attrs, code) {
            self.warn(code, span, text);
        }
    }

    fn warn(&self, code: Code, span: Span, text: String) {
        if !allows(&self.model.ast.attrs, code) {
            self.diag.warning(code, span, text);
        }
    }
}

/// `@@[allow(W414)]`, and Rust's own `#[allow(deprecated)]`, as which warnings are made.
fn allows(attrs: &Attrs, code: Code) -> bool {
    let frame = attrs.frame.iter().filter(|attr| attr.name == "allow");
    let mut frame = frame.filter_map(|attr| attr.args.as_ref());
    frame.any(|args| args.stream().into_iter().any(|token| walk::mentions(&token, code.0)))
        || attrs.rust.iter().any(|attr| {
            let names = |name| attr.clone().into_iter().any(|token| walk::mentions(&token, name));
            (names("allow") || names("expect")) && names("deprecated")
        })
}

/// Frame calls that are whole statements.
#[derive(Default)]
struct Unused<'a> {
    calls: Vec<&'a Call>,
}

impl<'a> Visit<'a> for Unused<'a> {
    fn block(&mut self, block: &'a Block, closure: bool) {
        let last = block.stmts.len().saturating_sub(1);
        for (at, stmt) in block.stmts.iter().enumerate() {
            if !closure && (stmt.semi.is_some() || at < last) {
                self.calls.extend(lone_call(stmt));
            }
        }
    }
}

/// The call by `@@:self` that is all of a statement.
fn lone_call(stmt: &Stmt) -> Option<&Call> {
    match &stmt.kind {
        StmtKind::Native(code) => match code.as_slice() {
            [Piece::Access(Access::Call(call))] if call.native.is_none() => Some(call),
            _ => None,
        },
        _ => None,
    }
}
