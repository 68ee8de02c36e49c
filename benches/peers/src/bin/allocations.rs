//! Allocations per operation of machines made in different ways. A program of its own,
//! because counting slows the allocator down.

#[path = "../../../../tests/allocations/counting.rs"]
mod counting;

use counting::allocations;
use peers::table::{Row, print, row};
use peers::{Race, chosen};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    print("allocations per operation, the caller's included", 8, &chosen(&args), per_operation);
}

fn per_operation(race: &Race) -> Row {
    let operations = race.operations();
    row(race, |_, run| {
        run(0); // makes what is made once
        let once = allocations(|| run(operations));
        let twice = allocations(|| run(2 * operations));
        format!("{:.2}", (twice - once) as f64 / operations as f64)
    })
}
