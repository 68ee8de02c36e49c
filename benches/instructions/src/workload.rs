//! What a workload is.

/// A machine that a workload drives.
pub trait Machine {
    /// Makes the machine in its first state, which it has entered.
    fn new() -> Self;

    /// Sums up what the machine did, so that it can be compared with another one.
    fn checksum(&mut self) -> u64;
}

/// Performs this many operations, and returns a checksum of what they did.
pub type Run = fn(operations: u64) -> u64;

/// One machine, written twice, and the events it is given.
pub struct Workload {
    pub name: &'static str,
    pub what: &'static str,
    pub frame: Run,
    pub hand: Run,
    pub frame_size: usize,
    pub hand_size: usize,
    /// The length of the sequence of events, which operations are a multiple of.
    pub period: u64,
    pub goal: Goal,
}

/// How far above the hand-written machine the Frame system may be, per operation.
#[derive(Clone, Copy)]
pub enum Goal {
    Instructions(f64),
    Percent(f64),
    /// Where the machine is larger than the one by hand, too.
    PercentAndBytes(f64, usize),
}

impl Goal {
    #[must_use]
    pub fn is_met(self, frame: f64, hand: f64) -> bool {
        // The longer number of operations costs a few instructions to read.
        const NOISE: f64 = 0.01;
        let most = match self {
            Goal::Instructions(more) => hand + more,
            Goal::Percent(more) | Goal::PercentAndBytes(more, _) => hand * (1.0 + more / 100.0),
        };
        frame <= most + NOISE
    }

    #[must_use]
    pub fn is_met_by_size(self, frame: usize, hand: usize) -> bool {
        let more = if let Goal::PercentAndBytes(_, bytes) = self { bytes } else { 0 };
        frame <= hand + more
    }
}

/// Does what the program's arguments say: a name, a side, and how many operations.
///
/// # Panics
///
/// Panics when they do not say that.
pub fn perform(all: &[Workload]) {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (name, side, operations) = match args.as_slice() {
        [name, side] => (name, side, None),
        [name, side, operations] => (name, side, Some(operations)),
        _ => panic!("usage: <name> <frame|hand> [operations]"),
    };
    let workload = all.iter().find(|workload| workload.name == name);
    let workload = workload.unwrap_or_else(|| panic!("there is no {name}"));
    let (run, size) = match side.as_str() {
        "frame" => (workload.frame, workload.frame_size),
        _ => (workload.hand, workload.hand_size),
    };
    match operations {
        Some(operations) => println!("{}", run(operations.parse().expect("a number"))),
        None => println!("{size}"),
    }
}

/// A [`Workload`] of `frame::$machine` and `hand::$machine`.
#[macro_export]
macro_rules! workload {
    ($name:literal, $what:literal, $machine:ident, $run:ident, $period:expr, $goal:expr) => {
        $crate::Workload {
            name: $name,
            what: $what,
            frame: $run::<frame::$machine>,
            hand: $run::<hand::$machine>,
            frame_size: size_of::<frame::$machine>(),
            hand_size: size_of::<hand::$machine>(),
            period: $period,
            goal: $goal,
        }
    };
}

/// Makes machines of `frame::$machine` and `hand::$machine`, with the same checksum.
#[macro_export]
macro_rules! machine {
    ($machine:ident, |$this:ident| $checksum:expr) => {
        $crate::machine! { frame::$machine, |$this| $checksum }
        $crate::machine! { hand::$machine, |$this| $checksum }
    };
    ($machine:path, |$this:ident| $checksum:expr) => {
        impl $crate::Machine for $machine {
            fn new() -> Self {
                <$machine>::new()
            }

            fn checksum(&mut self) -> u64 {
                let $this = self;
                $checksum
            }
        }
    };
}
