//! Reads the `@@[…]` attributes. Each is known by name, place and form.

mod modes;

use proc_macro2::{Ident, TokenStream, TokenTree};

use crate::ast::{Attrs, FrameAttr, State, System};
use crate::codes;
use crate::diag::Diag;
use crate::gather::Gather;
use crate::mend;
use crate::model::{DataKey, Settings};
use crate::parse;
use crate::suggest::nearest;

/// Where an attribute may stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    System,
    State,
    Method,
    Field,
    Handler,
    Function,
}

const KNOWN: &[(&str, &[Place])] = &[
    ("target", &[Place::System]),
    ("main", &[Place::System]),
    ("async", &[Place::System]),
    ("stack", &[Place::System]),
    ("data", &[Place::System]),
    ("create", &[Place::System]),
    ("crate", &[Place::System]),
    ("events", &[Place::System]),
    ("overflow", &[Place::System]),
    ("state_id", &[Place::System]),
    ("event_id", &[Place::System]),
    ("event_enum", &[Place::System]),
    ("no_alloc", &[Place::System]),
    ("inline", &[Place::System, Place::State, Place::Handler, Place::Function]),
    ("retain", &[Place::State]),
    ("of", &[Place::Method]),
    ("allow", &[Place::System, Place::State, Place::Handler]),
];

pub fn read(system: &System, diag: &Diag) -> Settings {
    let mut settings = Settings::default();
    let attrs = system.attrs.frame.iter().filter_map(|attr| known(attr, Place::System, diag));
    let attrs = attrs.listed();
    for attr in &attrs {
        match attr.name.to_string().as_str() {
            "target" => parse::check_target(attr, diag),
            "stack" => {
                let written = argument(attr, "a number, as in `@@[stack(8)]`", diag);
                settings.stack = written.and_then(|written| modes::capacity(written, diag));
            }
            "data" => settings.data.extend(data_keys(attr, diag)),
            "create" if settings.create.is_some() => {
                let message = "`@@[create(…)]` stands twice";
                let help = "one name is enough: `new` is there besides".to_owned();
                diag.error(codes::E818, attr.name.span(), message, Some(help));
            }
            "create" => settings.create = name(attr, diag),
            "crate" => settings.runtime = path(attr, diag),
            _ if modes::read(attr, &mut settings.modes, diag) => {}
            _ => check_place(attr, Place::System, diag),
        }
    }
    once(&attrs, diag);
    modes::check_use(&attrs, &settings.modes, diag);
    mend::once(&mut settings.data, |key| &key.name, codes::E614, "the key", diag);
    settings.create = settings.create.filter(|name| is_free(name, system, diag));
    for function in system.actions.iter().chain(&system.operations) {
        check_places(&function.attrs, Place::Function, diag);
    }
    for field in &system.fields {
        check_places(&field.attrs, Place::Field, diag);
    }
    for state in &system.states {
        for handler in &state.handlers {
            check_places(&handler.attrs, Place::Handler, diag);
        }
        for var in &state.vars {
            check_places(&var.attrs, Place::Field, diag);
        }
    }
    settings
}

/// `@@[stack(3)]` and then `@@[stack(4)]`, of which the last would win.
fn once(attrs: &[FrameAttr], diag: &Diag) {
    for (at, attr) in attrs.iter().enumerate() {
        let one = !["data", "allow", "create"].iter().any(|many| attr.name == many);
        if one && attrs[..at].iter().any(|other| other.name == attr.name) {
            let message = format!("`@@[{}]` stands twice", attr.name);
            let help = "leave one of them out".to_owned();
            diag.error(codes::E801, attr.name.span(), message, Some(help));
        }
    }
}

/// Whether the constructor that a system names itself may have that name.
fn is_free(create: &Ident, system: &System, diag: &Diag) -> bool {
    let methods = system.interface.iter().flatten().map(|method| &method.name);
    let functions = system.actions.iter().chain(&system.operations).map(|function| &function.name);
    let taken = methods.chain(functions).any(|name| name == create);
    if taken || create == "new" || create == "uninitialized" {
        mend::clash(create, "a function of this system", diag);
        return false;
    }
    true
}

/// `@@[retain]` on a state.
pub fn retains(state: &State, diag: &Diag) -> bool {
    check_places(&state.attrs, Place::State, diag);
    state.attrs.frame.iter().any(|attr| attr.name == "retain")
}

/// `@@[of(Trait)]` on an interface method.
pub fn of_trait(attrs: &Attrs, diag: &Diag) -> Option<TokenStream> {
    let attrs = attrs.frame.iter().filter_map(|attr| known(attr, Place::Method, diag));
    let mut of = None;
    for attr in attrs {
        check_place(&attr, Place::Method, diag);
        if attr.name == "of" {
            of = argument(&attr, "a trait, as in `@@[of(Read)]`", diag);
        }
    }
    of
}

fn check_places(attrs: &Attrs, place: Place, diag: &Diag) {
    for attr in attrs.frame.iter().filter_map(|attr| known(attr, place, diag)) {
        check_place(&attr, place, diag);
    }
}

/// Attributes of Rust that are likely to be given the sign of Frame's.
const RUSTS: [&str; 4] = ["cfg", "cfg_attr", "derive", "doc"];

/// An attribute by a name there is: its own, or the one that is meant by it.
fn known(attr: &FrameAttr, place: Place, diag: &Diag) -> Option<FrameAttr> {
    let name = attr.name.to_string();
    if KNOWN.iter().any(|(known, _)| *known == name) {
        takes_nothing(attr, diag);
        return Some(attr.clone());
    }
    let here = KNOWN.iter().filter(|(_, places)| places.contains(&place));
    let here: Vec<&str> = here.map(|(known, _)| *known).listed();
    let near = nearest(&name, &here);
    let help = match near {
        _ if RUSTS.contains(&name.as_str()) => format!("it is Rust's: write `#[{name}(…)]`"),
        Some(near) => format!("did you mean `@@[{near}]`?"),
        None if here.is_empty() => "no attribute stands here".to_owned(),
        None => format!("those that may stand here are {}", listed(&here)),
    };
    let message = format!("there is no attribute `@@[{name}]`");
    diag.error(codes::E800, attr.name.span(), message, Some(help));
    let name = Ident::new(near?, attr.name.span());
    Some(FrameAttr { name, ..attr.clone() })
}

/// `@@[retain(level)]`
fn takes_nothing(attr: &FrameAttr, diag: &Diag) {
    let Some(args) = &attr.args else { return };
    if ["event_enum", "no_alloc", "retain"].iter().any(|bare| attr.name == bare) {
        let message = format!("`@@[{}]` takes nothing in parentheses", attr.name);
        diag.error(codes::E800, args.span(), message, Some("leave them out".to_owned()));
    }
}

fn check_place(attr: &FrameAttr, place: Place, diag: &Diag) {
    let name = attr.name.to_string();
    match KNOWN.iter().find(|(known, _)| *known == name) {
        Some(("allow", places)) if places.contains(&place) => allowed(attr, diag),
        Some(("inline", places)) if places.contains(&place) => modes::check_inline(attr, diag),
        Some((_, places)) if places.contains(&place) => {}
        Some((_, places)) => {
            let code = if name == "create" { codes::E815 } else { codes::E801 };
            let message = format!("`@@[{name}]` does not belong here");
            let home = match places[0] {
                Place::System => "before a system",
                Place::State => "before a state",
                Place::Method => "before an interface method",
                Place::Field => "before a field",
                Place::Handler => "before a handler",
                Place::Function => "before an action or operation",
            };
            let help = Some(format!("it stands {home}"));
            diag.error(code, attr.name.span(), message, help);
        }
        None => {}
    }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).listed().join(", ")
}

/// `@@[allow(W999)]` and `@@[allow]`: only warnings can be silenced, each by its code.
fn allowed(attr: &FrameAttr, diag: &Diag) {
    let Some(args) = argument(attr, "the codes of warnings, as in `@@[allow(W851)]`", diag) else {
        return;
    };
    for token in args {
        let TokenTree::Ident(word) = &token else { continue };
        if !codes::WARNINGS.iter().any(|code| word == code.0) {
            let message = format!("there is no warning `{word}`");
            let known = codes::WARNINGS.map(|code| code.0);
            let help = format!("the warnings are {}", listed(&known));
            diag.error(codes::E800, word.span(), message, Some(help));
        }
    }
}

fn argument(attr: &FrameAttr, expected: &str, diag: &Diag) -> Option<TokenStream> {
    let args = attr.args.as_ref().map(proc_macro2::Group::stream).filter(|args| !args.is_empty());
    if args.is_none() {
        let message = format!("`@@[{0}]` takes something in parentheses", attr.name);
        diag.error(codes::E800, attr.name.span(), message, Some(format!("give it {expected}")));
    }
    args
}

fn path(attr: &FrameAttr, diag: &Diag) -> Option<TokenStream> {
    let expected = "the path of the runtime crate, as in `@@[crate(::machines)]`";
    let path = argument(attr, expected, diag)?;
    let end = attr.args.as_ref().map_or(attr.span, proc_macro2::Group::span_close);
    let tell = |place| {
        let help = Some(format!("give it {expected}"));
        diag.error(codes::E800, place, "this is not a path", help);
    };
    parse::whole_path(path, end).map_err(tell).ok()
}

fn name(attr: &FrameAttr, diag: &Diag) -> Option<Ident> {
    let tokens = argument(attr, "a name in parentheses", diag)?;
    let mut tokens = tokens.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), None) => Some(name),
        _ => {
            let span = attr.args.as_ref().map_or(attr.span, proc_macro2::Group::span);
            let message = format!("`@@[{0}(…)]` takes one name", attr.name);
            let help = format!("write `@@[{}(make)]`", attr.name);
            diag.error(codes::E817, span, message, Some(help));
            None
        }
    }
}

fn data_keys(attr: &FrameAttr, diag: &Diag) -> Vec<DataKey> {
    let Some(group) = &attr.args else {
        argument(attr, "its keys, as in `@@[data(user: u32 = 0)]`", diag);
        return Vec::new();
    };
    parse::data_keys(group, diag)
}
