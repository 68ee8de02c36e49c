//! Names that mean two things, or nothing.

use std::collections::BTreeMap;

use proc_macro2::Ident;

use crate::ast::ParamKind;
use crate::codes::{self, Code};
use crate::diag::Diag;
use crate::model::Model;
use crate::walk;

/// `domain: n: u32  n: u8`, `$.x` twice in a state, a system parameter twice.
pub fn duplicates(model: &Model, diag: &Diag) {
    let ast = model.ast;
    twice(ast.fields.iter().map(|field| &field.name), codes::E614, "the field", diag);
    twice(ast.params.iter().map(|param| &param.param.name), codes::E111, "the parameter", diag);
    for state in &model.states {
        let names = state.ast.vars.iter().map(|var| &var.name);
        twice(names, codes::E410, "the state variable", diag);
        for var in &state.ast.vars {
            if var.init.is_none() {
                let message = format!("the state variable `{}` has no initial value", var.name);
                let help = format!("write `$.{}: Type = value`", var.name);
                diag.error(codes::E610, var.name.span(), message, Some(help));
            } else if var.ty.is_none() {
                let message = format!("the type of the state variable `{}` is missing", var.name);
                let help = format!("write `$.{}: Type = value`", var.name);
                diag.error(codes::E605, var.name.span(), message, Some(help));
            }
        }
    }
}

fn twice<'a>(names: impl Iterator<Item = &'a Ident>, code: Code, what: &str, diag: &Diag) {
    let mut seen: BTreeMap<String, &Ident> = BTreeMap::new();
    for name in names {
        if seen.insert(name.to_string(), name).is_some() {
            diag.error(code, name.span(), format!("{what} `{name}` stands twice"), None);
        }
    }
}

/// A method, an action and a field of one name cannot be told apart on `self`.
pub fn clashes(model: &Model, diag: &Diag) {
    for function in &model.functions {
        let name = &function.ast.name;
        if model.event_id(name).is_some() {
            let message = format!("`{name}` is an interface method already");
            diag.error(codes::E852, name.span(), message, None);
        }
    }
    const GENERATED: [&str; 2] = ["new", "uninitialized"];
    let events = model.events.iter().map(|event| event.name);
    for name in events.chain(model.functions.iter().map(|function| &function.ast.name)) {
        if GENERATED.contains(&name.to_string().as_str()) {
            let message = format!("`{name}` is a function every system has");
            diag.error(codes::E852, name.span(), message, Some("choose another name".to_owned()));
        }
    }
}

/// A domain parameter that no field takes and no initialiser reads.
pub fn fields(model: &Model, diag: &Diag) {
    for param in model.ast.params.iter().filter(|param| param.kind == ParamKind::Domain) {
        let name = param.param.name.to_string();
        let used = model.ast.fields.iter().any(|field| {
            field.name == name
                || field.init.as_ref().is_some_and(|init| walk::code_mentions(init, &name))
        });
        if !used {
            let message = format!("nothing uses the parameter `{name}`");
            let help =
                format!("declare a field `{name}` under `domain:`, or initialise one with it");
            diag.error(codes::E418, param.param.name.span(), message, Some(help));
        }
        if param.param.ty.is_none() {
            let message = format!("the type of `{name}` is missing");
            diag.error(codes::E606, param.param.name.span(), message, None);
        }
    }
}
