//! `frame_system!` in the mode that the package's features choose, so that the same workloads
//! run in each.

/// `$` stands for itself in the macro that is made.
macro_rules! mode {
    ($dollar:tt $($attribute:tt)*) => {
        macro_rules! frame_system {
            ($dollar($dollar source:tt)*) => {
                frame_runtime::__private::frame_system! {
                    (frame_runtime; $($attribute)*) $dollar($dollar source)*
                }
            };
        }
    };
}

#[cfg(not(any(feature = "pool", feature = "heap", feature = "string-ids")))]
mode!($ events(direct));
#[cfg(all(feature = "string-ids", not(any(feature = "pool", feature = "heap"))))]
mode!($ events(direct); state_id(string));
#[cfg(all(feature = "pool", not(feature = "string-ids")))]
mode!($ events(pool));
#[cfg(all(feature = "pool", feature = "string-ids"))]
mode!($ events(pool); state_id(string); event_id(string));
#[cfg(all(feature = "heap", not(any(feature = "pool", feature = "string-ids"))))]
mode!($ events(heap));
#[cfg(all(feature = "heap", feature = "string-ids", not(feature = "pool")))]
mode!($ events(heap); state_id(string); event_id(string));
