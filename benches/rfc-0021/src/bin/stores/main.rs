//! `stores untagged-row W2 1000`: the workloads with pool events, in stores that a system
//! could have besides the runtime's. `stores free-list queue 1000` is a pool on its own.
//! Without a number it prints how many bytes it takes.
//!
//! The macro is told of a runtime that is `frame_runtime` but for its store, so that the
//! systems are the same but for that.

#![forbid(unsafe_code)]
// The same sources with each store is what this compares.
#![allow(clippy::duplicate_mod)]

mod free_list;
mod queue;
mod untagged_free_list;
mod untagged_pool;
mod untagged_row;

// The workloads' sources name them as `crate::…`.
use instructions::{Goal, Machine, Run, Workload, machine, random, workload};
use queue::{Tagged, Untagged};

/// A module for each store, with the workloads in it, and the table of them.
macro_rules! stores {
    ($dollar:tt $($name:literal $store:ident $runtime:path;)*) => {
        $(
            #[path = "../../../../instructions/src"]
            mod $store {
                macro_rules! frame_system {
                    ($dollar($dollar source:tt)*) => {
                        frame_runtime::__private::frame_system! {
                            ($runtime; events(pool)) $dollar($dollar source)*
                        }
                    };
                }

                pub mod workloads;
            }
        )*

        const STORES: &[(&str, [Workload; 14])] = &[$(($name, $store::workloads::ALL)),*];
    };
}

stores! { $
    "row" with_row frame_runtime;
    "untagged-row" with_untagged_row crate::untagged_row;
    "free-list" with_free_list crate::free_list;
    "untagged-free-list" with_untagged_free_list crate::untagged_free_list;
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (store, name, operations) = match args.as_slice() {
        [store, name] => (store, name, None),
        [store, name, operations] => (store, name, Some(operations)),
        _ => panic!("usage: stores <store> <workload> [operations]"),
    };
    let (run, size) = match name.as_str() {
        "queue" => queue(store),
        _ => workload(store, name),
    };
    match operations {
        Some(operations) => println!("{}", run(operations.parse().expect("a number"))),
        None => println!("{size}"),
    }
}

/// How a workload runs, and how many bytes its machine takes.
fn workload(store: &str, name: &str) -> (Run, usize) {
    let found = STORES.iter().find(|(known, _)| *known == store);
    let (_, workloads) = found.unwrap_or_else(|| panic!("there is no store {store}"));
    let found = workloads.iter().find(|workload| workload.name == name);
    let workload = found.unwrap_or_else(|| panic!("there is no workload {name}"));
    (workload.frame, workload.frame_size)
}

/// The same of a pool on its own.
fn queue(store: &str) -> (Run, usize) {
    match store {
        "free-list" => (queue::run::<Tagged>, size_of::<Tagged>()),
        "untagged-free-list" => (queue::run::<Untagged>, size_of::<Untagged>()),
        _ => panic!("{store} is no pool on its own"),
    }
}
