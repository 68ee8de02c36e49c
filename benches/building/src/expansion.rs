//! What the compiler makes of a machine before it compiles it.

use std::process::Command;
use std::str::FromStr;
use std::time::Duration;

use proc_macro2::{TokenStream, TokenTree};

use crate::package::{Package, output};

/// The tokens of a source, those of groups included.
pub(crate) fn tokens(source: &str) -> usize {
    count(TokenStream::from_str(source).expect("the compiler has read it as well"))
}

fn count(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 2 + count(group.stream()),
            _ => 1,
        })
        .sum()
}

/// The expanded source of the whole program.
pub(crate) fn expanded(package: &Package) -> String {
    output(unstable(package, &["-Zunpretty=expanded"])).stdout
}

/// How long the compiler expands macros in the program.
pub(crate) fn time(package: &mut Package) -> Duration {
    package.edit();
    let passes = output(unstable(package, &["-Ztime-passes", "-Ztime-passes-format=json"])).stderr;
    let pass = passes.lines().find(|line| line.contains("\"macro_expand_crate\""));
    let (_, time) = pass.and_then(|pass| pass.split_once("\"time\":")).expect("a pass has a time");
    let end = time.find(',').expect("more follows");
    Duration::from_secs_f64(time[..end].parse().expect("a number of seconds"))
}

/// A check with compiler flags that need the compiler's consent. It is given for the program
/// only, so that its dependencies are compiled as ever.
fn unstable(package: &Package, flags: &[&str]) -> Command {
    let mut cargo = package.cargo("rustc");
    cargo.args(["--offline", "--profile", "check", "--"]).args(flags);
    cargo.env("RUSTC_BOOTSTRAP", "machine").env("CARGO_TARGET_DIR", package.target("unstable"));
    cargo
}
