//! Where a body that borrows a state param needs more than the borrow. A copy is made ahead of
//! the innermost statement that uses the param up, so that a handler that does not come there
//! does without.
//!
//! ```text
//! if now >= until { -> $Open(Some(host)) }    // copied inside of the block
//! host.port()                                 // which may be any method: copied ahead of this
//! ```

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::flat::{flat, flatten};
use super::needs::Need;
use super::taking::Takes;
use crate::ast::{Block, FrameStmt, Piece, Stmt, StmtKind};
use crate::plan::{Change, Lent, Place, Way};
use crate::quote::{ToTokens, quote};
use crate::walk::{self, Visit};

/// What a body needs beyond a borrow of `name`, which it has `beside` those of the variables or
/// alone, if it can do with one.
pub fn of(body: &Block, name: &Ident, beside: bool, takes: &Takes) -> Option<Lent> {
    let text = name.to_string();
    let tokens = body.group.stream();
    let mut items = InItem(&text, false);
    walk::block(body, &mut items);
    if items.1 || walk::names_self_alone(tokens.clone()) {
        return None;
    }
    let lent = Lent { beside, changes: Vec::new(), taken: Vec::new(), carried: Vec::new() };
    let mut placing = Placing { name, text: &text, takes, lent };
    placing.block(body, &[]);
    // A borrow that is held while the handler waits needs more of the type than a copy does.
    let waits = || walk::mentions_any(&tokens, "await");
    let lent = placing.lent;
    (lent.changes.is_empty() && lent.taken.is_empty() || !waits()).then_some(lent)
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
    name: &'n Ident,
    text: &'n str,
    takes: &'n Takes<'n, 'n>,
    lent: Lent,
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
            if let Some(way) = self.taken_before(stmt, block.stmts.get(at + 1)) {
                self.change(Place::stmt(stmt), Change::Taken(way));
                return;
            }
            let taken = matches!(&stmt.kind, StmtKind::Frame(stmt) if self.take(stmt));
            if need.whole {
                if !taken {
                    self.change(Place::stmt(stmt), Change::Owned);
                }
                return;
            }
            if !all_in(&need.fields, &looked) {
                looked = self.fields_from(&block.stmts[at..]);
                self.change(Place::stmt(stmt), Change::Looked(looked.clone()));
            }
            for part in own.parts {
                self.part(part, &looked);
            }
            if self.is_shadowed(stmt) {
                self.change(Place::stmt(stmt), Change::Shadowed);
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
        if matches!(body, [Piece::Frame(stmt)] if self.take(stmt)) {
            // Nothing of it is needed ahead of the transition.
        } else if need.whole {
            self.change(Place::code(body), Change::Owned);
        } else if all_in(&need.fields, looked) {
            own.parts.into_iter().for_each(|part| self.part(part, looked));
        } else {
            self.change(Place::code(body), Change::Looked(need.fields.clone()));
            own.parts.into_iter().for_each(|part| self.part(part, &need.fields));
        }
    }

    fn change(&mut self, place: Place, change: Change) {
        self.lent.changes.push((place, change));
    }

    /// Notes whether a statement is a transition that takes the param, or hands it on as it is.
    fn take(&mut self, stmt: &FrameStmt) -> bool {
        let FrameStmt::Transition(transition) = stmt else { return false };
        let taken = self.takes.by_transition(transition, self.name);
        match taken {
            Some((code, way)) => self.lent.taken.push((Place::code(code), way)),
            None => {
                let handed = self.takes.handed(transition, self.name);
                self.lent.carried.extend(handed.map(|code| Place::code(code)));
            }
        }
        taken.is_some()
    }

    /// How a value that is set before a transition takes the param, as that would.
    fn taken_before(&self, stmt: &Stmt, next: Option<&Stmt>) -> Option<Way> {
        match (&stmt.kind, next.map(|next| &next.kind)) {
            (
                StmtKind::Frame(FrameStmt::SetReturn { value, .. }),
                Some(StmtKind::Frame(FrameStmt::Transition(next))),
            ) => self.takes.by_value(value, next, self.name),
            _ => None,
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
                        binds |= walk::mentions_any(&flat(&arm.pattern), self.text);
                        if let Some((_, guard)) = &arm.guard {
                            binds |= self.is_bound_in(&flat(guard));
                            own.need.scan(flat(guard), self.text, true);
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
                    own.need.scan(flat(head), self.text, true);
                }
                piece => flatten(piece, &mut tokens),
            }
        }
        binds |= self.is_bound_in(&tokens);
        own.need.scan(tokens, self.text, false);
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
                let used = args.filter(|code| !is_alone(code, self.text));
                for code in value.chain(used) {
                    need.scan(flat(code), self.text, false);
                }
            }
            FrameStmt::SetReturn { value, .. } | FrameStmt::Leave { value: Some(value), .. } => {
                need.scan(flat(value), self.text, false);
            }
            _ => {}
        }
        // What goes into the next state or out of the handler borrows nothing of the handler's.
        need.lasting = false;
        need
    }

    /// Whether a statement binds the name for those behind it.
    fn is_shadowed(&self, stmt: &Stmt) -> bool {
        matches!(&stmt.kind, StmtKind::Native(code) if walk::binds(code, self.text))
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
                (Some(_), token) => bound |= walk::mentions(token, self.text),
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

fn is_alone(code: &[Piece], name: &str) -> bool {
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
