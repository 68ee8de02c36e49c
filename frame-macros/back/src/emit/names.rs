//! Every generated identifier. All begin with `__`, which the language reserves.

use proc_macro2::{Ident, Span};

use crate::ast::MISSING;
use crate::gather::Gather;
use crate::keywords::is_keyword;
use crate::model::{
    Event, EventId, HandlerId, Model, NOTHING, State, StateId, Trigger, camel, unraw,
};
use crate::sets::{Table, Words};

pub struct Names {
    system: String,
    span: Span,
    handlers: Vec<Ident>,
    states: Vec<String>,
    events: Vec<String>,
    variants: Vec<String>,
    /// What each state holds.
    slots: Vec<Vec<SlotNames>>,
}

/// A state may give a variable the name of one of its params.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Variable,
    Param,
}

type Declared = (String, Kind);

struct SlotNames {
    written: Declared,
    /// The field in the variants of the leaf enum.
    field: String,
    /// The index that reaches it.
    place: String,
}

/// An identifier that belongs to the expansion: it cannot meet a user's local.
pub fn own(text: &str) -> Ident {
    Ident::new(text, Span::mixed_site())
}

/// The place of the user's token that a generated one stands for, so that messages about
/// it point there.
pub fn at(user: Span) -> Span {
    Span::mixed_site().located_at(user)
}

/// An identifier that belongs to the expansion, raw where the word is a keyword.
pub fn word(text: &str) -> Ident {
    let word = own(text);
    if is_keyword(&word) { Ident::new_raw(text, word.span()) } else { word }
}

/// What stands behind a `.` for a name that is unknown: `self` and `_` can be none.
pub fn member(name: &Ident) -> Ident {
    match is_keyword(name) {
        true => Ident::new(MISSING, name.span()),
        false => name.clone(),
    }
}

/// The same name, `r#` included, of another span.
pub fn respanned(name: &Ident, span: Span) -> Ident {
    let mut name = name.clone();
    name.set_span(span);
    name
}

impl Names {
    pub fn new(model: &Model) -> Names {
        let mut taken = Table::new();
        let states: Vec<String> = model
            .states
            .iter()
            .map(|state| unique(&mut taken, snake(&unraw(&state.ast.name))))
            .listed();
        let events: Vec<String> = model.events.iter().map(|event| unraw(event.name)).listed();
        let variants = variants(model);
        // A state `$Run` or `$Leave` makes handlers that look like other functions of ours.
        let mut taken = Table::new();
        for word in ["start", "settle", "hold", "send", "kernel"] {
            unique(&mut taken, format!("__{word}"));
        }
        for (state, role) in states.iter().flat_map(|s| [(s, "leave"), (s, "make")]) {
            unique(&mut taken, format!("__{role}_{state}"));
        }
        for (event, role) in events.iter().flat_map(|e| [(e, "run"), (e, "kernel"), (e, "route")]) {
            unique(&mut taken, format!("__{role}_{event}"));
        }
        for function in &model.functions {
            unique(&mut taken, format!("__within_{}", unraw(&function.ast.name)));
        }
        let handlers = model.handlers.iter().map(|handler| {
            let state = &states[handler.state];
            let text = match handler.trigger {
                Trigger::Event(event) => format!("__{state}_{}", events[event]),
                Trigger::Enter => format!("__enter_{state}"),
                Trigger::Exit => format!("__exit_{state}"),
                Trigger::Nothing => format!("__stray_{state}"),
            };
            let span = Span::mixed_site().located_at(handler.ast.trigger.span());
            Ident::new(&unique(&mut taken, text), span)
        });
        let handlers = handlers.listed();
        let slots = slots(model, &states);
        let (system, span) = (unraw(&model.ast.name), model.name_span());
        Names { system, span, handlers, states, events, variants, slots }
    }

    fn of_system(&self, role: &str) -> Ident {
        own(&format!("__{}_{role}", self.system))
    }

    /// The enum of leaves with what each holds.
    pub fn leaf(&self) -> Ident {
        self.of_system("Leaf")
    }

    /// The enum of transitions that can be queued.
    pub fn to(&self) -> Ident {
        self.of_system("To")
    }

    /// The record of one run to completion.
    pub fn run(&self) -> Ident {
        self.of_system("Run")
    }

    /// What stands for a type that is not known.
    pub fn mistake(&self) -> Ident {
        crate::ast::mistake(&self.system)
    }

    /// What the target of a transition is one of, where it is none.
    pub fn targets(&self) -> Ident {
        self.of_system("Targets")
    }

    /// Told as declared where the system is, not by the whole macro.
    fn public(&self, role: &str) -> Ident {
        Ident::new(&format!("{}{role}", self.system), at(self.span))
    }

    /// The public enum of states.
    pub fn state_enum(&self) -> Ident {
        self.public("State")
    }

    /// The field for a state's param or variable.
    pub fn slot(&self, state: StateId, name: &Ident, kind: Kind) -> Ident {
        let mut field = own_raw(&self.slot_names(state, name, kind).field);
        field.set_span(at(name.span()));
        field
    }

    /// The index that reaches a state's param or variable.
    pub fn place(&self, state: StateId, name: &Ident, kind: Kind) -> Ident {
        self.of_system(&self.slot_names(state, name, kind).place)
    }

    fn slot_names(&self, state: StateId, name: &Ident, kind: Kind) -> &SlotNames {
        let (slots, written) = (&self.slots[state], (unraw(name), kind));
        slots.iter().find(|slot| slot.written == written).expect("a state's own slots have names")
    }

    /// The function that borrows all variables of a state.
    pub fn borrow(&self, state: StateId, unique: bool) -> Ident {
        own(&format!("{}_{}", self.states[state], if unique { "mut" } else { "ref" }))
    }

    pub fn handler(&self, handler: HandlerId) -> &Ident {
        &self.handlers[handler]
    }

    pub fn make(&self, state: StateId) -> Ident {
        own(&format!("__make_{}", self.states[state]))
    }

    /// The form for a transition that keeps the compartment of `ancestor`.
    pub fn make_within(&self, state: StateId, ancestor: StateId) -> Ident {
        own(&format!("__make_{}_within_{}", self.states[state], self.states[ancestor]))
    }

    pub fn leave(&self, state: StateId, lane: Option<usize>) -> Ident {
        own(&format!("__leave_{}{}", self.states[state], lane_suffix(lane)))
    }

    /// Beside errors, what has the variables of a state as fields.
    pub fn variables(&self, state: StateId) -> Ident {
        self.of_system(&format!("variables_of_{}", self.states[state]))
    }

    /// The function for one kind of transition out of a state.
    pub fn leave_by(&self, state: StateId, jump: &str, lane: Option<usize>) -> Ident {
        let text =
            format!("__leave_{}_by_{}{}", self.states[state], snake(jump), lane_suffix(lane));
        own(&text)
    }

    pub fn settle(&self, lane: Option<usize>) -> Ident {
        own(&format!("__settle{}", lane_suffix(lane)))
    }

    /// The form of an interface method that runs within another run.
    pub fn within(&self, event: EventId) -> Ident {
        own(&format!("__run_{}", self.events[event]))
    }

    /// The form of an event for callers that a full pool is not told to.
    pub fn insisting(&self, event: EventId) -> Ident {
        own(&format!("__call_{}", self.events[event]))
    }

    /// The form of an event that the kernel calls.
    pub fn on(&self, event: EventId) -> Ident {
        own(&format!("__kernel_{}", self.events[event]))
    }

    pub fn event_enum(&self, public: bool) -> Ident {
        match public {
            true => self.public("Event"),
            false => self.of_system("Event"),
        }
    }

    pub fn reply_enum(&self, public: bool) -> Ident {
        match public {
            true => self.public("Reply"),
            false => self.of_system("Reply"),
        }
    }

    /// The variant of an event in the enums of events and replies.
    pub fn event_variant(&self, event: EventId) -> &str {
        &self.variants[event]
    }

    /// The form of a forwarded event: routed, nothing performed.
    pub fn route(&self, event: EventId) -> Ident {
        own(&format!("__route_{}", self.events[event]))
    }

    pub fn function_within(&self, name: &Ident) -> Ident {
        own(&format!("__within_{}", unraw(name)))
    }
}

/// Events such as `a1` and `a_1`, which are told where they are public, do not clash.
fn variants(model: &Model) -> Vec<String> {
    let mut taken = Table::new();
    let name = |event: &Event| {
        let name = camel(&unraw(event.name));
        match event.ret.is_some() && name == NOTHING {
            true => unique(&mut taken, format!("{name}_")),
            false => unique(&mut taken, name),
        }
    };
    model.events.iter().map(name).listed()
}

/// A param or variable is a field of its own name, unless an ancestor or a descendant of its
/// state, which lies in the same variant, has the name too. Of a param and a variable of one
/// name the variable has it.
fn slots(model: &Model, states: &[String]) -> Vec<Vec<SlotNames>> {
    let declared: Vec<Vec<Declared>> = model.states.iter().map(declared).listed();
    let shared = shared(model, &declared);
    let (mut fields, mut places) = (Table::new(), Table::new());
    for (name, _) in declared.iter().flatten() {
        fields.insert(name, 1);
    }
    let mut slots: Vec<Vec<SlotNames>> = Vec::new();
    for (state, declared) in declared.iter().enumerate() {
        let named = |written: &Declared| {
            let (name, kind) = written;
            let hidden = *kind == Kind::Param && declared.contains(&(name.clone(), Kind::Variable));
            let field = match hidden || shared[state].contains(name) {
                true => unique(&mut fields, format!("{}_{name}", states[state])),
                false => name.clone(),
            };
            let place = format!("at_{}_{name}", unraw(model.state_name(state)));
            SlotNames { written: written.clone(), field, place: unique(&mut places, place) }
        };
        slots.push(declared.iter().map(named).listed());
    }
    slots
}

/// For each state the names that a state above or below it declares too.
fn shared(model: &Model, declared: &[Vec<Declared>]) -> Vec<Words> {
    let names = |state: StateId| declared[state].iter().map(|(name, _)| name);
    let mut shared = vec![Words::new(); declared.len()];
    for state in 0..declared.len() {
        for ancestor in &model.chain(state)[1..] {
            for name in names(state).filter(|name| names(*ancestor).any(|other| other == *name)) {
                shared[state].insert(name.clone());
                shared[*ancestor].insert(name.clone());
            }
        }
    }
    shared
}

fn declared(state: &State) -> Vec<Declared> {
    let params = state.params.iter().map(|param| (unraw(param.name), Kind::Param));
    let vars = state.ast.vars.iter().map(|var| (unraw(&var.name), Kind::Variable));
    params.chain(vars).listed()
}

fn lane_suffix(lane: Option<usize>) -> String {
    lane.map(|lane| format!("_returning_{lane}")).unwrap_or_default()
}

fn unique(taken: &mut Table, text: String) -> String {
    match taken.count(&text) {
        1 => text,
        count => format!("{text}_{count}"),
    }
}

/// An identifier, with a `_` behind it where the word is a keyword.
fn own_raw(text: &str) -> Ident {
    let word = own(text);
    if is_keyword(&word) { own(&format!("{text}_")) } else { word }
}

/// `CsiEntry` → `csi_entry`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_uppercase() && previous_lower {
            out.push('_');
        }
        previous_lower = c.is_lowercase() || c.is_ascii_digit();
        out.extend(c.to_lowercase());
    }
    out
}
