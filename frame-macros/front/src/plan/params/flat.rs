//! Code as the tokens that a look at it goes by, its structure apart.

use proc_macro2::{Delimiter, Group, TokenStream};

use crate::ast::{Access, FrameStmt, Piece};
use crate::gather::Gather;
use crate::quote::{ToTokens, quote};

pub fn flat(code: &[Piece]) -> TokenStream {
    let mut tokens = TokenStream::new();
    code.iter().for_each(|piece| flatten(piece, &mut tokens));
    tokens
}

pub fn flatten(piece: &Piece, tokens: &mut TokenStream) {
    match piece {
        Piece::Token(token) => token.to_tokens(tokens),
        Piece::Group { group, inner } => grouped(group.delimiter(), flat(inner), tokens),
        Piece::Head(code) | Piece::Closure(code) => tokens.extend(flat(code)),
        Piece::Block(block) => grouped(Delimiter::Brace, block.group.stream(), tokens),
        Piece::Arms { group, .. } => grouped(Delimiter::Brace, group.stream(), tokens),
        Piece::Return { token, value } => {
            token.to_tokens(tokens);
            tokens.extend(flat(value.as_deref().unwrap_or_default()));
        }
        Piece::Access(access) => flatten_access(access, tokens),
        Piece::Frame(stmt) => {
            let codes = match &**stmt {
                FrameStmt::Transition(transition) => transition.codes().listed(),
                FrameStmt::SetReturn { value, .. } => vec![value],
                FrameStmt::Leave { value, .. } => value.iter().listed(),
                _ => Vec::new(),
            };
            let codes = codes.into_iter().map(|code| flat(code));
            quote!((#(#codes),*)).to_tokens(tokens);
        }
    }
}

/// What Frame reaches is no param; what it is given may be one.
fn flatten_access(access: &Access, tokens: &mut TokenStream) {
    let args = match access {
        Access::Construct(made) => made.args.iter().map(|arg| flat(&arg.value)).listed(),
        Access::Call(call) => call.args.items.iter().map(|item| flat(item)).listed(),
        _ => return quote!(_).to_tokens(tokens),
    };
    quote!(_(#(#args),*)).to_tokens(tokens);
}

fn grouped(delimiter: Delimiter, inner: TokenStream, tokens: &mut TokenStream) {
    Group::new(delimiter, inner).to_tokens(tokens);
}
