//! `compartments retained-frame u32 1000`: transitions between two children of a parent that
//! has a variable, which is made anew or kept, by a Frame system and by hand.

#![forbid(unsafe_code)]

mod frame;
mod hand;
mod variable;

use std::hint::black_box;

use variable::Variable;

/// Two states that share a parent, and one that has none.
pub trait Pair {
    /// From the state without parent to the first child.
    fn on(&mut self);

    /// From a child to the other one.
    fn flip(&mut self);

    /// An event that the parent handles.
    fn note(&mut self, n: u32);

    fn sum(&mut self) -> u64;
}

#[inline(never)]
fn flip(pair: &mut impl Pair) {
    pair.flip();
}

#[inline(never)]
fn note(pair: &mut impl Pair, n: u32) {
    pair.note(n);
}

/// Each operation is a transition and an event.
fn run(mut pair: impl Pair, operations: u64) -> u64 {
    pair.on();
    for n in 0..operations as u32 {
        flip(black_box(&mut pair));
        note(black_box(&mut pair), black_box(n));
    }
    pair.sum()
}

fn run_as<V: Variable>(machine: &str, operations: u64) -> u64 {
    match machine {
        "anew-frame" => run(frame::Anew::<V>::new(), operations),
        "anew-hand" => run(hand::Anew::<V>::Off, operations),
        "retained-frame" => run(frame::Retained::<V>::new(), operations),
        "beside-hand" => run(hand::Beside { side: hand::Side::Off, parent: V::new() }, operations),
        "nested-hand" => run(hand::Nested::<V>::Off, operations),
        _ => panic!("there is no machine {machine}"),
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [machine, variable, operations] = args.as_slice() else {
        panic!("usage: compartments <machine> <variable> <operations>");
    };
    let operations = operations.parse().expect("a number of operations");
    let sum = match variable.as_str() {
        "u32" => run_as::<u32>(machine, operations),
        "array" => run_as::<[u64; 32]>(machine, operations),
        "vec" => run_as::<Vec<u32>>(machine, operations),
        _ => panic!("there is no variable {variable}"),
    };
    println!("{sum}");
}
