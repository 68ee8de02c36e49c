//! What was written, with its spans. Nothing here is resolved: names are identifiers,
//! types are tokens that Rust takes for one, expressions and bodies are trees of pieces.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::generics::Generics;

/// Everything between the braces of one `frame_system!`.
pub struct Input {
    /// In the order they were written, so that the expansion has it too.
    pub items: Vec<Item>,
}

impl Input {
    /// Those items that are systems.
    pub fn systems(&self) -> impl Iterator<Item = &System> {
        self.items.iter().filter_map(|item| match item {
            Item::System(system) => Some(&**system),
            Item::Native(_) => None,
        })
    }

    /// The same, for what mends them.
    pub fn systems_mut(&mut self) -> impl Iterator<Item = &mut System> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::System(system) => Some(&mut **system),
            Item::Native(_) => None,
        })
    }
}

/// One of the things that stand beside each other in the input.
pub enum Item {
    /// Rust between the systems, in which only `@@Name(…)` is rewritten.
    Native(Code),
    /// `@@system Lamp { … }`
    System(Box<System>),
}

/// What stands before an item: `#[…]` for Rust, `@@[…]` for this compiler.
#[derive(Default)]
pub struct Attrs {
    /// `#[…]` and doc comments, as written.
    pub rust: Vec<TokenStream>,
    /// Those in `@@[…]`, whose places and forms are checked later.
    pub frame: Vec<FrameAttr>,
    /// Predicates of the `#[cfg(…)]` among `rust`, which are kept out of that list.
    pub cfg: Vec<TokenStream>,
}

/// `@@[name(args)]`.
#[derive(Clone)]
pub struct FrameAttr {
    /// The word that says which it is.
    pub name: Ident,
    /// What stands behind the name; absent in `@@[no_alloc]`.
    pub args: Option<Group>,
    /// The attribute as a whole, to be blamed.
    pub span: Span,
}

/// `@@system Lamp(level: u8) : Switch { … }`
pub struct System {
    /// Those before `@@system`.
    pub attrs: Attrs,
    /// How far the type and its methods are seen.
    pub vis: Vis,
    /// What the type is called.
    pub name: Ident,
    /// What the type is generic over, with its `where` clause.
    pub generics: Generics,
    /// What its constructor takes.
    pub params: Vec<SystemParam>,
    /// Whether the parameters could not all be read.
    pub misread: bool,
    /// The traits behind `:`, which its methods implement.
    pub traits: Vec<TokenStream>,
    /// What stands under `operations:`.
    pub operations: Vec<Function>,
    /// What stands under `interface:`; absent where the section is.
    pub interface: Option<Vec<Method>>,
    /// What stands under `machine:`; the first is the one to start in.
    pub states: Vec<State>,
    /// What stands under `actions:`.
    pub actions: Vec<Function>,
    /// What stands under `domain:`.
    pub fields: Vec<Field>,
    /// What stands for a type that is missing.
    pub mistake: Type,
}

/// How far something is seen.
pub enum Vis {
    /// Nothing was written: a system is public, a field is private.
    Inherited,
    /// `@@system private`.
    Private,
    /// `pub`, `pub(crate)` and the like.
    Written(TokenStream),
}

/// What a parameter of a system is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    /// `$(x: T)`, for the start state.
    State,
    /// `$>(x: T)`, for the start state's `$>`.
    Enter,
    /// `x: T`, for the fields.
    Domain,
}

/// A parameter of a system.
pub struct SystemParam {
    /// Whom it is for.
    pub kind: ParamKind,
    /// How it is declared.
    pub param: Param,
}

/// `mut name: Type = default`
pub struct Param {
    /// The `mut`, with its span.
    pub mutable: Option<Ident>,
    /// What it is called.
    pub name: Ident,
    /// Absent in handlers that take their types from the interface.
    pub ty: Option<Type>,
    /// The value for those who leave the argument out.
    pub default: Option<Code>,
}

/// A type, kept as the tokens it was written in.
#[derive(Clone)]
pub struct Type {
    /// How it is emitted.
    pub tokens: TokenStream,
    /// Its first token, to be blamed.
    pub span: Span,
    /// Whether it stands for one that could not be read, and fits everywhere.
    pub unknown: bool,
}

/// A name as people read it, without `r#`.
pub fn unraw(name: &Ident) -> String {
    let text = name.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// Stands for a name that is missing, so that what surrounds it is known all the same.
pub const MISSING: &str = "__missing";

/// The name of the alias that stands in an expansion for a type that is not known.
pub fn mistake(system: &str) -> Ident {
    let system = system.strip_prefix("r#").unwrap_or(system);
    Ident::new(&format!("__{system}_Mistake"), Span::mixed_site())
}

impl Type {
    /// What stands for a type that is missing or cannot be read.
    pub fn unknown(system: &str, span: Span) -> Type {
        Type { tokens: TokenTree::Ident(mistake(system)).into(), span, unknown: true }
    }
}

/// A method of the interface, which is an event.
pub struct Method {
    /// Those that go onto the method.
    pub attrs: Attrs,
    /// The `async`, which is refused.
    pub is_async: Option<Span>,
    /// What callers, and the handlers, say.
    pub name: Ident,
    /// Its own parameters of types and lifetimes, with its `where` clause.
    pub generics: Generics,
    /// Declared with `&self`.
    pub query: bool,
    /// What the event carries.
    pub params: Vec<Param>,
    /// What a call returns; absent where it returns nothing.
    pub ret: Option<Type>,
    /// What a call returns where no handler sets a value.
    pub default: Option<Code>,
}

/// An action or an operation.
pub struct Function {
    /// Those that go onto the function.
    pub attrs: Attrs,
    /// Whether its name belongs to something else, so that nothing can call it.
    pub stray: bool,
    /// The `static`, without which it has a `self`.
    pub is_static: Option<Span>,
    /// The `async` before its `fn`.
    pub is_async: Option<Span>,
    /// What callers say.
    pub name: Ident,
    /// Its own parameters of types and lifetimes, with its `where` clause.
    pub generics: Generics,
    /// Declared with `&self`.
    pub query: bool,
    /// What it takes besides `self`.
    pub params: Vec<Param>,
    /// What it returns; absent where it returns nothing.
    pub ret: Option<Type>,
    /// Rust with Frame accessors; statements that leave the state are refused in it.
    pub body: Block,
}

/// `$On(level: u8) => $Powered { … }`
pub struct State {
    /// Those before the `$`.
    pub attrs: Attrs,
    /// The name behind the `$`.
    pub name: Ident,
    /// What a transition to it gives it.
    pub params: Vec<Param>,
    /// The state behind `=>`, to which handlers forward.
    pub parent: Option<Ident>,
    /// What it holds while it is current.
    pub vars: Vec<StateVar>,
    /// What it does about events.
    pub handlers: Vec<Handler>,
    /// The `=> $^` that stands among the handlers.
    pub default_forward: Option<Span>,
    /// Whether a member could not be read.
    pub misread: bool,
}

/// `$.count: u32 = 0`
pub struct StateVar {
    /// Those before the `$`.
    pub attrs: Attrs,
    /// What stands behind `$.` wherever it is used.
    pub name: Ident,
    /// Its type, when that was written or its value tells it.
    pub ty: Option<Type>,
    /// What it holds when the state is entered.
    pub init: Option<Code>,
}

/// What runs a handler.
pub enum Trigger {
    /// A call of the interface method of this name.
    Event(Ident),
    /// `$>`: a transition has come to the state.
    Enter(Span),
    /// `<$`: a transition is about to leave the state.
    Exit(Span),
}

impl Trigger {
    /// Where a message about the handler points.
    pub fn span(&self) -> Span {
        match self {
            Trigger::Event(name) => name.span(),
            Trigger::Enter(span) | Trigger::Exit(span) => *span,
        }
    }

    /// What `@@:event` says in the handler.
    pub fn text(&self) -> String {
        match self {
            Trigger::Event(name) => unraw(name),
            Trigger::Enter(_) => "$>".to_owned(),
            Trigger::Exit(_) => "<$".to_owned(),
        }
    }
}

/// `toggle() { … }` in a state.
pub struct Handler {
    /// Those that go onto its function.
    pub attrs: Attrs,
    /// What runs it.
    pub trigger: Trigger,
    /// Whether its event cannot call it, because its head could not be read or there is
    /// another handler for the event.
    pub stray: bool,
    /// Whether something in it could not be read.
    pub broken: bool,
    /// `None` where the list was left out altogether.
    pub params: Option<Vec<Param>>,
    /// What is written behind its parameters, where it is not left to the interface.
    pub ret: Option<Type>,
    /// The value that a call returns unless the body sets another.
    pub default: Option<Code>,
    /// What it does.
    pub body: Block,
}

/// `pub count: u32 = 0` in the domain.
pub struct Field {
    /// Those that go onto the field.
    pub attrs: Attrs,
    /// How far it is seen.
    pub vis: Vis,
    /// The `const`, which forbids that it is assigned to.
    pub constant: Option<Span>,
    /// What stands behind `self.` wherever it is used.
    pub name: Ident,
    /// Its type, which cannot be left out.
    pub ty: Type,
    /// What it starts as; absent where a parameter or the type's default says so.
    pub init: Option<Code>,
}

// ---- bodies ---------------------------------------------------------------------------

/// A run of Rust with Frame accessors in it.
pub type Code = Vec<Piece>;

/// `{ … }` as statements. `group` is what stood there, for forwarding it verbatim.
pub struct Block {
    /// What stood there, for forwarding it verbatim.
    pub group: Group,
    /// What stood there, told apart.
    pub stmts: Vec<Stmt>,
}

/// One statement of a body.
pub struct Stmt {
    /// Whose it is.
    pub kind: StmtKind,
    /// The `;` behind it, when one was written.
    pub semi: Option<Span>,
}

/// Whose statement it is, Frame's or Rust's.
pub enum StmtKind {
    /// One that this compiler makes Rust of.
    Frame(FrameStmt),
    /// An expression statement or `let`.
    Native(Code),
    /// A nested `fn`, `use`, `struct` …, never looked into.
    Item(TokenStream),
}

/// A statement of Frame.
pub enum FrameStmt {
    /// `-> $S`, with all that may stand around it.
    Transition(Box<Transition>),
    /// `push$` on its own.
    Push(Span),
    /// `pop$` on its own.
    Pop(Span),
    /// `=> $^`
    Forward(Span),
    /// `@@:(e)` and `@@:return = e`
    SetReturn {
        /// The `@@`, to be blamed.
        span: Span,
        /// What the call is to return.
        value: Code,
    },
    /// `@@:return(e)` and `@@:return()`
    Leave {
        /// The `@@`, to be blamed.
        span: Span,
        /// What the call is to return; without it, what was set before.
        value: Option<Code>,
    },
    /// What was meant as one of these and is none.
    Broken(Span),
}

/// `push$ (exit) -> => (enter) $S(state) @@:(value)`
pub struct Transition {
    /// The arrow, to be blamed.
    pub span: Span,
    /// Whether the state that is left is saved.
    pub push: bool,
    /// `-> =>`: the event in hand goes along.
    pub forwards: bool,
    /// What the `<$` of the state that is left is given.
    pub exit_args: Option<Args>,
    /// What the `$>` of the target is given.
    pub enter_args: Option<Args>,
    /// Where it leads.
    pub target: Target,
    /// The `@@:(e)` directly behind it, which counts as written before it.
    pub value: Option<Code>,
}

impl Transition {
    /// The arguments in `-> $S(…)`.
    pub fn state_args(&self) -> Option<&Args> {
        match &self.target {
            Target::State { args, .. } => args.as_ref(),
            Target::Pop(_) => None,
        }
    }

    /// All code in it, in the order in which it is evaluated.
    pub fn codes(&self) -> impl Iterator<Item = &Code> {
        let args = [self.exit_args.as_ref(), self.enter_args.as_ref(), self.state_args()];
        self.value.iter().chain(args.into_iter().flatten().flat_map(|args| &args.items))
    }
}

/// Where a transition leads.
pub enum Target {
    /// `$S(…)`
    State {
        /// The name behind the `$`.
        name: Ident,
        /// What its params are given.
        args: Option<Args>,
    },
    /// `pop$`: the state that was saved last.
    Pop(Span),
}

/// What stands between parentheses, told apart at the commas.
pub struct Args {
    /// The parentheses, to be blamed for what is missing between them.
    pub span: Span,
    /// The arguments, in their order.
    pub items: Vec<Code>,
}

/// A part of a body, as fine as Frame needs it.
pub enum Piece {
    /// A token, or a group without anything of interest in it.
    Token(TokenTree),
    /// A group with something of interest in it.
    Group {
        /// Gives delimiter and span to the one that is made in its place.
        group: Group,
        /// What stands in it.
        inner: Code,
    },
    /// Braces with statements in them.
    Block(Block),
    /// The condition of `if` and `while`, the scrutinee of `match`, the iterator of `for`.
    Head(Code),
    /// The braces behind `match`.
    Arms {
        /// Gives its span to the one that is made in its place.
        group: Group,
        /// What stands in them.
        arms: Vec<Arm>,
    },
    /// A native `return` that leaves the body itself, not a closure in it.
    Return {
        /// The word, with its span.
        token: Ident,
        /// What it returns.
        value: Option<Code>,
    },
    /// A closure or `async` block, whose `return` and `?` are its own.
    Closure(Code),
    /// A value that this compiler knows the place of.
    Access(Access),
    /// A Frame statement where Rust has an expression, such as `1 => -> $B`.
    Frame(Box<FrameStmt>),
}

/// `pattern if guard => body,`
pub struct Arm {
    /// Up to the guard or the arrow.
    pub pattern: Code,
    /// The `if`, and what stands behind it.
    pub guard: Option<(Ident, Code)>,
    /// The `=>`, with its spans.
    pub arrow: TokenStream,
    /// What the arm does or is.
    pub body: Code,
    /// The one behind the body, when it was written.
    pub comma: Option<TokenTree>,
}

/// An accessor of Frame, or what was meant as one.
pub enum Access {
    /// `$.x`
    StateVar {
        /// The sigil, to be blamed.
        span: Span,
        /// `x`
        name: Ident,
    },
    /// `@@:return`
    ReturnValue(Span),
    /// `@@:params.x`
    Param {
        /// `x`
        name: Ident,
    },
    /// `@@:event`
    EventName(Span),
    /// `@@:data.k`
    Data {
        /// The `@@`, to be blamed.
        span: Span,
        /// `k`
        name: Ident,
    },
    /// `@@:self.m(…)`, or `self.m(…)` in plain Rust.
    Call(Call),
    /// `@@:self.f`
    Field {
        /// The `@@`, to be blamed.
        span: Span,
        /// `f`
        name: Ident,
    },
    /// `@@:system.state.name`
    StateName(Span),
    /// `@@:system.stack.depth`
    StackDepth(Span),
    /// `@@Name(…)`, `@@!Name()`
    Construct(Construct),
    /// What was meant as one of these and is none.
    Broken(Span),
    /// The name that is missing behind a `.` of Rust.
    Unfinished(Span),
    /// Tokens that belong to nothing, and are left out.
    Skipped,
}

/// A call of a method, action or operation of the system itself.
pub struct Call {
    /// The `self` of a native call.
    pub native: Option<Ident>,
    /// The name that is called.
    pub name: Ident,
    /// `::<…>`
    pub turbofish: Vec<TokenTree>,
    /// What it is called with.
    pub args: Args,
}

/// A call that makes another system.
pub struct Construct {
    /// The `@@`, to be blamed.
    pub span: Span,
    /// The system's name.
    pub name: Ident,
    /// `<…>` or `::<…>`, as written.
    pub generics: Vec<TokenTree>,
    /// Whether it was `@@!Name()`, which makes one to load into.
    pub uninitialized: bool,
    /// What it is made with.
    pub args: Vec<SystemArg>,
    /// The parentheses, to be blamed for what is missing between them.
    pub args_span: Span,
}

/// One argument for a system's constructor.
pub struct SystemArg {
    /// `$(…)` and `$>(…)` say the kind; without sigil it is `None`.
    pub kind: Option<ParamKind>,
    /// The parameter it names: `level = 3`.
    pub name: Option<Ident>,
    /// What is handed over.
    pub value: Code,
}

/// Whether a token is a group in such delimiters.
pub fn is_delimited(tree: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == delimiter)
}
