//! A function for each handler: the author's body, with what it may name bound before it.

use frame_macros_model::generics::Generics;
use proc_macro2::{Ident, TokenStream};

use super::body::{Body, Owner, is_copy, params_beside};
use super::lending::{self, Lent};
use super::names::{Kind, own};
use super::{Emit, generics};
use crate::gather::Gather;
use crate::model::*;
use crate::plan::Shape;
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;
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
    let mut params = visible_params(cx, handler);
    let beside = params_beside(cx, handler);
    params.retain(|(param, _)| !beside.contains(&param.name));
    let params = params.into_iter().map(|(param, holders)| {
        let name = param.name;
        let lent = lent_alone(cx, handler, &param, &holders);
        let value = state_param(cx, this, handler.state, &param, &holders, lent.is_some());
        let source = lent.as_ref().and_then(lending_source);
        quote!(#[allow(unused_variables)] let #name = #value; #source)
    });
    let default = handler.ast.default.as_ref().zip(handler.ret).map(|(default, ty)| {
        let ret = own("ret");
        let mut body = Body::new(cx, Owner::Handler(id), this.clone());
        let value = body.value(default, Some(ty));
        quote!(*#ret = ::core::option::Option::Some(#value);)
    });
    let filled = filled(cx, id);
    quote!(#filled #(#params)* #default)
}

/// State params in sight: the state's own or, where it declares none, those of its
/// descendants on whose type all agree. With each the states that hold it.
fn visible_params<'a>(cx: &Emit<'_, 'a>, handler: &Handler<'a>) -> Vec<(Param<'a>, Vec<StateId>)> {
    let state = handler.state;
    let mut found: Vec<(Param<'a>, Vec<StateId>)> = Vec::new();
    let declared_here = !cx.plan.model.states[state].params.is_empty();
    let holders: &[StateId] = match declared_here {
        true => &[state],
        false => &cx.plan.model.states[state].below,
    };
    for &holder in holders {
        for param in &cx.plan.states[holder].storage.params {
            if !handler.reads(&param.name.to_string()) {
                continue;
            }
            match found.iter_mut().find(|(known, _)| known.name == param.name) {
                Some((_, holders)) => holders.push(holder),
                None => found.push((param.clone(), vec![holder])),
            }
        }
    }
    found.retain(|(param, holders)| {
        holders.iter().all(|holder| {
            let params = &cx.plan.states[*holder].storage.params;
            params.iter().any(|other| other.name == param.name && other.ty.same(param.ty))
        })
    });
    found
}

/// A state param for someone who must leave it in its place: cloned, or borrowed where
/// its type cannot be.
pub fn held(borrowed: TokenStream) -> TokenStream {
    quote!({
        #[allow(unused_imports)]
        use #RUNTIME::Borrowed as _;
        #RUNTIME::Held(#borrowed).value()
    })
}

/// A state param for someone who uses fields of it: borrowed, unless one of them is moved.
pub fn looked_at(borrowed: TokenStream, fields: &[TokenStream]) -> TokenStream {
    let held = own("held");
    let fields = fields.iter().map(|path| quote!(#RUNTIME::Field::of(&raw const #held #path)));
    quote!({
        #[allow(unused_imports)]
        use #RUNTIME::{Moved as _, Stuck as _};
        #RUNTIME::Looked(#borrowed, |#held| (#(#fields,)*))
            .value()
    })
}

/// The state params that a handler has as borrows.
pub fn lent<'a>(cx: &Emit<'_, 'a>, handler: &Handler<'a>) -> Vec<Lent<'a>> {
    let beside = params_beside(cx, handler);
    let body = &handler.ast.body;
    let visible = visible_params(cx, handler).into_iter();
    visible
        .filter_map(|(param, holders)| match beside.contains(&param.name) {
            true => lending::changes_beside(body, param.name).map(|changes| Lent {
                param,
                holders,
                changes,
            }),
            false => lent_alone(cx, handler, &param, &holders),
        })
        .listed()
}

/// A param that is borrowed on its own, if it is.
fn lent_alone<'a>(
    cx: &Emit,
    handler: &Handler,
    param: &Param<'a>,
    holders: &[StateId],
) -> Option<Lent<'a>> {
    let lent =
        !is_copy(param.ty) && handler.ast.default.is_none() && all_hold(cx, handler.state, holders);
    let changes = lent.then(|| lending::changes(&handler.ast.body, param.name)).flatten()?;
    Some(Lent { param: param.clone(), holders: holders.to_vec(), changes })
}

/// Keeps a borrow that its name comes to stand for something else than.
pub fn lending_source(lent: &Lent) -> Option<TokenStream> {
    let (name, source) = (lent.param.name, source(lent));
    lent.needs_source().then(|| quote!(let #source = #name;))
}

/// What a param that is borrowed is copied from.
pub fn source(lent: &Lent) -> Ident {
    match lent.needs_source() {
        true => own(&format!("lent_{}", unraw(lent.param.name))),
        false => lent.param.name.clone(),
    }
}

/// Whether one of `holders` is current whenever a handler of `state` runs.
fn all_hold(cx: &Emit, state: StateId, holders: &[StateId]) -> bool {
    let mut leaves = cx.plan.leaves_of(state);
    leaves.all(|leaf| cx.plan.states[leaf].chain.iter().any(|at| holders.contains(at)))
}

fn state_param(
    cx: &Emit,
    this: &Ident,
    state: StateId,
    param: &Param,
    holders: &[StateId],
    lent: bool,
) -> TokenStream {
    if holders == [state] {
        let place = cx.names.place(state, param.name, Kind::Param);
        let place = quote!(#this.__state[#place]);
        return match lent {
            _ if is_copy(param.ty) => place,
            true => quote!(&#place),
            false => held(quote!(&#place)),
        };
    }
    let value = match lent {
        true => quote!(held),
        false => quote!(::core::clone::Clone::clone(held)),
    };
    found(cx, &quote!(&#this.__state), state, param, holders, &value)
}

/// A state param taken out of its place, which an empty one stays in.
pub fn taken(cx: &Emit, this: &Ident, state: StateId, lent: &Lent) -> TokenStream {
    if lent.holders == [state] {
        let place = cx.names.place(state, lent.param.name, Kind::Param);
        return quote!(::core::mem::take(&mut #this.__state[#place]));
    }
    let value = quote!(::core::mem::take(held));
    found(cx, &quote!(&mut #this.__state), state, &lent.param, &lent.holders, &value)
}

/// The `value` made of `held`, the param in the leaf that is current.
fn found(
    cx: &Emit,
    current: &TokenStream,
    state: StateId,
    param: &Param,
    holders: &[StateId],
    value: &TokenStream,
) -> TokenStream {
    let (leaf, ty) = (cx.names.leaf(), param.ty);
    let leaves: Vec<StateId> = cx.plan.leaves_of(state).listed();
    let arms: Vec<TokenStream> = leaves
        .iter()
        .filter_map(|at| {
            let holder = cx.plan.states[*at].chain.iter().find(|s| holders.contains(s))?;
            let (variant, field) =
                (cx.variant(*at), cx.names.slot(*holder, param.name, Kind::Param));
            Some(quote!(#leaf::#variant { #field: held, .. } => #value,))
        })
        .listed();
    let name = unraw(cx.plan.model.state_name(state));
    let missing = match all_hold(cx, state, holders) {
        true => quote!(#RUNTIME::state_was_left(#name)),
        false => quote!(<#ty as ::core::default::Default>::default()),
    };
    let rest =
        (arms.len() < cx.plan.leaves().count() || cx.plan.nowhere).then(|| quote!(_ => #missing,));
    quote!(match #current { #(#arms)* #rest })
}
