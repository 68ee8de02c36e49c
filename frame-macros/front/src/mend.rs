//! Mends what was written, and tells what it mends: what stands twice is left once, what
//! lacks a part gets one that stands for it, a parent that is none is forgotten. So each
//! name means one thing from here on, and a broken system expands to what a whole one
//! does. Code that nothing can call any more is kept as such, since it is compiled still.

use proc_macro2::Ident;

use crate::ast::*;
use crate::codes::{self, Code};
use crate::diag::Diag;
use crate::gather::Gather;
use crate::model::unraw;
use crate::sets::{Table, Words};
use crate::suggest::nearest;

/// `@@system Lamp { … }  @@system Lamp { … }`: the second is left out.
pub fn input(input: &mut Input, diag: &Diag) {
    let mut seen = Table::new();
    input.items.retain(|item| match item {
        Item::System(system) => !is_again(&system.name, &mut seen, codes::E852, "the system", diag),
        Item::Native(_) => true,
    });
    input.systems_mut().for_each(|system| self::system(system, diag));
}

fn system(system: &mut System, diag: &Diag) {
    diag.enter(&system.name);
    parameters(system, diag);
    once(&mut system.fields, |field| &field.name, codes::E614, "the field", diag);
    methods(system, diag);
    functions(system, diag);
    for state in &mut system.states {
        variables(state, &system.mistake, diag);
        handlers(state, diag);
    }
    states(system, diag);
    parents(system, diag);
    cycles(system, diag);
}

/// `@@system S(n: u8, n: u8)`, `m(n: u8, n: u8)` and `@@system S(n)`.
fn parameters(system: &mut System, diag: &Diag) {
    once(&mut system.params, |param| &param.param.name, codes::E111, "the parameter", diag);
    for param in system.params.iter_mut().map(|param| &mut param.param) {
        if param.ty.is_none() {
            untyped(&param.name, diag);
            param.ty = Some(system.mistake.clone());
        }
    }
    for method in system.interface.iter_mut().flatten() {
        distinct(&mut method.params, diag);
    }
    for function in system.operations.iter_mut().chain(&mut system.actions) {
        distinct(&mut function.params, diag);
    }
    for state in &mut system.states {
        distinct(&mut state.params, diag);
        for params in state.handlers.iter_mut().filter_map(|handler| handler.params.as_mut()) {
            distinct(params, diag);
        }
    }
}

/// `n`, where `n: Type` is expected.
pub fn untyped(name: &Ident, diag: &Diag) {
    let message = format!("the type of `{name}` is missing");
    diag.error(codes::E606, name.span(), message, Some(format!("write `{name}: Type`")));
}

/// Takes the name from the second of two parameters; without it their number would change.
fn distinct(params: &mut [Param], diag: &Diag) {
    let mut seen = Table::new();
    for param in params {
        if is_again(&param.name, &mut seen, codes::E111, "the parameter", diag) {
            let name = format!("{MISSING}_{}", param.name.span().start().column);
            param.name = Ident::new(&name, param.name.span());
        }
    }
}

/// Leaves the first item of each name.
pub fn once<T>(
    items: &mut Vec<T>,
    name: impl Fn(&T) -> &Ident,
    code: Code,
    what: &str,
    diag: &Diag,
) {
    let mut seen = Table::new();
    items.retain(|item| !is_again(name(item), &mut seen, code, what, diag));
}

/// Whether `name` was seen before, which is told with the line it stands in.
fn is_again(name: &Ident, seen: &mut Table, code: Code, what: &str, diag: &Diag) -> bool {
    let Some(line) = seen.get(&unraw(name)) else {
        seen.insert(&unraw(name), name.span().start().line);
        return false;
    };
    let help = format!("it stands in line {line} already; choose another name");
    diag.error(code, name.span(), format!("{what} `{name}` stands twice"), Some(help));
    true
}

/// A method of a name that is taken is left out; its handlers stay.
fn methods(system: &mut System, diag: &Diag) {
    let mut seen = Words::new();
    let Some(methods) = &mut system.interface else { return };
    methods.retain(|method| {
        let name = &method.name;
        if is_ours(name) {
            clash(name, "a function of every system", diag);
        } else if seen.insert(unraw(name)) {
            return true;
        } else {
            let message = format!("the method `{name}` stands twice in the interface");
            let help = "a method stands once, whatever states handle it".to_owned();
            diag.error(codes::E851, name.span(), message, Some(help));
        }
        diag.fail(format!("event {name}"));
        false
    });
}

/// A function that every system has.
pub fn is_ours(name: &Ident) -> bool {
    name == "new" || name == "uninitialized"
}

/// Reports a name that something else has.
pub fn clash(name: &Ident, what: &str, diag: &Diag) {
    let message = format!("`{name}` is {what} already");
    diag.error(codes::E852, name.span(), message, Some("choose another name".to_owned()));
}

/// The names of the interface or, without one, those of the events that are handled.
fn method_names(system: &System) -> Words {
    let mut names = Words::new();
    for method in system.interface.iter().flatten() {
        names.insert(unraw(&method.name));
    }
    if names.is_empty() {
        for handler in system.states.iter().flat_map(|state| &state.handlers) {
            names.insert(handler.trigger.text());
        }
    }
    names
}

/// A method, an action and an operation of one name cannot be told apart on `self`, nor
/// from what every system has.
fn functions(system: &mut System, diag: &Diag) {
    let methods = method_names(system);
    let mut seen = Words::new();
    for function in system.operations.iter_mut().chain(&mut system.actions) {
        let name = &function.name;
        function.stray = true;
        if methods.contains(&unraw(name)) {
            clash(name, "an interface method", diag);
        } else if is_ours(name) {
            clash(name, "a function of every system", diag);
        } else if !seen.insert(unraw(name)) {
            clash(name, "another action or operation", diag);
        } else {
            function.stray = false;
            continue;
        }
        diag.fail(format!("function {name}"));
    }
    for action in &mut system.actions {
        if let Some(span) = action.is_static.take() {
            let message = "an action cannot be `static`: it works on one machine";
            let help = "static functions are declared under `operations:`".to_owned();
            diag.error(codes::E420, span, message, Some(help));
        }
    }
}

/// `$.x`, `$.x: u8` and `$.x = made()`, which say too little to make the variable.
fn variables(state: &mut State, mistake: &Type, diag: &Diag) {
    once(&mut state.vars, |var| &var.name, codes::E410, "the state variable", diag);
    for var in &mut state.vars {
        let name = &var.name;
        let (code, message) = match (&var.init, &var.ty) {
            (None, _) => (codes::E610, format!("the state variable `{name}` has no value")),
            (_, None) => {
                (codes::E605, format!("the type of the state variable `{name}` is missing"))
            }
            _ => continue,
        };
        let help = format!("write `$.{name}: Type = value`");
        diag.error(code, name.span(), message, Some(help));
        var.ty.get_or_insert_with(|| mistake.clone());
        var.init.get_or_insert_with(|| vec![Piece::Access(Access::Broken(name.span()))]);
    }
}

/// Two handlers for one event: the second is kept astray.
fn handlers(state: &mut State, diag: &Diag) {
    let mut seen = Words::new();
    for handler in &mut state.handlers {
        if !seen.insert(handler.trigger.text()) {
            handler.stray = true;
            let message =
                format!("`${}` has two handlers for `{}`", state.name, handler.trigger.text());
            let help = "move their statements into one".to_owned();
            diag.error(codes::E117, handler.trigger.span(), message, Some(help));
        }
    }
}

/// Two states of one name become one.
fn states(system: &mut System, diag: &Diag) {
    let mut found: Vec<State> = Vec::new();
    for state in system.states.drain(..) {
        match found.iter_mut().find(|other| unraw(&other.name) == unraw(&state.name)) {
            None => found.push(state),
            Some(first) => {
                let name = &state.name;
                let message = format!("the state `${name}` stands twice");
                let help = format!("move its handlers into one `${name} {{ }}`");
                diag.error(codes::E116, name.span(), message, Some(help));
                merge(first, state);
            }
        }
    }
    system.states = found;
}

fn merge(first: &mut State, second: State) {
    let has = |var: &StateVar| first.vars.iter().any(|own| unraw(&own.name) == unraw(&var.name));
    let vars: Vec<StateVar> = second.vars.into_iter().filter(|var| !has(var)).listed();
    first.vars.extend(vars);
    for mut handler in second.handlers {
        let text = handler.trigger.text();
        handler.stray |= first.handlers.iter().any(|own| own.trigger.text() == text);
        first.handlers.push(handler);
    }
    first.default_forward = first.default_forward.or(second.default_forward);
    first.misread |= second.misread;
}

/// `$A => $Nowhere`, and `=> $^` among the handlers of a state without a parent.
fn parents(system: &mut System, diag: &Diag) {
    let names: Vec<String> = system.states.iter().map(|state| state.name.to_string()).listed();
    for state in &mut system.states {
        if let Some(parent) = state.parent.take_if(|parent| !names.contains(&parent.to_string())) {
            let known = names.iter().map(String::as_str);
            unknown_state(&system.name, &known.listed(), &parent, codes::E403, diag);
            orphan(state, diag);
        }
        if let (Some(span), None) = (state.default_forward, &state.parent) {
            let name = &state.name;
            let message = format!("`${name}` has no parent to forward to");
            let help = format!("declare one: `${name} => $Parent {{ … }}`");
            diag.error_once(format!("parent of {name}"), codes::E403, span, message, Some(help));
            state.default_forward = None;
        }
    }
}

/// A state whose parent was blamed, so that forwards to it stay silent.
fn orphan(state: &mut State, diag: &Diag) {
    diag.fail(format!("parent of {}", state.name));
    state.parent = None;
    state.misread = true;
}

/// Reports a state name that no state has.
pub fn unknown_state(system: &Ident, known: &[&str], name: &Ident, code: Code, diag: &Diag) {
    let message = format!("no state `${name}` in system `{system}`");
    let help = match nearest(&name.to_string(), known) {
        Some(near) => format!("did you mean `${near}`?"),
        None => format!("declare it under `machine:`, as in `${name} {{ }}`"),
    };
    diag.error_once(format!("state {name}"), code, name.span(), message, Some(help));
}

/// `$A => $B { }  $B => $A { }`
fn cycles(system: &mut System, diag: &Diag) {
    for at in 0..system.states.len() {
        if is_own_ancestor(&system.states, at) {
            let name = &system.states[at].name;
            let message = format!("`${name}` is its own ancestor");
            let help = "let one of the states on the way have no parent".to_owned();
            diag.error(codes::E413, name.span(), message, Some(help));
            orphan(&mut system.states[at], diag);
        }
    }
}

fn is_own_ancestor(states: &[State], start: usize) -> bool {
    let parent = |state: &State| {
        let name = state.parent.as_ref()?;
        states.iter().position(|other| other.name == *name)
    };
    let ancestors = std::iter::successors(parent(&states[start]), |at| parent(&states[*at]));
    ancestors.take(states.len()).any(|at| at == start)
}
