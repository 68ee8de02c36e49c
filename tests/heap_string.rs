//! The behaviour suite under `events(heap), event_id(string), state_id(string)`.

#![forbid(unsafe_code)]

macro_rules! frame_system {
    ($($source:tt)*) => {
        frame_runtime::__private::frame_system! { (frame_runtime; events(heap); event_id(string); state_id(string)) $($source)* }
    };
}

mod behaviour;
