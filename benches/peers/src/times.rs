//! Times of contenders that take turns.

use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// The processor time of each contender in each round. A round runs everyone once, and each
/// round begins with another one, so that nobody gains by its place.
pub fn rounds(rounds: usize, contenders: &mut [Box<dyn FnMut() + '_>]) -> Vec<Vec<Duration>> {
    let mut times = vec![Vec::with_capacity(rounds); contenders.len()];
    for first in 0..rounds {
        for turn in 0..contenders.len() {
            let contender = (first + turn) % contenders.len();
            times[contender].push(time(&mut contenders[contender]));
        }
    }
    times
}

/// The processor time that this thread spends on some work. Unlike time on the clock, it
/// leaves out what other programs take in between.
pub fn time(mut work: impl FnMut()) -> Duration {
    let start = now();
    work();
    now() - start
}

fn now() -> Duration {
    let now = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID);
    now.expect("the system has this clock").into()
}

/// The median of some values, and the quartiles on both sides.
pub struct Spread {
    pub lower: f64,
    pub median: f64,
    pub upper: f64,
}

impl FromIterator<f64> for Spread {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let quartile = |n: usize| values[n * (values.len() - 1) / 4];
        Self { lower: quartile(1), median: quartile(2), upper: quartile(3) }
    }
}
