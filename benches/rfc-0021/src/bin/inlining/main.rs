//! `inlining 1000`: a machine whose states share a long handler, with the value of
//! `@@[inline(…)]` that the package's features choose.

#![forbid(unsafe_code)]

/// `$` stands for itself in the macro that is made.
macro_rules! value {
    ($dollar:tt $value:ident) => {
        macro_rules! frame_system {
            ($dollar($dollar source:tt)*) => {
                frame_runtime::__private::frame_system! {
                    (frame_runtime; inline($value)) $dollar($dollar source)*
                }
            };
        }
    };
}

#[cfg(not(any(feature = "inline-always", feature = "inline-never")))]
value!($ auto);
#[cfg(feature = "inline-always")]
value!($ always);
#[cfg(all(feature = "inline-never", not(feature = "inline-always")))]
value!($ never);

mod machine;

fn main() {
    let operations = std::env::args().nth(1).expect("a number of operations");
    println!("{}", machine::run(operations.parse().expect("a number of operations")));
}
