//! The behaviour suite under `events(pool(16)), state_id(string), event_id(string)`.

#![forbid(unsafe_code)]

macro_rules! frame_system {
    ($($source:tt)*) => {
        frame_runtime::__private::frame_system! { (frame_runtime; events(pool(16)); state_id(string); event_id(string)) $($source)* }
    };
}

mod behaviour;
