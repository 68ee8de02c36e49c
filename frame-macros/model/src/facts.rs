//! What one body does, without looking beyond it.

use proc_macro2::TokenTree;

use crate::ast::*;
use crate::walk::{self, Visit};

/// What was met in a body, each in the order it is written.
#[derive(Default)]
pub struct Facts<'a> {
    /// Those that it queues.
    pub transitions: Vec<&'a Transition>,
    /// Calls on the system itself, of which only the name tells what they reach.
    pub calls: Vec<&'a Call>,
    /// Whether `=> $^` stands in it.
    pub forwards: bool,
    /// Whether `=> $^` may run a second time.
    pub forwards_again: bool,
    loops: bool,
    /// Whether it saves the state, with a transition or without.
    pub pushes: bool,
    /// `push$` without a transition behind it.
    pub bare_push: bool,
    /// Whether `pop$` stands in it on its own.
    pub pops: bool,
    /// Whether it asks how many states are saved.
    pub depth: bool,
    /// `@@:(e)`, `@@:return = e`
    pub sets_return: bool,
    /// `@@:return(e)`
    pub leaves_with_value: bool,
    /// `@@:return()` or a native `return;`
    pub leaves_bare: bool,
    /// `return e;`
    pub returns_value: bool,
    /// `@@:return` as a value.
    pub reads_return: bool,
    /// The names behind `@@:data.`, as often as they stand there.
    pub data: Vec<&'a proc_macro2::Ident>,
    /// A `$.x`.
    pub state_vars: bool,
}

/// What a body does.
pub fn of_block(body: &Block) -> Facts<'_> {
    let mut facts = Facts::default();
    walk::block(body, &mut facts);
    facts
}

/// What an initial value, a default or an argument does.
pub fn of_code(code: &Code) -> Facts<'_> {
    let mut facts = Facts::default();
    walk::code(code, &mut facts);
    facts
}

impl<'a> Visit<'a> for Facts<'a> {
    fn frame(&mut self, stmt: &'a FrameStmt, _closure: bool) {
        match stmt {
            FrameStmt::Transition(transition) => self.transitions.push(transition),
            FrameStmt::Push(_) => {
                self.pushes = true;
                self.bare_push = true;
            }
            FrameStmt::Pop(_) => self.pops = true,
            FrameStmt::Forward(_) => {
                self.forwards_again |= self.forwards || self.loops;
                self.forwards = true;
            }
            FrameStmt::SetReturn { .. } => self.sets_return = true,
            FrameStmt::Leave { value: Some(_), .. } => self.leaves_with_value = true,
            FrameStmt::Leave { value: None, .. } => self.leaves_bare = true,
            FrameStmt::Broken(_) => {}
        }
        if let FrameStmt::Transition(transition) = stmt {
            self.pushes |= transition.push;
            self.sets_return |= transition.value.is_some();
        }
    }

    fn access(&mut self, access: &'a Access, _closure: bool) {
        match access {
            Access::Call(call) => self.calls.push(call),
            Access::ReturnValue(_) => self.reads_return = true,
            Access::Data { name, .. } => self.data.push(name),
            Access::StackDepth(_) => self.depth = true,
            Access::StateVar { .. } => self.state_vars = true,
            _ => {}
        }
    }

    fn token(&mut self, token: &'a TokenTree, _closure: bool) {
        let word = |word: &str| matches!(token, TokenTree::Ident(ident) if ident == word);
        self.loops |= ["loop", "while", "for"].into_iter().any(word);
    }

    fn native_return(&mut self, value: Option<&'a Code>) {
        match value {
            Some(_) => self.returns_value = true,
            None => self.leaves_bare = true,
        }
    }
}

/// Whether each transition of the body has its `@@:(e)` directly before or behind it, and none
/// stands elsewhere: then the handler ends where its value is set.
pub fn sets_in_transitions(body: &Block) -> bool {
    #[derive(Default)]
    struct Sets {
        statements: usize,
        before_transitions: usize,
        transitions_without: usize,
    }
    impl<'a> Visit<'a> for Sets {
        fn frame(&mut self, stmt: &'a FrameStmt, _closure: bool) {
            self.statements += usize::from(matches!(stmt, FrameStmt::SetReturn { .. }));
            self.transitions_without += usize::from(is_without_value(stmt));
        }
        fn block(&mut self, block: &'a Block, _closure: bool) {
            let pairs = block.stmts.windows(2).filter(|pair| is_set_and_transition(pair));
            self.before_transitions += pairs.count();
        }
    }
    let mut sets = Sets::default();
    walk::block(body, &mut sets);
    sets.statements == sets.before_transitions
        && sets.transitions_without == sets.before_transitions
}

fn is_set_and_transition(pair: &[Stmt]) -> bool {
    match pair {
        [
            Stmt { kind: StmtKind::Frame(FrameStmt::SetReturn { .. }), .. },
            Stmt { kind: StmtKind::Frame(transition), .. },
        ] => is_without_value(transition),
        _ => false,
    }
}

fn is_without_value(stmt: &FrameStmt) -> bool {
    matches!(stmt, FrameStmt::Transition(transition) if transition.value.is_none())
}

/// Whether a `?` of the body itself stands somewhere in it.
pub fn asks(body: &Block) -> bool {
    struct Asks(bool);
    impl<'a> Visit<'a> for Asks {
        fn token(&mut self, token: &'a TokenTree, closure: bool) {
            self.0 |= !closure && has_question(token);
        }
    }
    let mut asks = Asks(false);
    walk::block(body, &mut asks);
    asks.0
}

fn has_question(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(p) => p.as_char() == '?',
        TokenTree::Group(group) => group.stream().into_iter().any(|token| has_question(&token)),
        _ => false,
    }
}
