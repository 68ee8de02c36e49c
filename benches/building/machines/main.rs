//! Hands the machine the events whose numbers are given, and prints what it has come to.

use std::hint::black_box;

mod machine;

fn main() {
    let mut subject = machine::start();
    for number in std::env::args().skip(1) {
        let event = number.parse().expect("events are given by number");
        // A machine in a larger program is not a set of locals of its one caller.
        machine::send(black_box(&mut subject), event);
    }
    println!("{}", machine::trace(&subject));
}
