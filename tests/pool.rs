//! The behaviour suite under `events(pool(16))`.

#![forbid(unsafe_code)]

macro_rules! frame_system {
    ($($source:tt)*) => {
        frame_runtime::__private::frame_system! { (frame_runtime; events(pool(16))) $($source)* }
    };
}

mod behaviour;
