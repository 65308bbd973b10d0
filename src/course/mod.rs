//! What became of the notes of a branch, commit by commit: what a configuration says of each commit, and what the notes
//! were worth at points in time.
//!
//! Commits are compared with their parents tree by tree, so what a commit leaves alone is not looked at. Each version of a
//! file is read once to know whom it is about ([`census`]), and judged once to know what its notes are worth
//! ([`board`]); a commit is judged by the engine as the gate would on its day ([`gate`]).

mod board;
mod census;
mod gate;
mod report;
mod rules;
mod trial;

#[cfg(test)]
mod tests;

pub(crate) use gate::{Censuses, Gate, GateSink};
pub(crate) use report::Lookback;
pub(crate) use rules::RulesOfDays;
pub(crate) use trial::{Trial, simulate};

use crate::engine::{Progress, RunError};
use crate::source::past::Past;
use crate::source::{ChangeSet, NotePath, ObjectId, SourceError};
use crate::workers::Workers;

/// How many commits are compared with their parents, or judged, between two looks at the time.
const PORTION: usize = 64;

/// The commits of a branch with what each of them changes.
pub(crate) struct Walk {
    pub(crate) past: Past,
    /// One for each commit.
    pub(crate) changes: Vec<ChangeSet>,
    /// The files at the end of the branch.
    pub(crate) files: Vec<(NotePath, ObjectId)>,
    workers: Workers,
}

/// What went wrong with looking back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CourseError {
    /// The history could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A commit could not be judged.
    #[error(transparent)]
    Run(#[from] RunError),
}

impl Walk {
    /// Compares every commit of `past` with its parents.
    ///
    /// # Errors
    /// When a tree cannot be read.
    pub(crate) fn over(past: Past) -> Result<Self, SourceError> {
        let workers = Workers::default();
        let changes = workers.try_map(&past.commits, || (), |(), commit| past.changes(commit))?;
        let files = past.files()?;
        Ok(Self { past, changes, files, workers })
    }

    /// Applies `work` to each commit, the newest first, until `goes_on` says no; tells how far it is.
    ///
    /// # Errors
    /// One of the errors of `work`.
    pub(crate) fn each<T: Send>(
        &self,
        progress: &dyn Progress,
        goes_on: impl Fn() -> bool,
        work: impl Fn(usize) -> Result<T, CourseError> + Sync + Send,
    ) -> Result<Vec<T>, CourseError> {
        let numbers: Vec<usize> = (0..self.changes.len()).collect();
        let mut done = Vec::with_capacity(numbers.len());
        for portion in numbers.chunks(PORTION) {
            if !goes_on() {
                break;
            }
            done.extend(self.workers.try_map(portion, || (), |(), number| work(*number))?);
            progress.examined(done.len(), numbers.len());
        }
        Ok(done)
    }
}
