//! Names that nothing takes up.

use crate::ast::{self, MISSING, ParamKind};
use crate::codes;
use crate::diag::Diag;
use crate::model::{Model, names_trait};
use crate::walk;

/// `@@system S(unused: u8)`: a domain parameter that no field takes and no initialiser reads.
pub fn parameters(model: &Model, diag: &Diag) {
    for param in model.ast.params.iter().filter(|param| param.kind == ParamKind::Domain) {
        let name = param.param.name.to_string();
        let used = model.ast.fields.iter().any(|field| {
            field.name == name
                || field.init.as_ref().is_some_and(|init| walk::code_mentions(init, &name))
        });
        if !used && !name.starts_with(MISSING) && !diag.has_failed(format!("field {name}")) {
            let message = format!("nothing uses the parameter `{name}`");
            let help =
                format!("declare a field `{name}` under `domain:`, or initialise one with it");
            diag.error(codes::E418, param.param.name.span(), message, Some(help));
            diag.fail(format!("field {name}"));
        }
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
    for handler in model.handlers.iter().filter(|handler| handler.ret.is_none()) {
        let ast::Trigger::Event(name) = &handler.ast.trigger else { continue };
        if handler.ast.default.is_some() && diag.fail(format!("value of {name}")) {
            let message = format!("this handler has a value to return, and `{name}` returns none");
            let help = format!("write `{name}(): Type` under `interface:`");
            diag.error(codes::E606, name.span(), message, Some(help));
        }
    }
}

/// `@@[of(Raed)]`: a trait that the system does not name.
pub fn traits(model: &mut Model, diag: &Diag) {
    for event in &model.events {
        let Some(of) = &event.of else { continue };
        if model.ast.traits.iter().any(|path| names_trait(of, path)) {
            continue;
        }
        let span = of.clone().into_iter().next().map_or(event.name.span(), |first| first.span());
        let message = format!("`{}` implements no trait `{of}`", model.ast.name);
        let help = format!("name it behind the system: `@@system {} : {of}`", model.ast.name);
        diag.error(codes::E800, span, message, Some(help));
        model.mistakes.members = true; // it may be what another trait lacks
    }
}
