//! The C runtime, whose start code calls `main` and ends the program with what it returns, has
//! to be linked by name where std does not do it.

fn main() {
    println!("cargo::rustc-link-lib=c");
}
