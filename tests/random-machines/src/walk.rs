//! Looks for things in bodies.

use crate::ast::*;

/// Whether the block or one within it has such a statement.
pub fn contains(block: &[Stmt], wanted: &dyn Fn(&Stmt) -> bool) -> bool {
    block
        .iter()
        .any(|stmt| wanted(stmt) || blocks(stmt).into_iter().any(|inner| contains(inner, wanted)))
}

/// What is called in a block.
pub fn callees_of_block(block: &[Stmt]) -> Vec<Callee> {
    block.iter().flat_map(callees_of_stmt).collect()
}

/// What is called in args.
pub fn callees_of_args(args: &[Expr]) -> Vec<Callee> {
    args.iter().flat_map(callees_of_expr).collect()
}

/// Where the transitions of a block go.
pub fn targets_of_block(block: &[Stmt]) -> Vec<StateId> {
    let target = |stmt: &Stmt| match stmt {
        Stmt::Transition(Transition { target: Target::State(target, _), .. }) => Some(*target),
        _ => None,
    };
    let inner = |stmt| blocks(stmt).into_iter().flat_map(targets_of_block);
    block.iter().flat_map(|stmt| inner(stmt).chain(target(stmt))).collect()
}

/// How often an expression says a name.
pub fn mentions(expr: &Expr, name: &str) -> usize {
    match expr {
        Expr::Name(known) => usize::from(known == name),
        Expr::Pair(_, left, right) => mentions(left, name) + mentions(right, name),
        Expr::Call(call) => call.args.iter().map(|arg| mentions(arg, name)).sum(),
        _ => 0,
    }
}

fn callees_of_stmt(stmt: &Stmt) -> Vec<Callee> {
    let own = exprs(stmt).into_iter().flat_map(callees_of_expr);
    let called = if let Stmt::Call(call) = stmt { callees_of_call(call) } else { Vec::new() };
    own.chain(called).chain(blocks(stmt).into_iter().flat_map(callees_of_block)).collect()
}

fn callees_of_expr(expr: &Expr) -> Vec<Callee> {
    match expr {
        Expr::Pair(_, left, right) => {
            callees_of_expr(left).into_iter().chain(callees_of_expr(right)).collect()
        }
        Expr::Call(call) => callees_of_call(call),
        _ => Vec::new(),
    }
}

fn callees_of_call(call: &Call) -> Vec<Callee> {
    std::iter::once(call.callee).chain(callees_of_args(&call.args)).collect()
}

fn blocks(stmt: &Stmt) -> Vec<&[Stmt]> {
    match stmt {
        Stmt::If(_, then, otherwise) => vec![then, otherwise],
        Stmt::LetUnless(_, _, block, _) | Stmt::While(_, _, _, block) | Stmt::For(_, _, block) => {
            vec![block]
        }
        Stmt::Match(_, arms) => arms.iter().map(Vec::as_slice).collect(),
        _ => Vec::new(),
    }
}

fn exprs(stmt: &Stmt) -> Vec<&Expr> {
    match stmt {
        Stmt::LetUnless(_, condition, _, value) => vec![&condition.value, value],
        Stmt::If(condition, ..) | Stmt::While(_, _, condition, _) => vec![&condition.value],
        Stmt::Note(_, value)
        | Stmt::Let(_, value)
        | Stmt::Assign(_, _, value)
        | Stmt::Bump(_, value)
        | Stmt::Match(value, _)
        | Stmt::For(_, value, _)
        | Stmt::SetReturn(_, value)
        | Stmt::Tail(value) => vec![value],
        Stmt::ReturnWith(value) | Stmt::Return(value) => value.iter().collect(),
        Stmt::Transition(transition) => args(transition),
        _ => Vec::new(),
    }
}

/// What is evaluated for a transition.
pub fn args(transition: &Transition) -> Vec<&Expr> {
    let state_args =
        if let Target::State(_, args) = &transition.target { args.as_slice() } else { &[] };
    let then = transition.then.iter().map(|(_, value)| value);
    transition
        .exit
        .iter()
        .chain(transition.enter.iter().flatten())
        .chain(state_args)
        .chain(then)
        .collect()
}
