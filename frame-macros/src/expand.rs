//! The pipeline: parse, decide cfgs, resolve, check, plan, emit; and what is emitted when
//! something is wrong.

use frame_macros_back::emit;
use frame_macros_back::signatures::{self, Systems};
use frame_macros_front::{cfg, check, header, mend, parse, plan, resolve};
use frame_macros_model::ast::{Input, Item, System};
use frame_macros_model::diag::Diag;
use frame_macros_model::gather::Gather;
use frame_macros_model::runtime::Runtime;
use proc_macro2::TokenStream;

use crate::quote::quote;

pub fn expand(input: TokenStream) -> TokenStream {
    let (header, body) = header::split_off(input);
    let _expansion = Runtime::enter(&header.krate);
    let diag = Diag::default();
    let mut ast = parse::input(body.clone(), &diag);
    if let Some(predicate) = cfg::undecided(&ast, &header.decided) {
        // The errors come with the branch that is compiled.
        let _ = diag.into_tokens();
        return emit::cfg::branch(&header.krate, &header.tokens, &predicate, &body);
    }
    let misspelt = emit::cfg::misspelt(&cfg::misspelt(&ast));
    cfg::strip(&mut ast, &header.decided);
    header::give_defaults(&mut ast, &header.defaults);
    mend::input(&mut ast, &diag);
    check::constructions(&ast, &diag);
    let items = items(&ast, &diag);
    let warnings = emit::warnings(&diag.take_warnings());
    let errors = diag.into_tokens();
    // An editor compares what comes before the cursor with and without the word that is
    // being typed, so what a mistake adds comes last.
    quote!(#items #warnings #errors #misspelt)
}

fn items(ast: &Input, diag: &Diag) -> TokenStream {
    let mut systems = signatures::systems(ast, diag);
    let expanded = ast.systems().map(|system| self::system(system, &systems, diag));
    let mut expanded = expanded.listed().into_iter();
    systems.error = diag.mistake(); // the topmost of all
    let items = ast.items.iter().filter_map(|item| match item {
        Item::Native(code) => Some(emit::native(code, &systems)),
        Item::System(_) => expanded.next(),
    });
    items.joined()
}

/// What can be emitted of a broken system is emitted: all but the mistakes themselves.
fn system(ast: &System, systems: &Systems, diag: &Diag) -> TokenStream {
    let mut model = resolve(ast, diag);
    check::model(&mut model, diag);
    let _runtime = model.settings.runtime.as_ref().map(Runtime::enter);
    let plan = plan::plan(&model);
    check::effects(&plan, diag);
    emit::system(&plan, systems, diag)
}

#[cfg(test)]
mod tests {
    //! Snapshots of whole expansions: they are read by people, so they are kept as such.

    fn expansion(source: &str) -> String {
        let tokens = super::expand(source.parse().expect("the source lexes"));
        let text = tokens.to_string().replace(":: frame_runtime :: __private", "__private");
        prettyplease::unparse(&syn::parse_file(&text).expect("the expansion parses"))
    }

    /// The systems in an example, with the attributes of the file around them left out.
    fn example(source: &str) -> &str {
        let start = source.find("frame_system! {").expect("there is a system") + 15;
        let end = source.find("\n}\n").expect("the call ends at the margin");
        &source[start..end]
    }

    macro_rules! snapshot {
        ($name:literal, $source:expr) => {
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/snapshots"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!($name, expansion($source)));
        };
    }

    #[test]
    fn the_lamp() {
        snapshot!("lamp", example(include_str!("../../examples/lamp.rs")));
    }

    #[test]
    fn hierarchy_and_returns() {
        snapshot!(
            "door",
            "@@system Door {
                interface:
                    knock(): bool
                    open(force: u32): bool = false
                machine:
                    $Closed => $Any {
                        open(force: u32): bool {
                            if force < $.stuck { return false; }
                            -> $Open
                            @@:(true)
                        }
                        knock(): bool { => $^ }
                        $.stuck: u32 = 3
                    }
                    $Open => $Any { => $^ }
                    $Any { knock(): bool { self.knocks += 1; true } }
                domain:
                    knocks: u32 = 0
            }"
        );
    }

    #[test]
    fn stack_and_self_calls() {
        snapshot!(
            "editor",
            "@@system Editor {
                interface:
                    menu()
                    back()
                    quit()
                machine:
                    $Editing {
                        menu() { push$ -> $Menu }
                        quit() { -> $Closed }
                    }
                    $Menu {
                        $> { self.shown += 1; }
                        back() { -> pop$ }
                        quit() { @@:self.back(); self.shown = 0; }
                    }
                    $Closed { }
                domain:
                    shown: u32 = 0
            }"
        );
    }

    #[test]
    fn a_system_names_the_runtime_crate_itself() {
        let text = expansion(
            "@@[crate(crate::machines)]
            @@system Own {
                interface:
                    next(): u8
                machine:
                    $A { $.n: u8 = 1  next(): u8 { $.n } }
                    $B { }
            }
            @@system Other {
                interface:
                    next(): u8
                machine:
                    $A { $.n: u8 = 1  next(): u8 { $.n } }
                    $B { }
            }",
        );
        let (own, other) = text.split_once("impl Other").expect("both are expanded");
        let named = |text: &str| text.matches("crate::machines::__private::").count();
        let all = |text: &str| text.matches("__private::").count();
        assert!(named(own) > 0);
        assert_eq!((named(own), named(other)), (all(own), 0));
    }

    #[test]
    fn what_is_said_nearest_to_a_handler_about_inlining_holds() {
        for events in ["direct", "pool", "heap"] {
            let text = expansion(&format!(
                "@@[events({events})]
                @@[inline(never)]
                @@system Near {{
                    machine:
                        @@[inline(always)]
                        $A {{
                            a() {{ -> $B }}
                            @@[inline(auto)]
                            b() {{ }}
                        }}
                        $B {{
                            $> {{ }}
                            c() {{ }}
                        }}
                }}"
            ));
            let before = |function: &str| {
                let (before, _) = text.split_once(&format!("fn {function}(")).expect("it is there");
                before.trim_end().lines().last().map(|line| line.trim().to_owned())
            };
            let said = ["__a_a", "__a_b", "__b_c", "__enter_b"].map(before);
            let expected =
                ["#[inline(always)]", "#[inline]", "#[inline(never)]", "#[inline(never)]"];
            assert_eq!(said, expected.map(|line| Some(line.to_owned())), "{events}");
        }
    }
}
