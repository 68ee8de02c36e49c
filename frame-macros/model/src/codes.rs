//! The codes that begin every message, each with what it stands for.

use std::fmt;

/// A code such as `E402`, as the language reference numbers it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Code(pub &'static str);

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($name:ident: $title:literal,)*) => {
        $(#[doc = $title] pub const $name: Code = Code(stringify!($name));)*

        /// Every code with its title, in the order of the reference.
        pub const TABLE: &[(Code, &str)] = &[$(($name, $title)),*];
    };
}

codes! {
    E001: "malformed system",
    E002: "parse error",
    E003: "wrong arguments where a system is constructed",
    E111: "duplicate parameter",
    E113: "sections in the wrong order",
    E114: "duplicate section",
    E115: "reserved name",
    E116: "duplicate state",
    E117: "duplicate handler",
    E400: "Frame statement after a transition",
    E401: "Frame statement where none can stand",
    E402: "unknown state",
    E403: "no parent to forward to",
    E405: "wrong number of state arguments",
    E406: "handler does not match the interface",
    E407: "Frame statement in a closure",
    E408: "`return` before a Frame return, or `public`",
    E410: "duplicate state variable",
    E413: "state is its own ancestor",
    E416: "start state parameters",
    E417: "enter arguments",
    E418: "unused domain parameter",
    E419: "exit arguments",
    E420: "`static` on a method or action",
    E421: "state in a static operation",
    E601: "unknown method in a self-call",
    E602: "wrong number of arguments in a self-call",
    E603: "`@@:self` on its own",
    E604: "`@@:system` on its own",
    E605: "field without type",
    E606: "missing type, or a value where none is returned",
    E607: "state arguments on `pop$`",
    E609: "unknown name behind `@@:self`",
    E610: "state variable without initial value",
    E614: "duplicate field",
    E615: "assignment to a constant field",
    E800: "unknown attribute",
    E801: "misplaced attribute",
    E802: "wrong target language",
    E815: "misplaced create",
    E817: "lifecycle name is not an identifier",
    E818: "duplicate lifecycle name",
    E820: "arguments on `@@!Name()`",
    E850: "handler for an unknown event",
    E851: "duplicate interface method",
    E852: "name clash",
    E853: "unknown state variable",
    E854: "event parameter that cannot be stored",
    E855: "a promise of no allocation is broken",
    E856: "self-calls without bound",
    E857: "lifecycle handler's value does not fit",
    E858: "return value can end unset",
    W414: "unreachable state",
    W601: "unused result of a self-call",
    W706: "constant without value",
    W850: "self-call in an exit handler",
    W851: "lifecycle handler of an ancestor overridden",
}

/// What is warned of, and can be allowed.
pub const WARNINGS: [Code; 5] = [W414, W601, W706, W850, W851];
