//! Params that a transition takes out of the state it leaves, where a copy would cost an
//! allocation: nothing looks at them any more.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};

use super::flat::flat;
use super::needs::Need;
use super::panics::{is_built, is_made_plainly};
use crate::ast::{Access, Args, Code, Transition, Type};
use crate::gather::Gather;
use crate::model::{HandlerId, StateId, Trigger};
use crate::plan::{JumpId, NamedParam, PayloadField, Plan, Way};
use crate::quote::ToTokens;
use crate::walk;

/// Which params the transitions of a handler can take.
pub struct Takes<'p, 'a> {
    pub plan: &'p Plan<'a>,
    pub handler: HandlerId,
    /// All state params that its body names.
    pub params: &'p [NamedParam<'a>],
}

impl Takes<'_, '_> {
    /// The value or argument of a transition that takes a param: the one that uses it up, where
    /// nothing can panic.
    pub fn by_transition<'t>(
        &self,
        transition: &'t Transition,
        name: &Ident,
    ) -> Option<(&'t Code, Way)> {
        let (jump, ty) = self.jump_for(transition, name)?;
        if self.has_spare(jump, transition) {
            return None;
        }
        let mut uses: Vec<Use> = transition.codes().map(|code| Use::of(code, name, ty)).listed();
        if let [value, ..] = uses.as_mut_slice()
            && transition.value.is_some()
            && transition.codes().any(reads_value)
        {
            value.built = None;
        }
        let (at, way) = Use::once(&uses, name)?;
        transition.codes().nth(at).map(|code| (code, way))
    }

    /// The argument of a transition that is the param, or a copy of it.
    pub fn handed<'t>(&self, transition: &'t Transition, name: &Ident) -> Option<&'t Code> {
        let ty = self.type_of(name)?;
        transition.codes().skip(transition.value.iter().len()).find(|code| {
            let (tokens, _) = named(flat(code), name, ty);
            *name == tokens.to_string()
        })
    }

    /// How a value that is set before a transition takes a param, if it does.
    pub fn by_value(&self, value: &Code, next: &Transition, name: &Ident) -> Option<Way> {
        let (jump, ty) = self.jump_for(next, name)?;
        // A default, or a copy, could panic with the value taken.
        let given = next.codes().count() == self.plan.payloads[jump].fields().count();
        let copies = |code: &Code| {
            self.params.iter().any(|NamedParam { param, .. }| {
                !param.ty.is_copy() && walk::code_mentions(code, &param.name.to_string())
            })
        };
        let plain = given && next.codes().all(|code| is_built(&flat(code)) && !copies(code));
        let once = plain.then(|| Use::once(&[Use::of(value, name, ty)], name)).flatten();
        once.map(|(_, way)| way)
    }

    fn type_of(&self, name: &Ident) -> Option<&Type> {
        let takeable =
            |named: &&NamedParam| named.param.name == name && named.param.ty.is_takeable();
        self.params.iter().find(takeable).map(|named| named.param.ty)
    }

    /// What a transition queues, where a param of that name may be taken for good.
    fn jump_for(&self, transition: &Transition, name: &Ident) -> Option<(JumpId, &Type)> {
        let ty = self.type_of(name)?;
        let named = self.params.iter().find(|named| named.param.name == name)?;
        let jump = self.plan.queued_by(self.handler, transition)?;
        let stays = named.holders.iter().any(|holder| outlasts(self.plan, *holder, jump));
        (!stays && self.leaves_for_good(jump)).then_some((jump, ty))
    }

    /// Whether there are arguments that nothing takes, which are evaluated last.
    fn has_spare(&self, jump: JumpId, transition: &Transition) -> bool {
        let payload = &self.plan.payloads[jump];
        let lists =
            [(&transition.exit_args, &payload.exit), (&transition.enter_args, &payload.enter)];
        let spare = |args: &Args, fields: &[PayloadField]| args.items.len() > fields.len();
        lists
            .into_iter()
            .any(|(args, fields)| args.as_ref().is_some_and(|args| spare(args, fields)))
            || transition.state_args().is_some_and(|args| spare(args, &payload.state))
    }

    /// Whether no code of the author's runs in the state, or can panic, between the arguments
    /// and the change of the state.
    fn leaves_for_good(&self, jump: JumpId) -> bool {
        let (plan, jump) = (self.plan, &self.plan.jumps[jump]);
        let (model, handler) = (&plan.model.handlers[self.handler], &plan.handlers[self.handler]);
        matches!(model.trigger, Trigger::Event(_))
            && !jump.push
            && !handler.can_be_moved
            // Behind `=> $^`, the handler that forwarded goes on.
            && !handler.called_by_forward
            && plan.leaves_of(model.state).all(|leaf| plan.states[leaf].exit.is_none())
            && jump.target.is_some_and(|target| is_made_plainly(plan, target))
    }
}

/// Whether the compartment of a state goes on behind a transition.
pub fn outlasts(plan: &Plan, state: StateId, jump: JumpId) -> bool {
    let target = plan.jumps[jump].target;
    let inside = target.is_some_and(|target| plan.model.is_ancestor(state, target));
    plan.model.states[state].retain && inside
}

/// What a transition is given, or sets.
struct Use {
    tokens: TokenStream,
    /// Where it cannot panic: the same with the param for a copy of it.
    built: Option<(TokenStream, Way)>,
}

impl Use {
    fn of(code: &Code, name: &Ident, ty: &Type) -> Use {
        let tokens = flat(code);
        let (named, way) = named(tokens.clone(), name, ty);
        let built = is_built(&named).then_some((named, way));
        Use { tokens, built }
    }

    /// Which of them uses a param up, and how, if one does so once, and the others only look at it
    /// before.
    fn once(uses: &[Use], name: &Ident) -> Option<(usize, Way)> {
        let (mut users, text) = (Vec::new(), name.to_string());
        for (at, used) in uses.iter().enumerate() {
            if let Some((tokens, way)) = &used.built {
                users.extend(std::iter::repeat_n((at, *way), count(tokens, name)));
                continue;
            }
            let mut need = Need::default();
            need.scan(used.tokens.clone(), &text, false);
            if need.whole || !need.fields.is_empty() {
                return None;
            }
        }
        match *users {
            [user] => Some(user),
            _ => None,
        }
    }
}

/// Code with `name` for `name.clone()`, and which of them it says.
fn named(tokens: TokenStream, name: &Ident, ty: &Type) -> (TokenStream, Way) {
    let mut way = Way::Named;
    let tokens = match ty.clones_silently() {
        true => without_clones(tokens, name, &mut way),
        false => tokens,
    };
    (tokens, way)
}

fn without_clones(tokens: TokenStream, name: &Ident, way: &mut Way) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().listed();
    let mut made = TokenStream::new();
    let mut rest = tokens.as_slice();
    while let [first, behind @ ..] = rest {
        rest = behind;
        match (first, behind) {
            (
                TokenTree::Ident(word),
                [
                    TokenTree::Punct(dot),
                    TokenTree::Ident(clone),
                    TokenTree::Group(args),
                    behind @ ..,
                ],
            ) if word == name
                && dot.as_char() == '.'
                && clone == "clone"
                && args.stream().is_empty() =>
            {
                word.to_tokens(&mut made);
                *way = Way::Cloned;
                rest = behind;
            }
            (TokenTree::Group(group), _) => {
                let inner = without_clones(group.stream(), name, way);
                Group::new(group.delimiter(), inner).to_tokens(&mut made);
            }
            (token, _) => token.to_tokens(&mut made),
        }
    }
    made
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
