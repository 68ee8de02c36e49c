//! A function for each handler: the author's body, with what it may name bound before it.

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, TokenStream};

use super::body::{Body, Owner};
use super::names::own;
use super::{Emit, generics, state_params};
use crate::gather::Gather;
use crate::model::*;
use crate::plan::Shape;
use crate::quote::{ToTokens, quote};
use crate::sets::Ids;
use crate::walk;

pub fn emit(cx: &Emit) -> TokenStream {
    let used = used(cx);
    let handlers = 0..cx.plan.handlers.len();
    handlers
        .map(|id| {
            let (dead, handler) = (!used.contains(id), handler(cx, id));
            let dead = dead.then(|| quote!(#[allow(dead_code)]));
            quote!(#dead #handler)
        })
        .joined()
}

/// The handlers that some leaf reaches.
fn used(cx: &Emit) -> Ids {
    let mut used = Ids::new();
    for leaf in cx.plan.leaves() {
        let events = cx.events().filter_map(|event| cx.plan.route(leaf, event));
        let state = &cx.plan.states[leaf];
        for handler in events.chain(state.enter).chain(state.exit) {
            used.extend(std::iter::successors(Some(handler), |at| cx.plan.handlers[*at].forward));
        }
    }
    used
}

fn handler(cx: &Emit, id: HandlerId) -> TokenStream {
    let (model, plan) = (cx.plan.model, &cx.plan.handlers[id]);
    let handler = &model.handlers[id];
    let name = cx.names.handler(id);
    let this = cx.this(walk::self_span(&handler.ast.body));
    let receiver = receiver(cx, handler, &this);
    let event = match handler.trigger {
        Trigger::Event(event) => Some(&model.events[event]),
        Trigger::Enter | Trigger::Exit | Trigger::Nothing => None,
    };
    let generics = event.and_then(|event| event.generics);
    let (borrowed, ret_type) = slot_type(handler, event);
    let event_lifetime = cx.event_lifetime().filter(|_| plan.run);
    let lifetimes = borrowed.then(|| quote!('__frame)).into_iter().chain(event_lifetime);
    let params = generics::list(lifetimes, generics);
    let clause = generics.map(Generics::where_clause);
    let (run, ret) = (own("run"), own("ret"));
    let run = plan.run.then(|| {
        let ty = cx.run_type();
        quote!(#run: &mut #ty,)
    });
    let slot = plan.slot.map(|ty| {
        let ty = ret_type.clone().unwrap_or_else(|| ty.to_token_stream());
        quote!(#ret: &mut ::core::option::Option<#ty>,)
    });
    let receiver = match borrowed {
        true => quote!(&'__frame #this,),
        false => receiver,
    };
    let hands_on = plan.forward.is_some()
        || plan.facts.transitions.iter().any(|transition| transition.forwards);
    let own_params = handler.params.iter().map(|param| {
        let ty = if plan.run {
            cx.param_type(handler.trigger, param)
        } else {
            param.ty.to_token_stream()
        };
        (param, ty)
    });
    let own_params = own_params.enumerate().map(|(at, (param, ty))| {
        match cx.plan.args[id].get(at) {
            // What the body sees is bound in the preamble.
            Some(passed) if passed.optional => {
                let (name, ty) = (param.name, super::types::passed_type(passed, ty));
                quote!(#name: #ty)
            }
            _ => pattern(handler, hands_on, param, &ty),
        }
    });
    let hidden = cx.plan.args[id].iter().enumerate().filter(|(_, passed)| !passed.own);
    let hidden = hidden.map(|(at, passed)| {
        let (name, ty) = (hidden_name(at), passed.param.ty.to_token_stream());
        let ty = super::types::passed_type(passed, ty);
        quote!(#name: #ty)
    });
    let output = match (plan.shape, &ret_type) {
        (Shape::Unit, _) | (_, None) => TokenStream::new(),
        (Shape::Value, Some(ty)) => quote!(-> #ty),
        (Shape::Mixed, Some(ty)) => quote!(-> ::core::task::Poll<#ty>),
        (Shape::MixedOption, Some(ty)) => {
            quote!(-> ::core::option::Option<::core::task::Poll<#ty>>)
        }
    };
    let preamble = preamble(cx, id, &this);
    let mut body = Body::new(cx, Owner::Handler(id), this);
    let body = body.whole(&handler.ast.body);
    let list = own_params.chain(hidden);
    let inline = super::inline(handler.inline(model));
    // From the user's head to the user's braces: what the compiler shows as the function
    // that a `?` is in.
    let function = Ident::new("fn", name.span());
    let block = super::body::regroup(&handler.ast.body.group, quote!(#preamble #body));
    quote! {
        #inline
        #function #name #params (#receiver #run #slot #(#list),*) #output #clause #block
    }
}

fn receiver(cx: &Emit, handler: &Handler, this: &Ident) -> TokenStream {
    match handler.trigger {
        Trigger::Event(event) if cx.plan.model.events[event].query => quote!(&#this,),
        _ => quote!(&mut #this,),
    }
}

/// The return type as the slot and the function need it: a borrow from `&self` that is
/// left to elision gets a name, so that the slot means the same one.
fn slot_type(handler: &Handler, event: Option<&Event>) -> (bool, Option<TokenStream>) {
    let Some(ret) = handler.ret else { return (false, None) };
    let query = event.is_some_and(|event| event.query);
    let named = generics::name_elided(ret, &quote!('__frame));
    let elided = query && generics::has_elided(ret);
    (elided, Some(if elided { named } else { ret.to_token_stream() }))
}

/// `name: Type`, of which nothing is told where the body does not name it.
fn pattern(handler: &Handler, hands_on: bool, param: &Param, ty: &TokenStream) -> TokenStream {
    let (name, mutable) = (param.name, param.mutable);
    let text = name.to_string();
    let in_body = walk::block_mentions(&handler.ast.body, &text);
    let in_default =
        handler.ast.default.as_ref().is_some_and(|default| walk::code_mentions(default, &text));

    // An editor completes the name before the body has it.
    let used = in_body || in_default || hands_on || uses_params(handler);
    let unused = !used || handler.trigger == Trigger::Nothing;
    let unused = unused.then(|| quote!(#[allow(unused_variables)]));
    quote!(#unused #mutable #name: #ty)
}

/// Whether the body reads `@@:params`.
fn uses_params(handler: &Handler) -> bool {
    struct Uses(bool);
    impl<'a> walk::Visit<'a> for Uses {
        fn access(&mut self, access: &'a crate::ast::Access, _: bool) {
            self.0 |= matches!(access, crate::ast::Access::Param { .. });
        }
    }
    let mut uses = Uses(false);
    walk::block(&handler.ast.body, &mut uses);
    uses.0
}

/// A parameter that is only handed on to another handler.
pub fn hidden_name(at: usize) -> Ident {
    own(&format!("handed_on_{at}"))
}

/// Whether a parameter that may be missing was there.
pub fn given_name(at: usize) -> Ident {
    own(&format!("given_{at}"))
}

/// The handler's own value for each argument that may be missing.
fn filled(cx: &Emit, id: HandlerId) -> TokenStream {
    let args = cx.plan.args[id].iter().enumerate();
    let own = args.filter(|(_, passed)| passed.own && passed.optional);
    own.map(|(at, passed)| {
        let (name, mutable, ty) = (passed.param.name, passed.param.mutable, passed.param.ty);
        let given = given_name(at);
        let value = cx.or(&quote!(#name), &cx.default_of(&passed.param));
        quote! {
            let #given = #name.is_some();
            #[allow(unused_variables)]
            let #mutable #name: #ty = #value;
        }
    })
    .joined()
}

/// The state params the body names, and the value the handler declares.
fn preamble(cx: &Emit, id: HandlerId, this: &Ident) -> TokenStream {
    let handler = &cx.plan.model.handlers[id];
    let params = cx.plan.handlers[id].params.iter().filter(|named| !named.is_beside());
    let params = params.map(|named| state_params::bound(cx, this, handler.state, named));
    let default = handler.ast.default.as_ref().zip(handler.ret).map(|(default, ty)| {
        let ret = own("ret");
        let mut body = Body::new(cx, Owner::Handler(id), this.clone());
        let value = body.value(default, Some(ty));
        quote!(*#ret = ::core::option::Option::Some(#value);)
    });
    let filled = filled(cx, id);
    quote!(#filled #(#params)* #default)
}
