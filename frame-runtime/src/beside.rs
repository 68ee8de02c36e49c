//! What stands beside errors in an expansion. The trait is one of this crate, and not an item
//! of the expansion, so that editors do not offer its method.

/// Everything has a member where a name is missing behind a `.`.
pub trait Unfinished {
    #[doc(hidden)]
    fn __unfinished<T>(&self) -> T {
        unreachable!("code beside an error is not run")
    }
}

impl<T: ?Sized> Unfinished for T {}

/// Items that keep the compiler from telling what follows from an error, and would have an
/// editor tell more.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __beside_errors {
    ($($items:item)*) => { $($items)* };
}

/// No items.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __beside_errors {
    ($($items:item)*) => {};
}
