//! Frame text inside bodies: its statements and its accessors.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};

use super::body::{Scanner, Stop};
use super::cursor::{Cursor, trees};
use super::types::is_keyword;
use crate::ast::*;
use crate::codes;
use crate::gather::Gather;
use crate::suggest::nearest;

/// Whether a Frame statement begins here.
pub fn begins_statement(cur: &Cursor) -> bool {
    begins_decorated_transition(cur)
        || is_stack_word(cur, "push")
        || is_stack_word(cur, "pop")
        || is_forward(cur)
        || is_return_statement(cur)
}

/// `-> $S`, `-> pop$`, with anything a transition may hold between them.
pub fn begins_transition(cur: &Cursor) -> bool {
    begins_transition_at(cur, 0)
}

/// The same, exit args included.
fn begins_decorated_transition(cur: &Cursor) -> bool {
    // `(e)` on a line of its own is a statement of Rust.
    let exit_args = cur.group(0, Delimiter::Parenthesis).is_some() && !cur.on_new_line(1);
    begins_transition(cur) || exit_args && begins_transition_at(cur, 1)
}

fn begins_transition_at(cur: &Cursor, ahead: usize) -> bool {
    if !cur.op(ahead, "->") {
        return false;
    }
    leads_to_target(cur, ahead + 2).is_some()
}

/// Where the target stands behind what may stand between an arrow and it.
fn leads_to_target(cur: &Cursor, mut at: usize) -> Option<usize> {
    loop {
        if cur.op(at, "=>") {
            at += 2;
        } else if cur.group(at, Delimiter::Parenthesis).is_some() || cur.is_string(at) {
            at += 1;
        } else {
            let target = cur.punct(at, '$') || cur.keyword(at, "pop") && cur.punct(at + 1, '$');
            return target.then_some(at);
        }
    }
}

/// Whether a `$.x` or `@@…` accessor begins here.
pub fn begins_accessor(cur: &Cursor) -> bool {
    cur.punct(0, '$') && cur.punct(1, '.') || cur.punct(0, '@') && cur.punct(1, '@')
}

/// `> { … }` and `>(by: u8) { … }`, which is an enter handler that lacks its `$`.
pub fn begins_misspelt_enter(cur: &Cursor) -> bool {
    let params = usize::from(cur.group(1, Delimiter::Parenthesis).is_some());
    cur.punct(0, '>') && cur.group(1 + params, Delimiter::Brace).is_some()
}

fn is_stack_word(cur: &Cursor, word: &str) -> bool {
    cur.keyword(0, word) && cur.punct(1, '$')
}

fn is_forward(cur: &Cursor) -> bool {
    cur.op(0, "=>") && cur.punct(2, '$') && cur.punct(3, '^')
}

/// `@@:(…)`, `@@:return(…)` or `@@:return = …`.
fn is_return_statement(cur: &Cursor) -> bool {
    let context = is_context(cur);
    context && cur.group(3, Delimiter::Parenthesis).is_some()
        || context
            && cur.keyword(3, "return")
            && (cur.group(4, Delimiter::Parenthesis).is_some()
                || cur.punct(4, '=') && !cur.op(4, "==") && !cur.op(4, "=>"))
}

fn is_context(cur: &Cursor) -> bool {
    cur.punct(0, '@') && cur.punct(1, '@') && cur.punct(2, ':')
}

/// Takes a Frame statement, when one stands here.
pub fn statement(scanner: &mut Scanner, cur: &mut Cursor) -> Option<FrameStmt> {
    if !begins_statement(cur) {
        return None;
    }
    let span = cur.span();
    if is_stack_word(cur, "push") {
        cur.skip(2);
        if begins_decorated_transition(cur) {
            let mut transition = transition(scanner, cur);
            transition.push = true;
            return Some(FrameStmt::Transition(Box::new(transition)));
        }
        return Some(FrameStmt::Push(span));
    }
    if is_stack_word(cur, "pop") {
        cur.skip(2);
        return Some(FrameStmt::Pop(span));
    }
    if is_forward(cur) {
        cur.skip(4);
        return Some(FrameStmt::Forward(span));
    }
    if is_context(cur) {
        return Some(return_statement(scanner, cur, span));
    }
    Some(FrameStmt::Transition(Box::new(transition(scanner, cur))))
}

/// Takes what was meant as a Frame statement but is none: `-> Idle`, `-> `, `=> $Parent`,
/// `$Idle`. No statement of Rust begins like that.
pub fn broken_statement(scanner: &mut Scanner, cur: &mut Cursor) -> Option<FrameStmt> {
    if begins_statement(cur) {
        return None;
    }
    if let Some(length) = nested_head(cur) {
        let message = "a handler or state cannot stand in a handler";
        let help = "a `}` is missing before this".to_owned();
        let span = cur.span();
        scanner.diag.error(codes::E002, span, message, Some(help));
        cur.skip(length + 1);
        return Some(FrameStmt::Broken(span));
    }
    let span = cur.span();
    let line = line(cur);
    if let Some(signs) = misspelt_arrow(cur) {
        let exit_args = cur.eat_group(Delimiter::Parenthesis).map(|group| scanner.args(group));
        let (span, help) = (cur.span(), "a transition has `->` before its state".to_owned());
        scanner.diag.error(codes::E002, span, "this is no transition", Some(help));
        cur.skip(signs);
        let made = behind_arrow(scanner, cur, span, exit_args);
        return Some(FrameStmt::Transition(Box::new(made)));
    }
    let (message, help) = if cur.op(0, "->") {
        ("a state is expected behind `->`", write_target(line))
    } else if cur.op(0, "=>") {
        ("this is not a forward", "an event is forwarded to the parent by `=> $^`".to_owned())
    } else if cur.punct(0, '$') && is_place(cur) {
        let name = name_in(line, "x");
        ("a state is no place to store in", format!("a state variable is `$.{name}`"))
    } else if cur.punct(0, '$') && cur.ident(1).is_some() {
        let name = name_in(line, "State");
        ("a state is no statement", format!("write `-> ${name}` for a transition to it"))
    } else {
        return None;
    };
    scanner.diag.error(codes::E002, span, message, Some(help));
    cur.skip(line.len());
    Some(meant(scanner, span, line).unwrap_or(FrameStmt::Broken(span)))
}

/// `$count += 1` and `$list.push(1)`
fn is_place(cur: &Cursor) -> bool {
    cur.ident(1).is_some()
        && ['=', '+', '-', '*', '/', '.', '[', '&', '|'].iter().any(|sign| cur.punct(2, *sign))
        && !cur.on_new_line(2)
}

/// `> $Idle`, `(2) --> (1) $Idle`: how many signs stand where an arrow is expected.
fn misspelt_arrow(cur: &Cursor) -> Option<usize> {
    let sign = |at: usize| ['-', '>', '=', '~'].iter().any(|sign| cur.punct(at, *sign));
    let exit = usize::from(cur.group(0, Delimiter::Parenthesis).is_some());
    let signs = (exit..).take_while(|at| sign(*at)).count();
    let forward = signs == 2 && cur.op(0, "=>");
    let target = leads_to_target(cur, exit + signs).filter(|_| signs > 0 && !forward)?;
    let state = cur.keyword(target, "pop") || cur.ident(target + 1).is_some();
    let one_line = !(1..=target).any(|at| cur.on_new_line(at));
    (state && one_line).then_some(signs)
}

/// `-> Idle` and `$Idle` for `-> $Idle`: nothing else can have been meant.
fn meant(scanner: &mut Scanner, span: Span, line: &[TokenTree]) -> Option<FrameStmt> {
    let [.., TokenTree::Ident(name)] = line else { return None };
    if name == "pop" {
        return None;
    }
    let before = &line[..line.len() - 1];
    if !before.iter().all(|token| matches!(token, TokenTree::Punct(_))) {
        return None;
    }
    let name = as_name(name);
    scanner.diag.fail(format!("state {name}"));
    Some(FrameStmt::Transition(Box::new(Transition {
        span,
        push: false,
        forwards: false,
        exit_args: None,
        enter_args: None,
        target: Target::State { name, args: None },
        value: None,
    })))
}

/// `open() {`, `level(): u8 {` and `$On {`, which no statement begins with: how many tokens
/// stand before the block.
fn nested_head(cur: &Cursor) -> Option<usize> {
    let word = |at: usize| cur.ident(at).is_some_and(|word| !is_keyword(word));
    let mut at = match cur.punct(0, '$') {
        true if cur.ident(1).is_some() => 2,
        false if word(0) && cur.group(1, Delimiter::Parenthesis).is_some() => 2,
        _ => return None,
    };
    if cur.op(at, "->") || cur.op(at, "=>") {
        at += 2;
    } else if cur.punct(at, ':') {
        at += 1;
    }
    while cur.peek(at).is_some()
        && !cur.on_new_line(at)
        && cur.group(at, Delimiter::Brace).is_none()
    {
        let type_token = !cur.punct(at, ';') && !cur.punct(at, '.') && !cur.punct(at, '?');
        if at == 2 || !type_token {
            return None;
        }
        at += 1;
    }
    (cur.group(at, Delimiter::Brace).is_some() && !cur.on_new_line(at)).then_some(at)
}

/// The tokens up to the end of the line or statement, without a block.
pub fn line<'t>(cur: &Cursor<'t>) -> &'t [TokenTree] {
    let ends = |at: usize| {
        cur.peek(at).is_none()
            || cur.punct(at, ';')
            || cur.punct(at, ',')
            || cur.group(at, Delimiter::Brace).is_some()
            || at > 0 && cur.on_new_line(at)
    };
    let length = (0..).find(|at| ends(*at)).unwrap_or(0);
    cur.ahead(length)
}

fn write_target(line: &[TokenTree]) -> String {
    match name_in(line, "State").as_str() {
        "pop" => "write `-> pop$`".to_owned(),
        name => format!("write `-> ${name}`"),
    }
}

fn name_in(tokens: &[TokenTree], otherwise: &str) -> String {
    let name = tokens.iter().find_map(|token| match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    });
    name.unwrap_or_else(|| otherwise.to_owned())
}

fn return_statement(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> FrameStmt {
    cur.skip(3);
    if let Some(group) = cur.eat_group(Delimiter::Parenthesis) {
        return FrameStmt::SetReturn { span, value: inside(scanner, group) };
    }
    cur.skip(1);
    if let Some(group) = cur.eat_group(Delimiter::Parenthesis) {
        let value = (!group.stream().is_empty()).then(|| inside(scanner, group));
        return FrameStmt::Leave { span, value };
    }
    cur.skip(1);
    let value = scanner.whole(cur, Stop { line: true, comma: true, ..Stop::default() }, false);
    FrameStmt::SetReturn { span, value }
}

/// The one value between parentheses; several make the tuple they look like.
fn inside(scanner: &mut Scanner, group: &Group) -> Code {
    let mut args = scanner.args(group);
    match args.items.len() {
        1 => args.items.remove(0),
        _ => vec![scanner.group(group)],
    }
}

fn transition(scanner: &mut Scanner, cur: &mut Cursor) -> Transition {
    let exit_args = cur.eat_group(Delimiter::Parenthesis).map(|group| scanner.args(group));
    let span = cur.span();
    cur.skip(2);
    behind_arrow(scanner, cur, span, exit_args)
}

fn behind_arrow(
    scanner: &mut Scanner,
    cur: &mut Cursor,
    span: Span,
    exit_args: Option<Args>,
) -> Transition {
    let mut forwards = false;
    let mut enter_args = None;
    loop {
        if cur.op(0, "=>") {
            cur.skip(2);
            forwards = true;
        } else if let Some(group) = cur.eat_group(Delimiter::Parenthesis) {
            enter_args = Some(scanner.args(group));
        } else if cur.is_string(0) {
            cur.skip(1);
        } else {
            break;
        }
    }
    let target = target(scanner, cur);
    let value = value_behind(scanner, cur);
    Transition { span, push: false, forwards, exit_args, enter_args, target, value }
}

/// The `@@:(e)` or `@@:return(e)` directly behind a transition.
fn value_behind(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Code> {
    if !is_return_statement(cur) {
        return None;
    }
    let (start, span) = (cur.position(), cur.span());
    match return_statement(scanner, cur, span) {
        FrameStmt::SetReturn { value, .. } | FrameStmt::Leave { value: Some(value), .. } => {
            Some(value)
        }
        _ => {
            cur.rewind(start);
            None
        }
    }
}

fn target(scanner: &mut Scanner, cur: &mut Cursor) -> Target {
    if is_stack_word(cur, "pop") {
        let span = cur.span();
        cur.skip(2);
        if let Some(group) = same_line_args(cur) {
            let message = "`-> pop$` takes no state arguments: the popped state has its own";
            let help = "give enter arguments before it, as in `-> (args) pop$`".to_owned();
            scanner.diag.error(codes::E607, group.span(), message, Some(help));
        }
        return Target::Pop(span);
    }
    let dollar = cur.span();
    cur.skip(1);
    let Some(name) = cur.eat_ident() else {
        let message = "the name of a state is expected behind `$`";
        scanner.diag.error(codes::E002, dollar, message, None);
        let args = same_line_args(cur).map(|group| scanner.args(group));
        return Target::State { name: Ident::new(MISSING, dollar), args };
    };
    let args = same_line_args(cur).map(|group| scanner.args(group));
    Target::State { name: as_name(name), args }
}

/// A word as a name: a keyword is none, whatever it stands for.
fn as_name(word: &Ident) -> Ident {
    let path = ["self", "Self", "super", "crate"].iter().any(|path| word == path);
    match (is_keyword(word), path) {
        (false, _) => word.clone(),
        (true, false) => Ident::new_raw(&word.to_string(), word.span()),
        (true, true) => Ident::new(MISSING, word.span()),
    }
}

fn same_line_args<'t>(cur: &mut Cursor<'t>) -> Option<&'t Group> {
    if cur.on_new_line(0) {
        return None;
    }
    cur.eat_group(Delimiter::Parenthesis)
}

/// Takes an accessor, when one stands here.
pub fn accessor(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Access> {
    let span = cur.span();
    if cur.punct(0, '$') && cur.punct(1, '.') {
        return Some(state_var(scanner, cur, span));
    }
    if cur.keyword(0, "self") {
        return native_call(scanner, cur).map(Access::Call);
    }
    if is_context(cur) {
        cur.skip(3);
        return Some(context_accessor(scanner, cur, span));
    }
    if lacks_colon(cur) {
        let word = cur.ident(2).map(Ident::to_string).unwrap_or_default();
        let help = format!("write `@@:{word}`");
        scanner.diag.error(codes::E002, span, "a `:` is expected behind `@@`", Some(help));
        cur.skip(2);
        return Some(context_accessor(scanner, cur, span));
    }
    if let Some(construct) = construct(scanner, cur) {
        return Some(Access::Construct(construct));
    }
    (cur.punct(0, '@') && cur.punct(1, '@')).then(|| broken_accessor(scanner, cur))
}

fn state_var(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    cur.skip(2);
    if let Some(name) = cur.eat_ident() {
        return Access::StateVar { span, name: as_name(name) };
    }
    let message = "the name of a state variable is expected behind `$.`";
    scanner.diag.error(codes::E002, span, message, None);
    Access::StateVar { span, name: Ident::new(MISSING, span) }
}

/// `@@Counter` without its arguments, or `@@` before anything else.
pub fn broken_accessor(scanner: &mut Scanner, cur: &mut Cursor) -> Access {
    let span = cur.span();
    cur.skip(2);
    cur.eat('!');
    match cur.ident(0).filter(|name| !is_keyword(name)) {
        Some(name) => {
            cur.skip(1);
            let message = format!("the arguments of `@@{name}` are missing");
            let help = format!("write `@@{name}()`");
            scanner.diag.error(codes::E003, name.span(), message, Some(help));
        }
        None => {
            let message = "a Frame accessor or the name of a system is expected behind `@@`";
            scanner.diag.error(codes::E002, span, message, None);
            cur.skip(line(cur).len());
        }
    }
    Access::Broken(span)
}

/// `$Idle`, `@x` or `> 3` where an expression is expected.
pub fn misplaced_sign(scanner: &mut Scanner, cur: &mut Cursor) -> Access {
    let (message, help) = match cur.peek(0) {
        Some(TokenTree::Punct(p)) if p.as_char() == '$' => {
            ("a state is no value", Some("a state variable is `$.name`"))
        }
        Some(TokenTree::Punct(p)) if p.as_char() == '@' => {
            ("`@` begins no expression", Some("Frame's accessors begin with `@@`"))
        }
        _ => ("an expression is expected here", None),
    };
    let span = cur.span();
    scanner.diag.error(codes::E002, span, message, help.map(str::to_owned));
    cur.skip(line(cur).len());
    Access::Broken(span)
}

/// `self.m(…)`: only a call's name tells later whether it concerns the machine.
fn native_call(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Call> {
    if !cur.punct(1, '.') {
        return None;
    }
    let this = cur.ident(0)?;
    let name = cur.ident(2)?;
    let start = cur.position();
    cur.skip(3);
    match call(scanner, cur, name) {
        Some(call) => Some(Call { native: Some(this.clone()), ..call }),
        None => {
            cur.rewind(start);
            None
        }
    }
}

/// `::<…>(…)` behind the name of a method.
fn call(scanner: &mut Scanner, cur: &mut Cursor, name: &Ident) -> Option<Call> {
    let start = cur.position();
    if cur.op(0, "::") && cur.punct(2, '<') {
        cur.skip(cur.behind_angles(2)?);
    }
    let turbofish = cur.since(start).to_vec();
    let args = scanner.args(cur.eat_group(Delimiter::Parenthesis)?);
    Some(Call { native: None, name: as_name(name), turbofish, args })
}

/// `@@self.count` for `@@:self.count`.
fn lacks_colon(cur: &Cursor) -> bool {
    cur.punct(0, '@')
        && cur.punct(1, '@')
        && cur.ident(2).is_some_and(|word| ACCESSORS.iter().any(|known| word == known))
}

const ACCESSORS: [&str; 6] = ["return", "event", "params", "data", "self", "system"];

/// What stands behind `@@:`.
fn context_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    let word = cur.ident(0).map(Ident::to_string).unwrap_or_default();
    match word.as_str() {
        "return" => {
            cur.skip(1);
            if begins_value(cur) {
                let help = "write `@@:return(…)`".to_owned();
                let message = "the value to return stands in parentheses";
                scanner.diag.error(codes::E002, cur.span(), message, Some(help));
                cur.skip(line(cur).len());
                return Access::Broken(span);
            }
            Access::ReturnValue(span)
        }
        "event" => {
            cur.skip(1);
            Access::EventName(span)
        }
        "params" | "data" if cur.punct(1, '.') && cur.ident(2).is_some() => {
            let name = as_name(cur.ident(2).expect("just seen"));
            cur.skip(3);
            match word.as_str() {
                "params" => Access::Param { name },
                _ => Access::Data { span, name },
            }
        }
        "self" => self_accessor(scanner, cur, span),
        "system" => system_accessor(scanner, cur, span),
        _ => unknown_accessor(scanner, cur, &word, span),
    }
}

/// `@@:return 5`: what stands behind it goes on with no expression.
fn begins_value(cur: &Cursor) -> bool {
    let begins = match cur.peek(0) {
        Some(TokenTree::Ident(word)) => word != "as" && word != "else",
        Some(TokenTree::Literal(_)) => true,
        _ => begins_accessor(cur),
    };
    begins && !cur.on_new_line(0)
}

/// `@@:retrun`, `@@:params` without a name.
fn unknown_accessor(scanner: &mut Scanner, cur: &mut Cursor, word: &str, span: Span) -> Access {
    let help = match nearest(word, ACCESSORS) {
        Some(known @ ("params" | "data")) => format!("write `@@:{known}.name`"),
        Some(known) => format!("did you mean `@@:{known}`?"),
        None => "the accessors are `@@:return`, `@@:params.x`, `@@:event`, `@@:data.k`, \
                 `@@:self.x` and `@@:system.state.name`"
            .to_owned(),
    };
    let message = match ACCESSORS.contains(&word) {
        true => format!("`@@:{word}` does not stand on its own"),
        false => format!("`@@:{word}` is not a Frame accessor"),
    };
    let blamed = cur.ident(0).map_or(span, Ident::span);
    scanner.diag.error(codes::E002, blamed, message, Some(help));
    match cur.eat_ident() {
        Some(_) if cur.punct(0, '.') => cur.skip(2),
        Some(_) => {}
        None => cur.skip(line(cur).len()),
    }
    Access::Broken(span)
}

fn self_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    let blamed = cur.span();
    cur.skip(1);
    let (true, Some(name)) = (cur.punct(0, '.'), cur.ident(1)) else {
        let help = "name a method, an action or a field, as in `@@:self.count`".to_owned();
        scanner.diag.error(codes::E603, blamed, "`@@:self` does not stand on its own", Some(help));
        cur.eat('.');
        return Access::Field { span, name: Ident::new(MISSING, blamed) };
    };
    cur.skip(2);
    match call(scanner, cur, name) {
        Some(call) => Access::Call(call),
        None => Access::Field { span, name: as_name(name) },
    }
}

fn system_accessor(scanner: &mut Scanner, cur: &mut Cursor, span: Span) -> Access {
    let blamed = cur.span();
    cur.skip(1);
    if cur.punct(0, '.') && cur.keyword(1, "state") {
        let named = cur.punct(2, '.') && cur.keyword(3, "name");
        cur.skip(if named { 4 } else { 2 });
        return Access::StateName(span);
    }
    if cur.punct(0, '.') && cur.keyword(1, "stack") && cur.punct(2, '.') && cur.keyword(3, "depth")
    {
        cur.skip(4);
        return Access::StackDepth(span);
    }
    let help = "write `@@:system.state.name` or `@@:system.stack.depth`".to_owned();
    let message = "`@@:system` is read through `.state.name` or `.stack.depth` only";
    scanner.diag.error(codes::E604, blamed, message, Some(help));
    while cur.punct(0, '.') {
        cur.skip(2);
    }
    Access::Broken(span)
}

/// `@@Name(…)` and `@@!Name()`.
pub fn construct(scanner: &mut Scanner, cur: &mut Cursor) -> Option<Construct> {
    if !(cur.punct(0, '@') && cur.punct(1, '@')) {
        return None;
    }
    let span = cur.span();
    let uninitialized = cur.punct(2, '!');
    let mut at = 2 + usize::from(uninitialized);
    let name = cur.ident(at)?.clone();
    at += 1;
    let behind = match (cur.op(at, "::"), cur.punct(at, '<')) {
        (true, _) => cur.behind_angles(at + 2)?,
        (_, true) => cur.behind_angles(at)?,
        _ => at,
    };
    let generics = (at..behind).filter_map(|i| cur.peek(i).cloned()).listed();
    let group = cur.group(behind, Delimiter::Parenthesis)?;
    cur.skip(behind + 1);
    let args = system_args(scanner, group);
    if let (true, Some(_)) = (uninitialized, args.first()) {
        let message = format!("`@@!{name}()` takes no arguments: it makes a `{name}` to load into");
        scanner.diag.error(codes::E820, group.span(), message, None);
    }
    Some(Construct { span, name, generics, uninitialized, args, args_span: group.span() })
}

fn system_args(scanner: &mut Scanner, group: &Group) -> Vec<SystemArg> {
    let tokens = trees(group.stream());
    let mut cur = Cursor::new(&tokens, group.span_close());
    let mut args = Vec::new();
    while !cur.is_end() {
        let before = cur.position();
        sigil_args(scanner, &mut cur, &mut args);
        cur.eat(',');
        if cur.position() == before {
            cur.skip(1);
        }
    }
    args
}

/// One argument, or the several inside `$(…)` and `$>(…)`.
fn sigil_args(scanner: &mut Scanner, cur: &mut Cursor, args: &mut Vec<SystemArg>) {
    if cur.punct(0, '$') {
        let enter = cur.punct(1, '>');
        if let Some(TokenTree::Group(group)) = cur.peek(1 + usize::from(enter)) {
            cur.skip(2 + usize::from(enter));
            let kind = if enter { ParamKind::Enter } else { ParamKind::State };
            let tokens = trees(group.stream());
            let mut inner = Cursor::new(&tokens, group.span_close());
            while !inner.is_end() {
                let before = inner.position();
                args.push(SystemArg { kind: Some(kind), ..plain_arg(scanner, &mut inner) });
                inner.eat(',');
                if inner.position() == before {
                    inner.skip(1);
                }
            }
            return;
        }
    }
    args.push(plain_arg(scanner, cur));
}

fn plain_arg(scanner: &mut Scanner, cur: &mut Cursor) -> SystemArg {
    let named = cur.ident(0).is_some() && cur.punct(1, '=') && !cur.op(1, "==") && !cur.op(1, "=>");
    let name = named.then(|| {
        let name = cur.ident(0).expect("just seen").clone();
        cur.skip(2);
        name
    });
    let value = scanner.whole(cur, Stop { comma: true, ..Stop::default() }, false);
    SystemArg { kind: None, name, value }
}
