//! Walks bodies: one traversal for all who look for something in them.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use crate::ast::*;
use crate::gather::Gather;

/// What a walk meets. `closure` tells whether it is inside a closure or async block.
pub trait Visit<'a> {
    /// A Frame statement, before the code in it.
    fn frame(&mut self, _stmt: &'a FrameStmt, _closure: bool) {}
    /// An accessor, before its arguments.
    fn access(&mut self, _access: &'a Access, _closure: bool) {}
    /// A token, or a group without anything of interest in it.
    fn token(&mut self, _token: &'a TokenTree, _closure: bool) {}
    /// A run of neighbouring tokens.
    fn run(&mut self, _tokens: &[&'a TokenTree]) {}
    /// A `return` of the body itself, before its value.
    fn native_return(&mut self, _value: Option<&'a Code>) {}
    /// A block, before its statements.
    fn block(&mut self, _block: &'a Block, _closure: bool) {}
    /// A nested item, which is not walked.
    fn item(&mut self, _item: &'a proc_macro2::TokenStream) {}
    /// Any run of code, before its pieces.
    fn code(&mut self, _code: &'a [Piece]) {}
}

/// All bodies, initialisers and defaults of a system.
pub fn system<'a>(system: &'a System, visit: &mut dyn Visit<'a>) {
    for param in &system.params {
        in_values(&param.param.default, visit);
    }
    for method in system.interface.iter().flatten() {
        in_params(&method.params, visit);
        in_values(&method.default, visit);
    }
    for function in system.operations.iter().chain(&system.actions) {
        in_params(&function.params, visit);
        in_block(&function.body, false, visit);
    }
    for state in &system.states {
        in_params(&state.params, visit);
        in_values(state.vars.iter().filter_map(|var| var.init.as_ref()), visit);
        for handler in &state.handlers {
            in_params(handler.params.iter().flatten(), visit);
            in_values(&handler.default, visit);
            in_block(&handler.body, false, visit);
        }
    }
    in_values(system.fields.iter().filter_map(|field| field.init.as_ref()), visit);
}

fn in_params<'a>(params: impl IntoIterator<Item = &'a Param>, visit: &mut dyn Visit<'a>) {
    in_values(params.into_iter().filter_map(|param| param.default.as_ref()), visit);
}

fn in_values<'a>(values: impl IntoIterator<Item = &'a Code>, visit: &mut dyn Visit<'a>) {
    for value in values {
        in_code(value, false, visit);
    }
}

/// What a body holds.
pub fn block<'a>(block: &'a Block, visit: &mut dyn Visit<'a>) {
    in_block(block, false, visit);
}

/// What a default or an initial value holds.
pub fn code<'a>(code: &'a Code, visit: &mut dyn Visit<'a>) {
    in_code(code, false, visit);
}

/// What a part of a body holds.
pub fn pieces<'a>(code: &'a [Piece], visit: &mut dyn Visit<'a>) {
    in_code(code, false, visit);
}

/// What a single statement of Frame holds.
pub fn stmt<'a>(stmt: &'a FrameStmt, visit: &mut dyn Visit<'a>) {
    in_frame(stmt, false, visit);
}

fn in_block<'a>(block: &'a Block, closure: bool, visit: &mut dyn Visit<'a>) {
    visit.block(block, closure);
    for stmt in &block.stmts {
        match &stmt.kind {
            StmtKind::Frame(frame) => in_frame(frame, closure, visit),
            StmtKind::Native(code) => in_code(code, closure, visit),
            StmtKind::Item(item) => visit.item(item),
        }
    }
}

fn in_frame<'a>(stmt: &'a FrameStmt, closure: bool, visit: &mut dyn Visit<'a>) {
    visit.frame(stmt, closure);
    match stmt {
        FrameStmt::Transition(transition) => {
            if let Some(value) = &transition.value {
                in_code(value, closure, visit);
            }
            for args in [&transition.exit_args, &transition.enter_args]
                .into_iter()
                .flatten()
                .chain(transition.state_args())
            {
                in_args(args, closure, visit);
            }
        }
        FrameStmt::SetReturn { value, .. } | FrameStmt::Leave { value: Some(value), .. } => {
            in_code(value, closure, visit);
        }
        FrameStmt::Push(_)
        | FrameStmt::Pop(_)
        | FrameStmt::Forward(_)
        | FrameStmt::Leave { .. }
        | FrameStmt::Broken(_) => {}
    }
}

fn in_args<'a>(args: &'a Args, closure: bool, visit: &mut dyn Visit<'a>) {
    for item in &args.items {
        in_code(item, closure, visit);
    }
}

fn in_code<'a>(code: &'a [Piece], closure: bool, visit: &mut dyn Visit<'a>) {
    visit.code(code);
    for run in code.chunk_by(|a, b| is_token(a) && is_token(b)) {
        let tokens: Vec<&TokenTree> = run
            .iter()
            .filter_map(|piece| match piece {
                Piece::Token(token) => Some(token),
                _ => None,
            })
            .listed();
        visit.run(&tokens);
    }
    for piece in code {
        match piece {
            Piece::Token(token) => visit.token(token, closure),
            Piece::Group { inner, .. } | Piece::Head(inner) => in_code(inner, closure, visit),
            Piece::Block(block) => in_block(block, closure, visit),
            Piece::Arms { arms, .. } => {
                for arm in arms {
                    in_code(&arm.pattern, closure, visit);
                    if let Some((_, guard)) = &arm.guard {
                        in_code(guard, closure, visit);
                    }
                    in_code(&arm.body, closure, visit);
                }
            }
            Piece::Return { value, .. } => {
                visit.native_return(value.as_ref());
                if let Some(value) = value {
                    in_code(value, closure, visit);
                }
            }
            Piece::Closure(inner) => in_code(inner, true, visit),
            Piece::Access(access) => {
                visit.access(access, closure);
                match access {
                    Access::Call(call) => in_args(&call.args, closure, visit),
                    Access::Construct(construct) => {
                        for arg in &construct.args {
                            in_code(&arg.value, closure, visit);
                        }
                    }
                    _ => {}
                }
            }
            Piece::Frame(stmt) => in_frame(stmt, closure, visit),
        }
    }
}

fn is_token(piece: &Piece) -> bool {
    matches!(piece, Piece::Token(_))
}

/// Whether `name` stands anywhere in the tokens, inline format arguments included.
pub fn mentions(tokens: &TokenTree, name: &str) -> bool {
    match tokens {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions_any(&group.stream(), name),
        TokenTree::Literal(literal) => {
            let text = literal.to_string();
            text.contains(&format!("{{{name}}}")) || text.contains(&format!("{{{name}:"))
        }
        TokenTree::Punct(_) => false,
    }
}

/// The same for several tokens.
pub fn mentions_any(tokens: &proc_macro2::TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| mentions(&token, name))
}

/// Whether `self` is handed away as a whole.
pub fn names_self_alone(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(word) if word == "self" => {
            !matches!(tokens.get(at + 1), Some(TokenTree::Punct(dot)) if dot.as_char() == '.')
        }
        TokenTree::Group(group) => names_self_alone(group.stream()),
        _ => false,
    })
}

struct Mentions<'n>(&'n str, bool);

impl<'a> Visit<'a> for Mentions<'_> {
    fn token(&mut self, token: &'a TokenTree, _: bool) {
        self.1 |= mentions(token, self.0);
    }
    fn access(&mut self, access: &'a Access, _: bool) {
        self.1 |= matches!(access, Access::Param { name, .. } if name == self.0);
    }
}

/// Whether a body says `name`.
pub fn block_mentions(body: &Block, name: &str) -> bool {
    let mut found = Mentions(name, false);
    block(body, &mut found);
    found.1
}

/// Whether a body says `name` before a local of that name hides what it means there.
pub fn block_means(body: &Block, name: &str) -> bool {
    for stmt in &body.stmts {
        let mut found = Mentions(name, false);
        match &stmt.kind {
            StmtKind::Native(code) => {
                let pattern = pattern_of_let(code).len();
                in_code(&code[pattern..], false, &mut found);
                if !found.1 && binds(code, name) {
                    return false;
                }
            }
            StmtKind::Frame(stmt) => in_frame(stmt, false, &mut found),
            StmtKind::Item(_) => {}
        }
        if found.1 {
            return true;
        }
    }
    false
}

/// `let pattern =` at the beginning of a statement.
#[must_use]
pub fn pattern_of_let(code: &[Piece]) -> &[Piece] {
    let is = |piece: &Piece, text: &str| matches!(piece, Piece::Token(token) if token.to_string() == text);
    match code {
        [word, ..] if is(word, "let") => {
            let end = code.iter().position(|piece| is(piece, "="));
            &code[..end.map_or(code.len(), |end| end + 1)]
        }
        _ => &[],
    }
}

/// Whether a statement is a `let` that makes a local of that name.
#[must_use]
pub fn binds(code: &[Piece], name: &str) -> bool {
    let tokens = pattern_of_let(code).iter().filter_map(|piece| match piece {
        Piece::Token(token) => Some(token.clone()),
        _ => None,
    });
    binds_in(&tokens.listed(), name, false)
}

/// The same for a pattern, in which `name: pattern` is the name of a field.
fn binds_in(tokens: &[TokenTree], name: &str, fields: bool) -> bool {
    let punct =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Ident(ident) => ident == name && !(fields && punct(at + 1)),
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().listed();
            binds_in(&inner, name, group.delimiter() == Delimiter::Brace)
        }
        _ => false,
    })
}

/// Whether a default or an initial value says `name`.
pub fn code_mentions(value: &Code, name: &str) -> bool {
    let mut found = Mentions(name, false);
    code(value, &mut found);
    found.1
}

/// The span that makes a method's `self` the one its body means: that of the first `self`
/// in it, else of its braces. A name may come from elsewhere, such as a macro's caller.
pub fn self_span(body: &Block) -> proc_macro2::Span {
    fn first(tokens: proc_macro2::TokenStream) -> Option<proc_macro2::Span> {
        tokens.into_iter().find_map(|token| match token {
            TokenTree::Ident(word) if word == "self" => Some(word.span()),
            TokenTree::Group(group) => first(group.stream()),
            _ => None,
        })
    }
    first(body.group.stream()).unwrap_or_else(|| body.group.span_open())
}

/// The first Frame text in tokens that are not looked into otherwise.
pub fn frame_text(tokens: TokenStream) -> Option<Span> {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    let punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
    for (at, token) in tokens.iter().enumerate() {
        let found = match token {
            TokenTree::Group(group) => frame_text(group.stream()),
            TokenTree::Punct(p) => {
                let context = punct(at, '@') && punct(at + 1, '@') && punct(at + 2, ':');
                let arrow = punct(at, '-') && punct(at + 1, '>') && punct(at + 2, '$');
                (context || arrow || punct(at, '$') && punct(at + 1, '.')).then(|| p.span())
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}
