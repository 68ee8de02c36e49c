//! `frame_system!` in the mode that the package's features choose, so that the same workloads
//! run in each.

include!(concat!(env!("OUT_DIR"), "/mode.rs"));
