//! What a system is: events, states and handlers as dense ids, the state tree, the
//! attributes as settings. Spans and bodies stay in the AST, which the model borrows.

use std::ops::Range;

use proc_macro2::{Ident, Span, TokenStream};

pub use crate::ast::unraw;

use crate::ast;
use crate::generics::Generics;
use crate::modes::{Inline, Modes};
use crate::quote::ToTokens;
use crate::sets::{Ids, Table};
use crate::walk;

/// The place of an event in [`Model::events`].
pub type EventId = usize;
/// The place of a state in [`Model::states`].
pub type StateId = usize;
/// The place of a handler in [`Model::handlers`].
pub type HandlerId = usize;
/// The place of an action or operation in [`Model::functions`].
pub type FunctionId = usize;

/// A system in which every name has its meaning.
pub struct Model<'a> {
    /// What was written, for bodies and spans.
    pub ast: &'a ast::System,
    /// What its attributes say.
    pub settings: Settings,
    /// What can be called from outside.
    pub events: Vec<Event<'a>>,
    /// Whether the interface was written, or derived from the handlers.
    pub has_interface: bool,
    /// The first is the one to start in.
    pub states: Vec<State<'a>>,
    /// Those of all states, state by state.
    pub handlers: Vec<Handler<'a>>,
    /// Actions and operations.
    pub functions: Vec<Function<'a>>,
    /// Events by their names.
    pub event_ids: Table,
    /// States by their names.
    pub state_ids: Table,
    /// Actions and operations by their names.
    pub function_ids: Table,
    /// What is wrong with it.
    pub mistakes: Mistakes,
}

/// What later stages have to know of the mistakes that were found, so that nothing follows
/// from them.
#[derive(Default)]
pub struct Mistakes {
    /// Whether some method, action, operation or field is not known, or called wrongly.
    pub members: bool,
    /// The states in which some `$.x` is not known.
    pub variables: Ids,
    /// The handlers in which something is wrong.
    pub handlers: Ids,
}

/// An interface method.
pub struct Event<'a> {
    /// What the method is called.
    pub name: &'a Ident,
    /// Those of the method; absent where the handlers declare the event.
    pub attrs: Option<&'a ast::Attrs>,
    /// Those of the method, likewise.
    pub generics: Option<&'a Generics>,
    /// Declared with `&self`.
    pub query: bool,
    /// What it carries.
    pub params: Vec<Param<'a>>,
    /// What a call returns; absent where it returns nothing.
    pub ret: Option<&'a ast::Type>,
    /// What a call returns where no handler sets a value.
    pub default: Option<&'a ast::Code>,
    /// The trait whose method this is, when one was named.
    pub of: Option<TokenStream>,
    /// Whether the interface does not have it, so that nobody is bound to handle it.
    pub unknown: bool,
}

impl Event<'_> {
    /// Whether each call may be of other types or lifetimes, so that no event can hold them.
    pub fn is_generic(&self) -> bool {
        let is_opaque = |param: &Param| walk::mentions_any(&param.ty.tokens, "impl");
        self.generics.is_some_and(|generics| !generics.params.is_empty())
            || self.params.iter().any(is_opaque)
    }
}

/// A parameter with its type known.
#[derive(Clone)]
pub struct Param<'a> {
    /// The `mut`, where this is what declares the binding.
    pub mutable: Option<&'a Ident>,
    /// What the body calls it.
    pub name: &'a Ident,
    /// What is not known has the type that stands for it.
    pub ty: &'a ast::Type,
    /// The value for those who leave the argument out.
    pub default: Option<&'a ast::Code>,
}

/// A state, its place in the tree and what it handles.
pub struct State<'a> {
    /// What was written, for its variables and spans.
    pub ast: &'a ast::State,
    /// The state that handlers forward to.
    pub parent: Option<StateId>,
    /// Its descendants, in the order they were written.
    pub below: Vec<StateId>,
    /// What a transition to it gives it.
    pub params: Vec<Param<'a>>,
    /// Its handlers, which follow each other.
    pub handlers: Range<HandlerId>,
    /// Handlers by event, where this state has one itself.
    pub on: Vec<Option<HandlerId>>,
    /// Its own `$>`.
    pub enter: Option<HandlerId>,
    /// Its own `<$`.
    pub exit: Option<HandlerId>,
    /// Whether it keeps what it holds on transitions between its descendants.
    pub retain: bool,
    /// Whether something in it could not be read, so that it may have more than is known.
    pub misread: bool,
    /// Whether an event has a handler in it that nothing can call.
    pub stray: bool,
}

impl Handler<'_> {
    /// Whether the handler is to be inlined.
    pub fn inline(&self, model: &Model) -> Inline {
        let state = model.states[self.state].ast;
        nearest_inline(&[&self.ast.attrs, &state.attrs, &model.ast.attrs])
    }

    /// Whether its body means the state param `name` when it says so.
    pub fn reads(&self, name: &str) -> bool {
        let shadowed = self.params.iter().any(|own| own.name == name);
        let default = || self.ast.default.as_ref();
        !shadowed
            && (walk::block_means(&self.ast.body, name)
                || default().is_some_and(|default| walk::code_mentions(default, name)))
    }
}

impl Function<'_> {
    /// Whether the function is to be inlined.
    pub fn inline(&self, model: &Model) -> Inline {
        nearest_inline(&[&self.ast.attrs, &model.ast.attrs])
    }
}

/// The first of those around something that says whether it is to be inlined holds.
fn nearest_inline(around: &[&ast::Attrs]) -> Inline {
    around.iter().find_map(|attrs| crate::modes::inline(&attrs.frame)).unwrap_or_default()
}

/// What runs a handler.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Trigger {
    /// A call.
    Event(EventId),
    /// `$>`
    Enter,
    /// `<$`
    Exit,
    /// Nothing calls the handler, which is a mistake.
    Nothing,
}

/// A handler with all that it leaves to the interface.
pub struct Handler<'a> {
    /// What was written, for its body and spans.
    pub ast: &'a ast::Handler,
    /// The state that has it.
    pub state: StateId,
    /// What runs it.
    pub trigger: Trigger,
    /// By the names that its body says.
    pub params: Vec<Param<'a>>,
    /// What a call of its event returns.
    pub ret: Option<&'a ast::Type>,
}

/// An action or operation.
pub struct Function<'a> {
    /// What was written, for its body and spans.
    pub ast: &'a ast::Function,
    /// Whether it is callable from outside.
    pub operation: bool,
    /// What it takes besides `self`.
    pub params: Vec<Param<'a>>,
}

/// The `@@[…]` attributes of a system.
#[derive(Default)]
pub struct Settings {
    /// `@@[stack(N)]`
    pub stack: Option<TokenStream>,
    /// `@@[data(…)]`, and the undeclared keys as `String`.
    pub data: Vec<DataKey>,
    /// `@@[create(f)]`
    pub create: Option<Ident>,
    /// `@@[crate(path)]`
    pub runtime: Option<TokenStream>,
    /// How events exist, and how states and events are named.
    pub modes: Modes,
}

/// A key of `@@[data(k: T = init)]`.
pub struct DataKey {
    /// What stands behind `@@:data.`.
    pub name: Ident,
    /// What it holds.
    pub ty: TokenStream,
    /// What it holds when a call begins, unless that is the type's default.
    pub init: Option<TokenStream>,
}

impl<'a> Model<'a> {
    /// The state that is meant by `$name`.
    pub fn state_id(&self, name: &Ident) -> Option<StateId> {
        self.state_ids.get(&name.to_string())
    }

    /// The event that is meant by a handler or a call of this name.
    pub fn event_id(&self, name: &Ident) -> Option<EventId> {
        self.event_ids.get(&name.to_string())
    }

    /// The action or operation that is meant by a call of this name.
    pub fn function_id(&self, name: &Ident) -> Option<FunctionId> {
        self.function_ids.get(&name.to_string())
    }

    /// The state itself, then its ancestors up to the root.
    pub fn chain(&self, state: StateId) -> Vec<StateId> {
        let mut chain = vec![state];
        let mut at = state;
        while let Some(parent) = self.states[at].parent {
            if chain.contains(&parent) {
                break; // a cycle, which check reports
            }
            chain.push(parent);
            at = parent;
        }
        chain
    }

    /// Whether handlers of `state` can forward to `ancestor`.
    pub fn is_ancestor(&self, ancestor: StateId, state: StateId) -> bool {
        self.states[ancestor].below.binary_search(&state).is_ok()
    }

    /// The handlers that the state itself has.
    pub fn handlers_of(&self, state: StateId) -> &[Handler<'a>] {
        &self.handlers[self.states[state].handlers.clone()]
    }

    /// The handler that `state` runs for `trigger` when it is the one asked: its own, or
    /// what its default forward leads to.
    pub fn resolve(&self, state: StateId, trigger: Trigger) -> Option<HandlerId> {
        for state in self.chain(state) {
            let state = &self.states[state];
            let own = match trigger {
                Trigger::Event(event) => state.on[event],
                Trigger::Enter => state.enter,
                Trigger::Exit => state.exit,
                Trigger::Nothing => return None,
            };
            if own.is_some() || state.ast.default_forward.is_none() {
                return own;
            }
        }
        None
    }

    /// Whether the code is one call on `self` of a method or function without return type.
    pub fn is_unit_call(&self, code: &[ast::Piece]) -> bool {
        let [ast::Piece::Access(ast::Access::Call(call))] = code else { return false };
        if let Some(event) = self.event_id(&call.name) {
            return self.events[event].ret.is_none();
        }
        let function = self.function_id(&call.name);
        function.is_some_and(|id| self.functions[id].ast.ret.is_none())
    }

    /// Whether the method declares a value to start with.
    pub fn has_default(&self, trigger: Trigger) -> bool {
        matches!(trigger, Trigger::Event(event) if self.events[event].default.is_some())
    }

    /// The handler that `=> $^` in `handler` reaches.
    pub fn forward_target(&self, handler: HandlerId) -> Option<HandlerId> {
        let handler = &self.handlers[handler];
        self.resolve(self.states[handler.state].parent?, handler.trigger)
    }

    /// Whether a handler is one of a method on `&self`.
    pub fn is_query(&self, handler: HandlerId) -> bool {
        self.event_of(handler).is_some_and(|event| event.query)
    }

    /// Whether a handler is one of a generic method.
    pub fn is_generic(&self, handler: HandlerId) -> bool {
        self.event_of(handler).is_some_and(Event::is_generic)
    }

    fn event_of(&self, handler: HandlerId) -> Option<&Event<'a>> {
        match self.handlers[handler].trigger {
            Trigger::Event(event) => Some(&self.events[event]),
            Trigger::Enter | Trigger::Exit | Trigger::Nothing => None,
        }
    }

    /// The name of a state, as it was written.
    pub fn state_name(&self, state: StateId) -> &'a Ident {
        &self.states[state].ast.name
    }

    /// Where what concerns the whole system is told.
    pub fn name_span(&self) -> Span {
        self.ast.name.span()
    }
}

/// `turn_on` → `TurnOn`
pub fn camel(name: &str) -> String {
    let mut out = String::new();
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        out.push_str(letters.as_str());
    }
    match out.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("_{out}"),
        // The one keyword of this shape, and one that cannot be raw.
        false if out == "Self" => format!("{out}_"),
        false => out,
    }
}

/// The variant of the enum of replies that stands for none.
pub const NOTHING: &str = "Nothing";

/// Whether `@@[of(…)]` means the trait: by its whole path, or the end of it.
pub fn names_trait(of: &TokenStream, path: &TokenStream) -> bool {
    let (of, path) = (unspaced(of), unspaced(path));
    path == of || path.ends_with(&format!("::{of}"))
}

/// The text of tokens; where they come from decides the spaces between them.
fn unspaced(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(char::is_whitespace, "")
}
