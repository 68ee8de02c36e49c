//! Names that mean two things, or nothing.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use crate::ast::{Input, Item, ParamKind};
use crate::codes::{self, Code};
use crate::diag::Diag;
use crate::model::Model;
use crate::walk;

/// `@@system Lamp { … }  @@system Lamp { … }`: the second is left out.
pub fn systems(input: &mut Input, diag: &Diag) {
    let names = input.items.iter().filter_map(|item| match item {
        Item::System(system) => Some(&system.name),
        Item::Native(_) => None,
    });
    twice(names, codes::E852, "the system", diag);
    let mut seen = BTreeSet::new();
    input.items.retain(|item| match item {
        Item::System(system) => seen.insert(system.name.to_string()),
        Item::Native(_) => true,
    });
}

/// `domain: n: u32  n: u8`, `$.x` twice in a state, a system parameter twice.
pub fn duplicates(model: &Model, diag: &Diag) {
    let ast = model.ast;
    twice(ast.fields.iter().map(|field| &field.name), codes::E614, "the field", diag);
    twice(ast.params.iter().map(|param| &param.param.name), codes::E111, "the parameter", diag);
    for state in &model.states {
        let names = state.ast.vars.iter().map(|var| &var.name);
        twice(names, codes::E410, "the state variable", diag);
    }
}

fn twice<'a>(names: impl Iterator<Item = &'a Ident>, code: Code, what: &str, diag: &Diag) {
    let mut seen: BTreeMap<String, &Ident> = BTreeMap::new();
    for name in names {
        if let Some(first) = seen.get(&name.to_string()) {
            let line = first.span().start().line;
            let help = format!("it stands in line {line} already; choose another name");
            diag.error(code, name.span(), format!("{what} `{name}` stands twice"), Some(help));
        } else {
            seen.insert(name.to_string(), name);
        }
    }
}

/// `$.x` and `$.x: u8`, which say too little to make the variable.
pub fn variables(model: &Model, diag: &Diag) {
    for var in model.states.iter().flat_map(|state| &state.ast.vars) {
        let (code, message) = match (&var.init, &var.ty) {
            (None, _) => (codes::E610, format!("the state variable `{}` has no value", var.name)),
            (_, None) => {
                (codes::E605, format!("the type of the state variable `{}` is missing", var.name))
            }
            _ => continue,
        };
        let help = format!("write `$.{}: Type = value`", var.name);
        diag.error(code, var.name.span(), message, Some(help));
    }
}

/// A method, an action and an operation of one name cannot be told apart on `self`, nor
/// from what every system has.
pub fn clashes(model: &Model, diag: &Diag) {
    let events = model.events.iter().map(|event| event.name);
    let functions = model.functions.iter().map(|function| &function.ast.name);
    for name in functions.clone().filter(|name| model.event_id(name).is_some()) {
        clash(name, "an interface method", diag);
    }
    for name in events.clone().chain(functions.clone()) {
        if name == "new" || name == "uninitialized" {
            clash(name, "a function of every system", diag);
        }
    }
    if let Some(create) = &model.settings.create {
        let own = events.chain(functions).any(|name| name == create);
        if own || create == "new" || create == "uninitialized" {
            clash(create, "a function of this system", diag);
        }
    }
}

fn clash(name: &Ident, what: &str, diag: &Diag) {
    let message = format!("`{name}` is {what} already");
    diag.error(codes::E852, name.span(), message, Some("choose another name".to_owned()));
}

/// `@@system S(unused: u8)`: a domain parameter that no field takes and no initialiser reads.
pub fn parameters(model: &Model, diag: &Diag) {
    for param in model.ast.params.iter().filter(|param| param.kind == ParamKind::Domain) {
        let name = param.param.name.to_string();
        let used = model.ast.fields.iter().any(|field| {
            field.name == name
                || field.init.as_ref().is_some_and(|init| walk::code_mentions(init, &name))
        });
        if !used && !diag.has_failed(format!("field {name}")) {
            let message = format!("nothing uses the parameter `{name}`");
            let help =
                format!("declare a field `{name}` under `domain:`, or initialise one with it");
            diag.error(codes::E418, param.param.name.span(), message, Some(help));
        }
    }
    for param in model.ast.params.iter().filter(|param| param.param.ty.is_none()) {
        let name = &param.param.name;
        let help = format!("write `{name}: Type`");
        let message = format!("the type of `{name}` is missing");
        diag.error(codes::E606, name.span(), message, Some(help));
    }
}

/// `level() = 3`: a value to return, and no type to return it as.
pub fn defaults(model: &Model, diag: &Diag) {
    let methods = model.ast.interface.iter().flatten();
    let methods = methods.map(|method| (&method.name, &method.ret, &method.default));
    for (name, ret, default) in methods {
        if ret.is_none() && default.is_some() && diag.fail(format!("value of {name}")) {
            let message = format!("`{name}` has a value to return, but no return type");
            let help = format!("write `{name}(): Type = value`");
            diag.error(codes::E606, name.span(), message, Some(help));
        }
    }
}
