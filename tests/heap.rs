//! The behaviour suite under `events(heap)`.

#![forbid(unsafe_code)]

macro_rules! frame_system {
    ($($source:tt)*) => {
        frame_runtime::__private::frame_system! { (frame_runtime; events(heap)) $($source)* }
    };
}

mod behaviour;
