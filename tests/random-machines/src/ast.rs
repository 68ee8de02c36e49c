//! The part of the Frame language that random machines are made of: every value is an `i32`, which
//! some machines keep in vectors.
//!
//! Names follow from positions, so the tree holds few of them: domain fields are `d0`, `d1`, …,
//! state variables `v0`, …, call-scoped values `k0`, …, state params `s0`, …, enter params `e0`, …,
//! exit params `x0`, …, interface params `a0`, ….

use std::fmt::Display;

/// How many handlers may begin in the course of one call from outside, however they call each
/// other.
pub const FUEL: i32 = 30;

/// An index into [`Machine::states`].
pub type StateId = usize;
/// An index into [`Machine::methods`].
pub type MethodId = usize;
/// An index into [`Machine::actions`].
pub type ActionId = usize;
/// Statements that stand between one pair of braces.
pub type Block = Vec<Stmt>;

/// A whole system.
#[derive(Debug, Clone, Default)]
pub struct Machine {
    /// The name of the system.
    pub name: String,
    /// The interface.
    pub methods: Vec<Method>,
    /// The states; a parent stands before its children.
    pub states: Vec<State>,
    /// The start state, which is written first.
    pub start: StateId,
    /// Actions and operations.
    pub actions: Vec<Action>,
    /// The domain fields' values at the start.
    pub fields: Vec<i32>,
    /// Whether the params of states and of lifecycle handlers are vectors with the value in them.
    pub owned_params: bool,
    /// Whether the first field is a domain param.
    pub domain_param: bool,
    /// The call-scoped values at the start of a call.
    pub data: Vec<i32>,
    /// Whether there is a state stack at all.
    pub stack: bool,
    /// The bound in `@@[stack(N)]`.
    pub stack_bound: Option<usize>,
    /// What the constructor is given for the start state's params.
    pub start_args: Vec<i32>,
    /// What the constructor is given for the start state's enter params.
    pub start_enter_args: Vec<i32>,
}

/// A method of the interface.
#[derive(Debug, Clone, Default)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// How many params it has.
    pub params: usize,
    /// Whether it returns a value.
    pub returns: bool,
    /// The value it returns when no handler sets one.
    pub default: Option<i32>,
    /// Whether it takes `&self`.
    pub query: bool,
}

/// A param's default.
pub type Param = Option<i32>;

/// A state.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Its name.
    pub name: String,
    /// The state it is a child of.
    pub parent: Option<StateId>,
    /// Its params.
    pub params: Vec<Param>,
    /// The initialisers of its variables.
    pub vars: Vec<Expr>,
    /// Whether it is marked `@@[retain]`.
    pub retain: bool,
    /// Whether it forwards what it has no handler for.
    pub default_forward: bool,
    /// The event handlers, by method.
    pub handlers: Vec<Option<Handler>>,
    /// The enter handler.
    pub enter: Option<Lifecycle>,
    /// The exit handler.
    pub exit: Option<Lifecycle>,
}

/// A handler of an interface method.
#[derive(Debug, Clone, Default)]
pub struct Handler {
    /// Whether it has names of its own, `b0`, …, for the interface params.
    pub renamed: bool,
    /// Whether it repeats the types that the interface gives.
    pub typed: bool,
    /// The value that it sets when it begins.
    pub default: Option<i32>,
    /// Its statements.
    pub body: Block,
}

/// An enter or exit handler.
#[derive(Debug, Clone, Default)]
pub struct Lifecycle {
    /// Its params.
    pub params: Vec<Param>,
    /// Its statements.
    pub body: Block,
}

/// An action, or an operation when it is public. All of them return a value.
#[derive(Debug, Clone, Default)]
pub struct Action {
    /// Its name.
    pub name: String,
    /// Whether it is an operation.
    pub operation: bool,
    /// How many params it has, `a0`, ….
    pub params: usize,
    /// Its statements.
    pub body: Block,
}

/// A statement.
#[derive(Debug, Clone)]
pub enum Stmt {
    /// Leaves the handler when the fuel of the call is used up, and else burns some: what makes
    /// machines terminate.
    Fuel,
    /// Appends to the trace.
    Note(Label, Expr),
    /// `let mut name = e;`
    Let(String, Expr),
    /// `let mut name = if condition { block } else { e };` where the block leaves the handler or
    /// the loop.
    LetUnless(String, Condition, Block, Expr),
    /// `place = e;` or `place ^= e;`
    Assign(Place, Assignment, Expr),
    /// `bump(&mut place, e);`
    Bump(Place, Expr),
    /// `call;`
    Call(Call),
    /// `if condition { … } else { … }`
    If(Condition, Block, Block),
    /// `match e & 3 { 0 => …, 1 => …, _ => … }`
    Match(Expr, Vec<Block>),
    /// At most so many rounds of a `while`, counted in a local of that name.
    While(String, i32, Condition, Block),
    /// `for name in 0..(e & 3) { … }`
    For(String, Expr, Block),
    /// `break;`
    Break,
    /// `continue;`
    Continue,
    /// A transition.
    Transition(Transition),
    /// A bare `push$`.
    Push,
    /// `pop$` as a statement.
    Drop,
    /// `=> $^`
    Forward,
    /// `@@:(e)`, which returns `e` in an action.
    SetReturn(Setter, Expr),
    /// `@@:return(e)` or `@@:return()`.
    ReturnWith(Option<Expr>),
    /// `return e;` or `return;`.
    Return(Option<Expr>),
    /// A tail expression, only at the end of a body.
    Tail(Expr),
    /// `panic!("boom")`
    Panic,
}

/// How a return value is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setter {
    /// `@@:(e)`
    Short,
    /// `@@:return = e`
    Assignment,
    /// `@@:return(e)`, behind a transition only.
    Leaving,
}

/// What an entry of the trace begins with.
#[derive(Debug, Clone)]
pub enum Label {
    /// A text.
    Text(String),
    /// `@@:event`
    Event,
    /// `@@:system.state.name`
    StateName,
}

/// `value & 3 < below`
#[derive(Debug, Clone)]
pub struct Condition {
    /// What is compared.
    pub value: Expr,
    /// What it is compared with.
    pub below: i32,
}

/// How a place is assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// `=`
    Plain,
    /// `^=`
    Compound,
}

/// What can be assigned.
#[derive(Debug, Clone)]
pub enum Place {
    /// A local variable.
    Local(String),
    /// A domain field.
    Field(usize),
    /// A state variable.
    Var(usize),
    /// A call-scoped value.
    Data(usize),
}

/// A transition with its decorations.
#[derive(Debug, Clone)]
pub struct Transition {
    /// Whether it pushes the state it leaves.
    pub push: bool,
    /// The exit args.
    pub exit: Vec<Expr>,
    /// Whether it forwards the event in hand.
    pub forward: bool,
    /// The enter args, if any are written.
    pub enter: Option<Vec<Expr>>,
    /// Whether it has a label.
    pub label: bool,
    /// Where it goes.
    pub target: Target,
    /// The return value set directly behind it.
    pub then: Option<(Setter, Expr)>,
}

/// Where a transition goes.
#[derive(Debug, Clone)]
pub enum Target {
    /// To a state, with state args.
    State(StateId, Vec<Expr>),
    /// To the top of the stack.
    Pop,
}

/// An expression.
#[derive(Debug, Clone)]
pub enum Expr {
    /// A literal.
    Int(i32),
    /// A local variable or a param.
    Name(String),
    /// A domain field.
    Field(usize),
    /// A state variable of the state around the handler.
    Var(usize),
    /// A call-scoped value.
    Data(usize),
    /// An interface param, `@@:params.a0`.
    Param(usize),
    /// `@@:return`
    ReturnValue,
    /// `@@:system.stack.depth`
    Depth,
    /// A number made of `@@:system.state.name`.
    StateName,
    /// A number made of `@@:event`.
    Event,
    /// A number made of two others, which are evaluated in that order.
    Pair(Pairing, Box<Expr>, Box<Expr>),
    /// A call on the system itself.
    Call(Call),
}

/// How a number is made of two others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pairing {
    /// `mix(left, right)`
    Function,
    /// `mixed!(left, right)`
    Macro,
    /// `left ^ right`
    Operator,
    /// `left.wrapping_add(right)`
    Method,
}

impl Pairing {
    /// The number.
    pub fn apply(self, left: i32, right: i32) -> i32 {
        match self {
            Pairing::Function | Pairing::Macro => mix(left, right),
            Pairing::Operator => left ^ right,
            Pairing::Method => left.wrapping_add(right),
        }
    }
}

/// A number that depends on both numbers and their order.
pub fn mix(left: i32, right: i32) -> i32 {
    left.wrapping_mul(31).wrapping_add(right) ^ (left >> 3)
}

/// A call on the system itself.
#[derive(Debug, Clone)]
pub struct Call {
    /// What is called.
    pub callee: Callee,
    /// Whether it is written `self.m(…)` instead of `@@:self.m(…)`.
    pub native: bool,
    /// The args.
    pub args: Vec<Expr>,
}

/// What can be called on the system itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Callee {
    /// A method of the interface.
    Method(MethodId),
    /// An action or operation.
    Action(ActionId),
}

impl Machine {
    /// Whether the name is that of a param that owns memory: of a state, of `$>` or of `<$`.
    pub fn is_owned(&self, name: &str) -> bool {
        self.owned_params && name.starts_with(['s', 'e', 'x'])
    }

    /// What stands for a value where it is given to a state or to a lifecycle handler.
    pub fn given(&self, value: impl Display) -> String {
        if self.owned_params { format!("vec![{value}]") } else { value.to_string() }
    }

    /// The state, its parent, and so on up to the root.
    pub fn lineage(&self, state: StateId) -> impl Iterator<Item = StateId> + '_ {
        std::iter::successors(Some(state), |&state| self.states[state].parent)
    }

    /// How many state params the handlers of a state see: its own or, when it has none, its
    /// descendants' (R13).
    pub fn params_seen_from(&self, state: StateId) -> usize {
        let own = self.states[state].params.len();
        if own > 0 {
            own
        } else {
            self.subtree(state).map(|below| self.states[below].params.len()).max().unwrap_or(0)
        }
    }

    /// The state and its descendants.
    pub fn subtree(&self, state: StateId) -> impl Iterator<Item = StateId> + '_ {
        (0..self.states.len()).filter(move |&below| self.lineage(below).any(|above| above == state))
    }
}
