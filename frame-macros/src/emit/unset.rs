//! The value of a call that ends without one: its type's default. Where the type has none,
//! the compiler is to say which state leaves it unset, and the way out.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emit;
use crate::ast::Type;
use crate::model::{EventId, unraw};

/// `Default::default()`, through a trait that carries the message where the type is not
/// known to have one.
pub fn value(cx: &Emit, id: EventId) -> TokenStream {
    let event = &cx.plan.model.events[id];
    let Some(ty) = event.ret.filter(|ty| !has_default(ty)) else {
        return quote!(::core::default::Default::default());
    };
    let Some(reason) = reason(cx, id) else { return quote!(::core::unreachable!()) };
    let name = unraw(event.name);
    let message = format!("E858: `{name}` can end without a value: {reason}");
    let help = format!("set it there, or declare a default, as in `{name}(): {} = …`", ty.text());
    quote!({
        #[diagnostic::on_unimplemented(message = #message, label = "has no `Default`", note = #help)]
        trait __HasDefault {
            fn unset() -> Self;
        }
        #[diagnostic::do_not_recommend]
        impl<T: ::core::default::Default> __HasDefault for T {
            #[inline]
            fn unset() -> Self { ::core::default::Default::default() }
        }
        <#ty as __HasDefault>::unset()
    })
}

/// The first state that leaves the value unset, and how.
fn reason(cx: &Emit, id: EventId) -> Option<String> {
    if cx.plan.leaves().count() == 0 {
        return Some("there is no state to set it".to_owned());
    }
    cx.plan.leaves().find_map(|leaf| {
        let state = cx.plan.model.state_name(leaf);
        let Some(handler) = cx.plan.route(leaf, id) else {
            return Some(format!("`${state}` has no handler for it"));
        };
        let own = &cx.plan.model.handlers[handler];
        let holder = cx.plan.model.state_name(own.state);
        let unset = !cx.plan.handlers[handler].always_sets;
        unset.then(|| format!("its handler in `${holder}` does not set it on every path"))
    })
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
