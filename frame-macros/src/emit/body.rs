//! Bodies to tokens. What holds no Frame text is forwarded verbatim; the rest is rebuilt
//! piece by piece around the user's own tokens.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

use super::Emit;
use super::names::own;
use super::types::data_field;
use crate::ast::{
    Access, Args, Arm, Block, Call, Code, Construct, FrameStmt, ParamKind, Piece, Stmt, StmtKind,
    SystemArg, Target, Transition, Type,
};
use crate::model::{FunctionId, HandlerId, Model, Param, StateId, Trigger, unraw};
use crate::plan::{Jump, Shape, SystemSignature, Systems};
use crate::tail::{self, Tail};
use crate::walk;

/// Whose code is emitted; that decides what the Frame text in it means.
#[derive(Clone, Copy)]
pub enum Owner {
    Handler(HandlerId),
    Function(FunctionId),
    /// An initialiser in this state, where `$.x` is a variable before it.
    Variable(StateId),
    /// A default value or the initialiser of a field.
    Value,
}

/// What the end of a block is for.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// A statement or a block whose value is Rust's own affair.
    Plain,
    /// The end of a function of this type, where literals become `String`s.
    Value,
    /// The end of a handler that may end without a value.
    Poll,
}

pub struct Body<'e, 'p, 'a> {
    cx: &'e Emit<'p, 'a>,
    owner: Owner,
    this: Ident,
    ret: Option<&'a Type>,
    /// The statements that come after the current one, in every block around it.
    rest: Vec<&'e [Stmt]>,
    closures: usize,
    /// Whether a call that leaves the state ends the handler where it stands, instead of
    /// behind its statement.
    at_once: bool,
    /// Whether the `run` record is in scope.
    run: bool,
    /// Whether the value of the current block goes nowhere.
    discard: bool,
}

/// Native items and other code outside of any system.
pub fn outside(code: &Code, systems: &Systems) -> TokenStream {
    code.iter()
        .map(|piece| match piece {
            Piece::Token(token) => token.to_token_stream(),
            Piece::Group { group, inner } => regroup(group, outside(inner, systems)),
            Piece::Access(Access::Construct(made)) => {
                construct(made, systems, |value| outside(value, systems))
            }
            _ => TokenStream::new(),
        })
        .collect()
}

/// `@@Name(…)` as a call of its constructor.
fn construct<'c>(
    made: &'c Construct,
    systems: &Systems,
    mut emit: impl FnMut(&'c Code) -> TokenStream,
) -> TokenStream {
    let (name, generics) = (&made.name, &made.generics);
    let turbofish = (!generics.is_empty()).then(|| quote!(::));
    let generics = generics.iter().filter(|token| !matches!(token, TokenTree::Punct(p) if p.as_char() == ':'));
    let path = quote!(#name #turbofish #(#generics)*);
    if made.uninitialized {
        let function = Ident::new("uninitialized", made.span);
        return quote!(#path::#function());
    }
    let function = Ident::new("new", made.span);
    let args: Vec<TokenStream> = match systems.signatures.get(&name.to_string()) {
        Some(signature) => matched(made, signature, &mut emit),
        None => made.args.iter().map(|arg| emit(&arg.value)).collect(),
    };
    let args = quote_spanned!(made.args_span=> (#(#args),*));
    quote!(#path::#function #args)
}

/// The arguments in the order of the parameters, with defaults for what is left out.
fn matched<'c>(
    made: &'c Construct,
    signature: &[SystemSignature],
    emit: &mut impl FnMut(&'c Code) -> TokenStream,
) -> Vec<TokenStream> {
    let sigils = made.args.iter().any(|arg| arg.kind.is_some());
    let mut used = vec![false; made.args.len()];
    let mut args = Vec::new();
    for param in signature {
        let fits = |arg: &SystemArg| match (&arg.name, arg.kind) {
            (Some(name), _) => unraw(name) == param.name,
            (None, Some(kind)) => kind == param.kind,
            (None, None) => !sigils || param.kind == ParamKind::Domain,
        };
        let found = (0..made.args.len()).find(|at| !used[*at] && fits(&made.args[*at]));
        match found {
            Some(at) => {
                used[at] = true;
                let value = &made.args[at].value;
                let string = param.ty.as_ref().is_some_and(Type::is_string);
                match (string, lone_literal(value)) {
                    (true, Some(literal)) => args.push(to_string(literal)),
                    _ => args.push(emit(value)),
                }
            }
            None => args.extend(param.default.clone()),
        }
    }
    // What fits no parameter is left for the compiler to count.
    let left = made.args.iter().zip(used).filter(|(_, used)| !used);
    args.extend(left.map(|(arg, _)| emit(&arg.value)));
    args
}

fn to_string(text: impl ToTokens) -> TokenStream {
    quote!(__private::string(#text))
}

/// The string literal that is all of the code.
fn lone_literal(code: &[Piece]) -> Option<&TokenTree> {
    match code {
        [Piece::Token(token @ TokenTree::Literal(literal))] => {
            let text = literal.to_string();
            (text.starts_with('"') || text.starts_with("r\"") || text.starts_with("r#")).then_some(token)
        }
        _ => None,
    }
}

fn regroup(group: &Group, inner: TokenStream) -> TokenStream {
    let mut made = Group::new(group.delimiter(), inner);
    made.set_span(group.span());
    made.into_token_stream()
}

impl<'e, 'p, 'a> Body<'e, 'p, 'a> {
    pub fn new(cx: &'e Emit<'p, 'a>, owner: Owner, this: Ident) -> Self {
        let (ret, run) = match owner {
            Owner::Handler(id) => (cx.plan.model.handlers[id].ret, cx.plan.handlers[id].run),
            Owner::Function(id) => {
                (cx.plan.model.functions[id].ast.ret.as_ref(), cx.plan.functions[id].moving)
            }
            Owner::Variable(_) | Owner::Value => (None, false),
        };
        Body { cx, owner, this, ret, rest: Vec::new(), closures: 0, at_once: false, run, discard: false }
    }

    /// The statements of a whole body, without its braces.
    pub fn whole(&mut self, block: &'e Block) -> TokenStream {
        let end = match (self.owner, self.ret) {
            (Owner::Handler(id), Some(_)) => match self.plan().handlers[id].shape {
                Shape::Unit => End::Plain,
                Shape::Value => End::Value,
                Shape::Mixed => End::Poll,
            },
            (Owner::Function(_), Some(_)) => End::Value,
            _ => End::Plain,
        };
        if end != End::Poll && !self.touches_block(block) {
            return block.group.stream();
        }
        self.discard = end == End::Plain;
        self.stmts(block, end, end == End::Plain)
    }

    fn plan(&self) -> &'p crate::plan::Plan<'a> {
        self.cx.plan
    }

    fn model(&self) -> &'p Model<'a> {
        self.cx.plan.model
    }

    fn handler(&self) -> Option<HandlerId> {
        match self.owner {
            Owner::Handler(id) => Some(id),
            _ => None,
        }
    }

    // ---- statements -------------------------------------------------------------------

    fn block(&mut self, block: &'e Block, end: End) -> TokenStream {
        if end != End::Poll && !self.touches_block(block) {
            return block.group.to_token_stream();
        }
        let inner = self.stmts(block, end, false);
        regroup(&block.group, inner)
    }

    /// With `last`, the block ends the function, so that leaving it there needs no word.
    fn stmts(&mut self, block: &'e Block, end: End, last: bool) -> TokenStream {
        let mut out = TokenStream::new();
        let count = block.stmts.len();
        for (at, stmt) in block.stmts.iter().enumerate() {
            self.rest.push(&block.stmts[at + 1..]);
            let is_last = at + 1 == count;
            out.extend(self.stmt(stmt, is_last, end, last && is_last));
            self.rest.pop();
        }
        if end == End::Poll && ends_without_value(block) {
            out.extend(self.pending_end(block));
        }
        out
    }

    /// `Poll::Pending` behind a block's last statement.
    fn pending_end(&self, block: &Block) -> TokenStream {
        match tail::of_block(block) {
            Tail::Never => TokenStream::new(),
            _ => quote!(::core::task::Poll::Pending),
        }
    }

    fn stmt(&mut self, stmt: &'e Stmt, is_last: bool, end: End, leaves: bool) -> TokenStream {
        match &stmt.kind {
            StmtKind::Item(item) => item.clone(),
            StmtKind::Frame(frame) => self.frame(frame, leaves),
            StmtKind::Native(code) => self.native(code, stmt.semi, is_last, end),
        }
    }

    fn native(&mut self, code: &'e Code, semi: Option<Span>, is_last: bool, end: End) -> TokenStream {
        let is_tail = is_last && semi.is_none();
        if is_tail && end != End::Plain {
            return self.tail(code, end);
        }
        if let Some(assignment) = self.state_assignment(code) {
            return assignment;
        }
        // The value of a block is part of the statement around it, which is guarded.
        let dropped = self.discard && is_frame_call(code);
        let unit = !is_tail || dropped || self.plan().is_unit_call(code) || is_assignment(code);
        let guarded = unit && self.is_guarded(code);
        let at_once = self.has_moving_call(code) && reads_state(code);
        let blocklike = semi.is_none() && is_blocklike(code);
        let discard = self.discard;
        self.discard = blocklike && (!is_tail || discard);
        let tokens = self.scoped(at_once, |body| body.code(code));
        self.discard = discard;
        let guard = (guarded && !at_once).then(|| self.guard());
        if is_tail && guard.is_none() && !dropped {
            return tokens;
        }
        let semi = (!blocklike).then(|| match semi {
            Some(span) => quote_spanned!(span=> ;),
            None => quote!(;),
        });
        quote!(#tokens #semi #guard)
    }

    /// Whether the handler may have to end behind a statement.
    fn is_guarded(&self, code: &[Piece]) -> bool {
        self.closures == 0
            && self.handler().is_some()
            && self.has_moving_call(code)
            && tail::of_code(code) != Tail::Never
    }

    /// Emits what stands where its value is used.
    fn used<T>(&mut self, emit: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::take(&mut self.discard);
        let made = emit(self);
        self.discard = before;
        made
    }

    fn scoped<T>(&mut self, at_once: bool, emit: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.at_once;
        self.at_once = before || at_once;
        let made = emit(self);
        self.at_once = before;
        made
    }

    /// `$.x = e`: the right side first, and the store only while the state still holds.
    fn state_assignment(&mut self, code: &'e Code) -> Option<TokenStream> {
        let [Piece::Access(Access::StateVar { .. }), ..] = code.as_slice() else { return None };
        let at = tail::assignment_at(code)?;
        // `+=` begins one token before its `=`, `<<=` two.
        let compound = (0..at).rev().take_while(|i| is_joint_operator(&code[*i])).count();
        let (place, value) = (&code[..at - compound], &code[at + 1..]);
        let operator: TokenStream = code[at - compound..=at].iter().map(|piece| self.piece(piece)).collect();
        let moves = self.has_moving_call(value) && self.handler().is_some() && self.closures == 0;
        let (hoisted, place) = self.place(place);
        let made = self.value(value, None);
        if !moves && hoisted.is_empty() {
            return Some(quote!(#place #operator #made;));
        }
        let kept = own("value");
        let guard = moves.then(|| self.guard());
        Some(quote!({ let #kept = #made; #guard #hoisted #place #operator #kept; }))
    }

    /// A place in a state variable, with the indices in it that read others taken first.
    fn place(&mut self, code: &'e [Piece]) -> (TokenStream, TokenStream) {
        let mut hoisted = TokenStream::new();
        let mut place = TokenStream::new();
        for (at, piece) in code.iter().enumerate() {
            match piece {
                Piece::Group { group, inner } if group.delimiter() == Delimiter::Bracket => {
                    let index = own(&format!("index{at}"));
                    let inner = self.code(inner);
                    hoisted.extend(quote!(let #index = #inner;));
                    place.extend(quote!([#index]));
                }
                piece => place.extend(self.piece(piece)),
            }
        }
        (hoisted, place)
    }

    /// Ends the handler when a transition was performed during the statement before.
    fn guard(&self) -> TokenStream {
        let run = own("run");
        let leave = self.leave_unset();
        quote!(if #run.moved { #leave })
    }

    /// Leaves the handler without a native value.
    fn leave_unset(&self) -> TokenStream {
        match self.handler().map(|id| self.plan().handlers[id].shape) {
            Some(Shape::Mixed) => quote!(return ::core::task::Poll::Pending;),
            _ => quote!(return;),
        }
    }

    // ---- Frame statements -------------------------------------------------------------

    fn frame(&mut self, stmt: &'e FrameStmt, leaves: bool) -> TokenStream {
        match stmt {
            FrameStmt::Transition(transition) => self.transition(transition, leaves),
            FrameStmt::Push(_) => self.push(),
            FrameStmt::Pop(_) => {
                let this = &self.this;
                quote!(let _ = #this.__stack.pop();)
            }
            FrameStmt::Forward(_) => self.forward(),
            FrameStmt::SetReturn { value, .. } => self.set_return(value),
            FrameStmt::Leave { value, .. } => self.leave(value.as_ref()),
        }
    }

    fn set_return(&mut self, value: &'e Code) -> TokenStream {
        let Some(id) = self.handler() else {
            let value = self.value(value, self.ret);
            return quote!(return #value;);
        };
        let guarded = self.closures == 0 && self.has_moving_call(value);
        let at_once = guarded && reads_state(value);
        let slot = self.plan().handlers[id].slot;
        let made = self.scoped(at_once, |body| body.value(value, slot));
        let guard = (guarded && !at_once).then(|| self.guard());
        let ret = own("ret");
        match slot {
            Some(_) => quote!(*#ret = ::core::option::Option::Some(#made); #guard),
            None => quote!(let _ = #made; #guard),
        }
    }

    fn leave(&mut self, value: Option<&'e Code>) -> TokenStream {
        let Some(value) = value else {
            return match self.handler() {
                Some(_) => self.leave_unset(),
                None => quote!(return;),
            };
        };
        match self.handler().map(|id| (self.plan().handlers[id].shape, self.ret)) {
            Some((Shape::Unit, _)) | Some((_, None)) => {
                let set = self.set_return(value);
                quote!(#set return;)
            }
            Some((Shape::Mixed, ret)) => {
                let value = self.value(value, ret);
                quote!(return ::core::task::Poll::Ready(#value);)
            }
            Some((Shape::Value, ret)) => {
                let value = self.value(value, ret);
                quote!(return #value;)
            }
            None => self.set_return(value),
        }
    }

    fn push(&mut self) -> TokenStream {
        let this = &self.this;
        let check = self.cx.room_check(this, &self.event_name());
        quote!(#check #this.__stack.push(::core::clone::Clone::clone(&#this.__state));)
    }

    fn event_name(&self) -> TokenStream {
        let name = match self.handler() {
            Some(id) => self.model().trigger_name(self.model().handlers[id].trigger),
            None => String::new(),
        };
        quote!(#name)
    }

    /// `=> $^`: the parent's handler for the same event, in the same context.
    fn forward(&mut self) -> TokenStream {
        let Some(id) = self.handler() else { return TokenStream::new() };
        let Some(target) = self.plan().handlers[id].forward else { return TokenStream::new() };
        let args = self.forwarded_args(target);
        let call = self.cx.call_handler(target, &self.this, &args, self.plan().handlers[id].slot);
        let guard = self.plan().handlers[target].can_be_moved.then(|| self.guard());
        quote!(#call #guard)
    }

    /// The event's arguments, moved where nothing later names them.
    fn forwarded_args(&self, target: HandlerId) -> Vec<TokenStream> {
        let id = self.handler().expect("only handlers forward");
        let own_params = &self.model().handlers[id].params;
        let hidden = &self.plan().handlers[id].hidden;
        let wanted = self.model().handlers[target].params.len() + self.plan().handlers[target].hidden.len();
        let hidden = hidden.iter().enumerate().map(|(at, param)| (super::handlers::hidden_name(at), param));
        let own_params = own_params.iter().map(|param| (param.name.clone(), param));
        own_params
            .chain(hidden)
            .take(wanted)
            .map(|(name, param)| self.handed_on(&name, param.ty))
            .collect()
    }

    fn handed_on(&self, name: &Ident, ty: &Type) -> TokenStream {
        let text = name.to_string();
        let named_later = self.rest.iter().any(|stmts| stmts.iter().any(|stmt| stmt_mentions(stmt, &text)));
        hand_on(name, ty, named_later)
    }

    fn transition(&mut self, transition: &'e Transition, leaves: bool) -> TokenStream {
        let Some(id) = self.handler() else { return TokenStream::new() };
        let Some(jump) = Jump::of(self.model(), id, transition) else { return TokenStream::new() };
        let set = transition.value.as_ref().map(|value| match self.plan().handlers[id].shape {
            Shape::Unit | Shape::Mixed => self.set_return(value),
            Shape::Value => TokenStream::new(),
        });
        let jump_id = self.plan().jump_id(&jump);
        let payload = self.plan().payload(jump_id);
        let (to, variant, run) = (self.cx.names.to(), self.cx.jump_variant(jump_id), own("run"));
        let mut values = Vec::new();
        values.extend(self.given(transition.exit_args.as_ref(), &payload.exit));
        values.extend(self.enter_values(id, transition, &payload.enter));
        let state_args = match &transition.target {
            Target::State { args, .. } => args.as_ref(),
            Target::Pop(_) => None,
        };
        values.extend(self.given(state_args, &payload.state));
        if jump.forward.is_some() {
            values.extend(self.own_args(id));
        }
        let names = payload.fields().map(|field| &field.name);
        let by = self.cx.jump_names_event(jump_id).then(|| {
            let event = self.event_name();
            quote!(by: #event,)
        });
        let value = if payload.is_empty() && by.is_none() {
            quote!(#to::#variant)
        } else {
            quote!(#to::#variant { #(#names: #values,)* #by })
        };
        let leave = if leaves && self.closures == 0 { TokenStream::new() } else { self.leave_unset() };
        quote!(#set #run.next = ::core::option::Option::Some(#value); #leave)
    }

    /// The arguments given, then the declared defaults of the rest.
    fn given(&mut self, args: Option<&'e Args>, fields: &[crate::plan::PayloadField<'a>]) -> Vec<TokenStream> {
        let given = args.map(|args| args.items.as_slice()).unwrap_or_default();
        fields
            .iter()
            .enumerate()
            .map(|(at, field)| match (given.get(at), field.optional) {
                (Some(code), false) => self.value(code, Some(field.param.ty)),
                (Some(code), true) => {
                    let value = self.value(code, Some(field.param.ty));
                    quote!(::core::option::Option::Some(#value))
                }
                (None, false) => self.cx.default_of(&field.param),
                (None, true) => quote!(::core::option::Option::None),
            })
            .collect()
    }

    fn enter_values(
        &mut self,
        id: HandlerId,
        transition: &'e Transition,
        fields: &[crate::plan::PayloadField<'a>],
    ) -> Vec<TokenStream> {
        let hands_on = transition.forwards && self.model().handlers[id].trigger == Trigger::Enter;
        if !hands_on {
            return self.given(transition.enter_args.as_ref(), fields);
        }
        let mut values = self.own_args(id);
        values.truncate(fields.len());
        let rest = &fields[values.len()..];
        values.extend(rest.iter().map(|field| self.cx.default_of(&field.param)));
        values
    }

    /// The args of the event in hand, for `-> =>`, which ends the handler.
    fn own_args(&self, id: HandlerId) -> Vec<TokenStream> {
        self.model().handlers[id].params.iter().map(|param| param.name.to_token_stream()).collect()
    }

    // ---- ends of functions ------------------------------------------------------------

    /// The last expression of a function or of a branch that ends it.
    fn tail(&mut self, code: &'e [Piece], end: End) -> TokenStream {
        let (label, code) = split_label(code);
        let label: TokenStream = label.iter().map(|piece| self.piece(piece)).collect();
        let made = match code {
            [Piece::Block(block)] => self.block(block, end),
            [Piece::Token(word), Piece::Block(block)] if is_word(word, "unsafe") => {
                let block = self.block(block, end);
                quote!(#word #block)
            }
            [Piece::Token(word), Piece::Head(_), Piece::Block(_), Piece::Token(_), ..]
                if is_word(word, "if") =>
            {
                self.tail_if(code, end)
            }
            [Piece::Token(word), Piece::Head(head), Piece::Arms { group, arms }] => {
                let head = self.scoped(true, |body| body.code(head));
                let arms = arms.iter().map(|arm| self.arm(arm, end)).collect();
                let arms = regroup(group, arms);
                quote!(#word #head #arms)
            }
            code => self.tail_leaf(code, end),
        };
        quote!(#label #made)
    }

    fn tail_if(&mut self, code: &'e [Piece], end: End) -> TokenStream {
        match code {
            [Piece::Token(word), Piece::Head(head), Piece::Block(then), rest @ ..] => {
                let head = self.scoped(true, |body| body.code(head));
                let then = self.block(then, end);
                let otherwise = match rest {
                    [] if end == End::Poll => quote!(else { ::core::task::Poll::Pending }),
                    [] => TokenStream::new(),
                    [word, rest @ ..] => {
                        let word = self.piece(word);
                        let rest = self.tail_if(rest, end);
                        quote!(#word #rest)
                    }
                };
                quote!(#word #head #then #otherwise)
            }
            [Piece::Block(block)] => self.block(block, end),
            code => self.code(code),
        }
    }

    fn tail_leaf(&mut self, code: &'e [Piece], end: End) -> TokenStream {
        let ret = self.ret;
        if end == End::Value {
            return self.value(code, ret);
        }
        match tail::of_code(code) {
            Tail::Never => self.code(code),
            Tail::Unit => {
                let made = self.code(code);
                quote!(#made; ::core::task::Poll::Pending)
            }
            Tail::Call if self.plan().is_unit_call(code) => {
                let made = self.code(code);
                quote!(#made; ::core::task::Poll::Pending)
            }
            Tail::Call if self.value_is_optional() => {
                let made = self.code(code);
                quote!({
                    #[allow(unused_imports)]
                    use __private::Settle as _;
                    __private::Tail(#made).settle()
                })
            }
            Tail::Call | Tail::Value | Tail::Mixed => {
                let made = self.value(code, ret);
                quote!(::core::task::Poll::Ready(#made))
            }
        }
    }

    /// Whether the handler can do without a native value, so that a call at its end may
    /// return nothing.
    fn value_is_optional(&self) -> bool {
        let Some(id) = self.handler() else { return false };
        let facts = &self.plan().handlers[id].facts;
        let handler = &self.model().handlers[id];
        facts.sets_return || handler.ast.default.is_some() || self.plan().model_default(handler.trigger)
    }

    // ---- expressions ------------------------------------------------------------------

    /// A value for a Frame construct: literals become `String`s where that is declared,
    /// and a place that stands alone is cloned, not moved out of the machine.
    pub fn value(&mut self, code: &'e [Piece], ty: Option<&Type>) -> TokenStream {
        let string = ty.is_some_and(Type::is_string);
        if string {
            if let Some(literal) = lone_literal(code) {
                return to_string(literal);
            }
            if let [Piece::Access(access @ (Access::EventName(_) | Access::StateName(_)))] = code {
                return to_string(self.access(access));
            }
        }
        let made = self.code(code);
        if is_lone_place(code) {
            return quote!(::core::clone::Clone::clone(&#made));
        }
        made
    }

    pub fn code(&mut self, code: &'e [Piece]) -> TokenStream {
        let mut out = TokenStream::new();
        let mut at = 0;
        while at < code.len() {
            if let Some((made, length)) = self.call_on_variable(&code[at..]) {
                out.extend(made);
                at += length;
                continue;
            }
            let looping = matches!(&code[at], Piece::Block(_)) && is_loop(&code[..at]);
            if let (true, Piece::Block(block)) = (looping, &code[at]) {
                self.rest.push(&block.stmts);
                out.extend(self.piece(&code[at]));
                self.rest.pop();
            } else {
                out.extend(self.piece(&code[at]));
            }
            at += 1;
        }
        out
    }

    /// `$.v.push($.n)`: arguments that read the machine are evaluated before the variable
    /// is borrowed.
    fn call_on_variable(&mut self, code: &'e [Piece]) -> Option<(TokenStream, usize)> {
        let [Piece::Access(Access::StateVar { .. }), ..] = code else { return None };
        let dot = |at: usize| matches!(code.get(at), Some(Piece::Token(TokenTree::Punct(p))) if p.as_char() == '.');
        let mut at = 1;
        while dot(at) && matches!(code.get(at + 1), Some(Piece::Token(_))) {
            at += 2;
        }
        let Some(Piece::Group { group, inner }) = code.get(at) else { return None };
        if at == 1 || !inner.iter().any(touches_machine) || group.delimiter() != Delimiter::Parenthesis {
            return None;
        }
        let receiver: TokenStream = code[..at].iter().map(|piece| self.piece(piece)).collect();
        let mut args = CallArgs::default();
        for arg in inner.split(is_comma) {
            let reads = arg.iter().any(touches_machine);
            let closure = arg.iter().any(|piece| matches!(piece, Piece::Closure(_)));
            let made = self.code(arg);
            if !made.is_empty() {
                args.push(made, reads && !closure);
            }
        }
        Some((args.call(receiver, None, group.span()), at + 1))
    }

    fn piece(&mut self, piece: &'e Piece) -> TokenStream {
        match piece {
            Piece::Token(token) => token.to_token_stream(),
            Piece::Group { group, inner } => {
                let inner = self.used(|body| body.code(inner));
                regroup(group, inner)
            }
            Piece::Block(block) => self.block(block, End::Plain),
            Piece::Head(code) => self.used(|body| body.scoped(true, |body| body.code(code))),
            Piece::Arms { group, arms } => {
                let arms = arms.iter().map(|arm| self.arm(arm, End::Plain)).collect();
                regroup(group, arms)
            }
            Piece::Return { token, value } => self.native_return(token, value.as_deref()),
            Piece::Closure(code) => {
                self.closures += 1;
                let made = self.used(|body| body.code(code));
                self.closures -= 1;
                made
            }
            Piece::Access(access) => self.access(access),
            Piece::Frame(stmt) => {
                let made = self.frame(stmt, false);
                quote!({ #made })
            }
        }
    }

    fn arm(&mut self, arm: &'e Arm, end: End) -> TokenStream {
        let pattern = self.code(&arm.pattern);
        let guard = arm.guard.as_ref().map(|(keyword, guard)| {
            let guard = self.scoped(true, |body| body.code(guard));
            quote!(#keyword #guard)
        });
        let (arrow, comma) = (&arm.arrow, &arm.comma);
        let dropped = self.discard && is_frame_call(&arm.body);
        let unit = dropped || self.plan().is_unit_call(&arm.body) || is_assignment(&arm.body);
        let guarded = self.is_guarded(&arm.body);
        let body = match end {
            End::Plain if unit && guarded || dropped => {
                let made = self.code(&arm.body);
                let guard = guarded.then(|| self.guard());
                quote!({ #made; #guard })
            }
            End::Plain => self.code(&arm.body),
            end => match self.tail(&arm.body, end) {
                made if end == End::Poll && tail::of_code(&arm.body) != Tail::Never => quote!({ #made }),
                made => made,
            },
        };
        let comma = match comma {
            Some(comma) => comma.to_token_stream(),
            None => quote!(,),
        };
        quote!(#pattern #guard #arrow #body #comma)
    }

    fn native_return(&mut self, token: &Ident, value: Option<&'e [Piece]>) -> TokenStream {
        let shape = self.handler().map(|id| self.plan().handlers[id].shape);
        let Some(value) = value else {
            return match shape {
                Some(Shape::Mixed) => quote!(#token ::core::task::Poll::Pending),
                _ => token.to_token_stream(),
            };
        };
        let made = self.value(value, self.ret);
        match shape {
            Some(Shape::Mixed) => quote!(#token ::core::task::Poll::Ready(#made)),
            _ => quote!(#token #made),
        }
    }

    // ---- accessors --------------------------------------------------------------------

    fn access(&mut self, access: &'e Access) -> TokenStream {
        let this = self.this.clone();
        match access {
            Access::StateVar { name, .. } => self.variable(name),
            Access::ReturnValue(_) => self.return_value(),
            Access::Param { name, .. } => self.param(name),
            Access::EventName(_) => self.event_name(),
            Access::Data { name, .. } => {
                let (run, field) = (own("run"), data_field(name));
                quote!(#run.#field)
            }
            Access::Call(call) => self.call(call),
            Access::Field { name, .. } => quote!(#this.#name),
            Access::StateName(_) => quote!(#this.__state.state().name()),
            Access::StackDepth(_) => quote!(#this.__stack.depth()),
            Access::Construct(made) => {
                let systems = self.plan().systems;
                construct(made, systems, |value| self.code(value))
            }
        }
    }

    fn variable(&self, name: &Ident) -> TokenStream {
        let state = match self.owner {
            Owner::Handler(id) => self.model().handlers[id].state,
            Owner::Variable(_) => return name.to_token_stream(),
            Owner::Function(_) | Owner::Value => return TokenStream::new(),
        };
        let place = self.cx.names.place(state, self.model());
        let this = &self.this;
        quote!(#this.__state[#place].#name)
    }

    /// The value set so far, or what stands for none.
    fn return_value(&self) -> TokenStream {
        let ret = own("ret");
        let Some(id) = self.handler() else { return TokenStream::new() };
        if self.plan().handlers[id].slot.is_none() {
            return quote!(());
        }
        let handler = &self.model().handlers[id];
        if handler.ast.default.is_some() || self.plan().model_default(handler.trigger) {
            return quote!(__private::returned(#ret.clone()));
        }
        quote!(#ret.clone().unwrap_or_default())
    }

    fn param(&self, name: &Ident) -> TokenStream {
        let Some(id) = self.handler() else { return name.to_token_stream() };
        let handler = &self.model().handlers[id];
        let at = match handler.trigger {
            Trigger::Event(event) => {
                self.model().events[event].params.iter().position(|param| param.name == name)
            }
            Trigger::Enter | Trigger::Exit => None,
        };
        match at.and_then(|at| handler.params.get(at)) {
            Some(param) => Ident::new(&param.name.to_string(), param.name.span()).to_token_stream(),
            None => name.to_token_stream(),
        }
    }

    /// A call on `self`: through the kernel, of a function, or Rust's own.
    fn call(&mut self, call: &'e Call) -> TokenStream {
        let this = call.native.clone().unwrap_or_else(|| self.this.clone());
        let (name, turbofish) = (&call.name, &call.turbofish);
        let span = call.args.span;
        let moves = self.run && self.plan().call_moves(call);
        if let Some(event) = self.model().event_id(name) {
            let params = self.model().events[event].params.clone();
            let args = self.call_args(call, &params);
            if !moves {
                return args.call(quote!(#this.#name #(#turbofish)*), None, span);
            }
            let within = self.cx.names.within(event);
            return self.moving_call(quote!(#this.#within), span, args);
        }
        if let Some(id) = self.model().function_id(name) {
            let function = &self.model().functions[id];
            let params = function.params.clone();
            let args = self.call_args(call, &params);
            if moves {
                let within = self.cx.names.function_within(name);
                return self.moving_call(quote!(#this.#within), span, args);
            }
            if function.ast.is_static.is_some() && call.native.is_none() {
                return args.call(quote!(Self::#name #(#turbofish)*), None, span);
            }
            return args.call(quote!(#this.#name #(#turbofish)*), None, span);
        }
        let args: Vec<_> = call.args.items.iter().map(|item| self.code(item)).collect();
        let args = quote_spanned!(span=> (#(#args),*));
        quote!(#this.#name #(#turbofish)* #args)
    }

    /// The given arguments, then the declared defaults. Those that call on `self` are
    /// evaluated before `self` is borrowed for the call.
    fn call_args(&mut self, call: &'e Call, params: &[Param<'a>]) -> CallArgs {
        let mut args = CallArgs::default();
        for (at, item) in call.args.items.iter().enumerate() {
            let made = match (call.native.is_some(), params.get(at)) {
                (false, Some(param)) => self.value(item, Some(param.ty)),
                _ => self.code(item),
            };
            let calls = item.iter().any(calls_machine);
            args.push(made, calls && !item.iter().any(|piece| matches!(piece, Piece::Closure(_))));
        }
        if call.native.is_none() {
            let missing = params.iter().skip(call.args.items.len());
            for param in missing.filter(|param| param.default.is_some()) {
                args.push(self.cx.default_of(param), false);
            }
        }
        args
    }

    fn moving_call(&self, path: TokenStream, span: Span, args: CallArgs) -> TokenStream {
        let run = own("run");
        let call = args.call(path, Some(quote!(#run)), span);
        if !self.at_once || self.closures > 0 || self.handler().is_none() {
            return call;
        }
        let (value, guard) = (own("value"), self.guard());
        quote!((match #call { #value => { #guard #value } }))
    }

    // ---- what must be rebuilt ---------------------------------------------------------

    fn has_moving_call(&self, code: &[Piece]) -> bool {
        code.iter().any(|piece| match piece {
            Piece::Group { inner, .. } => self.has_moving_call(inner),
            Piece::Access(Access::Call(call)) => {
                self.run && self.plan().call_moves(call)
                    || call.args.items.iter().any(|item| self.has_moving_call(item))
            }
            Piece::Access(Access::Construct(made)) => {
                made.args.iter().any(|arg| self.has_moving_call(&arg.value))
            }
            Piece::Return { value: Some(value), .. } => self.has_moving_call(value),
            // A block guards its statements itself, but for the value it ends with.
            Piece::Block(block) => match block.stmts.last() {
                Some(Stmt { kind: StmtKind::Native(code), semi: None }) => {
                    !self.plan().is_unit_call(code) && self.has_moving_call(code)
                }
                _ => false,
            },
            Piece::Arms { arms, .. } => arms.iter().any(|arm| {
                !self.plan().is_unit_call(&arm.body) && self.has_moving_call(&arm.body)
            }),
            // A head ends the handler at once.
            _ => false,
        })
    }

    fn touches_block(&self, block: &Block) -> bool {
        struct Touches<'b, 'e, 'p, 'a>(&'b Body<'e, 'p, 'a>, bool);
        impl<'x> walk::Visit<'x> for Touches<'_, '_, '_, '_> {
            fn frame(&mut self, _: &'x FrameStmt, _: bool) {
                self.1 = true;
            }
            fn access(&mut self, access: &'x Access, _: bool) {
                self.1 |= match access {
                    Access::Call(call) => {
                        call.native.is_none() || self.0.run && self.0.plan().call_moves(call)
                    }
                    _ => true,
                };
            }
            fn native_return(&mut self, value: Option<&'x Code>) {
                let mixed = self.0.handler().is_some_and(|id| self.0.plan().handlers[id].shape == Shape::Mixed);
                self.1 |= mixed || value.is_some_and(|value| self.0.converts(value));
            }
            fn block(&mut self, block: &'x Block, _: bool) {
                if let Some(Stmt { kind: StmtKind::Native(code), semi: None }) = block.stmts.last() {
                    self.1 |= self.0.converts(code) || has_converting_arm(self.0, code);
                }
            }
        }
        let mut touches = Touches(self, false);
        walk::block(block, &mut touches);
        touches.1
    }

    /// Whether a value at the end of the function changes on its way out.
    fn converts(&self, code: &[Piece]) -> bool {
        let string = self.ret.is_some_and(Type::is_string);
        string && lone_literal(code).is_some() || self.ret.is_some() && is_lone_place(code)
    }
}

/// The arguments of a call, of which some are evaluated ahead of it.
#[derive(Default)]
struct CallArgs {
    names: Vec<Ident>,
    values: Vec<TokenStream>,
    args: Vec<TokenStream>,
}

impl CallArgs {
    fn push(&mut self, made: TokenStream, ahead: bool) {
        if !ahead {
            self.args.push(made);
            return;
        }
        let name = own(&format!("arg{}", self.names.len()));
        self.args.push(name.to_token_stream());
        self.names.push(name);
        self.values.push(made);
    }

    fn call(&self, path: TokenStream, run: Option<TokenStream>, span: Span) -> TokenStream {
        let (names, values) = (&self.names, &self.values);
        let args = run.iter().chain(&self.args);
        let args = quote_spanned!(span=> (#(#args),*));
        match names.is_empty() {
            true => quote!(#path #args),
            false => quote!((match (#(#values,)*) { (#(#names,)*) => #path #args })),
        }
    }
}

fn has_converting_arm(body: &Body, code: &[Piece]) -> bool {
    code.iter().any(|piece| match piece {
        Piece::Arms { arms, .. } => {
            arms.iter().any(|arm| body.converts(&arm.body) || has_converting_arm(body, &arm.body))
        }
        _ => false,
    })
}

/// An argument on its way to the next level: moved, copied, reborrowed or cloned.
pub fn hand_on(name: &Ident, ty: &Type, needed_later: bool) -> TokenStream {
    if is_mut_reference(ty) {
        return quote!(&mut *#name);
    }
    if needed_later && !is_copy(ty) {
        return quote!(::core::clone::Clone::clone(&#name));
    }
    name.to_token_stream()
}

fn is_mut_reference(ty: &Type) -> bool {
    let text = ty.tokens.to_string();
    let text = text.trim_start_matches('&').trim_start();
    let behind = text.strip_prefix('\'').and_then(|rest| rest.split_once(' ')).map_or(text, |(_, rest)| rest);
    ty.tokens.to_string().starts_with('&') && behind.starts_with("mut ")
}

/// Whether the type is known to be `Copy` by its name alone.
pub fn is_copy(ty: &Type) -> bool {
    const PRIMITIVES: [&str; 16] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
        "f32", "f64", "bool", "char",
    ];
    let text = ty.tokens.to_string();
    PRIMITIVES.contains(&text.as_str()) || text.starts_with('&') && !is_mut_reference(ty)
}

fn ends_without_value(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt { kind: StmtKind::Native(_), semi: None }) => false,
        Some(_) | None => tail::of_block(block) != Tail::Never,
    }
}

fn stmt_mentions(stmt: &Stmt, name: &str) -> bool {
    struct Named<'n>(&'n str, bool);
    impl<'x> walk::Visit<'x> for Named<'_> {
        fn token(&mut self, token: &'x TokenTree, _: bool) {
            self.1 |= walk::mentions(token, self.0);
        }
        fn frame(&mut self, stmt: &'x FrameStmt, _: bool) {
            // A second forward, or an event handed on, needs the argument too.
            let forwards = match stmt {
                FrameStmt::Forward(_) => true,
                FrameStmt::Transition(transition) => transition.forwards,
                _ => false,
            };
            self.1 |= forwards;
        }
        fn access(&mut self, access: &'x Access, _: bool) {
            self.1 |= matches!(access, Access::Param { .. });
        }
    }
    let mut named = Named(name, false);
    match &stmt.kind {
        StmtKind::Frame(frame) => {
            // Wrapped so that one traversal serves statements and expressions alike.
            walk::stmt(frame, &mut named);
        }
        StmtKind::Native(code) => walk::code(code, &mut named),
        StmtKind::Item(_) => {}
    }
    named.1
}

fn is_lone_place(code: &[Piece]) -> bool {
    let fields = |rest: &[Piece]| {
        rest.chunks(2).all(|pair| {
            matches!(
                pair,
                [Piece::Token(TokenTree::Punct(dot)), Piece::Token(TokenTree::Ident(_) | TokenTree::Literal(_))]
                    if dot.as_char() == '.'
            )
        })
    };
    match code {
        [Piece::Access(Access::StateVar { .. } | Access::Field { .. } | Access::Data { .. }), rest @ ..] => fields(rest),
        [Piece::Token(word), rest @ ..] if is_word(word, "self") => !rest.is_empty() && fields(rest),
        _ => false,
    }
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

/// `@@:self.m(…)` alone, which may stand as a statement whatever it returns.
fn is_frame_call(code: &[Piece]) -> bool {
    matches!(code, [Piece::Access(Access::Call(call))] if call.native.is_none())
}

fn is_comma(piece: &Piece) -> bool {
    matches!(piece, Piece::Token(TokenTree::Punct(p)) if p.as_char() == ',')
}

fn is_assignment(code: &[Piece]) -> bool {
    tail::assignment_at(code).is_some()
}

fn is_joint_operator(piece: &Piece) -> bool {
    matches!(piece, Piece::Token(TokenTree::Punct(p))
        if p.spacing() == proc_macro2::Spacing::Joint && "+-*/%^&|<>".contains(p.as_char()))
}

/// Whether a state variable is read somewhere in the code.
fn reads_state(code: &[Piece]) -> bool {
    struct Reads(bool);
    impl<'x> walk::Visit<'x> for Reads {
        fn access(&mut self, access: &'x Access, _: bool) {
            self.0 |= matches!(access, Access::StateVar { .. });
        }
    }
    let mut reads = Reads(false);
    walk::pieces(code, &mut reads);
    reads.0
}

fn calls_machine(piece: &Piece) -> bool {
    match piece {
        Piece::Access(Access::Call(_)) => true,
        Piece::Group { inner, .. } => inner.iter().any(calls_machine),
        _ => false,
    }
}

fn touches_machine(piece: &Piece) -> bool {
    match piece {
        Piece::Access(_) => true,
        Piece::Group { inner, .. } => inner.iter().any(touches_machine),
        _ => false,
    }
}

fn is_blocklike(code: &[Piece]) -> bool {
    let (_, code) = split_label(code);
    let begins = match code.first() {
        Some(Piece::Block(_)) => true,
        Some(Piece::Token(TokenTree::Ident(word))) => {
            ["if", "match", "loop", "while", "for", "unsafe"].iter().any(|known| word == known)
        }
        _ => false,
    };
    begins && matches!(code.last(), Some(Piece::Block(_) | Piece::Arms { .. }))
}

/// Whether the block behind these pieces is the body of a loop.
fn is_loop(before: &[Piece]) -> bool {
    match before {
        [.., Piece::Token(word)] => is_word(word, "loop"),
        [.., Piece::Head(_)] => before.iter().rev().find_map(|piece| match piece {
            Piece::Token(TokenTree::Ident(word)) => match word.to_string().as_str() {
                "while" | "for" => Some(true),
                "if" => Some(false),
                _ => None,
            },
            _ => None,
        }) == Some(true),
        _ => false,
    }
}

fn split_label(code: &[Piece]) -> (&[Piece], &[Piece]) {
    match code {
        [
            Piece::Token(TokenTree::Punct(quote)),
            Piece::Token(TokenTree::Ident(_)),
            Piece::Token(TokenTree::Punct(colon)),
            ..,
        ] if quote.as_char() == '\'' && colon.as_char() == ':' => code.split_at(3),
        code => (&[], code),
    }
}

impl Emit<'_, '_> {
    /// The declared default of a parameter, or its type's.
    pub fn default_of(&self, param: &Param) -> TokenStream {
        match param.default {
            Some(code) => {
                let mut body = Body::new(self, Owner::Value, self.this(param.name.span()));
                body.value(code, Some(param.ty))
            }
            None => quote!(::core::default::Default::default()),
        }
    }

    /// Panics, before anything has changed, when a bounded stack is full.
    pub fn room_check(&self, this: &Ident, event: &TokenStream) -> TokenStream {
        if self.plan.model.settings.stack.is_none() {
            return TokenStream::new();
        }
        let system = unraw(&self.plan.model.ast.name);
        quote! {
            if !#this.__stack.has_room() {
                __private::stack_is_full(#system, #this.__state.state().name(), #event);
            }
        }
    }

    /// Calls a handler with what it takes; its value goes into the slot in scope.
    pub fn call_handler(
        &self,
        id: HandlerId,
        this: &Ident,
        args: &[TokenStream],
        slot: Option<&Type>,
    ) -> TokenStream {
        let handler = &self.plan.handlers[id];
        let name = self.names.handler(id);
        let (run, ret) = (own("run"), own("ret"));
        let run = handler.run.then(|| quote!(#run,));
        let dropped = handler.slot.is_some() && slot.is_none();
        let slot_arg = handler.slot.map(|_| match dropped {
            true => quote!(&mut ::core::option::Option::None,),
            false => quote!(#ret,),
        });
        let call = quote!(#this.#name(#run #slot_arg #(#args),*));
        match handler.shape {
            Shape::Unit => quote!(#call;),
            _ if slot.is_none() => quote!(let _ = #call;),
            Shape::Value => quote!(*#ret = ::core::option::Option::Some(#call);),
            Shape::Mixed => {
                let value = own("value");
                quote! {
                    if let ::core::task::Poll::Ready(#value) = #call {
                        *#ret = ::core::option::Option::Some(#value);
                    }
                }
            }
        }
    }
}
