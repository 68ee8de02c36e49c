//! What the programs of the ring have in common.

#![forbid(unsafe_code)]

fn main() {
    let operations = std::env::args().count() as u64;
    println!("{operations}");
}
