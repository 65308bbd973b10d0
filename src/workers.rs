//! The threads that a run works on.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::num::NonZero;
use std::sync::OnceLock;
use std::thread;

/// A run never starts more threads than this, however many cores there are: reading files would not get faster.
const MOST_THREADS: usize = 64;

/// Up to so many tasks are done by the calling thread: starting threads takes longer.
pub(crate) const FEW: usize = 32;

/// Bytes of stack of each thread. Nothing below recurses further than the limit on nesting in a file allows.
const STACK: usize = 2 * 1024 * 1024;

/// The threads of one run: one for each core that this process may use, started when there is work for more than a few files. Where the
/// system gives fewer threads, fewer do the work, in the end the calling thread alone.
///
/// The number does not come from `RAYON_NUM_THREADS`: a hook also runs where somebody else sets the environment.
#[derive(Debug, Default)]
pub(crate) struct Workers {
    pool: OnceLock<Option<ThreadPool>>,
}

impl Workers {
    /// Applies `work` to each item and keeps the order. `prepare` is called once or more often for each thread, and
    /// `work` is given what it made.
    ///
    /// # Errors
    /// One of the errors of `work`.
    pub(crate) fn try_map<T: Sync, S, R: Send, E: Send>(
        &self,
        items: &[T],
        prepare: impl Fn() -> S + Sync + Send,
        work: impl Fn(&mut S, &T) -> Result<R, E> + Sync + Send,
    ) -> Result<Vec<R>, E> {
        match self.pool_for(items.len()) {
            Some(pool) => pool.install(|| items.par_iter().map_init(prepare, work).collect()),
            None => {
                let mut state = prepare();
                items.iter().map(|item| work(&mut state, item)).collect()
            }
        }
    }

    /// Applies `work` to each item and keeps the order.
    pub(crate) fn map<T: Send, R: Send>(&self, items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
        match self.pool_for(items.len()) {
            Some(pool) => pool.install(|| items.into_par_iter().map(work).collect()),
            None => items.into_iter().map(work).collect(),
        }
    }

    /// The pool, for more than one task; none when the calling thread is as good.
    fn pool_for(&self, tasks: usize) -> Option<&ThreadPool> {
        if tasks <= FEW {
            return None;
        }
        let cores = || thread::available_parallelism().map_or(1, NonZero::get);
        self.pool.get_or_init(|| start(cores().min(MOST_THREADS))).as_ref()
    }
}

/// A pool of `wanted` threads, or of half as many until the system gives them; none for fewer than two.
fn start(wanted: usize) -> Option<ThreadPool> {
    let fewer = std::iter::successors(Some(wanted), |threads| Some(threads / 2));
    fewer
        .take_while(|threads| *threads > 1)
        .find_map(|threads| ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_kept_with_and_without_other_threads() {
        let pools = [Some(start(4)), Some(None), None];
        for pool in pools {
            let workers = Workers { pool: pool.map(OnceLock::from).unwrap_or_default() };
            let numbers: Vec<usize> = (0..1000).collect();
            let doubled: Result<Vec<usize>, ()> =
                workers.try_map(&numbers, || 2, |factor, number| Ok(*factor * number));
            assert_eq!(doubled, Ok((0..2000).step_by(2).collect()));
            assert_eq!(workers.map(numbers, |number| number + 1), (1..=1000).collect::<Vec<usize>>());
        }
    }

    #[test]
    fn an_error_ends_the_work() {
        let failing = |_: &mut (), number: &usize| if *number == 7 { Err(*number) } else { Ok(()) };
        let numbers: Vec<usize> = (0..100).collect();
        for pool in [start(2), None] {
            let workers = Workers { pool: OnceLock::from(pool) };
            assert_eq!(workers.try_map(&numbers, || (), failing), Err(7));
        }
    }

    #[test]
    fn there_is_no_pool_of_one_thread_and_none_for_one_task() {
        assert!(start(0).is_none() && start(1).is_none());
        assert_eq!(start(3).map(|pool| pool.current_num_threads()), Some(3));
        assert!(Workers::default().pool_for(1).is_none());
    }
}
