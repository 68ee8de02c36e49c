//! What the compiler of systems says of mistakes, and at which token.

#![forbid(unsafe_code)]

#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
