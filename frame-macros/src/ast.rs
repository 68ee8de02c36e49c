//! What was written, with its spans. Nothing here is resolved: names are identifiers,
//! types are tokens that Rust takes for one, expressions and bodies are trees of pieces.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::generics::Generics;

/// Everything between the braces of one `frame_system!`.
pub struct Input {
    pub items: Vec<Item>,
}

impl Input {
    pub fn systems(&self) -> impl Iterator<Item = &System> {
        self.items.iter().filter_map(|item| match item {
            Item::System(system) => Some(&**system),
            Item::Native(_) => None,
        })
    }

    pub fn systems_mut(&mut self) -> impl Iterator<Item = &mut System> {
        self.items.iter_mut().filter_map(|item| match item {
            Item::System(system) => Some(&mut **system),
            Item::Native(_) => None,
        })
    }
}

pub enum Item {
    /// Rust between the systems, in which only `@@Name(…)` is rewritten.
    Native(Code),
    System(Box<System>),
}

#[derive(Default)]
pub struct Attrs {
    /// `#[…]` and doc comments, as written.
    pub rust: Vec<TokenStream>,
    pub frame: Vec<FrameAttr>,
    /// Predicates of the `#[cfg(…)]` among `rust`, which are kept out of that list.
    pub cfg: Vec<TokenStream>,
}

/// `@@[name(args)]`.
#[derive(Clone)]
pub struct FrameAttr {
    pub name: Ident,
    pub args: Option<Group>,
    pub span: Span,
}

pub struct System {
    pub attrs: Attrs,
    pub vis: Vis,
    pub name: Ident,
    pub generics: Generics,
    pub params: Vec<SystemParam>,
    /// Whether the parameters could not all be read.
    pub misread: bool,
    pub traits: Vec<TokenStream>,
    pub operations: Vec<Function>,
    pub interface: Option<Vec<Method>>,
    pub states: Vec<State>,
    pub actions: Vec<Function>,
    pub fields: Vec<Field>,
    /// What stands for a type that is missing.
    pub mistake: Type,
}

pub enum Vis {
    /// Nothing was written: a system is public, a field is private.
    Inherited,
    /// `@@system private`.
    Private,
    Written(TokenStream),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ParamKind {
    State,
    Enter,
    Domain,
}

pub struct SystemParam {
    pub kind: ParamKind,
    pub param: Param,
}

pub struct Param {
    pub mutable: Option<Ident>,
    pub name: Ident,
    /// Absent in handlers that take their types from the interface.
    pub ty: Option<Type>,
    pub default: Option<Code>,
}

/// A type, kept as the tokens it was written in.
#[derive(Clone)]
pub struct Type {
    pub tokens: TokenStream,
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

pub struct Method {
    pub attrs: Attrs,
    pub is_async: Option<Span>,
    pub name: Ident,
    pub generics: Generics,
    /// Declared with `&self`.
    pub query: bool,
    pub params: Vec<Param>,
    pub ret: Option<Type>,
    pub default: Option<Code>,
}

/// An action or an operation.
pub struct Function {
    pub attrs: Attrs,
    /// Whether its name belongs to something else, so that nothing can call it.
    pub stray: bool,
    pub is_static: Option<Span>,
    pub is_async: Option<Span>,
    pub name: Ident,
    pub generics: Generics,
    /// Declared with `&self`.
    pub query: bool,
    pub params: Vec<Param>,
    pub ret: Option<Type>,
    pub body: Block,
}

pub struct State {
    pub attrs: Attrs,
    pub name: Ident,
    pub params: Vec<Param>,
    pub parent: Option<Ident>,
    pub vars: Vec<StateVar>,
    pub handlers: Vec<Handler>,
    /// The `=> $^` that stands among the handlers.
    pub default_forward: Option<Span>,
    /// Whether a member could not be read.
    pub misread: bool,
}

pub struct StateVar {
    pub attrs: Attrs,
    pub name: Ident,
    pub ty: Option<Type>,
    pub init: Option<Code>,
}

pub enum Trigger {
    Event(Ident),
    Enter(Span),
    Exit(Span),
}

impl Trigger {
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

pub struct Handler {
    pub attrs: Attrs,
    pub trigger: Trigger,
    /// Whether its event cannot call it, because its head could not be read or there is
    /// another handler for the event.
    pub stray: bool,
    /// Whether something in it could not be read.
    pub broken: bool,
    /// `None` where the list was left out altogether.
    pub params: Option<Vec<Param>>,
    pub ret: Option<Type>,
    pub default: Option<Code>,
    pub body: Block,
}

pub struct Field {
    pub attrs: Attrs,
    pub vis: Vis,
    pub constant: Option<Span>,
    pub name: Ident,
    pub ty: Type,
    pub init: Option<Code>,
}

// ---- bodies ---------------------------------------------------------------------------

/// A run of Rust with Frame accessors in it.
pub type Code = Vec<Piece>;

/// `{ … }` as statements. `group` is what stood there, for forwarding it verbatim.
pub struct Block {
    pub group: Group,
    pub stmts: Vec<Stmt>,
}

pub struct Stmt {
    pub kind: StmtKind,
    /// The `;` behind it, when one was written.
    pub semi: Option<Span>,
}

pub enum StmtKind {
    Frame(FrameStmt),
    /// An expression statement or `let`.
    Native(Code),
    /// A nested `fn`, `use`, `struct` …, never looked into.
    Item(TokenStream),
}

pub enum FrameStmt {
    Transition(Box<Transition>),
    /// `push$` on its own.
    Push(Span),
    /// `pop$` on its own.
    Pop(Span),
    /// `=> $^`
    Forward(Span),
    /// `@@:(e)` and `@@:return = e`
    SetReturn {
        span: Span,
        value: Code,
    },
    /// `@@:return(e)` and `@@:return()`
    Leave {
        span: Span,
        value: Option<Code>,
    },
    /// What was meant as one of these and is none.
    Broken(Span),
}

pub struct Transition {
    pub span: Span,
    pub push: bool,
    /// `-> =>`: the event in hand goes along.
    pub forwards: bool,
    pub exit_args: Option<Args>,
    pub enter_args: Option<Args>,
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

pub enum Target {
    State { name: Ident, args: Option<Args> },
    Pop(Span),
}

pub struct Args {
    pub span: Span,
    pub items: Vec<Code>,
}

pub enum Piece {
    /// A token, or a group without anything of interest in it.
    Token(TokenTree),
    Group {
        group: Group,
        inner: Code,
    },
    Block(Block),
    /// The condition of `if` and `while`, the scrutinee of `match`, the iterator of `for`.
    Head(Code),
    Arms {
        group: Group,
        arms: Vec<Arm>,
    },
    /// A native `return` that leaves the body itself, not a closure in it.
    Return {
        token: Ident,
        value: Option<Code>,
    },
    /// A closure or `async` block, whose `return` and `?` are its own.
    Closure(Code),
    Access(Access),
    /// A Frame statement where Rust has an expression, such as `1 => -> $B`.
    Frame(Box<FrameStmt>),
}

pub struct Arm {
    pub pattern: Code,
    pub guard: Option<(Ident, Code)>,
    pub arrow: TokenStream,
    pub body: Code,
    pub comma: Option<TokenTree>,
}

pub enum Access {
    /// `$.x`
    StateVar { span: Span, name: Ident },
    /// `@@:return`
    ReturnValue(Span),
    /// `@@:params.x`
    Param { name: Ident },
    /// `@@:event`
    EventName(Span),
    /// `@@:data.k`
    Data { span: Span, name: Ident },
    /// `@@:self.m(…)`, or `self.m(…)` in plain Rust.
    Call(Call),
    /// `@@:self.f`
    Field { span: Span, name: Ident },
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

pub struct Call {
    /// The `self` of a native call.
    pub native: Option<Ident>,
    pub name: Ident,
    /// `::<…>`
    pub turbofish: Vec<TokenTree>,
    pub args: Args,
}

pub struct Construct {
    pub span: Span,
    pub name: Ident,
    pub generics: Vec<TokenTree>,
    pub uninitialized: bool,
    pub args: Vec<SystemArg>,
    pub args_span: Span,
}

pub struct SystemArg {
    /// `$(…)` and `$>(…)` say the kind; without sigil it is `None`.
    pub kind: Option<ParamKind>,
    pub name: Option<Ident>,
    pub value: Code,
}

pub fn is_delimited(tree: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == delimiter)
}
