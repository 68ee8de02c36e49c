//! The ring by hand and nothing else, so that its code can be measured.

#![forbid(unsafe_code)]

fn main() {
    let operations = std::env::args().count() as u64;
    println!("{}", (instructions::w3::WORKLOAD.hand)(operations));
}
