//! The terminal parser of `examples/vt` against the crate `vte`, on the same bytes.
//!
//! `--instructions` counts instructions for each byte as well. Names of inputs as arguments,
//! such as `text`, restrict the run to these.

#![forbid(unsafe_code)]

mod inputs;
#[path = "../../../../../examples/vt/parser.rs"]
mod parser;
mod sink;

use std::env;
use std::hint::black_box;

use inputs::{INPUTS, Input};
use instructions::measure::{self, per_operation};
use peers::times::{Spread, rounds};
use sink::Sink;

/// How much a terminal gets to read at once: what the buffer of a pseudo terminal holds.
const PIECE: usize = 4096;

const ROUNDS: usize = 41;

/// The argument that makes this program run one parser, for callgrind.
const ALONE: &str = "--alone";

type Parse = fn(&[u8]) -> Sink;

const PARSERS: [(&str, Parse); 2] = [("Frame", by_frame), ("vte", by_vte)];

#[inline(never)]
fn by_frame(bytes: &[u8]) -> Sink {
    let mut parser = parser::Parser::new(Sink::default());
    bytes.chunks(PIECE).for_each(|piece| parser.feed(piece));
    parser.performer
}

#[inline(never)]
fn by_vte(bytes: &[u8]) -> Sink {
    let mut parser = vte::Parser::new();
    let mut sink = Sink::default();
    bytes.chunks(PIECE).for_each(|piece| parser.advance(&mut sink, piece));
    sink
}

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    if let [first, input, name, passes] = args.as_slice()
        && first == ALONE
    {
        return run_alone(input, name, passes);
    }
    let named = |input: &&Input| args.iter().any(|arg| arg == input.name);
    let chosen: Vec<&Input> = INPUTS.iter().filter(named).collect();
    let chosen = if chosen.is_empty() { INPUTS.iter().collect() } else { chosen };

    println!("megabytes per second, and times as fast as vte: median (quartiles)\n");
    println!("        |  Frame |    vte |       times as fast | events   |");
    chosen.iter().for_each(|input| race(input));
    if args.iter().any(|arg| arg == "--instructions") {
        println!("\ninstructions per byte\n\n        |  Frame |    vte |");
        chosen.iter().for_each(|input| count(input));
    }
}

fn run_alone(input: &str, name: &str, passes: &str) {
    let bytes = (INPUTS.iter().find(|it| it.name == input).expect("an input").make)();
    let (_, parse) = PARSERS.iter().find(|(it, _)| *it == name).expect("a parser");
    for _ in 0..passes.parse().expect("a number of passes") {
        black_box(parse(black_box(&bytes)));
    }
}

/// Prints how fast both are, once they are seen to tell their sinks the same.
fn race(input: &Input) {
    let bytes = (input.make)();
    let seen = by_frame(&bytes);
    assert_eq!(seen, by_vte(&bytes), "{}: the parsers differ", input.name);

    let bytes = bytes.as_slice();
    let contender = |(_, parse): (&str, Parse)| -> Box<dyn FnMut()> {
        Box::new(move || _ = black_box(parse(black_box(bytes))))
    };
    let mut contenders = PARSERS.map(contender);
    let times = rounds(ROUNDS, &mut contenders);
    let [frame, vte] = [&times[0], &times[1]].map(|times| {
        times.iter().map(|time| bytes.len() as f64 / time.as_secs_f64() / 1e6).collect::<Vec<_>>()
    });
    let ratios: Spread = frame.iter().zip(&vte).map(|(frame, vte)| frame / vte).collect();
    println!(
        "{:7} | {:6.0} | {:6.0} | {:5.2} ({:.2}–{:.2}) | {:8} | {}",
        input.name,
        Spread::from_iter(frame).median,
        Spread::from_iter(vte).median,
        ratios.median,
        ratios.lower,
        ratios.upper,
        seen.events,
        input.what,
    );
}

fn count(input: &Input) {
    let program = env::current_exe().expect("this program has a path");
    let length = (input.make)().len();
    let [frame, vte] = PARSERS.map(|(name, _)| {
        per_operation(measure::instructions, &program, &[ALONE, input.name, name], 1)
            / length as f64
    });
    println!("{:7} | {frame:6.2} | {vte:6.2} | {}", input.name, input.what);
}
