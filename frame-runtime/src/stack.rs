//! The state stack: what `push$` saves and `-> pop$` restores.

/// A state stack of at most `N` entries, without heap.
///
/// ```
/// # use frame_runtime::BoundedStack;
/// let mut stack: BoundedStack<&str, 2> = BoundedStack::new();
/// stack.push("menu");
/// assert_eq!(stack.depth(), 1);
/// assert!(stack.has_room());
/// assert_eq!(stack.pop(), Some("menu"));
/// assert_eq!(stack.pop(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BoundedStack<T, const N: usize>(arrayvec::ArrayVec<T, N>);

impl<T, const N: usize> BoundedStack<T, N> {
    /// An empty stack.
    #[must_use]
    pub const fn new() -> Self {
        BoundedStack(arrayvec::ArrayVec::new_const())
    }

    /// Saves an entry.
    ///
    /// # Panics
    /// When the stack is full; ask [`has_room`](Self::has_room) before.
    #[inline]
    #[track_caller]
    pub fn push(&mut self, entry: T) {
        assert!(self.0.try_push(entry).is_ok(), "the state stack holds {N} entries at most");
    }

    /// Takes the newest entry, or `None` from an empty stack.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    /// How many entries there are.
    #[inline]
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.len()
    }

    /// Whether another entry can be pushed.
    #[inline]
    #[must_use]
    pub fn has_room(&self) -> bool {
        // The form of the test that `push` makes, so that the two become one.
        self.0.len() < N
    }
}

impl<T, const N: usize> Default for BoundedStack<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

/// A state stack that grows on the heap.
///
/// ```
/// # use frame_runtime::GrowingStack;
/// let mut stack = GrowingStack::new();
/// stack.push("menu");
/// assert_eq!((stack.depth(), stack.pop(), stack.depth()), (1, Some("menu"), 0));
/// ```
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrowingStack<T>(alloc::vec::Vec<T>);

#[cfg(feature = "alloc")]
impl<T> GrowingStack<T> {
    /// An empty stack, which has not allocated yet.
    #[must_use]
    pub const fn new() -> Self {
        GrowingStack(alloc::vec::Vec::new())
    }

    /// Saves an entry.
    #[inline]
    pub fn push(&mut self, entry: T) {
        self.0.push(entry);
    }

    /// Takes the newest entry, or `None` from an empty stack.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }

    /// How many entries there are.
    #[inline]
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.len()
    }
}

#[cfg(feature = "alloc")]
impl<T> Default for GrowingStack<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// `-> pop$` with nothing to restore.
///
/// # Panics
/// Always, naming system, state and event.
#[cold]
#[inline(never)]
pub fn stack_is_empty(system: &str, state: &str, event: &str) -> ! {
    panic!("`-> pop$` in `{system}`, state `${state}`, event `{event}`: the state stack is empty")
}

/// `push$` beyond the capacity of `@@[stack(N)]`.
///
/// # Panics
/// Always, naming system, state and event.
#[cold]
#[inline(never)]
pub fn stack_is_full(system: &str, state: &str, event: &str) -> ! {
    panic!("`push$` in `{system}`, state `${state}`, event `{event}`: the state stack is full")
}
