//! Generics as they were written: what stands between `<` and `>`, and the `where` clause.

use proc_macro2::TokenStream;

use crate::gather::Gather;
use crate::quote::{ToTokens, quote};

/// `<'a, T: Bound, const N: usize> where T: Other`
#[derive(Clone, Default)]
pub struct Generics {
    /// What stands between `<` and `>`.
    pub params: Vec<GenericParam>,
    /// What stands behind `where`.
    pub predicates: Vec<Predicate>,
}

/// `'a: 'b`, `T: Bound = u8` or `const N: usize = 4`
#[derive(Clone)]
pub struct GenericParam {
    /// What it stands for.
    pub kind: GenericKind,
    /// `'a`, `T`, `N`
    pub name: TokenStream,
    /// Behind its `:`, between the `+`; a constant has none.
    pub bounds: Vec<TokenStream>,
    /// Behind its `=`.
    pub default: Option<TokenStream>,
}

/// What a generic parameter stands for.
#[derive(Clone)]
pub enum GenericKind {
    /// `'a`
    Lifetime,
    /// `T`
    Type,
    /// `const N: usize`, with its type.
    Const(TokenStream),
}

/// `Vec<T>: Bound + Other` of a `where` clause.
#[derive(Clone)]
pub struct Predicate {
    /// What stands before the `:`, with the `for<'a>` before that.
    pub bounded: TokenStream,
    /// What stands between the `+`.
    pub bounds: Vec<TokenStream>,
}

impl Generics {
    /// `<T: Bound>` behind `impl` or a function's name, `<T>` behind the type's, and the
    /// `where` clause.
    pub fn split_for_impl(&self) -> (TokenStream, TokenStream, TokenStream) {
        let declared = in_angles(self.params.iter().map(GenericParam::bounded).listed());
        (declared, in_angles(self.arguments().listed()), self.where_clause())
    }

    /// `where T: Bound`, or nothing.
    pub fn where_clause(&self) -> TokenStream {
        match self.predicates.as_slice() {
            [] => TokenStream::new(),
            all => quote!(where #(#all),*),
        }
    }

    /// The parameters by name, as arguments.
    pub fn arguments(&self) -> impl Iterator<Item = TokenStream> + '_ {
        self.params.iter().map(|param| param.name.clone())
    }
}

impl GenericParam {
    /// A lifetime without bounds.
    pub fn lifetime(name: TokenStream) -> GenericParam {
        GenericParam { kind: GenericKind::Lifetime, name, bounds: Vec::new(), default: None }
    }

    /// The word of the name: `a`, `T`, `N`.
    pub fn word(&self) -> String {
        self.name.to_string().trim_start_matches('\'').to_owned()
    }

    /// Whether it stands for a type.
    pub fn is_type(&self) -> bool {
        matches!(self.kind, GenericKind::Type)
    }

    /// `T: Bound`, `const N: usize`
    pub fn bounded(&self) -> TokenStream {
        let (name, bounds) = (&self.name, &self.bounds);
        match &self.kind {
            GenericKind::Const(ty) => quote!(const #name: #ty),
            _ if bounds.is_empty() => name.clone(),
            _ => quote!(#name: #(#bounds)+*),
        }
    }

    fn declaration(&self) -> TokenStream {
        let bounded = self.bounded();
        match &self.default {
            Some(default) => quote!(#bounded = #default),
            None => bounded,
        }
    }
}

/// As a type declares them, with defaults: `<T: Bound = u8>`.
impl ToTokens for Generics {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(in_angles(self.params.iter().map(GenericParam::declaration).listed()));
    }
}

impl ToTokens for Predicate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (ty, bounds) = (&self.bounded, &self.bounds);
        tokens.extend(quote!(#ty: #(#bounds)+*));
    }
}

fn in_angles(params: Vec<TokenStream>) -> TokenStream {
    if params.is_empty() { TokenStream::new() } else { quote!(<#(#params),*>) }
}
