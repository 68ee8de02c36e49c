//! `workload W2 frame 1000`: performs the operations and prints the checksum.

#![forbid(unsafe_code)]

use instructions::ALL;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [name, side, operations] = args.as_slice() else {
        panic!("usage: workload <name> <frame|hand> <operations>");
    };
    let workload = ALL.into_iter().find(|workload| workload.name == name);
    let workload = workload.unwrap_or_else(|| panic!("there is no workload {name}"));
    let run = if side == "frame" { workload.frame } else { workload.hand };
    println!("{}", run(operations.parse().expect("a number of operations")));
}
