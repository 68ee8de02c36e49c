//! AST to model: gives every event, state and handler its id, settles what handlers leave
//! out, and compares what they repeat.

use proc_macro2::{Ident, Span};

use crate::ast;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::mend;
use crate::model::*;
use crate::sets::Table;
use crate::settings;
use crate::suggest::nearest;

/// The model of a system. What does not fit is told, and left out or given a type that fits.
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
        event_ids: Table::new(),
        state_ids: Table::new(),
        function_ids: Table::new(),
        mistakes: Mistakes::default(),
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
        let params = typed(&function.params, model.ast, diag);
        if !function.stray {
            model.function_ids.insert(&function.name.to_string(), model.functions.len());
        }
        model.functions.push(Function { ast: function, operation, params });
    }
}

fn states<'a>(model: &mut Model<'a>, diag: &Diag) {
    for state in &model.ast.states {
        model.state_ids.insert(&state.name.to_string(), model.states.len());
        model.states.push(State {
            ast: state,
            parent: None,
            below: Vec::new(),
            params: typed(&state.params, model.ast, diag),
            handlers: 0..0,
            on: Vec::new(),
            enter: None,
            exit: None,
            retain: settings::retains(state, diag),
            misread: state.misread,
            stray: false,
        });
    }
    for id in 0..model.states.len() {
        let parent = model.states[id].ast.parent.as_ref();
        model.states[id].parent = parent.and_then(|parent| model.state_id(parent));
    }
    for id in 0..model.states.len() {
        for ancestor in &model.chain(id)[1..] {
            model.states[*ancestor].below.push(id);
        }
    }
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
            params: typed(&method.params, model.ast, diag),
            ret: method.ret.as_ref().filter(|ty| !ty.is_unit()),
            default: method.default.as_ref(),
            of: settings::of_trait(&method.attrs, diag),
            unknown: false,
        };
        add_event(model, event);
    }
    // Without an interface every handled event is one, as its first handler declares it.
    // With one, that is the best guess about an event which is not in it.
    let declared = model.event_ids.clone();
    for handler in model.ast.states.iter().flat_map(|state| &state.handlers) {
        let ast::Trigger::Event(name) = &handler.trigger else { continue };
        if model.event_ids.get(&name.to_string()).is_some() {
            continue;
        }
        if !model.has_interface && mend::is_ours(name) {
            let key = format!("unknown event {name}");
            if diag.fail(key) {
                mend::clash(name, "a function of every system", diag);
            }
            continue;
        }
        if model.has_interface {
            unknown_event(&declared, name, diag);
        }
        if handler.stray {
            diag.fail(format!("event {name}"));
        }
        // Two functions of one name would be told once more.
        if !mend::is_ours(name) && model.function_id(name).is_none() {
            let event = handled(model, handler, diag);
            add_event(model, event);
        }
    }
}

/// An event as its handler declares it.
fn handled<'a>(model: &Model<'a>, handler: &'a ast::Handler, diag: &Diag) -> Event<'a> {
    let ast::Trigger::Event(name) = &handler.trigger else {
        unreachable!("only handlers of events declare one")
    };
    let ret = handler.ret.as_ref().filter(|ty| !ty.is_unit());
    let params = handler.params.as_deref().unwrap_or_default();
    Event {
        name,
        attrs: None,
        generics: None,
        query: false,
        params: match model.has_interface {
            true => params.iter().map(|param| with_type(param, model.ast)).listed(),
            false => typed(params, model.ast, diag),
        },
        // What is left out comes from an interface, when there is one.
        ret: ret.or(model.has_interface.then_some(&model.ast.mistake)),
        default: None,
        of: None,
        unknown: model.has_interface,
    }
}

fn unknown_event(declared: &Table, name: &Ident, diag: &Diag) {
    let near = nearest(&name.to_string(), &declared.words().listed());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("declare `{name}` under `interface:`"),
    };
    diag.fail(format!("unknown event {name}"));
    // What could not be read may have been its declaration.
    let misread = near.is_none() && diag.has_failed("item that could not be read");
    if !misread && !diag.has_failed(format!("event {name}")) {
        let message = format!("the event `{name}` is not in the interface");
        diag.error(codes::E850, name.span(), message, Some(help));
    }
}

fn add_event<'a>(model: &mut Model<'a>, event: Event<'a>) {
    model.event_ids.insert(&event.name.to_string(), model.events.len());
    model.events.push(event);
}

fn handlers<'a>(model: &mut Model<'a>, diag: &Diag) {
    for state in 0..model.states.len() {
        model.states[state].on = vec![None; model.events.len()];
        let ast = model.states[state].ast;
        let first = model.handlers.len();
        for handler in &ast.handlers {
            let id = model.handlers.len();
            let made = settle(model, state, handler, diag);
            let name = handler.trigger.text();
            let own = &mut model.states[state];
            own.stray |= diag.has_failed(format!("unknown event {name}"));
            match made.trigger {
                Trigger::Event(event) => own.on[event] = Some(id),
                Trigger::Enter => own.enter = Some(id),
                Trigger::Exit => own.exit = Some(id),
                Trigger::Nothing => match handler.trigger {
                    ast::Trigger::Event(_) => own.stray = true,
                    ast::Trigger::Enter(_) | ast::Trigger::Exit(_) => own.misread = true,
                },
            }
            if handler.broken {
                model.mistakes.handlers.insert(id);
            }
            model.handlers.push(made);
        }
        model.states[state].handlers = first..model.handlers.len();
    }
}

/// Fills in what a handler leaves to the interface, and compares what it repeats.
fn settle<'a>(
    model: &Model<'a>,
    state: StateId,
    handler: &'a ast::Handler,
    diag: &Diag,
) -> Handler<'a> {
    let made = |trigger, params, ret| Handler { ast: handler, state, trigger, params, ret };
    match &handler.trigger {
        _ if handler.stray => astray(model, state, handler),
        ast::Trigger::Enter(_) => {
            made(Trigger::Enter, handler_params(handler, model.ast, diag), None)
        }
        ast::Trigger::Exit(_) => {
            made(Trigger::Exit, handler_params(handler, model.ast, diag), None)
        }
        ast::Trigger::Event(name) => match model.event_id(name) {
            Some(id) if fits(handler, &model.events[id], diag) => {
                let event = &model.events[id];
                made(Trigger::Event(id), repeated(handler, event), event.ret)
            }
            _ => astray(model, state, handler),
        },
    }
}

/// Whether two types may be one. A word that is hardly a type is left to the compiler.
fn agree(a: &ast::Type, b: &ast::Type) -> bool {
    a.same(b) || a.is_mistyped() || b.is_mistyped()
}

/// A handler that nothing calls. Where it and the interface do not agree, its types are not
/// known, and it has the names of both.
fn astray<'a>(model: &Model<'a>, state: StateId, handler: &'a ast::Handler) -> Handler<'a> {
    let unknown = &model.ast.mistake;
    let event = match &handler.trigger {
        ast::Trigger::Event(name) => model.event_id(name).map(|id| &model.events[id]),
        _ => None,
    };
    let declared = event.map(|event| event.params.as_slice()).unwrap_or_default();
    let agreed = |own: Option<&'a ast::Type>, declared: Option<&'a ast::Type>| match (own, declared)
    {
        (Some(own), Some(declared)) if !own.same(declared) => unknown,
        (own, declared) => own.or(declared).unwrap_or(unknown),
    };
    let own = handler.params.as_deref().unwrap_or_default();
    let names = own.iter().enumerate().map(|(at, own)| {
        let declared = declared.get(at).map(|param| param.ty);
        let ty = agreed(own.ty.as_ref(), declared);
        Param { mutable: own.mutable.as_ref(), name: &own.name, ty, default: None }
    });
    let is_new = |param: &&Param| !own.iter().any(|own| own.name == *param.name);
    let params = names.chain(declared.iter().filter(is_new).cloned()).listed();
    let ret = handler.ret.as_ref().filter(|ty| !ty.is_unit());
    let ret = match (ret, event, &handler.trigger) {
        (Some(ret), Some(event), _) => Some(agreed(Some(ret), event.ret.or(Some(unknown)))),
        (None, None, ast::Trigger::Event(_)) => Some(unknown),
        (ret, event, _) => ret.or(event.and_then(|event| event.ret)),
    };
    Handler { ast: handler, state, trigger: Trigger::Nothing, params, ret }
}

/// The interface's parameters by the names that the handler gives them.
fn repeated<'a>(handler: &'a ast::Handler, event: &Event<'a>) -> Vec<Param<'a>> {
    let Some(params) = &handler.params else { return event.params.clone() };
    let pairs = params.iter().zip(&event.params);
    pairs
        .map(|(own, declared)| Param {
            mutable: own.mutable.as_ref(),
            name: &own.name,
            ty: own.ty.as_ref().unwrap_or(declared.ty),
            default: None,
        })
        .listed()
}

/// Compares what a handler repeats with what the interface declares. About an event that
/// was blamed before, nothing is told.
fn fits(handler: &ast::Handler, event: &Event, diag: &Diag) -> bool {
    let blame = |span: Span, message: String, help: String| {
        let unknown = ["event", "unknown event"];
        let unknown = unknown.iter().any(|kind| diag.has_failed(format!("{kind} {}", event.name)));
        if !unknown {
            diag.error(codes::E406, span, message, Some(help));
        }
    };
    let params = handler.params.as_deref().unwrap_or_default();
    if handler.params.is_some() && params.len() != event.params.len() {
        let declared = counted(event.params.len(), "parameter");
        let message = format!("`{}` has {declared} in the interface", event.name);
        let names = event.params.iter().map(|p| format!("{}: {}", p.name, p.ty.text()));
        let names = names.listed().join(", ");
        blame(handler.trigger.span(), message, format!("write `{}({names})`", event.name));
        return false;
    }
    let mut fits = true;
    for (own, declared) in params.iter().zip(&event.params) {
        let Some(ty) = own.ty.as_ref().filter(|ty| !agree(ty, declared.ty)) else { continue };
        fits = false;
        let (name, declared) = (declared.name, declared.ty.text());
        let message = format!("`{name}` is declared as `{declared}` in the interface");
        blame(ty.span, message, "leave the type out here, or write that one".to_owned());
    }
    let ret = handler.ret.as_ref().filter(|ty| !ty.is_unit());
    if let Some(ret) = ret.filter(|ret| !event.ret.is_some_and(|declared| agree(declared, ret))) {
        fits = false;
        let declared = event.ret.map_or("no value".to_owned(), |ty| format!("`{}`", ty.text()));
        let message = format!("`{}` returns {declared} in the interface", event.name);
        blame(ret.span, message, "leave the type out here: the interface declares it".to_owned());
    }
    fits
}

pub fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        n => format!("{n} {noun}s"),
    }
}

fn handler_params<'a>(
    handler: &'a ast::Handler,
    system: &'a ast::System,
    diag: &Diag,
) -> Vec<Param<'a>> {
    typed(handler.params.as_deref().unwrap_or_default(), system, diag)
}

/// Parameters that must have a type.
fn typed<'a>(params: &'a [ast::Param], system: &'a ast::System, diag: &Diag) -> Vec<Param<'a>> {
    for param in params.iter().filter(|param| param.ty.is_none()) {
        mend::untyped(&param.name, diag);
    }
    params.iter().map(|param| with_type(param, system)).listed()
}

fn with_type<'a>(param: &'a ast::Param, system: &'a ast::System) -> Param<'a> {
    Param {
        mutable: param.mutable.as_ref(),
        name: &param.name,
        ty: param.ty.as_ref().unwrap_or(&system.mistake),
        default: param.default.as_ref(),
    }
}
