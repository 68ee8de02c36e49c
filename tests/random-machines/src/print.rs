//! Writes a machine as Frame text.

use std::cell::Cell;
use std::fmt::{Display, Write};

use crate::ast::*;
use crate::walk;

/// The machine as `@@system … { … }`.
///
/// Where the language has several forms for one thing, positions choose among them, so that all of
/// them occur: odd domain fields are read through `@@:self`, odd states have their params behind
/// the parent.
pub fn print(machine: &Machine) -> String {
    let mut printer = Printer { machine, text: String::new(), depth: 0, forms: Cell::new(0) };
    printer.system();
    printer.text
}

struct Printer<'m> {
    machine: &'m Machine,
    text: String,
    depth: usize,
    /// How often a param that owns memory was written, which chooses the next form.
    forms: Cell<usize>,
}

impl Printer<'_> {
    fn line(&mut self, line: impl Display) {
        let indent = self.depth * 4;
        writeln!(self.text, "{:indent$}{line}", "").expect("writing to a string succeeds");
    }

    fn open(&mut self, head: impl Display) {
        self.line(format_args!("{head} {{"));
        self.depth += 1;
    }

    fn close(&mut self) {
        self.depth -= 1;
        self.line("}");
    }

    fn section(&mut self, head: &str, content: impl FnOnce(&mut Self)) {
        self.line(head);
        self.depth += 1;
        content(self);
        self.depth -= 1;
    }

    fn system(&mut self) {
        let machine = self.machine;
        if !machine.data.is_empty() {
            let keys = machine
                .data
                .iter()
                .enumerate()
                .map(|(index, value)| format!("k{index}: i32 = {value}"));
            self.line(format_args!("@@[data({})]", join(keys)));
        }
        if let Some(bound) = machine.stack_bound {
            self.line(format_args!("@@[stack({bound})]"));
        }
        self.open(format_args!("pub @@system {}{}", machine.name, system_params(machine)));
        self.section("operations:", |p| p.actions(true));
        self.section("interface:", |p| {
            machine.methods.iter().for_each(|method| p.method(method));
        });
        self.section("machine:", Self::states);
        self.section("actions:", |p| p.actions(false));
        self.section("domain:", Self::domain);
        self.close();
    }

    fn domain(&mut self) {
        self.line(format_args!("pub fuel: i32 = {FUEL}"));
        self.line("pub trace: Vec<(&'static str, i32)> = Vec::new()");
        for (index, value) in self.machine.fields.iter().enumerate() {
            if index == 0 && self.machine.domain_param {
                self.line("d0: i32");
            } else {
                self.line(format_args!("d{index}: i32 = {value}"));
            }
        }
    }

    fn actions(&mut self, operations: bool) {
        if operations && self.machine.stack {
            self.line("depth(): i32 { @@:(@@:system.stack.depth as i32) }");
        }
        for action in self.machine.actions.iter().filter(|action| action.operation == operations) {
            self.open(format_args!("{}({}): i32", action.name, typed_params("a", action.params)));
            self.block(&action.body);
            self.close();
        }
    }

    fn method(&mut self, method: &Method) {
        let receiver = match (method.query, method.params) {
            (false, _) => "",
            (true, 0) => "&self",
            (true, _) => "&self, ",
        };
        let result = if method.returns { ": i32" } else { "" };
        let default = method.default.map_or(String::new(), |value| format!(" = {value}"));
        self.line(format_args!(
            "{}({receiver}{}){result}{default}",
            method.name,
            typed_params("a", method.params)
        ));
    }

    fn states(&mut self) {
        let start = self.machine.start;
        let others = (0..self.machine.states.len()).filter(|&state| state != start);
        for state in std::iter::once(start).chain(others) {
            self.state(state);
        }
    }

    fn state(&mut self, id: StateId) {
        let state = &self.machine.states[id];
        if state.retain {
            self.line("@@[retain]");
        }
        let params = if state.params.is_empty() {
            String::new()
        } else {
            format!("({})", self.default_params("s", &state.params))
        };
        let parent = state
            .parent
            .map_or(String::new(), |parent| format!(" => ${}", self.machine.states[parent].name));
        if id.is_multiple_of(2) {
            self.open(format_args!("${}{params}{parent}", state.name));
        } else {
            self.open(format_args!("${}{parent}{params}", state.name));
        }
        for (index, value) in state.vars.iter().enumerate() {
            self.line(format_args!("$.v{index}: i32 = {}", self.expr(value)));
        }
        self.lifecycle("$>", "e", state.enter.as_ref());
        for (method, handler) in self.machine.methods.iter().zip(&state.handlers) {
            if let Some(handler) = handler {
                self.handler(method, handler);
            }
        }
        self.lifecycle("<$", "x", state.exit.as_ref());
        if state.default_forward {
            self.line("=> $^");
        }
        self.close();
    }

    fn default_params(&self, prefix: &str, params: &[Param]) -> String {
        let ty = param_type(self.machine);
        join(params.iter().enumerate().map(|(index, default)| match default {
            Some(value) => format!("{prefix}{index}: {ty} = {}", self.machine.given(value)),
            None => format!("{prefix}{index}: {ty}"),
        }))
    }

    fn lifecycle(&mut self, name: &str, prefix: &str, handler: Option<&Lifecycle>) {
        let Some(handler) = handler else { return };
        if handler.params.is_empty() {
            self.open(name);
        } else {
            self.open(format_args!("{name}({})", self.default_params(prefix, &handler.params)));
        }
        self.block(&handler.body);
        self.close();
    }

    fn handler(&mut self, method: &Method, handler: &Handler) {
        let prefix = if handler.renamed { "b" } else { "a" };
        let names = (0..method.params).map(|index| format!("{prefix}{index}"));
        let default = handler.default.map_or(String::new(), |value| format!(" = {value}"));
        if handler.typed {
            let result = if method.returns { ": i32" } else { "" };
            self.open(format_args!(
                "{}({}){result}{default}",
                method.name,
                typed_params(prefix, method.params)
            ));
        } else if method.params == 0 {
            self.open(format_args!("{}{default}", method.name));
        } else {
            self.open(format_args!("{}({}){default}", method.name, join(names)));
        }
        self.block(&handler.body);
        self.close();
    }

    fn block(&mut self, block: &[Stmt]) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn braced(&mut self, head: impl Display, block: &[Stmt]) {
        self.open(head);
        self.block(block);
        self.close();
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Fuel => {
                self.line("if self.fuel == 0 { return; }");
                self.line("self.fuel -= 1;");
            }
            Stmt::LetUnless(name, condition, block, value) => {
                self.let_unless(name, condition, block, value);
            }
            Stmt::If(condition, then, otherwise) => self.if_chain(condition, then, otherwise),
            Stmt::Match(value, arms) => self.match_arms(value, arms),
            Stmt::While(counter, limit, condition, body) => {
                self.line(format_args!("let mut {counter} = 0;"));
                self.open(format_args!(
                    "while {counter} < {limit} && {}",
                    self.condition(condition)
                ));
                self.line(format_args!("{counter} += 1;"));
                self.block(body);
                self.close();
            }
            Stmt::For(name, limit, body) => {
                self.braced(format_args!("for {name} in 0..({} & 3)", self.expr(limit)), body);
            }
            Stmt::Tail(value) => self.line(self.expr(value)),
            simple => self.line(format_args!("{};", self.simple(simple))),
        }
    }

    fn let_unless(&mut self, name: &str, condition: &Condition, block: &[Stmt], value: &Expr) {
        let (condition, value) = (self.condition(condition), self.expr(value));
        if let [stmt @ Stmt::Transition(Transition { push: false, then: None, .. })] = block {
            self.open(format_args!("let mut {name} = match {condition}"));
            self.line(format_args!("true => {},", self.simple(stmt)));
            self.line(format_args!("false => {value},"));
        } else {
            self.open(format_args!("let mut {name} = if {condition}"));
            self.block(block);
            self.depth -= 1;
            self.open("} else");
            self.line(value);
        }
        self.depth -= 1;
        self.line("};");
    }

    fn if_chain(&mut self, condition: &Condition, then: &[Stmt], otherwise: &[Stmt]) {
        self.open(format_args!("if {}", self.condition(condition)));
        self.block(then);
        let mut rest = otherwise;
        while let [Stmt::If(condition, then, otherwise)] = rest {
            self.depth -= 1;
            self.open(format_args!("}} else if {}", self.condition(condition)));
            self.block(then);
            rest = otherwise;
        }
        if rest.is_empty() {
            self.close();
        } else {
            self.depth -= 1;
            self.braced("} else", rest);
        }
    }

    fn match_arms(&mut self, value: &Expr, arms: &[Block]) {
        self.open(format_args!("match {} & 3", self.expr(value)));
        for (index, arm) in arms.iter().enumerate() {
            let pattern = if index + 1 == arms.len() { "_".to_owned() } else { index.to_string() };
            match arm.as_slice() {
                [
                    stmt @ (Stmt::Transition(Transition { push: false, then: None, .. })
                    | Stmt::Forward),
                ] => {
                    self.line(format_args!("{pattern} => {},", self.simple(stmt)));
                }
                arm => self.braced(format_args!("{pattern} =>"), arm),
            }
        }
        self.close();
    }

    /// A statement of one line, without its end.
    fn simple(&self, stmt: &Stmt) -> String {
        match stmt {
            Stmt::Note(label, value) => {
                format!("self.trace.push(({}, {}))", label_text(label), self.expr(value))
            }
            Stmt::Let(name, value) => format!("let mut {name} = {}", self.expr(value)),
            Stmt::Assign(place, Assignment::Plain, value) => {
                format!("{} = {}", place_text(place), self.expr(value))
            }
            Stmt::Assign(place, Assignment::Compound, value) => {
                format!("{} ^= {}", place_text(place), self.expr(value))
            }
            Stmt::Bump(place, value) => {
                format!("bump(&mut {}, {})", place_text(place), self.expr(value))
            }
            Stmt::Call(call) => self.call(call),
            Stmt::Break => "break".to_owned(),
            Stmt::Continue => "continue".to_owned(),
            Stmt::Transition(transition) => self.transition(transition),
            Stmt::Push => "push$".to_owned(),
            Stmt::Drop => "pop$".to_owned(),
            Stmt::Forward => "=> $^".to_owned(),
            Stmt::SetReturn(setter, value) => self.set_return(*setter, value),
            Stmt::ReturnWith(value) => {
                format!(
                    "@@:return({})",
                    value.as_ref().map_or(String::new(), |value| self.expr(value))
                )
            }
            Stmt::Return(None) => "return".to_owned(),
            Stmt::Return(Some(value)) => format!("return {}", self.expr(value)),
            Stmt::Panic => "panic!(\"boom\")".to_owned(),
            _ => unreachable!("{stmt:?} takes several lines"),
        }
    }

    fn set_return(&self, setter: Setter, value: &Expr) -> String {
        let value = self.expr(value);
        match setter {
            Setter::Short => format!("@@:({value})"),
            Setter::Assignment => format!("@@:return = {value}"),
            Setter::Leaving => format!("@@:return({value})"),
        }
    }

    fn transition(&self, transition: &Transition) -> String {
        let mut parts = Vec::new();
        if transition.push {
            parts.push(if transition.label { "push$;" } else { "push$" }.to_owned());
        }
        if !transition.exit.is_empty() {
            parts.push(format!("({})", self.given(&transition.exit, transition)));
        }
        parts.push("->".to_owned());
        let forward = transition.forward.then(|| "=>".to_owned());
        let enter = transition.enter.as_ref();
        let enter = enter.map(|args| format!("({})", self.given(args, transition)));
        if transition.label {
            parts.extend(enter.into_iter().chain(forward));
            parts.push("\"label\"".to_owned());
        } else {
            parts.extend(forward.into_iter().chain(enter));
        }
        parts.push(match &transition.target {
            Target::Pop => "pop$".to_owned(),
            Target::State(state, args) if args.is_empty() => {
                format!("${}", self.machine.states[*state].name)
            }
            Target::State(state, args) => {
                format!("${}({})", self.machine.states[*state].name, self.given(args, transition))
            }
        });
        let then = transition
            .then
            .as_ref()
            .map(|(setter, value)| format!("; {}", self.set_return(*setter, value)));
        parts.join(" ") + &then.unwrap_or_default()
    }

    /// The args of a transition. A param that stands once in it is handed on as it is.
    fn given(&self, args: &[Expr], transition: &Transition) -> String {
        join(args.iter().map(|arg| match arg {
            Expr::Name(name) if self.machine.is_owned(name) => {
                let args = walk::args(transition);
                let once = args.iter().map(|arg| walk::mentions(arg, name)).sum::<usize>() == 1;
                match self.form(3) {
                    0 if once => format!("({name})"),
                    1 if once => name.clone(),
                    _ => format!("{name}.clone()"),
                }
            }
            arg => self.machine.given(self.expr(arg)),
        }))
    }

    fn form(&self, count: usize) -> usize {
        self.forms.replace(self.forms.get() + 1) % count
    }

    /// Reads the number in a param that owns memory.
    fn number(&self, name: &str) -> String {
        match self.form(7) {
            0 => format!("number(&{name})"),
            1 => format!("{name}.first().copied().unwrap_or_default()"),
            2 => format!("{name}.iter().sum::<i32>()"),
            3 => format!("last_number({name}.clone())"),
            4 => format!("{name}.number()"),
            5 => format!("(if {name}.is_empty() {{ 0 }} else {{ {name}[0] }})"),
            _ => format!("number({name}.as_slice())"),
        }
    }

    fn condition(&self, condition: &Condition) -> String {
        format!("({} & 3) < {}", self.expr(&condition.value), condition.below)
    }

    fn args(&self, args: &[Expr]) -> String {
        join(args.iter().map(|arg| self.expr(arg)))
    }

    fn call(&self, call: &Call) -> String {
        let name = match call.callee {
            Callee::Method(method) => &self.machine.methods[method].name,
            Callee::Action(action) => &self.machine.actions[action].name,
        };
        let receiver = if call.native { "self" } else { "@@:self" };
        format!("{receiver}.{name}({})", self.args(&call.args))
    }

    fn pair(&self, pairing: Pairing, left: &Expr, right: &Expr) -> String {
        // The type of a literal, and of what is made of literals alone, is not known yet.
        let typed =
            !matches!(left, Expr::Int(_) | Expr::Name(_) | Expr::Pair(Pairing::Operator, ..));
        let (left, right) = (self.expr(left), self.expr(right));
        match pairing {
            Pairing::Function => format!("mix({left}, {right})"),
            Pairing::Macro => format!("mixed!({left}, {right})"),
            Pairing::Operator => format!("({left} ^ {right})"),
            Pairing::Method if typed => format!("{left}.wrapping_add({right})"),
            Pairing::Method => format!("i32::wrapping_add({left}, {right})"),
        }
    }

    fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Int(value) if *value < 0 => format!("({value})"),
            Expr::Int(value) => value.to_string(),
            Expr::Name(name) if self.machine.is_owned(name) => self.number(name),
            Expr::Name(name) => name.clone(),
            Expr::Field(index) if index % 2 == 0 => format!("self.d{index}"),
            Expr::Field(index) => format!("@@:self.d{index}"),
            Expr::Var(index) => format!("$.v{index}"),
            Expr::Data(index) => format!("@@:data.k{index}"),
            Expr::Param(index) => format!("@@:params.a{index}"),
            Expr::ReturnValue => "@@:return".to_owned(),
            Expr::Depth => "(@@:system.stack.depth as i32)".to_owned(),
            Expr::StateName => "code(@@:system.state.name)".to_owned(),
            Expr::Event => "code(@@:event)".to_owned(),
            Expr::Pair(pairing, left, right) => self.pair(*pairing, left, right),
            Expr::Call(call) => self.call(call),
        }
    }
}

fn label_text(label: &Label) -> String {
    match label {
        Label::Text(text) => format!("{text:?}"),
        Label::Event => "@@:event".to_owned(),
        Label::StateName => "@@:system.state.name".to_owned(),
    }
}

fn place_text(place: &Place) -> String {
    match place {
        Place::Local(name) => name.clone(),
        Place::Field(index) => format!("self.d{index}"),
        Place::Var(index) => format!("$.v{index}"),
        Place::Data(index) => format!("@@:data.k{index}"),
    }
}

fn system_params(machine: &Machine) -> String {
    let ty = param_type(machine);
    let sigil = |sigil: &str, prefix: &str, count: usize| {
        let params = (0..count).map(|index| format!("{prefix}{index}: {ty}"));
        (count > 0).then(|| format!("{sigil}({})", join(params)))
    };
    let params = [
        sigil("$", "s", machine.start_args.len()),
        sigil("$>", "e", machine.start_enter_args.len()),
        machine.domain_param.then(|| "d0: i32".to_owned()),
    ];
    let params = join(params.into_iter().flatten());
    if params.is_empty() { params } else { format!("({params})") }
}

fn typed_params(prefix: &str, count: usize) -> String {
    join((0..count).map(|index| format!("{prefix}{index}: i32")))
}

/// The type of the params of states and of lifecycle handlers.
fn param_type(machine: &Machine) -> &'static str {
    if machine.owned_params { "Vec<i32>" } else { "i32" }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
