//! Writes the macro that gives the workloads the mode which the features make.

#![forbid(unsafe_code)]

use std::path::Path;
use std::{env, fs};

/// A feature, as cargo tells it, and the attribute that it stands for.
const ATTRIBUTES: [(&str, &str); 7] = [
    ("POOL", "events(pool)"),
    ("GROW", "overflow(grow)"),
    ("HEAP", "events(heap)"),
    ("STRING_STATES", "state_id(string)"),
    ("STRING_EVENTS", "event_id(string)"),
    ("INLINE_ALWAYS", "inline(always)"),
    ("INLINE_NEVER", "inline(never)"),
];

fn main() {
    let on = |feature| env::var_os(format!("CARGO_FEATURE_{feature}")).is_some();
    let header: String = ATTRIBUTES
        .iter()
        .filter(|(feature, _)| on(feature))
        .map(|(_, attribute)| format!("; {attribute}"))
        .collect();
    let mode = format!(
        "macro_rules! frame_system {{
            ($($source:tt)*) => {{
                frame_runtime::__private::frame_system! {{ (frame_runtime{header}) $($source)* }}
            }};
        }}"
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("mode.rs"), mode).expect("cargo has made the directory");
    println!("cargo::rerun-if-changed=build.rs");
}
