//! `@@Name(…)` as a call of its constructor, in systems and in native code.

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::regroup;
use super::shape::lone_literal;
use crate::ast::{
    Access, Arm, Block, Code, Construct, ParamKind, Piece, StmtKind, SystemArg, Type,
};
use crate::gather::Gather;
use crate::model::unraw;
use crate::quote::{ToTokens, quote, quote_spanned};
use crate::runtime::RUNTIME;
use crate::signatures::{SystemSignature, Systems};

/// Native items and other code outside of any system.
pub fn outside(code: &[Piece], systems: &Systems) -> TokenStream {
    code.iter().map(|piece| outside_piece(piece, systems)).joined()
}

fn outside_piece(piece: &Piece, systems: &Systems) -> TokenStream {
    match piece {
        Piece::Token(token) => token.to_token_stream(),
        Piece::Group { group, inner } => regroup(group, outside(inner, systems)),
        Piece::Head(inner) | Piece::Closure(inner) => outside(inner, systems),
        Piece::Return { token, value } => {
            let value = value.as_ref().map(|value| outside(value, systems));
            quote!(#token #value)
        }
        Piece::Block(block) => regroup(&block.group, outside_block(block, systems)),
        Piece::Arms { group, arms } => {
            let arms = arms.iter().map(|arm| outside_arm(arm, systems)).joined();
            regroup(group, arms)
        }
        Piece::Access(Access::Construct(made)) => {
            construct(made, systems, |value| outside(value, systems))
        }
        Piece::Access(_) | Piece::Frame(_) => mistaken(systems),
    }
}

fn outside_block(block: &Block, systems: &Systems) -> TokenStream {
    let stmts = block.stmts.iter().map(|stmt| {
        let made = match &stmt.kind {
            StmtKind::Native(code) => outside(code, systems),
            StmtKind::Item(item) => item.clone(),
            StmtKind::Frame(_) => mistaken(systems),
        };
        let semi = stmt.semi.map(|span| quote_spanned!(span=> ;));
        quote!(#made #semi)
    });
    stmts.joined()
}

fn outside_arm(arm: &Arm, systems: &Systems) -> TokenStream {
    let (pattern, body) = (outside(&arm.pattern, systems), outside(&arm.body, systems));
    let guard = arm.guard.as_ref().map(|(keyword, guard)| {
        let guard = outside(guard, systems);
        quote!(#keyword #guard)
    });
    let (arrow, comma) = (&arm.arrow, &arm.comma);
    quote!(#pattern #guard #arrow #body #comma)
}

/// A value that fits everywhere, in place of a mistake.
fn mistaken(systems: &Systems) -> TokenStream {
    systems.error.clone().unwrap_or_else(|| quote!(::core::unreachable!()))
}

/// `@@Name(…)` as a call of its constructor.
pub(super) fn construct<'c>(
    made: &'c Construct,
    systems: &Systems,
    mut emit: impl FnMut(&'c Code) -> TokenStream,
) -> TokenStream {
    let (name, generics) = (&made.name, &made.generics);
    let turbofish = (!generics.is_empty()).then(|| quote!(::));
    let generics =
        generics.iter().filter(|token| !matches!(token, TokenTree::Punct(p) if p.as_char() == ':'));
    let path = quote!(#name #turbofish #(#generics)*);
    if made.uninitialized {
        let function = Ident::new("uninitialized", made.span);
        return quote!(#path::#function());
    }
    let function = Ident::new("new", made.span);
    let given = |emit: &mut dyn FnMut(&'c Code) -> TokenStream| -> Vec<TokenStream> {
        made.args.iter().map(|arg| emit(&arg.value)).listed()
    };
    let known = systems.signatures.iter().find(|(system, _)| unraw(system) == unraw(name));
    let args = match known {
        Some((_, signature)) => {
            let signature = signature.as_ref();
            match signature.and_then(|signature| matched(made, signature, &mut emit)) {
                Some(args) => args,
                None => {
                    let (args, mistake) = (given(&mut emit), mistaken(systems));
                    return quote!({ #(let _ = #args;)* #mistake });
                }
            }
        }
        None if made.args.iter().any(|arg| arg.name.is_some()) => {
            let (args, mistake) = (given(&mut emit), mistaken(systems));
            return quote!({ #(let _ = #args;)* #mistake });
        }
        None => in_order(made).map(|arg| emit(&arg.value)).listed(),
    };
    let args = quote_spanned!(made.args_span=> (#(#args),*));
    quote!(#path::#function #args)
}

/// The arguments for a system of another macro call: of it only the order of the kinds is known.
fn in_order(made: &Construct) -> impl Iterator<Item = &SystemArg> {
    let of = |kind: ParamKind| {
        made.args.iter().filter(move |arg| arg.kind.unwrap_or(ParamKind::Domain) == kind)
    };
    of(ParamKind::State).chain(of(ParamKind::Enter)).chain(of(ParamKind::Domain))
}

/// The arguments in the order of the parameters, with defaults for what is left out; `None`
/// where they do not fit, which is E003.
pub(super) fn matched<'c>(
    made: &'c Construct,
    signature: &[SystemSignature],
    emit: &mut impl FnMut(&'c Code) -> TokenStream,
) -> Option<Vec<TokenStream>> {
    // Sigils may be left out where there is one kind of parameter only.
    let one_kind = signature.windows(2).all(|pair| pair[0].kind == pair[1].kind);
    let mut used = vec![false; made.args.len()];
    let mut args = Vec::new();
    for param in signature {
        let fits = |arg: &SystemArg| match (&arg.name, arg.kind) {
            (Some(name), _) => unraw(name) == param.name,
            (None, Some(kind)) => kind == param.kind,
            (None, None) => one_kind || param.kind == ParamKind::Domain,
        };
        let found = (0..made.args.len()).find(|at| !used[*at] && fits(&made.args[*at]));
        match found {
            Some(at) => {
                used[at] = true;
                args.push(argument(&made.args[at].value, param.ty.as_ref(), emit));
            }
            None => args.push(param.default.clone()?),
        }
    }
    used.into_iter().all(|used| used).then_some(args)
}

/// A literal becomes a `String` where that is declared.
pub fn argument<'c>(
    code: &'c Code,
    ty: Option<&Type>,
    emit: &mut impl FnMut(&'c Code) -> TokenStream,
) -> TokenStream {
    match (ty.is_some_and(Type::is_string), lone_literal(code)) {
        (true, Some(literal)) => to_string(literal),
        _ => emit(code),
    }
}

pub(super) fn to_string(text: impl ToTokens) -> TokenStream {
    quote!(#RUNTIME::string(#text))
}
