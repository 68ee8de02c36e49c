//! `workload W2 frame 1000`: performs the operations and prints the checksum. Without a
//! number it prints how many bytes the machine takes.

#![forbid(unsafe_code)]

use instructions::ALL;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (name, side, operations) = match args.as_slice() {
        [name, side] => (name, side, None),
        [name, side, operations] => (name, side, Some(operations)),
        _ => panic!("usage: workload <name> <frame|hand> [operations]"),
    };
    let workload = ALL.into_iter().find(|workload| workload.name == name);
    let workload = workload.unwrap_or_else(|| panic!("there is no workload {name}"));
    let (run, size) = match side.as_str() {
        "frame" => (workload.frame, workload.frame_size),
        _ => (workload.hand, workload.hand_size),
    };
    match operations {
        Some(operations) => println!("{}", run(operations.parse().expect("a number"))),
        None => println!("{size}"),
    }
}
