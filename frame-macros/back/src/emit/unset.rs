//! The value of a call that ends without one: its type's default. Where the type has none,
//! the compiler is to say which state leaves it unset, and the way out.

use proc_macro2::{Ident, TokenStream};

use super::Emit;
use crate::ast::Type;
use crate::codes::{self, Code};
use crate::model::{EventId, Param, Trigger, unraw};
use crate::quote::quote;

/// The value of a call of an interface method that set none.
pub fn value(cx: &Emit, id: EventId) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let Some(ty) = event.ret.filter(|ty| !has_default(ty)) else {
        return quote!(::core::default::Default::default());
    };
    let Some(reason) = reason(cx, id) else { return quote!(::core::unreachable!()) };
    let name = unraw(event.name);
    let message = format!("{}: `{name}` can end without a value: {reason}", codes::E858);
    let help = format!("set it there, or declare a default, as in `{name}(): {} = …`", ty.text());
    default(ty, &message, &help)
}

/// What a call leaves in its slot, or the value of one that left nothing.
pub fn taken(cx: &Emit, id: EventId, slot: &Ident) -> TokenStream {
    if cx.plan.model.events[id].ret.is_none_or(has_default) {
        return quote!(#slot.take().unwrap_or_default());
    }
    let unset = value(cx, id);
    quote!(match #slot.take() {
        ::core::option::Option::Some(#slot) => #slot,
        ::core::option::Option::None => #unset,
    })
}

/// The value of a parameter that a transition, a call or a construction leaves out.
pub fn argument(cx: &Emit, param: &Param) -> TokenStream {
    let (name, ty) = (unraw(param.name), param.ty.text());
    let Some((code, what)) = taker(cx, param).filter(|_| !has_default(param.ty)) else {
        return quote!(::core::default::Default::default());
    };
    let message = format!("{code}: `{name}` of {what} is left out, and `{ty}` has no default");
    let help = format!("give it wherever {what} is reached, or declare `{name}: {ty} = …`");
    default(param.ty, &message, &help)
}

/// The state or lifecycle handler that declares the parameter.
fn taker(cx: &Emit, param: &Param) -> Option<(Code, String)> {
    let model = cx.plan.model;
    let declares = |params: &[Param]| params.iter().any(|own| std::ptr::eq(own.name, param.name));
    let state = model.states.iter().find(|state| declares(&state.params));
    if let Some(state) = state {
        return Some((codes::E405, format!("`${}`", state.ast.name)));
    }
    let handler = model.handlers.iter().find(|handler| declares(&handler.params))?;
    let state = model.state_name(handler.state);
    match handler.trigger {
        Trigger::Enter => Some((codes::E417, format!("`$>` of `${state}`"))),
        Trigger::Exit => Some((codes::E419, format!("`<$` of `${state}`"))),
        Trigger::Event(_) | Trigger::Nothing => None,
    }
}

/// `Default::default()`, through a trait that carries the message.
fn default(ty: &Type, message: &str, help: &str) -> TokenStream {
    quote!({
        #[diagnostic::on_unimplemented(message = #message, label = "has no `Default`", note = #help)]
        trait __HasDefault {
            fn made() -> Self;
        }
        #[diagnostic::do_not_recommend]
        impl<T: ::core::default::Default> __HasDefault for T {
            #[inline]
            fn made() -> Self { ::core::default::Default::default() }
        }
        <#ty as __HasDefault>::made()
    })
}

/// The first state that leaves the value unset, and how.
fn reason(cx: &Emit, id: EventId) -> Option<String> {
    if cx.plan.leaves().count() == 0 {
        return Some("there is no state to set it".to_owned());
    }
    let leaf = cx.plan.leaves().find(|leaf| cx.plan.leaves_unset(*leaf, id))?;
    let Some(handler) = cx.plan.route(leaf, id) else {
        let state = cx.plan.model.state_name(leaf);
        return Some(format!("`${state}` has no handler for it"));
    };
    let holder = cx.plan.model.state_name(cx.plan.model.handlers[handler].state);
    Some(format!("its handler in `${holder}` does not set it on every path"))
}

/// Types of the standard library that have a default, whatever they hold.
fn has_default(ty: &Type) -> bool {
    const PLAIN: [&str; 17] = [
        "bool", "char", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32",
        "i64", "i128", "isize", "f32", "f64",
    ];
    let text = ty.tokens.to_string();
    // `impl Trait` cannot be named, so the message cannot be made.
    let unnamed = text.contains("impl ");
    PLAIN.contains(&text.as_str())
        || ["Option <", "Vec <"].iter().any(|start| text.starts_with(start))
        || unnamed
}
