//! What drives a machine: random events with random arguments.

/// The trait of a machine, and its methods as functions that are not inlined, in `call`.
macro_rules! entries {
    ($Trait:ident { $( fn $f:ident($($p:ident: $t:ty),*) $(-> $r:ty)?; )* }) => {
        pub(crate) trait $Trait: instructions::Machine {
            $( fn $f(&mut self $(, $p: $t)*) $(-> $r)?; )*
        }

        #[allow(unused_imports)]
        mod call {
            use super::*;

            $(
                #[inline(never)]
                pub(super) fn $f(m: &mut impl super::$Trait $(, $p: $t)*) $(-> $r)? {
                    m.$f($($p),*)
                }
            )*
        }
    };
}

/// A run: so many kinds of events, each with an argument below 255 and a time that goes on,
/// which come to a number each.
macro_rules! drive {
    ($Trait:ident, $kinds:expr, |$m:ident, $e:ident, $a:ident| $step:expr) => {
        drive! { $Trait, $kinds, |$m, $e, $a, _time| $step }
    };
    ($Trait:ident, $kinds:expr, |$m:ident, $e:ident, $a:ident, $t:ident| $step:expr) => {
        fn run<M: $Trait>(operations: u64) -> u64 {
            let events = instructions::random::sequence(4096, $kinds);
            let args = &instructions::random::sequence(8192, 255)[4096..];
            let mut machine = M::new();
            let (mut sum, mut clock) = (0_u64, 0_u64);
            for _ in 0..operations / 4096 {
                for (e, a) in events.iter().zip(args) {
                    clock += 7;
                    let ($m, $e, $a, $t) = (std::hint::black_box(&mut machine), *e, *a, clock);
                    let value: u64 = $step;
                    sum = sum.rotate_left(5) ^ value;
                }
            }
            sum.wrapping_add(machine.checksum())
        }
    };
}
