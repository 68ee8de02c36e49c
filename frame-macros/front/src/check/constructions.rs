//! `@@Name(…)` against the parameters of a system of the same macro call. Of systems made
//! elsewhere the types are left to the compiler.

use proc_macro2::{Ident, Span};

use crate::ast::*;
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::model::unraw;
use crate::resolve::counted;
use crate::sets::Words;
use crate::suggest::nearest;
use crate::walk::{self, Visit};

/// `@@Name(…)` with other arguments than the system takes, wherever it stands.
pub fn check(input: &Input, diag: &Diag) {
    let mut rules = Rules { input, diag };
    for item in &input.items {
        match item {
            Item::Native(code) => {
                diag.enter("");
                walk::code(code, &mut rules);
            }
            Item::System(system) => {
                diag.enter(&system.name);
                walk::system(system, &mut rules);
            }
        }
    }
}

struct Rules<'a, 'd> {
    input: &'a Input,
    diag: &'d Diag,
}

impl<'a> Visit<'a> for Rules<'a, '_> {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        let Access::Construct(made) = access else { return };
        let fit = match self.input.systems().find(|system| same(&system.name, &made.name)) {
            Some(system) if system.misread || made.uninitialized => Ok(()),
            Some(system) => fits(made, system),
            None => fits_elsewhere(made),
        };
        if let Err(mistake) = fit {
            self.diag.error(codes::E003, mistake.span, mistake.message, mistake.help);
        }
    }
}

struct Mistake {
    span: Span,
    message: String,
    help: Option<String>,
}

/// The names of another macro call's parameters are not known, and so not their order.
fn fits_elsewhere(made: &Construct) -> Result<(), Mistake> {
    let Some(name) = made.args.iter().find_map(|arg| arg.name.as_ref()) else { return Ok(()) };
    let system = &made.name;
    let message = format!("`{name}` cannot be matched: `{system}` is not of this macro call");
    let help = format!("give all arguments of `{system}`, by position");
    Err(Mistake { span: name.span(), message, help: Some(help) })
}

fn fits(made: &Construct, system: &System) -> Result<(), Mistake> {
    let named = made.args.iter().filter(|arg| arg.name.is_some()).count();
    if named == 0 {
        return positional(made, system);
    }
    if named < made.args.len() {
        return Err(misfit(made, system, "the arguments are all named, or none is"));
    }
    by_name(made, system)
}

/// `@@Robot(nmae = "R2")`, `@@Robot(name = "R2", name = "C3")`, and names left out.
fn by_name(made: &Construct, system: &System) -> Result<(), Mistake> {
    let mut given = Words::new();
    for name in made.args.iter().filter_map(|arg| arg.name.as_ref()) {
        if !system.params.iter().any(|param| same(&param.param.name, name)) {
            return Err(unknown(name, system));
        }
        if !given.insert(unraw(name)) {
            let message = format!("`{name}` is given twice");
            return Err(Mistake { span: name.span(), message, help: None });
        }
    }
    let missing = system.params.iter().map(|param| &param.param);
    let missing = missing.filter(|param| param.default.is_none());
    match missing.map(|param| unraw(&param.name)).find(|name| !given.contains(name)) {
        Some(name) => Err(misfit(made, system, &format!("the parameter `{name}` is missing"))),
        None => Ok(()),
    }
}

fn unknown(name: &Ident, system: &System) -> Mistake {
    let known: Vec<String> = system.params.iter().map(|param| unraw(&param.param.name)).listed();
    let help = match nearest(&unraw(name), &known.iter().map(String::as_str).listed()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => written(system),
    };
    let message = format!("`{}` has no parameter `{name}`", system.name);
    Mistake { span: name.span(), message, help: Some(help) }
}

/// `@@Robot($(1, 2))` where there is one state parameter, and sigils where there are none.
fn positional(made: &Construct, system: &System) -> Result<(), Mistake> {
    const KINDS: [(ParamKind, &str); 3] = [
        (ParamKind::State, "in `$(…)`"),
        (ParamKind::Enter, "in `$>(…)`"),
        (ParamKind::Domain, "outside of `$(…)` and `$>(…)`"),
    ];
    let of = |kind| system.params.iter().filter(move |param| param.kind == kind);
    let used: Vec<_> = KINDS.into_iter().filter(|(kind, _)| of(*kind).count() > 0).listed();
    // Without sigils, the arguments are those of the only kind there is.
    let plain = match used.as_slice() {
        [(kind, _)] => *kind,
        _ => ParamKind::Domain,
    };
    for (kind, place) in KINDS {
        let given = made.args.iter().filter(|arg| arg.kind.unwrap_or(plain) == kind).count();
        let place = if used.len() > 1 { format!(" {place}") } else { String::new() };
        let wanted = of(kind).count();
        let needed = of(kind).filter(|param| param.param.default.is_none()).count();
        if given > wanted || given < needed {
            let verb = if given == 1 { "is" } else { "are" };
            let (name, takes) = (&system.name, counted(wanted, "argument"));
            let message = format!("`{name}` takes {takes}{place}, and {given} {verb} given");
            return Err(misfit(made, system, &message));
        }
    }
    Ok(())
}

fn misfit(made: &Construct, system: &System, message: &str) -> Mistake {
    Mistake { span: made.args_span, message: message.to_owned(), help: Some(written(system)) }
}

/// How the system is constructed: `write `@@Robot($(x), $>(y), name)``.
fn written(system: &System) -> String {
    let list = |kind| {
        let params = system.params.iter().filter(|param| param.kind == kind);
        let names: Vec<_> = params.map(|param| param.param.name.to_string()).listed();
        (!names.is_empty()).then(|| names.join(", "))
    };
    let state = list(ParamKind::State).map(|names| format!("$({names})"));
    let enter = list(ParamKind::Enter).map(|names| format!("$>({names})"));
    let args: Vec<_> = [state, enter, list(ParamKind::Domain)].into_iter().flatten().listed();
    format!("write `@@{}({})`", system.name, args.join(", "))
}

fn same(a: &Ident, b: &Ident) -> bool {
    unraw(a) == unraw(b)
}
