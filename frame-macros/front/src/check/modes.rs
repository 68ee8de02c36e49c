//! What the modes of a system ask of it.

use proc_macro2::Span;

use crate::codes;
use crate::diag::Diag;
use crate::model::{NOTHING, camel, unraw};
use crate::modes::{Events, Overflow};
use crate::plan::Plan;

/// `@@[events(pool)]` where handlers call each other without end.
pub fn capacity(plan: &Plan, diag: &Diag) {
    let modes = &plan.model.settings.modes;
    let fixed = matches!(modes.events, Events::Pool(None)) && modes.overflow != Overflow::Grow;
    if fixed && plan.capacity.is_none() {
        let message = "the self-calls of this system have no bound, so its pool has no capacity";
        let help =
            "write one, as in `@@[events(pool(16))]`, or let the pool grow: `@@[overflow(grow)]`";
        diag.error(codes::E856, attribute(plan, "events"), message, Some(help.to_owned()));
    }
}

/// `m(out: &mut String)` with pool or heap events, which outlive the borrow.
pub fn stored(plan: &Plan, diag: &Diag) {
    let modes = &plan.model.settings.modes;
    if !modes.has_event_objects() && !modes.event_enum {
        return;
    }
    for event in plan.model.events.iter().filter(|event| !event.query) {
        if event.is_generic() {
            let message = format!(
                "`{}` is generic, so its event has no one type to be stored as",
                event.name
            );
            let help = "use `events(direct)`, or concrete types".to_owned();
            diag.error(codes::E854, event.name.span(), message, Some(help));
            continue;
        }
        for param in event.params.iter().filter(|param| !param.ty.is_storable()) {
            let message = format!(
                "`{}: {}` cannot be stored in an event",
                unraw(param.name),
                param.ty.text()
            );
            let help =
                "take it by value, or use `events(direct)`, where a call may borrow".to_owned();
            diag.error(codes::E854, param.ty.span, message, Some(help));
        }
    }
}

/// `a1` and `a_1`, both of which `A1` would stand for in the enum that users match on.
pub fn variants(plan: &Plan, diag: &Diag) {
    if !plan.model.settings.modes.has_public_events() {
        return;
    }
    let mut seen: Vec<(String, String)> = Vec::new();
    for event in plan.model.events.iter().filter(|event| !event.query) {
        let variant = camel(&unraw(event.name));
        let other = seen.iter().find(|(taken, _)| *taken == variant);
        let other = match other {
            Some((_, other)) => format!("`{other}`"),
            None if event.ret.is_some() && variant == NOTHING => "no return value".to_owned(),
            None => {
                seen.push((variant, unraw(event.name)));
                continue;
            }
        };
        let message =
            format!("`{variant}` stands for {other} already, and so not for `{}`", event.name);
        diag.error(codes::E852, event.name.span(), message, Some("choose another name".to_owned()));
    }
}

/// `@@[no_alloc]` on a system that can reach the allocator.
pub fn no_alloc(plan: &Plan, diag: &Diag) {
    let model = plan.model;
    let modes = &model.settings.modes;
    let Some(promise) = modes.no_alloc else { return };
    let blame = |span: Span, culprit: &str, help: &str| {
        let message = format!("`@@[no_alloc]` is promised, and {culprit}");
        diag.error(codes::E855, span, message, Some(help.to_owned()));
    };
    if matches!(modes.events, Events::Heap) {
        blame(
            promise,
            "`events(heap)` allocates every event",
            "use `events(direct)` or `events(pool)`",
        );
    }
    if matches!(modes.events, Events::Pool(_)) && modes.overflow == Overflow::Grow {
        blame(promise, "`overflow(grow)` allocates", "use `overflow(panic)` or `overflow(reject)`");
    }
    if plan.stack && model.settings.stack.is_none() {
        blame(promise, "the state stack grows on the heap", "bound it: `@@[stack(8)]`");
    }
    for key in plan.run.data.iter().filter(|key| key.ty.is_none()) {
        let culprit = format!("`@@:data.{}` is a `String`, because it is not declared", key.name);
        blame(promise, &culprit, "declare it: `@@[data(key: Type = value)]`");
    }
    if !modes.has_event_objects() {
        return;
    }
    for event in &model.events {
        for param in
            event.params.iter().filter(|param| param.ty.tokens.to_string().starts_with('&'))
        {
            if !param.ty.tokens.to_string().contains("static") {
                let culprit = format!("`{}` is stored as an owned value", unraw(param.name));
                blame(param.ty.span, &culprit, "take a `Copy` value, or use `events(direct)`");
            }
        }
    }
}

/// The attribute to blame, else the system's name.
fn attribute(plan: &Plan, name: &str) -> Span {
    let attrs = &plan.model.ast.attrs.frame;
    attrs.iter().find(|attr| attr.name == name).map_or(plan.model.name_span(), |attr| attr.span)
}
