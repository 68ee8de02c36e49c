//! The types of a system: its struct, the leaves with their compartments, the transitions
//! that can be queued, the record of a run.

use frame_macros_model::generics::{GenericKind, Generics};
use proc_macro2::{Ident, TokenStream};

use super::{Emit, compartments, generics};
use crate::ast::Vis;
use crate::gather::Gather;
use crate::model::{Param, StateId, Trigger, unraw};
use crate::plan::{Forward, JumpId, Passed};
use crate::quote::{ToTokens, quote};
use crate::runtime::RUNTIME;

pub fn emit(cx: &Emit) -> TokenStream {
    let system = system(cx);
    let leaf = leaf(cx);
    let places = compartments::emit(cx);
    let to = to(cx);
    let run = run(cx);
    quote!(#system #leaf #places #to #run)
}

fn system(cx: &Emit) -> TokenStream {
    let ast = cx.plan.model.ast;
    let (name, vis, keyword) = (&ast.name, cx.vis(), cx.declaring("struct"));
    let attrs = cx.struct_attrs();
    let doc = cx.doc_unless(&ast.attrs, format!("The `{}` state machine.", unraw(name)));
    let (params, clause) = (&ast.generics, ast.generics.where_clause());
    let fields = ast.fields.iter().map(|field| {
        let (attrs, name, ty) = (&field.attrs.rust, &field.name, &field.ty);
        let vis = match &field.vis {
            Vis::Written(vis) => vis.clone(),
            Vis::Inherited | Vis::Private => TokenStream::new(),
        };
        let doc = (!vis.is_empty())
            .then(|| cx.doc_unless(&field.attrs, format!("The field `{}`.", unraw(name))));
        quote!(#doc #(#attrs)* #vis #name: #ty,)
    });
    let state = cx.has_states().then(|| {
        let ty = cx.leaf_type();
        quote!(__state: #ty,)
    });
    let stack = cx.plan.stack.then(|| {
        let ty = cx.stack_type();
        quote!(__stack: #ty,)
    });
    let name_field = (cx.has_states() && cx.names_states()).then(|| quote!(__name: &'static str,));
    let events = cx.modes().has_event_objects().then(|| {
        let ty = cx.store_type();
        quote!(__events: #RUNTIME::Kept<#ty>,)
    });
    let unused = cx.phantom_type().map(|ty| quote!(__unused: #ty,));
    let lint = cx.default_vis_lint();
    quote! {
        #doc #(#attrs)* #lint
        #vis #keyword #name #params #clause { #(#fields)* #state #name_field #stack #events #unused }
    }
}

/// The enum behind `__state`: a variant for each state that can be current.
fn leaf(cx: &Emit) -> TokenStream {
    if !cx.has_states() {
        return TokenStream::new();
    }
    let derives = cx.compartment_derives();
    let leaf = cx.names.leaf();
    let used = cx.leaf_generics();
    let clause = used.where_clause();
    let variants = cx.plan.leaves().map(|state| {
        let (name, unreached) = (cx.variant(state), unreached(cx, state));
        match cx.is_empty(state) {
            true => quote!(#unreached #name,),
            false => {
                let fields = cx.leaf_fields(state);
                quote!(#unreached #name { #fields },)
            }
        }
    });
    let nowhere = cx.plan.nowhere.then(|| quote!(__Nowhere,));
    let inspect = inspect(cx);
    quote! {
        #derives
        #[allow(non_camel_case_types, clippy::enum_variant_names, clippy::large_enum_variant)]
        enum #leaf #used #clause { #(#variants)* #nowhere }
        #inspect
    }
}

/// Which state it is, as the public enum and by name.
fn inspect(cx: &Emit) -> TokenStream {
    let leaf = cx.names.leaf();
    let states = cx.names.state_enum();
    let used = cx.leaf_generics();
    let (params, args, clause) = used.split_for_impl();
    let start = cx.state_variant(0);
    let arms = cx.plan.leaves().map(|state| {
        let (variant, public) = (cx.pattern(state), cx.state_variant(state));
        quote!(#variant => #states::#public,)
    });
    // In the moments in which no state holds, the machine is not yet at its start.
    let nowhere = cx.plan.nowhere.then(|| quote!(#leaf::__Nowhere => #states::#start,));
    quote! {
        #[allow(dead_code)]
        impl #params #leaf #args #clause {
            #[inline]
            fn state(&self) -> #states {
                match self { #(#arms)* #nowhere }
            }
        }
    }
}

/// Nothing makes a state to which no transition leads.
fn unreached(cx: &Emit, state: StateId) -> Option<TokenStream> {
    let reached = cx.plan.leaves_of(state).any(|leaf| cx.plan.states[leaf].reached);
    (!reached).then(|| quote!(#[allow(dead_code)]))
}

/// The enum of transitions that can be queued, each with its arguments.
fn to(cx: &Emit) -> TokenStream {
    if cx.plan.jumps.is_empty() {
        return TokenStream::new();
    }
    let to = cx.names.to();
    let variants = (0..cx.plan.jumps.len()).map(|jump| {
        let name = cx.jump_variant(jump);
        let fields = jump_fields(cx, jump);
        if fields.is_empty() { quote!(#name,) } else { quote!(#name { #fields },) }
    });
    let variants: TokenStream = variants.joined();
    let used = cx.to_generics();
    let clause = used.where_clause();
    quote! {
        #[allow(non_camel_case_types, clippy::enum_variant_names, clippy::large_enum_variant)]
        enum #to #used #clause { #variants }
    }
}

pub fn jump_fields(cx: &Emit, jump: JumpId) -> TokenStream {
    let payload = &cx.plan.payloads[jump];
    let kept = payload.exit.iter().chain(&payload.enter).chain(&payload.state).map(|field| {
        let (name, ty) = (&field.name, field.param.ty);
        match field.optional {
            true => quote!(#name: ::core::option::Option<#ty>,),
            false => quote!(#name: #ty,),
        }
    });
    // The event's own args may borrow from its caller.
    let borrowed = payload.event.iter().map(|field| {
        let (name, ty) = (&field.name, generics::name_elided(field.param.ty, &quote!('__event)));
        let ty = if field.optional { quote!(::core::option::Option<#ty>) } else { ty };
        quote!(#name: #ty,)
    });
    let fields = kept.chain(borrowed);
    let by = cx.jump_names_event(jump).then(|| {
        let by = super::names::own("by");
        quote!(#by: &'static str,)
    });
    quote!(#(#fields)* #by)
}

/// The type of an argument on its way to a lifecycle handler.
pub fn passed_type(passed: &Passed, ty: TokenStream) -> TokenStream {
    match passed.optional {
        true => quote!(::core::option::Option<#ty>),
        false => ty,
    }
}

/// What one run to completion carries from handler to handler.
fn run(cx: &Emit) -> TokenStream {
    let plan = &cx.plan.run;
    if plan.is_empty() {
        return TokenStream::new();
    }
    let run = cx.names.run();
    let used = cx.run_generics();
    let (params, args, clause) = used.split_for_impl();
    let next_type = cx.to_type();
    let next = plan.next.then(|| quote!(next: ::core::option::Option<#next_type>,));
    let no_next = plan.next.then(|| quote!(next: ::core::option::Option::None,));
    let moved = plan.moved.then(|| quote!(moved: bool,));
    let not_moved = plan.moved.then(|| quote!(moved: false,));
    let data = plan.data.iter().map(|field| {
        let name = data_field(&field.name);
        match &field.ty {
            Some(ty) => quote!(#name: #ty,),
            None => quote!(#name: #RUNTIME::String,),
        }
    });
    let inits = plan.data.iter().map(|field| {
        let name = data_field(&field.name);
        match &field.init {
            Some(init) => quote!(#name: #init,),
            None => quote!(#name: ::core::default::Default::default(),),
        }
    });
    // What is pending may have been queued by an event that borrows for longer.
    let outer_lifetime = cx.event_lifetime().map(|event| quote!(<'__outer: #event>));
    let outer_type = match outer_lifetime {
        Some(_) => {
            let own = used.arguments().skip(1);
            quote!(#run<'__outer, #(#own),*>)
        }
        None => quote!(Self),
    };
    let objects = cx.modes().has_event_objects();
    let within = (plan.moved || objects).then(|| {
        let take = plan.next.then(|| quote!(next: outer.next.take(),));
        let rest =
            (plan.moved || !plan.data.is_empty() || !plan.next).then(|| quote!(..Self::new()));
        quote! {
            /// A run within another, which performs what is pending there.
            #[allow(dead_code)]
            #[inline]
            fn within #outer_lifetime (outer: &mut #outer_type) -> Self {
                Self { #take #rest }
            }
        }
    });
    quote! {
        #[allow(dead_code, non_camel_case_types)]
        struct #run #used #clause { #next #moved #(#data)* }
        impl #params #run #args #clause {
            #[inline]
            fn new() -> Self {
                Self { #no_next #not_moved #(#inits)* }
            }
            #within
        }
    }
}

pub fn data_field(key: &Ident) -> Ident {
    Ident::new(&format!("data_{}", unraw(key)), key.span())
}

impl Emit<'_, '_> {
    /// The types of a leaf's enter args.
    pub fn enter_types(&self, leaf: StateId) -> Vec<TokenStream> {
        let passed = self.plan.enter_passed(leaf);
        let args = self.plan.states[leaf].enter_args.iter().enumerate();
        args.map(|(at, param)| {
            let ty = param.ty.to_token_stream();
            match passed.get(at) {
                Some(passed) => passed_type(passed, ty),
                None => ty,
            }
        })
        .listed()
    }

    /// Where something is wrong, the generics may be those of a field that could not be read.
    pub fn phantom_type(&self) -> Option<TokenStream> {
        let generics = &self.plan.model.ast.generics;
        if self.is_whole || generics.params.is_empty() {
            return None;
        }
        let used = generics.params.iter().filter_map(|param| {
            let name = &param.name;
            match param.kind {
                GenericKind::Lifetime => Some(quote!(&#name ())),
                GenericKind::Type => Some(name.clone()),
                GenericKind::Const(_) => None,
            }
        });
        Some(quote!(::core::marker::PhantomData<(#(#used,)*)>))
    }

    pub fn leaf_generics(&self) -> Generics {
        let made = self.cache.leaf_generics.get_or_init(|| {
            let fields: TokenStream =
                self.plan.leaves().map(|leaf| self.leaf_fields(leaf)).joined();
            generics::used_by(&self.plan.model.ast.generics, &fields)
        });
        made.clone()
    }

    pub fn leaf_type(&self) -> TokenStream {
        let made = self.cache.leaf_type.get_or_init(|| {
            let leaf = self.names.leaf();
            let used = self.leaf_generics();
            let (_, args, _) = used.split_for_impl();
            quote!(#leaf #args)
        });
        made.clone()
    }

    /// The lifetime of what queued transitions borrow from the caller of an event that
    /// they hand on, when one does.
    pub fn event_lifetime(&self) -> Option<TokenStream> {
        let made = self.cache.event_lifetime.get_or_init(|| {
            let borrows = |forward: Forward| match forward {
                Forward::Event(event) => self.plan.model.events[event]
                    .params
                    .iter()
                    .any(|param| generics::has_elided(param.ty)),
                Forward::Exit(_) => false,
            };
            let any = self.plan.jumps.iter().filter_map(|jump| jump.forward).any(borrows);
            any.then(|| quote!('__event))
        });
        made.clone()
    }

    /// A handler's parameter type: where the event may be handed on, a borrow in it lives
    /// as long as the event.
    pub fn param_type(&self, trigger: Trigger, param: &Param) -> TokenStream {
        match (trigger, self.event_lifetime()) {
            (Trigger::Event(event), Some(lifetime)) if self.plan.events[event].forwarded => {
                generics::name_elided(param.ty, &lifetime)
            }
            _ => param.ty.to_token_stream(),
        }
    }

    fn to_generics(&self) -> Generics {
        let fields: TokenStream =
            (0..self.plan.jumps.len()).map(|jump| jump_fields(self, jump)).joined();
        let used = generics::used_by(&self.plan.model.ast.generics, &fields);
        generics::with_lifetime(used, self.event_lifetime())
    }

    pub fn to_type(&self) -> TokenStream {
        let made = self.cache.to_type.get_or_init(|| {
            let to = self.names.to();
            let used = self.to_generics();
            let (_, args, _) = used.split_for_impl();
            quote!(#to #args)
        });
        made.clone()
    }

    fn run_generics(&self) -> Generics {
        let mut fields: TokenStream =
            (0..self.plan.jumps.len()).map(|jump| jump_fields(self, jump)).joined();
        fields.extend(self.plan.run.data.iter().filter_map(|field| field.ty.clone()));
        let used = generics::used_by(&self.plan.model.ast.generics, &fields);
        generics::with_lifetime(used, self.event_lifetime())
    }

    pub fn run_type(&self) -> TokenStream {
        let made = self.cache.run_type.get_or_init(|| {
            let run = self.names.run();
            let used = self.run_generics();
            let (_, args, _) = used.split_for_impl();
            quote!(#run #args)
        });
        made.clone()
    }

    pub fn stack_type(&self) -> TokenStream {
        let leaf = self.leaf_type();
        match &self.plan.model.settings.stack {
            Some(capacity) => quote!(#RUNTIME::BoundedStack<#leaf, { #capacity }>),
            None => quote!(#RUNTIME::GrowingStack<#leaf>),
        }
    }
}
