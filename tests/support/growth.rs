//! Whether the time that something takes grows with the size of its input and no faster.

use std::time::{Duration, Instant};

/// How the times of a small and a large input are compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Growth {
    /// How many times as large the large input is.
    pub(crate) factor: usize,
    /// How many times as long it may take.
    pub(crate) most: u32,
}

/// Below this the clock and a busy machine say more than the input, and a square of the sizes used here takes longer:
/// the system counts the work of a thread in ticks of up to four milliseconds.
const NOISE: Duration = Duration::from_millis(4);

/// What is quadratic is so every time; a machine that is busy is not.
const ATTEMPTS: usize = 3;

impl Growth {
    /// Fails unless `time` grows within these bounds from inputs of `size` to those `factor` times as large.
    pub(crate) fn assert(self, name: &str, size: usize, time: impl Fn(usize) -> Duration) {
        let mut times = Vec::new();
        let is_within = (0..ATTEMPTS).any(|_| {
            let (small, large) = (time(size), time(size * self.factor));
            times.push((small, large));
            large <= small.max(NOISE) * self.most
        });
        assert!(is_within, "{name}: {size} and {} times as much took {times:?}", self.factor);
    }
}

/// How long this thread takes for `work`. Where the system says how long a thread has worked, other work on the machine
/// does not count; `work` has to stay in the thread that starts it.
pub(crate) fn time_of(work: impl FnOnce()) -> Duration {
    let (start, before) = (Instant::now(), worked());
    work();
    match (before, worked()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

/// The time that this thread has worked, where the system says so.
fn worked() -> Option<Duration> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    worked_of(&statistics)
}

/// The first field of the counters of a thread, in nanoseconds. A kernel without the counters writes zeros, which would
/// make every work take no time at all.
pub(crate) fn worked_of(statistics: &str) -> Option<Duration> {
    let worked = statistics.split(' ').next()?.parse().ok()?;
    (worked > 0).then(|| Duration::from_nanos(worked))
}
