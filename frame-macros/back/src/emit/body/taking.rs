//! Params that a transition takes out of the state it leaves, where a copy would cost an
//! allocation: nothing looks at them any more.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::Body;
use crate::ast::{Access, Args, Code, FrameStmt, Piece, Stmt, StmtKind, Transition, Type};
use crate::emit::handlers;
use crate::emit::lending::{Lent, flat};
use crate::emit::names::own;
use crate::emit::reading::Need;
use crate::gather::Gather;
use crate::model::{HandlerId, StateId, Trigger};
use crate::plan::{JumpId, PayloadField};
use crate::quote::{ToTokens, quote};
use crate::walk;

/// Whether a value of the type allocates and an empty one does not.
pub fn is_takeable(ty: &Type) -> bool {
    let text = ty.tokens.to_string();
    text == "String" || text.starts_with("Vec <") || text.starts_with("Vec<")
}

/// The params that a statement takes, of which it needs no copy.
#[derive(Default)]
pub(super) struct Takes<'a> {
    /// Ahead of everything in it.
    pub ahead: Vec<&'a Ident>,
    /// Where they are used.
    pub itself: Vec<&'a Ident>,
}

impl<'e, 'a> Body<'e, '_, 'a> {
    /// What a statement takes. A value that is set before a transition takes as that does.
    pub(super) fn takes(&self, stmt: &Stmt, next: Option<&Stmt>) -> Takes<'a> {
        match (&stmt.kind, next.map(|next| &next.kind)) {
            (StmtKind::Frame(FrameStmt::Transition(transition)), _) => self.takes_in(transition),
            (
                StmtKind::Frame(FrameStmt::SetReturn { value, .. }),
                Some(StmtKind::Frame(FrameStmt::Transition(next))),
            ) => Takes { ahead: self.taken_by_value(value, next), itself: Vec::new() },
            _ => Takes::default(),
        }
    }

    pub(super) fn takes_in_arm(&self, body: &[Piece]) -> Takes<'a> {
        match body {
            [Piece::Frame(stmt)] => match &**stmt {
                FrameStmt::Transition(transition) => self.takes_in(transition),
                _ => Takes::default(),
            },
            _ => Takes::default(),
        }
    }

    fn takes_in(&self, transition: &Transition) -> Takes<'a> {
        let id = self.handler();
        let jump = id.and_then(|id| self.plan().queued_by(id, transition));
        let itself = id.zip(jump).map(|(id, jump)| self.taken(id, jump, transition));
        Takes { ahead: Vec::new(), itself: itself.unwrap_or_default() }
    }

    /// The params that a transition takes: those that it uses up where nothing can panic.
    pub(super) fn taken(
        &self,
        id: HandlerId,
        jump: JumpId,
        transition: &Transition,
    ) -> Vec<&'a Ident> {
        if !self.leaves_for_good(id, jump) || self.has_spare(jump, transition) {
            return Vec::new();
        }
        let mut uses: Vec<Use> = transition.codes().map(Use::of).listed();
        if let [value, ..] = uses.as_mut_slice()
            && transition.value.is_some()
            && transition.codes().any(reads_value)
        {
            value.built = false;
        }
        self.takeable().filter(|name| Use::once(&uses, name)).listed()
    }

    fn taken_by_value(&self, value: &Code, next: &Transition) -> Vec<&'a Ident> {
        let Some(id) = self.handler() else { return Vec::new() };
        let Some(jump) = self.plan().queued_by(id, next) else { return Vec::new() };
        let payload = &self.plan().payloads[jump];
        // A default, or a copy, could panic with the value taken.
        let given = next.codes().count() == payload.fields().count();
        let lent = |code: &Code| {
            self.lent.iter().any(|lent| walk::code_mentions(code, &lent.param.name.to_string()))
        };
        let plain = given && next.codes().all(|code| is_built(&flat(code)) && !lent(code));
        if !plain || !self.leaves_for_good(id, jump) {
            return Vec::new();
        }
        let uses = [Use::of(value)];
        self.takeable().filter(|name| Use::once(&uses, name)).listed()
    }

    /// Whether there are arguments that nothing takes, which are evaluated last.
    fn has_spare(&self, jump: JumpId, transition: &Transition) -> bool {
        let payload = &self.plan().payloads[jump];
        let lists =
            [(&transition.exit_args, &payload.exit), (&transition.enter_args, &payload.enter)];
        let spare = |args: &Args, fields: &[PayloadField]| args.items.len() > fields.len();
        lists
            .into_iter()
            .any(|(args, fields)| args.as_ref().is_some_and(|args| spare(args, fields)))
            || transition.state_args().is_some_and(|args| spare(args, &payload.state))
    }

    /// The params that can be taken, as far as they are concerned.
    fn takeable(&self) -> impl Iterator<Item = &'a Ident> {
        let lent = self.lent.iter().filter(|lent| is_takeable(lent.param.ty));
        let names = lent.map(|lent| lent.param.name);
        names.filter(|name| !self.renamed.contains(name)).listed().into_iter()
    }

    /// Whether no code of the author's runs in the state, or can panic, between the arguments
    /// and the change of the state.
    fn leaves_for_good(&self, id: HandlerId, jump: JumpId) -> bool {
        let jump = &self.plan().jumps[jump];
        let (plan, state) = (self.plan(), self.model().handlers[id].state);
        let event = matches!(self.model().handlers[id].trigger, Trigger::Event(_));
        event
            && !jump.push
            && !plan.handlers[id].can_be_moved
            // Behind `=> $^`, the handler that forwarded goes on.
            && !plan.handlers[id].called_by_forward
            && plan.leaves_of(state).all(|leaf| plan.states[leaf].exit.is_none())
            && jump.target.is_some_and(|target| self.is_made_plainly(target))
    }

    fn is_made_plainly(&self, target: StateId) -> bool {
        let (states, model) = (&self.plan().states, self.model());
        states[target].chain.iter().all(|state| {
            let vars = &states[*state].storage.vars;
            let params = &model.states[*state].params;
            vars.iter().filter_map(|var| var.init.as_ref()).all(is_plain)
                && params.iter().filter_map(|param| param.default).all(is_plain)
        })
    }

    /// Whether a value is made of params that are taken, behind everything else.
    pub(super) fn uses_taken(&self, code: &Code) -> bool {
        let used = Use::of(code);
        used.built && self.taken.iter().any(|name| used.count(name) > 0)
    }

    /// Evaluates all arguments but those `late` ones that params are taken for, then takes these.
    pub(super) fn take(
        &self,
        id: HandlerId,
        taken: &[&Ident],
        values: &mut [TokenStream],
        late: &[bool],
    ) -> TokenStream {
        if taken.is_empty() {
            return TokenStream::new();
        }
        let (state, this) = (self.model().handlers[id].state, &self.this);
        let mut made = TokenStream::new();
        for (at, value) in values.iter_mut().enumerate() {
            if !late.get(at).is_some_and(|late| *late) {
                let arg = own(&format!("arg_{at}"));
                let given = std::mem::replace(value, arg.to_token_stream());
                made.extend(quote!(let #arg = #given;));
            }
        }
        let lent = self.lent.iter().filter(|lent| taken.contains(&lent.param.name));
        for lent @ Lent { param, .. } in lent {
            let (name, value) = (param.name, handlers::taken(self.cx, this, state, lent));
            made.extend(quote!(let #name = #value;));
        }
        made
    }
}

/// What a transition is given, or sets.
struct Use {
    tokens: TokenStream,
    built: bool,
}

impl Use {
    fn of(code: &Code) -> Use {
        let tokens = flat(code);
        Use { built: is_built(&tokens), tokens }
    }

    /// Whether a param is used up once, and otherwise only looked at before that.
    fn once(uses: &[Use], name: &Ident) -> bool {
        let (mut count, text) = (0, name.to_string());
        uses.iter().all(|used| {
            if used.built {
                count += used.count(name);
                return true;
            }
            let mut need = Need::default();
            need.scan(used.tokens.clone(), &text, false);
            !need.whole && need.fields.is_empty()
        }) && count == 1
    }

    fn count(&self, name: &Ident) -> usize {
        count(&self.tokens, name)
    }
}

/// Whether code reads the value that was set so far.
fn reads_value(code: &Code) -> bool {
    struct Reads(bool);
    impl<'a> walk::Visit<'a> for Reads {
        fn access(&mut self, access: &'a Access, _: bool) {
            self.0 |= matches!(access, Access::ReturnValue(_));
        }
    }
    let mut reads = Reads(false);
    walk::code(code, &mut reads);
    reads.0
}

fn count(tokens: &TokenStream, name: &Ident) -> usize {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().listed();
    let is_label =
        |at: usize| matches!(tokens.get(at + 1), Some(TokenTree::Punct(p)) if p.as_char() == ':');
    let counts = tokens.iter().enumerate().map(|(at, token)| match token {
        TokenTree::Ident(word) => usize::from(word == name && !is_label(at)),
        TokenTree::Group(group) => count(&group.stream(), name),
        _ => 0,
    });
    counts.sum()
}

/// Whether an expression is made of names, literals and constructors alone, which cannot panic:
/// `name`, `(1, name)`, `Some(Box::new(Parcel { items, to }))`. By its first letter what is
/// called is a variant or a struct: a function of that kind of name is a lint's matter.
fn is_built(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().listed();
    let (path, args) = match tokens.as_slice() {
        [] => return false,
        [TokenTree::Literal(_)] => return true,
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            return all_built(group.stream(), false);
        }
        [path @ .., TokenTree::Group(group)] => (path, Some(group)),
        path => (path, None),
    };
    let words = path.iter().map(ToString::to_string).listed();
    let is_path = words.iter().enumerate().all(|(at, word)| match at % 3 {
        0 => matches!(path[at], TokenTree::Ident(_)),
        _ => word == ":",
    });
    let Some(last) = words.last().filter(|_| is_path && words.len() % 3 == 1) else { return false };
    let constructs = last.starts_with(char::is_uppercase) || words.concat() == "Box::new";
    match args.map(|args| (args.delimiter(), args.stream())) {
        None => constructs || words.len() == 1 && last != "self",
        Some((Delimiter::Parenthesis, args)) => constructs && all_built(args, false),
        Some((Delimiter::Brace, fields)) => constructs && all_built(fields, true),
        Some(_) => false,
    }
}

/// The same for what stands between commas, behind the labels of fields.
fn all_built(tokens: TokenStream, fields: bool) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    let punct =
        |token: &TokenTree, c: char| matches!(token, TokenTree::Punct(p) if p.as_char() == c);
    tokens.split(|token| punct(token, ',')).all(|item| {
        let item = match item {
            [TokenTree::Ident(_), colon, value @ ..] if fields && punct(colon, ':') => value,
            item => item,
        };
        item.is_empty() || is_built(&item.iter().cloned().joined())
    })
}

/// Whether an initialiser is a literal, a name or an empty collection: it cannot panic.
fn is_plain(code: &Code) -> bool {
    let tokens: Option<Vec<String>> = code.iter().map(text).collect();
    let Some(tokens) = tokens else { return false };
    let made = tokens.concat();
    let made = made.strip_prefix("String::").or_else(|| made.strip_prefix("Vec::"));
    let room = made.and_then(|made| made.strip_prefix("with_capacity("));
    let room = room.and_then(|room| room.strip_suffix(')'));
    made == Some("new()")
        || room.is_some_and(|room| room.chars().all(|digit| digit.is_ascii_digit()))
        || tokens.len() == 1 && !tokens[0].contains('(')
}

fn text(piece: &Piece) -> Option<String> {
    match piece {
        Piece::Token(token) => Some(token.to_string()),
        _ => None,
    }
}
