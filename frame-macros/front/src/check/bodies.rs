//! What may stand in which body.

use proc_macro2::{Ident, Span, TokenStream};

use super::constants;
use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::mend;
use crate::model::{self, Model, Trigger, unraw};
use crate::resolve::counted;
use crate::suggest::nearest;
use crate::walk::{self, Visit};

/// Where a piece of code stands.
#[derive(Clone, Copy)]
enum Place<'m, 'a> {
    Handler(&'m model::Handler<'a>),
    Function(&'m model::Function<'a>),
    Variable(model::StateId),
    /// A value that is made before the machine is.
    Field,
    /// A value that stands for an argument or a return value.
    Default,
}

pub fn check(model: &mut Model, diag: &Diag) {
    for id in 0..model.handlers.len() {
        let (handler, errors) = (&model.handlers[id], diag.count());
        let mut rules = Rules { model, diag, place: Place::Handler(handler) };
        walk::block(&handler.ast.body, &mut rules);
        if let Some(default) = &handler.ast.default {
            walk::code(default, &mut rules);
        }
        if diag.count() > errors {
            model.mistakes.handlers.insert(id);
        }
    }
    for function in &model.functions {
        let mut rules = Rules { model, diag, place: Place::Function(function) };
        walk::block(&function.ast.body, &mut rules);
        if let Some(span) = function.ast.is_async {
            diag.error(codes::E002, span, "async functions are not supported yet", None);
        }
    }
    for (id, state) in model.states.iter().enumerate() {
        for init in state.ast.vars.iter().filter_map(|var| var.init.as_ref()) {
            walk::code(init, &mut Rules { model, diag, place: Place::Variable(id) });
        }
    }
    for (place, value) in values(model) {
        walk::code(value, &mut Rules { model, diag, place });
    }
    note_unknown(model, diag);
}

/// Initialisers of fields, and the defaults of parameters and return values.
fn values<'m, 'a>(model: &'m Model<'a>) -> impl Iterator<Item = (Place<'m, 'a>, &'a Code)> {
    let fields = model.ast.fields.iter().filter_map(|field| field.init.as_ref());
    let params = model.ast.params.iter().filter_map(|param| param.param.default.as_ref());
    let early = fields.chain(params).map(|value| (Place::Field, value));
    let events = model.events.iter().flat_map(|event| &event.params);
    let states = model.states.iter().flat_map(|state| &state.params);
    let functions = model.functions.iter().flat_map(|function| &function.params);
    let handlers = model.handlers.iter().filter(|own| !matches!(own.trigger, Trigger::Event(_)));
    let lists = events.chain(states).chain(functions);
    let lists = lists.chain(handlers.flat_map(|handler| &handler.params));
    let params = lists.filter_map(|param| param.default);
    let values = params.chain(model.events.iter().filter_map(|event| event.default));
    early.chain(values.map(|value| (Place::Default, value)))
}

/// Remembers whose members were blamed, or could not be read.
fn note_unknown(model: &mut Model, diag: &Diag) {
    let kinds = ["event ", "item ", "function ", "field ", "call "];
    model.mistakes.members = kinds.iter().any(|kind| diag.has_failed_any(kind));
    for (id, state) in model.states.iter().enumerate() {
        if diag.has_failed_any(format!("variable {}.", state.ast.name)) {
            model.mistakes.variables.insert(id);
        }
    }
}

struct Rules<'m, 'a> {
    model: &'m Model<'a>,
    diag: &'m Diag,
    place: Place<'m, 'a>,
}

impl<'x> Visit<'x> for Rules<'_, '_> {
    fn frame(&mut self, stmt: &'x FrameStmt, closure: bool) {
        let Some((span, text, moves)) = describe(stmt) else { return };
        if closure {
            let message = format!("`{text}` inside a closure cannot reach the handler around it");
            let help = "let the closure return a value, and act on it behind the call".to_owned();
            self.diag.error(codes::E407, span, message, Some(help));
            return;
        }
        match self.place {
            Place::Handler(handler) => self.in_handler(handler, stmt, span),
            Place::Function(function) if moves => {
                let kind = if function.operation { "an operation" } else { "an action" };
                let message = format!("`{text}` cannot stand in {kind}");
                let help =
                    "transitions belong to handlers; return what the handler needs to decide";
                self.diag.error(codes::E401, span, message, Some(help.to_owned()));
            }
            Place::Function(function) => self.value_returned(function, stmt, span),
            Place::Variable(_) | Place::Field | Place::Default => {
                let message = format!("`{text}` cannot stand in an initialiser");
                self.diag.error(codes::E401, span, message, None);
            }
        }
    }

    fn access(&mut self, access: &'x Access, _closure: bool) {
        match access {
            Access::StateVar { span, name } => self.state_var(*span, name),
            Access::Call(call) if call.native.is_none() => self.self_call(call),
            Access::Field { span, name } => self.field(*span, name),
            Access::StateName(span) | Access::StackDepth(span) => {
                self.has_machine(*span, "the state");
            }
            Access::Param { name, .. } => self.param(name),
            Access::Data { span, .. } | Access::ReturnValue(span) | Access::EventName(span)
                if !matches!(self.place, Place::Handler(_)) =>
            {
                let message = "there is no call in hand here: only handlers have one";
                let help = "pass the value as an argument".to_owned();
                self.diag.error(codes::E401, *span, message, Some(help));
            }
            _ => {}
        }
    }

    fn block(&mut self, block: &'x Block, _closure: bool) {
        self.after_transition(block);
    }

    fn code(&mut self, code: &'x [Piece]) {
        constants::written(code, self.model, self.diag);
    }

    fn item(&mut self, item: &'x TokenStream) {
        if let Some(span) = walk::frame_text(item.clone()) {
            let message = "Frame text inside a nested item cannot reach the handler around it";
            let help = "pass what it needs as arguments, or move it out of the item".to_owned();
            self.diag.error(codes::E407, span, message, Some(help));
        }
    }

    fn native_return(&mut self, value: Option<&'x Code>) {
        if let Some([Piece::Frame(stmt)]) = value.map(Vec::as_slice)
            && let Some((span, text, _)) = describe(stmt)
        {
            let message = format!("`return` before `{text}`");
            let help = "write `@@:return(e)`, which sets the value and leaves".to_owned();
            self.diag.error(codes::E408, span, message, Some(help));
        }
    }
}

/// Span, text, and whether it concerns the machine and not just a return value; `None` for
/// what was told before.
fn describe(stmt: &FrameStmt) -> Option<(Span, &'static str, bool)> {
    Some(match stmt {
        FrameStmt::Transition(transition) => (transition.span, "->", true),
        FrameStmt::Push(span) => (*span, "push$", true),
        FrameStmt::Pop(span) => (*span, "pop$", true),
        FrameStmt::Forward(span) => (*span, "=> $^", true),
        FrameStmt::SetReturn { span, .. } => (*span, "@@:(…)", false),
        FrameStmt::Leave { span, .. } => (*span, "@@:return(…)", false),
        FrameStmt::Broken(_) => return None,
    })
}

impl Rules<'_, '_> {
    fn in_handler(&self, handler: &model::Handler, stmt: &FrameStmt, span: Span) {
        self.in_query(handler, stmt);
        let state = &self.model.states[handler.state];
        match stmt {
            FrameStmt::Forward(span) if state.ast.parent.is_none() => {
                let name = &state.ast.name;
                let message = format!("`${name}` has no parent to forward to");
                let help = format!("declare one: `${name} => $Parent {{ … }}`");
                let key = format!("parent of {name}");
                self.diag.error_once(key, codes::E403, *span, message, Some(help));
            }
            FrameStmt::Transition(transition) => {
                if let Target::State { name, .. } = &transition.target
                    && self.model.state_id(name).is_none()
                {
                    self.unknown_state(name);
                }
                if let (Target::Pop(span), true) = (&transition.target, transition.push) {
                    let message = "`push$ -> pop$` would restore what it saves";
                    let help = "write `-> pop$`, or `push$` before another state".to_owned();
                    self.diag.error(codes::E002, *span, message, Some(help));
                }
                if transition.value.is_some() {
                    self.value_wanted(handler, span);
                }
                if transition.forwards {
                    self.can_be_kept(handler, span);
                }
            }
            FrameStmt::SetReturn { .. } | FrameStmt::Leave { value: Some(_), .. } => {
                self.value_wanted(handler, span);
            }
            _ => {}
        }
    }

    /// `-> => $B` in a handler of `put<T>(item: T)`. Where events are objects, that was told of
    /// the method.
    fn can_be_kept(&self, handler: &model::Handler, span: Span) {
        let Trigger::Event(event) = handler.trigger else { return };
        let (event, modes) = (&self.model.events[event], &self.model.settings.modes);
        if event.is_generic() && !modes.has_event_objects() && !modes.event_enum {
            let message = format!(
                "`{}` is generic, so its event has no one type to be kept as until the transition \
                 is performed",
                event.name
            );
            let help = "use concrete types, or hand the event to a parent at once: `=> $^`";
            self.diag.error(codes::E854, span, message, Some(help.to_owned()));
        }
    }

    /// `-> $On` in a handler of a method that is declared with `&self`.
    fn in_query(&self, handler: &model::Handler, stmt: &FrameStmt) {
        let (Trigger::Event(event), Some((span, text, moves))) = (handler.trigger, describe(stmt))
        else {
            return;
        };
        let event = &self.model.events[event];
        if event.query && moves && !matches!(stmt, FrameStmt::Forward(_)) {
            let message = format!("`{text}` cannot stand in a handler of `{}(&self)`", event.name);
            let help = "declare the method without `&self`, which promises that nothing changes";
            self.diag.error(codes::E401, span, message, Some(help.to_owned()));
        }
    }

    fn unknown_state(&self, name: &Ident) {
        let known = self.model.state_ids.words().listed();
        if name != MISSING {
            mend::unknown_state(&self.model.ast.name, &known, name, codes::E402, self.diag);
        }
    }

    /// `@@:(e)` in an action or operation without return type.
    fn value_returned(&self, function: &model::Function, stmt: &FrameStmt, span: Span) {
        let bare = matches!(stmt, FrameStmt::Leave { value: None, .. });
        let name = &function.ast.name;
        if function.ast.ret.is_none() && !bare && self.diag.fail(format!("value of {name}")) {
            let message = format!("`{name}` returns nothing, so there is no value to set");
            let help = format!("declare its type, as in `{name}(): Type {{ … }}`");
            self.diag.error(codes::E606, span, message, Some(help));
        }
    }

    /// `@@:(e)` where the interface declares no return type.
    fn value_wanted(&self, handler: &model::Handler, span: Span) {
        let Trigger::Event(event) = handler.trigger else { return };
        if handler.ret.is_none() {
            let name = self.model.events[event].name;
            let message = format!("`{name}` returns nothing, so there is no value to set");
            let help = format!("declare its type under `interface:`, as in `{name}(): Type`");
            self.diag.error_once(
                format!("value of {name}"),
                codes::E606,
                span,
                message,
                Some(help),
            );
        }
    }

    fn state_var(&self, span: Span, name: &Ident) {
        let state = match self.place {
            Place::Handler(handler) => handler.state,
            Place::Variable(state) => state,
            Place::Function(function) if function.ast.is_static.is_some() => {
                self.has_machine(span, "a state variable");
                return;
            }
            Place::Function(_) | Place::Field | Place::Default => {
                let message =
                    format!("`$.{name}` belongs to a state, and no state encloses it here");
                let help = "pass the value as an argument".to_owned();
                self.diag.error(codes::E401, span, message, Some(help));
                return;
            }
        };
        let state = &self.model.states[state];
        if state.ast.vars.iter().any(|var| var.name == *name) {
            return;
        }
        let key = format!("variable {}.{name}", state.ast.name);
        let unnamed = format!("variable {}.{MISSING}", state.ast.name);
        if name == MISSING || self.diag.has_failed(unnamed) {
            self.diag.fail(key);
            return;
        }
        let known = state.ast.vars.iter().map(|var| unraw(&var.name)).listed();
        let help = match nearest(&unraw(name), &known.iter().map(String::as_str).listed()) {
            Some(near) => format!("did you mean `$.{near}`?"),
            None => format!("declare it in the state, as in `$.{name}: Type = value`"),
        };
        let message = format!("no state variable `{name}` in `${}`", state.ast.name);
        self.diag.error_once(key, codes::E853, name.span(), message, Some(help));
    }

    /// Whether there is a machine here, which a static operation and a field's initialiser
    /// lack.
    fn has_machine(&self, span: Span, what: &str) -> bool {
        match self.place {
            Place::Function(function) if function.ast.is_static.is_some() => {
                let message =
                    format!("a static operation has no machine, so it cannot read {what}");
                let help = "declare it without `static`".to_owned();
                self.diag.error(codes::E421, span, message, Some(help));
            }
            Place::Field => {
                let message = format!("there is no machine yet here, so this cannot read {what}");
                let help =
                    "use the system's parameters, or set the field in the start state's `$>`";
                self.diag.error(codes::E401, span, message, Some(help.to_owned()));
            }
            _ => return true,
        }
        false
    }

    fn self_call(&self, call: &Call) {
        let name = &call.name;
        if !self.has_machine(name.span(), "the machine") {
            return;
        }
        let given = call.args.items.len();
        let (what, params) = if let Some(event) = self.model.event_id(name) {
            ("method", &self.model.events[event].params)
        } else if let Some(function) = self.model.function_id(name) {
            ("function", &self.model.functions[function].params)
        } else {
            let known = self.model.event_ids.words().chain(self.model.function_ids.words());
            let help = match nearest(&name.to_string(), &known.listed()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "call a native method as `self.name(…)`".to_owned(),
            };
            let message =
                format!("no method, action or operation `{name}` in `{}`", self.model.ast.name);
            if !self.diag.has_failed(format!("event {name}")) {
                let key = format!("function {name}");
                self.diag.error_once(key, codes::E601, name.span(), message, Some(help));
            }
            return;
        };
        let failed = |kind| self.diag.has_failed(format!("{kind} {name}"));
        if failed("event") || failed("function") {
            return;
        }

        let required = params.iter().filter(|param| param.default.is_none()).count();
        if given > params.len() || given < required {
            let message = format!(
                "the {what} `{name}` takes {}, and {given} {} given",
                counted(params.len(), "argument"),
                if given == 1 { "is" } else { "are" }
            );
            let names: Vec<_> = params.iter().map(|param| unraw(param.name)).listed();
            let help = format!("write `@@:self.{name}({})`", names.join(", "));
            self.diag.fail(format!("call of {name}"));
            self.diag.error(codes::E602, call.args.span, message, Some(help));
        }
    }

    fn field(&self, span: Span, name: &Ident) {
        if !self.has_machine(span, "a field") {
            return;
        }
        if name == MISSING {
            self.diag.fail(format!("field {name}"));
            return;
        }
        let known = self.model.ast.fields.iter().map(|field| unraw(&field.name)).listed();
        if known.contains(&unraw(name))
            || self.model.event_id(name).is_some()
            || self.model.function_id(name).is_some()
        {
            return;
        }
        let help = match nearest(&unraw(name), &known.iter().map(String::as_str).listed()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declare it under `domain:`, as in `{name}: Type`"),
        };
        let message = format!("no field `{name}` in `{}`", self.model.ast.name);
        let key = format!("field {name}");
        self.diag.error_once(key, codes::E609, name.span(), message, Some(help));
    }

    fn param(&self, name: &Ident) {
        let Place::Handler(handler) = self.place else { return };
        let params = match handler.trigger {
            Trigger::Event(event) => &self.model.events[event].params,
            Trigger::Enter | Trigger::Exit | Trigger::Nothing => &handler.params,
        };
        let failed = self.diag.has_failed(format!("event {}", handler.ast.trigger.text()));
        if !failed && !params.iter().any(|param| param.name == name) {
            let known = params.iter().map(|param| unraw(param.name)).listed();
            let help = nearest(&unraw(name), &known.iter().map(String::as_str).listed());
            let help = match help {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "it has none".to_owned(),
                None => format!("it has {}", known.join(", ")),
            };
            let event = handler.ast.trigger.text();
            let message = format!("the event `{event}` has no parameter `{name}`");
            self.diag.error(codes::E609, name.span(), message, Some(help));
        }
    }

    /// `-> $A` and then another Frame statement in the same block.
    fn after_transition(&self, block: &Block) {
        let mut left = false;
        for stmt in &block.stmts {
            let StmtKind::Frame(stmt) = &stmt.kind else { continue };
            if left {
                let Some((span, text, _)) = describe(stmt) else { continue };
                let message = format!("`{text}` behind a transition never runs");
                let help = "a transition leaves the handler; move this before it".to_owned();
                self.diag.error(codes::E400, span, message, Some(help));
                return;
            }
            left = matches!(stmt, FrameStmt::Transition(_));
        }
    }
}
