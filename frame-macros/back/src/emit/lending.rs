//! State params that a handler borrows from the state, and where it needs one of its own: the
//! copy is made ahead of the innermost statement that uses it up, so that a handler that does
//! not come there does without.
//!
//! ```text
//! if now >= until { -> $Open(Some(host)) }    // copied inside of the block
//! host.port()                                 // which may be any method: copied ahead of this
//! ```

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use crate::ast::{Access, Block, FrameStmt, Piece, Stmt, StmtKind};
use crate::emit::reading::{self, Need};
use crate::gather::Gather;
use crate::model::{Param, StateId};
use crate::quote::{ToTokens, quote};
use crate::walk::{self, Visit};

/// What the name of a param means from some place on.
pub enum Change {
    /// A copy of the handler's own.
    Owned,
    /// A borrow or, where one of these fields is moved out of it, a copy.
    Looked(Vec<TokenStream>),
    /// A local of the author's, behind the statement.
    Shadowed,
}

/// A statement, or the body of an arm: what it is at in memory, which the tree does not leave.
pub type Place = *const ();

/// A param that a handler has as a borrow.
pub struct Lent<'a> {
    pub param: Param<'a>,
    /// The states that hold it.
    pub holders: Vec<StateId>,
    pub changes: Vec<(Place, Change)>,
}

impl Lent<'_> {
    /// Whether its name can stand for something else than the borrow while that is needed.
    pub fn needs_source(&self) -> bool {
        self.changes.iter().any(|(_, change)| matches!(change, Change::Looked(_)))
    }

    pub fn change_at(&self, place: Place) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |(at, _)| *at == place).map(|(_, change)| change)
    }
}

pub fn statement(stmt: &Stmt) -> Place {
    std::ptr::from_ref(stmt).cast()
}

pub fn arm(body: &[Piece]) -> Place {
    body.as_ptr().cast()
}

/// Where a body that has a borrow of `name` needs more, if it can do with one: nothing may change
/// the state meanwhile.
pub fn changes(body: &Block, name: &Ident) -> Option<Vec<(Place, Change)>> {
    let mut uses = Uses(false);
    walk::block(body, &mut uses);
    if uses.0 { None } else { changes_beside(body, name) }
}

/// The same, where it is borrowed side by side with the variables.
pub fn changes_beside(body: &Block, name: &Ident) -> Option<Vec<(Place, Change)>> {
    let text = name.to_string();
    let tokens = body.group.stream();
    let mut items = InItem(&text, false);
    walk::block(body, &mut items);
    if items.1 || reading::names_self_alone(tokens.clone()) {
        return None;
    }
    let mut placing = Placing { name: &text, changes: Vec::new() };
    placing.block(body, &[]);
    // A borrow that is held while the handler waits needs more of the type than a copy does.
    let waits = || walk::mentions_any(&tokens, "await");
    (placing.changes.is_empty() || !waits()).then_some(placing.changes)
}

/// Whether the state is used in other ways than by its params.
struct Uses(bool);

impl<'a> Visit<'a> for Uses {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        self.0 |= matches!(access, Access::StateVar { .. } | Access::Call(_));
    }

    fn frame(&mut self, stmt: &'a FrameStmt, _closure: bool) {
        self.0 |= matches!(stmt, FrameStmt::Forward(_) | FrameStmt::Push(_));
    }
}

/// Whether a nested item says the name, which may be that of a macro's local.
struct InItem<'n>(&'n str, bool);

impl<'a> Visit<'a> for InItem<'_> {
    fn item(&mut self, item: &'a TokenStream) {
        self.1 |= walk::mentions_any(item, self.0);
    }
}

/// Finds the places for one param.
struct Placing<'n> {
    name: &'n str,
    changes: Vec<(Place, Change)>,
}

/// A statement or an arm, without what stands in its blocks and arms.
struct Own<'b> {
    need: Need,
    parts: Vec<Part<'b>>,
}

#[derive(Clone, Copy)]
enum Part<'b> {
    Block(&'b Block),
    /// The body of an arm that is no block.
    Arm(&'b [Piece]),
}

impl<'b> Placing<'_> {
    /// Places the changes in a block, where these fields can be used as they are.
    fn block(&mut self, block: &'b Block, looked: &[TokenStream]) {
        let mut looked = looked.to_vec();
        for (at, stmt) in block.stmts.iter().enumerate() {
            let (own, need) = self.here(self.stmt(stmt));
            if need.whole {
                self.changes.push((statement(stmt), Change::Owned));
                return;
            }
            if !all_in(&need.fields, &looked) {
                looked = self.fields_from(&block.stmts[at..]);
                self.changes.push((statement(stmt), Change::Looked(looked.clone())));
            }
            for part in own.parts {
                self.part(part, &looked);
            }
            if self.is_shadowed(stmt) {
                self.changes.push((statement(stmt), Change::Shadowed));
                return;
            }
        }
    }

    fn part(&mut self, part: Part<'b>, looked: &[TokenStream]) {
        let body = match part {
            Part::Block(block) => return self.block(block, looked),
            Part::Arm(body) => body,
        };
        let (own, need) = self.here(self.code(body));
        if need.whole {
            self.changes.push((arm(body), Change::Owned));
        } else if all_in(&need.fields, looked) {
            own.parts.into_iter().for_each(|part| self.part(part, looked));
        } else {
            self.changes.push((arm(body), Change::Looked(need.fields.clone())));
            own.parts.into_iter().for_each(|part| self.part(part, &need.fields));
        }
    }

    /// The fields that the statements of a block need here, and not further inside.
    fn fields_from(&self, stmts: &'b [Stmt]) -> Vec<TokenStream> {
        let mut all = Need::default();
        for stmt in stmts {
            let (_, need) = self.here(self.stmt(stmt));
            if need.whole {
                break;
            }
            all.join(need);
            if self.is_shadowed(stmt) {
                break;
            }
        }
        all.fields
    }

    /// What is needed ahead of something: for itself, and for what has to outlive its parts.
    fn here(&self, own: Own<'b>) -> (Own<'b>, Need) {
        let mut need = own.need.clone();
        for part in &own.parts {
            need.join(self.lasting(*part));
        }
        (own, need)
    }

    /// What a block or an arm needs around it.
    fn lasting(&self, part: Part<'b>) -> Need {
        let mut need = Need::default();
        match part {
            _ if leaves(part) => {}
            Part::Arm(body) => need.join(self.lasting_of(self.code(body))),
            Part::Block(block) => {
                for stmt in &block.stmts {
                    need.join(self.lasting_of(self.stmt(stmt)));
                    if self.is_shadowed(stmt) {
                        break;
                    }
                }
            }
        }
        need
    }

    fn lasting_of(&self, own: Own<'b>) -> Need {
        let mut need = Need::default();
        for part in &own.parts {
            need.join(self.lasting(*part));
        }
        if own.need.lasting {
            need.join(own.need);
        }
        need
    }

    fn stmt(&self, stmt: &'b Stmt) -> Own<'b> {
        match &stmt.kind {
            StmtKind::Native(code) => self.code(code),
            StmtKind::Frame(stmt) => Own { need: self.frame(stmt), parts: Vec::new() },
            StmtKind::Item(_) => Own { need: Need::default(), parts: Vec::new() },
        }
    }

    fn code(&self, code: &'b [Piece]) -> Own<'b> {
        let mut own = Own { need: Need::default(), parts: Vec::new() };
        if let [Piece::Frame(stmt)] = code {
            own.need = self.frame(stmt);
            return own;
        }
        let mut tokens = TokenStream::new();
        let mut binds = false;
        for piece in &code[walk::pattern_of_let(code).len()..] {
            match piece {
                Piece::Block(block) => {
                    own.parts.push(Part::Block(block));
                    quote!({}).to_tokens(&mut tokens);
                }
                Piece::Arms { arms, .. } => {
                    for arm in arms {
                        binds |= walk::mentions_any(&flat(&arm.pattern), self.name);
                        if let Some((_, guard)) = &arm.guard {
                            binds |= self.is_bound_in(&flat(guard));
                            own.need.scan(flat(guard), self.name, true);
                        }
                        own.parts.push(match arm.body.as_slice() {
                            [Piece::Block(block)] => Part::Block(block),
                            body => Part::Arm(body),
                        });
                    }
                    quote!({}).to_tokens(&mut tokens);
                }
                Piece::Head(head) => {
                    binds |= self.is_bound_in(&flat(head));
                    own.need.scan(flat(head), self.name, true);
                }
                piece => flatten(piece, &mut tokens),
            }
        }
        binds |= self.is_bound_in(&tokens);
        own.need.scan(tokens, self.name, false);
        if binds {
            // What a block says may be what the pattern binds: nothing is placed in there.
            (own.need.whole, own.need.lasting) = (true, true);
            own.parts.clear();
        }
        own
    }

    /// What a statement of Frame needs. A transition copies what it is given as it is.
    fn frame(&self, stmt: &FrameStmt) -> Need {
        let mut need = Need::default();
        match stmt {
            FrameStmt::Transition(transition) => {
                let value = transition.value.iter();
                let args = transition.codes().skip(value.len());
                let used = args.filter(|code| !is_alone(code, self.name));
                for code in value.chain(used) {
                    need.scan(flat(code), self.name, false);
                }
            }
            FrameStmt::SetReturn { value, .. } | FrameStmt::Leave { value: Some(value), .. } => {
                need.scan(flat(value), self.name, false);
            }
            _ => {}
        }
        // What goes into the next state or out of the handler borrows nothing of the handler's.
        need.lasting = false;
        need
    }

    /// Whether a statement binds the name for those behind it.
    fn is_shadowed(&self, stmt: &Stmt) -> bool {
        matches!(&stmt.kind, StmtKind::Native(code) if walk::binds(code, self.name))
    }

    /// Whether a pattern in the tokens, of `let` or `for`, says the name.
    fn is_bound_in(&self, tokens: &TokenStream) -> bool {
        let mut until: Option<TokenTree> = None;
        let mut bound = false;
        for token in tokens.clone() {
            match (&until, &token) {
                (None, TokenTree::Ident(word)) if word == "let" => until = equals(),
                (None, TokenTree::Ident(word)) if word == "for" => until = word_in(),
                (Some(end), token) if end.to_string() == token.to_string() => until = None,
                (Some(_), token) => bound |= walk::mentions(token, self.name),
                (None, TokenTree::Group(group)) => bound |= self.is_bound_in(&group.stream()),
                (None, _) => {}
            }
        }
        bound
    }
}

fn equals() -> Option<TokenTree> {
    quote!(=).into_iter().next()
}

fn word_in() -> Option<TokenTree> {
    quote!(in).into_iter().next()
}

pub fn is_alone(code: &[Piece], name: &str) -> bool {
    matches!(code, [Piece::Token(TokenTree::Ident(ident))] if ident == name)
}

fn all_in(fields: &[TokenStream], looked: &[TokenStream]) -> bool {
    let known =
        |field: &TokenStream| looked.iter().any(|other| other.to_string() == field.to_string());
    fields.iter().all(known)
}

/// Whether the handler ends behind a block or an arm, so that nothing made in it is used later.
fn leaves(part: Part) -> bool {
    match part {
        Part::Block(block) => match block.stmts.last().map(|stmt| &stmt.kind) {
            Some(StmtKind::Frame(stmt)) => is_transition(stmt),
            Some(StmtKind::Native(code)) => leaves(Part::Arm(code)),
            _ => false,
        },
        Part::Arm([Piece::Frame(stmt)]) => is_transition(stmt),
        Part::Arm(code) => matches!(code, [Piece::Return { .. }]),
    }
}

fn is_transition(stmt: &FrameStmt) -> bool {
    matches!(stmt, FrameStmt::Transition(_) | FrameStmt::Leave { .. })
}

/// Code as the tokens that a look at it goes by, its structure apart.
pub fn flat(code: &[Piece]) -> TokenStream {
    let mut tokens = TokenStream::new();
    code.iter().for_each(|piece| flatten(piece, &mut tokens));
    tokens
}

fn flatten(piece: &Piece, tokens: &mut TokenStream) {
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
