//! A sequence too long for a branch predictor to learn.

use std::hint::black_box;

use super::w3v::{frame, hand};
use crate::{Goal, random};

crate::workload! {
    "W3L", "the same, a sequence of 2^20", Ring, Goal::Percent(5.0);

    #[inline(never)]
    fn a(ring: &mut Ring) {
        ring.a();
    }

    #[inline(never)]
    fn b(ring: &mut Ring) {
        ring.b();
    }

    #[inline(never)]
    fn c(ring: &mut Ring) {
        ring.c();
    }

    #[inline(never)]
    fn d(ring: &mut Ring) {
        ring.d();
    }

    pub(super) fn run(operations: u64) -> u64 {
        let events = random::sequence(1 << 20, 4);
        let mut ring = Ring::new();
        for _ in 0..operations / (1 << 20) {
            for event in &events {
                match *event {
                    0 => a(black_box(&mut ring)),
                    1 => b(black_box(&mut ring)),
                    2 => c(black_box(&mut ring)),
                    _ => d(black_box(&mut ring)),
                }
            }
        }
        let counts = ring.entered.iter().chain(&ring.left);
        counts.fold(0, |sum, count| sum.wrapping_mul(31) + u64::from(*count))
    }
}
