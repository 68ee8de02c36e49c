//! Random Frame systems, compiled by `frame_system!` and interpreted by the rules of the language:
//! both must do the same.
//!
//! The build script writes some hundred machines as Frame text. `tests/compare.rs` compiles them,
//! calls them at random, and compares every call with the [`interpreter`]: the trace that handlers
//! leave, the value returned, the state and the depth of the stack. More machines, other ones, one
//! again, or some without parts of the language:
//!
//! ```text
//! export CARGO_INCREMENTAL=0
//! RANDOM_MACHINES=1000 RANDOM_MACHINES_SEED=5000 cargo test -p random-machines
//! RANDOM_MACHINES_WITHOUT=Stack,Queries cargo test -p random-machines
//! RANDOM_MACHINES_CASES='5017 5018:3,4' cargo test -p random-machines
//! cargo run -p random-machines --bin reduce 5017
//! ```
//!
//! Without the first line the compiler tends to trip over included files that changed. The default
//! events run all machines, the other modes the first fifty.
//!
//! Machine *i* has the seed `RANDOM_MACHINES_SEED + i`. What can be left out everywhere are the
//! variants of [`features::Feature`]; what can be left out of one machine are its parts, see
//! [`reduce::Case`]: the `reduce` program finds those on which a difference does not depend.
//!
//! # What makes a machine terminate
//!
//! Every handler begins by burning fuel, of which each call from outside gets the same amount, and
//! leaves at once when there is none. Loops are bounded by themselves.
//!
//! # What is not generated
//!
//! Because the rules leave open what it would mean, or because the macro is known to fall short:
//!
//! - A self-call in an exit handler, or `push$` and `pop$` there while the machine has a `-> pop$`
//!   or a bounded stack: which compartment is then "the one being left", and which one the top of
//!   the stack? Exit handlers with self-calls are generated for machines without a stack and
//!   without `@@[retain]`.
//! - `@@[retain]` together with a stack: a restored chain and a retained ancestor exclude each
//!   other.
//! - A store behind a self-call into a variable of a retained state: was that state left?
//! - An event forwarded to a state whose `$>` makes self-calls, which could leave the state before
//!   the event arrives.
//! - `=> $^` to a handler that forwards its event through a transition, followed by a self-call,
//!   which would perform that transition within another call: whose return value would the event
//!   set?
//! - `-> => $S` in an exit handler, and with enter args in an enter handler, which has args of its
//!   own to hand on.
//! - Exit args given by an exit handler: the state that its transition will leave is another one.
//! - Fewer enter args in a `-> pop$` than the restored state has params: do saved ones fill the
//!   gap, or defaults?
//! - `push$ -> pop$`.
//! - Ancestors that read a param which several states on one path to a leaf declare.
//! - `$.x` behind a self-call in the same statement, and a second self-call in the head of a
//!   control statement: the handler may have ended between them.
//! - A self-call among the args of a method of `$.x`: by Rust's rules `$.x` is read before it when
//!   the method takes it by value, and used behind it when the method borrows it.
//! - Params that handlers assign: a forward could pass them on as they were or as they are.

pub mod ast;
pub mod features;
pub mod generator;
pub mod interpreter;
pub mod print;
pub mod reduce;
pub mod subject;
pub mod walk;
