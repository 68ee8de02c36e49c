//! What the systems of one macro call have to know of each other.

use proc_macro2::{Ident, TokenStream};

use crate::ast::{self, Access, Input, Item, System, SystemParam};
use crate::diag::Diag;
use crate::emit;
use crate::gather::Gather;
use crate::model::unraw;
use crate::sets::Words;
use crate::walk::{self, Visit};

/// What `@@Name(…)` needs to know of the systems in the same macro call.
#[derive(Default)]
pub struct Systems {
    /// The parameters of each system; `None` where they could not all be read.
    pub signatures: Vec<(Ident, Option<Vec<SystemSignature>>)>,
    /// The names in `@@!Name()`.
    pub uninitialized: Words,
    /// An error of the macro call, as an expression that stands for what is wrong.
    pub error: Option<TokenStream>,
}

/// A parameter of a system, as those see it who construct one.
#[derive(Clone)]
pub struct SystemSignature {
    /// Whom it is for.
    pub kind: ast::ParamKind,
    /// By which an argument can name it.
    pub name: String,
    /// Its type, where it could be read.
    pub ty: Option<ast::Type>,
    /// The value for those who leave the argument out.
    pub default: Option<TokenStream>,
}

/// Nothing is known of a system that was misread.
pub fn systems(ast: &Input, diag: &Diag) -> Systems {
    let mut uninitialized = Constructed::default();
    for item in &ast.items {
        match item {
            Item::Native(code) => walk::code(code, &mut uninitialized),
            Item::System(system) => walk::system(system, &mut uninitialized),
        }
    }
    let uninitialized = uninitialized.uninitialized;
    let mut search = Search {
        ast,
        open: Words::new(),
        found: Systems { signatures: Vec::new(), uninitialized, error: diag.mistake() },
    };
    for system in ast.systems() {
        search.visit(system);
    }
    search.found
}

/// Finds signatures, those first that the defaults of another need:
/// `@@system Room(lamp: Lamp = @@Lamp())`.
struct Search<'a> {
    ast: &'a Input,
    /// The systems on the way to the current one.
    open: Words,
    found: Systems,
}

impl Search<'_> {
    fn visit(&mut self, system: &System) {
        // A system that needs itself to be made is for the compiler to refuse.
        if !self.open.insert(unraw(&system.name)) {
            return;
        }
        for default in system.params.iter().filter_map(|param| param.param.default.as_ref()) {
            let mut constructed = Constructed::default();
            walk::code(default, &mut constructed);
            let ast = self.ast;
            for system in ast.systems() {
                if constructed.initialized.contains(&unraw(&system.name)) {
                    self.visit(system);
                }
            }
        }
        let params = system.params.iter().map(|param| self.signature(param));
        let params = (!system.misread).then(|| params.listed());
        self.found.signatures.push((system.name.clone(), params));
    }

    fn signature(&self, param: &SystemParam) -> SystemSignature {
        let ty = param.param.ty.clone();
        let default = param.param.default.as_ref();
        let default = default.map(|code| emit::given(code, ty.as_ref(), &self.found));
        SystemSignature { kind: param.kind, name: unraw(&param.param.name), ty, default }
    }
}

/// The names in `@@Name(…)` and in `@@!Name()`.
#[derive(Default)]
struct Constructed {
    initialized: Words,
    uninitialized: Words,
}

impl<'a> Visit<'a> for Constructed {
    fn access(&mut self, access: &'a Access, _closure: bool) {
        let Access::Construct(made) = access else { return };
        let names = match made.uninitialized {
            true => &mut self.uninitialized,
            false => &mut self.initialized,
        };
        names.insert(unraw(&made.name));
    }
}
