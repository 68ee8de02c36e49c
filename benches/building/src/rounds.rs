//! Times that can be compared with each other.

use std::time::{Duration, Instant};

/// How long each subject takes, as the median of some rounds. In a round every subject has its
/// turn, so that a busy minute of the machine is not one subject's bad luck.
pub(crate) fn medians<T>(
    rounds: usize,
    subjects: &mut [T],
    mut time: impl FnMut(&mut T) -> Duration,
) -> Vec<Duration> {
    let mut times = vec![Vec::new(); subjects.len()];
    for _ in 0..rounds {
        for (times, subject) in times.iter_mut().zip(subjects.iter_mut()) {
            times.push(time(subject));
        }
    }
    times.into_iter().map(median).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

pub(crate) fn timed(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}

/// A subject's time, and how often it is that of the first.
pub(crate) fn beside_first(times: &[Duration], index: usize) -> String {
    let (time, first) = (times[index].as_secs_f64(), times[0].as_secs_f64());
    format!("{time:.2} s ({:.2}×)", time / first)
}
