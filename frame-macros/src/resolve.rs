//! AST to model: gives every event, state and handler its id and settles what handlers
//! leave out. Reports only what keeps a name from meaning one thing.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;

use crate::ast;
use crate::codes;
use crate::diag::Diag;
use crate::model::*;
use crate::settings;
use crate::suggest::nearest;

pub fn resolve<'a>(ast: &'a ast::System, diag: &Diag) -> Model<'a> {
    diag.enter(&ast.name);
    let mut model = Model {
        ast,
        settings: settings::read(ast, diag),
        events: Vec::new(),
        has_interface: ast.interface.as_ref().is_some_and(|methods| !methods.is_empty()),
        states: Vec::new(),
        handlers: Vec::new(),
        functions: Vec::new(),
        event_ids: BTreeMap::new(),
        state_ids: BTreeMap::new(),
        function_ids: BTreeMap::new(),
    };
    functions(&mut model, diag);
    states(&mut model, diag);
    events(&mut model, diag);
    handlers(&mut model, diag);
    model
}

fn functions<'a>(model: &mut Model<'a>, diag: &Diag) {
    let operations = model.ast.operations.iter().map(|function| (function, true));
    let actions = model.ast.actions.iter().map(|function| (function, false));
    for (function, operation) in operations.chain(actions) {
        let params = typed(&function.params, &format!("function {}", function.name), diag);
        let id = model.functions.len();
        if model.function_ids.insert(function.name.to_string(), id).is_some() {
            let message =
                format!("the name `{}` is taken by another action or operation", function.name);
            let help = "choose another name".to_owned();
            diag.error(codes::E852, function.name.span(), message, Some(help));
        }
        model.functions.push(Function { ast: function, operation, params });
    }
}

fn states<'a>(model: &mut Model<'a>, diag: &Diag) {
    for state in &model.ast.states {
        let id = model.states.len();
        let name = state.name.to_string();
        if model.state_ids.contains_key(&name) {
            diag.error(
                codes::E116,
                state.name.span(),
                format!("the state `${name}` stands twice"),
                Some(format!("move its handlers into one `${name} {{ }}`")),
            );
            continue;
        }
        model.state_ids.insert(name, id);
        model.states.push(State {
            ast: state,
            parent: None,
            below: Vec::new(),
            params: typed(&state.params, &format!("state {}", state.name), diag),
            handlers: 0..0,
            on: Vec::new(),
            enter: None,
            exit: None,
            retain: settings::retains(state, diag),
        });
    }
    for id in 0..model.states.len() {
        model.states[id].parent = model.states[id].ast.parent.as_ref().and_then(|parent| {
            let found = model.state_id(parent);
            if found.is_none() {
                unknown_state(model, parent, codes::E403, diag);
            }
            found
        });
    }
    for id in 0..model.states.len() {
        for ancestor in &model.chain(id)[1..] {
            model.states[*ancestor].below.push(id);
        }
    }
}

/// Reports a state name that no state has.
pub fn unknown_state(model: &Model, name: &Ident, code: codes::Code, diag: &Diag) {
    let message = format!("no state `${name}` in system `{}`", model.ast.name);
    let help = match nearest(&name.to_string(), model.state_ids.keys().map(String::as_str)) {
        Some(near) => format!("did you mean `${near}`?"),
        None => format!("declare it under `machine:`, as in `${name} {{ }}`"),
    };
    diag.error_once(format!("state {name}"), code, name.span(), message, Some(help));
}

fn events<'a>(model: &mut Model<'a>, diag: &Diag) {
    for method in model.ast.interface.iter().flatten() {
        if let Some(span) = method.is_async {
            let message = "async methods are not supported yet";
            diag.error(codes::E002, span, message, None);
        }
        let event = Event {
            name: &method.name,
            attrs: Some(&method.attrs),
            generics: Some(&method.generics),
            query: method.query,
            params: typed(&method.params, &format!("event {}", method.name), diag),
            ret: method.ret.as_ref().filter(|ty| !ty.is_unit()),
            default: method.default.as_ref(),
            of: settings::of_trait(&method.attrs, diag),
        };
        if model.event_ids.contains_key(&method.name.to_string()) {
            let message = format!("the method `{}` stands twice in the interface", method.name);
            let help = "a method stands once, whatever states handle it".to_owned();
            diag.error(codes::E851, method.name.span(), message, Some(help));
            continue;
        }
        add_event(model, event);
    }
    if model.has_interface {
        return;
    }
    // Without an interface every handled event is one, as its first handler declares it.
    for state in &model.ast.states {
        for handler in &state.handlers {
            let ast::Trigger::Event(name) = &handler.trigger else { continue };
            if model.event_ids.contains_key(&name.to_string()) {
                continue;
            }
            let event = Event {
                name,
                attrs: None,
                generics: None,
                query: false,
                params: handler_params(handler, diag),
                ret: handler.ret.as_ref().filter(|ty| !ty.is_unit()),
                default: None,
                of: None,
            };
            add_event(model, event);
        }
    }
}

fn add_event<'a>(model: &mut Model<'a>, event: Event<'a>) {
    model.event_ids.insert(event.name.to_string(), model.events.len());
    model.events.push(event);
}

fn handlers<'a>(model: &mut Model<'a>, diag: &Diag) {
    for state in 0..model.states.len() {
        model.states[state].on = vec![None; model.events.len()];
        let ast = model.states[state].ast;
        let first = model.handlers.len();
        for handler in &ast.handlers {
            let Some(trigger) = trigger(model, handler, diag) else { continue };
            let id = model.handlers.len();
            let slot = match trigger {
                Trigger::Event(event) => &mut model.states[state].on[event],
                Trigger::Enter => &mut model.states[state].enter,
                Trigger::Exit => &mut model.states[state].exit,
            };
            if slot.is_some() {
                let message = format!(
                    "`${}` has two handlers for `{}`",
                    ast.name,
                    model.trigger_name(trigger)
                );
                let help = "move their statements into one".to_owned();
                diag.error(codes::E117, handler.trigger.span(), message, Some(help));
                continue;
            }
            *slot = Some(id);
            let handler = settle(model, state, trigger, handler, diag);
            model.handlers.push(handler);
        }
        model.states[state].handlers = first..model.handlers.len();
    }
}

fn trigger(model: &Model, handler: &ast::Handler, diag: &Diag) -> Option<Trigger> {
    match &handler.trigger {
        ast::Trigger::Enter(_) => Some(Trigger::Enter),
        ast::Trigger::Exit(_) => Some(Trigger::Exit),
        ast::Trigger::Event(name) => {
            let found = model.event_id(name).map(Trigger::Event);
            if found.is_none() {
                let help =
                    match nearest(&name.to_string(), model.event_ids.keys().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("declare `{name}` under `interface:`"),
                    };
                let message = format!("the event `{name}` is not in the interface");
                diag.error_once(
                    format!("event {name}"),
                    codes::E850,
                    name.span(),
                    message,
                    Some(help),
                );
            }
            found
        }
    }
}

/// Fills in what a handler leaves to the interface, and compares what it repeats.
fn settle<'a>(
    model: &Model<'a>,
    state: StateId,
    trigger: Trigger,
    handler: &'a ast::Handler,
    diag: &Diag,
) -> Handler<'a> {
    let Trigger::Event(event) = trigger else {
        let params = handler_params(handler, diag);
        return Handler { ast: handler, state, trigger, params, ret: None };
    };
    let event = &model.events[event];
    if diag.has_failed(format!("event {}", event.name)) {
        let params = event.params.clone();
        return Handler { ast: handler, state, trigger, params, ret: event.ret };
    }
    let params = match &handler.params {
        None => event.params.clone(),
        Some(params) if params.len() != event.params.len() => {
            mismatch(handler, event, diag);
            event.params.clone()
        }
        Some(params) => params
            .iter()
            .zip(&event.params)
            .map(|(own, declared)| {
                if own.ty.as_ref().is_some_and(|ty| !ty.same(declared.ty)) {
                    let message = format!(
                        "`{}` is declared as `{}` in the interface",
                        declared.name,
                        declared.ty.text()
                    );
                    let span = own.ty.as_ref().map_or(own.name.span(), |ty| ty.span);
                    let help = "leave the type out here, or write that one".to_owned();
                    diag.error(codes::E406, span, message, Some(help));
                }
                Param {
                    mutable: own.mutable.as_ref(),
                    name: &own.name,
                    ty: own.ty.as_ref().unwrap_or(declared.ty),
                    default: None,
                }
            })
            .collect(),
    };
    if let Some(ret) = handler.ret.as_ref().filter(|ty| !ty.is_unit())
        && !event.ret.is_some_and(|declared| declared.same(ret))
    {
        let declared = event.ret.map_or("no value".to_owned(), |ty| format!("`{}`", ty.text()));
        let message = format!("`{}` returns {declared} in the interface", event.name);
        let help = "leave the type out here: the interface declares it".to_owned();
        diag.error(codes::E406, ret.span, message, Some(help));
    }
    Handler { ast: handler, state, trigger, params, ret: event.ret }
}

fn mismatch(handler: &ast::Handler, event: &Event, diag: &Diag) {
    let message = format!(
        "`{}` has {} in the interface",
        event.name,
        counted(event.params.len(), "parameter")
    );
    let names: Vec<_> =
        event.params.iter().map(|p| format!("{}: {}", p.name, p.ty.text())).collect();
    let help = format!("write `{}({})`", event.name, names.join(", "));
    diag.error(codes::E406, handler.trigger.span(), message, Some(help));
}

pub fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

fn handler_params<'a>(handler: &'a ast::Handler, diag: &Diag) -> Vec<Param<'a>> {
    let owner = match &handler.trigger {
        ast::Trigger::Event(name) => format!("event {name}"),
        ast::Trigger::Enter(_) | ast::Trigger::Exit(_) => "lifecycle".to_owned(),
    };
    typed(handler.params.as_deref().unwrap_or_default(), &owner, diag)
}

/// Parameters that must have a type; those without are told and left out.
fn typed<'a>(params: &'a [ast::Param], owner: &str, diag: &Diag) -> Vec<Param<'a>> {
    let mut found = Vec::new();
    for param in params {
        match &param.ty {
            Some(ty) => found.push(Param {
                mutable: param.mutable.as_ref(),
                name: &param.name,
                ty,
                default: param.default.as_ref(),
            }),
            None => {
                let message = format!("the type of `{}` is missing", param.name);
                let help = format!("write `{}: Type`", param.name);
                diag.error(codes::E606, param.name.span(), message, Some(help));
                diag.fail(owner);
            }
        }
    }
    found
}

impl ast::Type {
    pub fn text(&self) -> String {
        tidy(&self.tokens.to_string())
    }

    pub fn same(&self, other: &ast::Type) -> bool {
        self.tokens.to_string() == other.tokens.to_string()
    }

    pub fn is_unit(&self) -> bool {
        self.tokens.to_string().replace(' ', "") == "()"
    }

    /// Whether this is an `Option`, by any of its usual paths.
    pub fn is_option(&self) -> bool {
        let text = self.tokens.to_string().replace(' ', "");
        let path = text.split('<').next().unwrap_or_default();
        path == "Option" || path.ends_with("::Option")
    }

    /// Whether this is `String`, by any of its usual paths.
    pub fn is_string(&self) -> bool {
        let text = self.tokens.to_string().replace(' ', "");
        matches!(
            text.trim_start_matches("::"),
            "String" | "std::string::String" | "alloc::string::String"
        )
    }

    /// The `T` of `&[T]`; `&[T; 2]` is no slice.
    pub fn slice_item(&self) -> Option<TokenStream> {
        let tokens: Vec<TokenTree> = self.tokens.clone().into_iter().collect();
        let [TokenTree::Punct(borrow), TokenTree::Group(group)] = tokens.as_slice() else {
            return None;
        };
        let is_array = || {
            let is_semicolon = |token| matches!(token, TokenTree::Punct(p) if p.as_char() == ';');
            group.stream().into_iter().any(is_semicolon)
        };
        (borrow.as_char() == '&' && group.delimiter() == Delimiter::Bracket && !is_array())
            .then(|| group.stream())
    }
}

impl ToTokens for ast::Type {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// Type text without the spaces that printing tokens puts in.
fn tidy(text: &str) -> String {
    let mut out = text.to_owned();
    for (from, to) in
        [(" < ", "<"), (" >", ">"), (" ,", ","), ("& ", "&"), (" :: ", "::"), ("< ", "<")]
    {
        out = out.replace(from, to);
    }
    out
}
