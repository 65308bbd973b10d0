//! What the commits of a while ago would have met.

use crate::config::Config;
use crate::course::{Censuses, CourseError, Gate, GateSink, Walk};
use crate::engine::Progress;
use crate::playbook::Playbook;
use crate::source::git::RepoLocation;
use crate::source::past::{Depth, Past, Since};
use crate::yaml::Limits;
use jiff::Timestamp;
use std::time::{Duration, Instant};

/// The most commits that are looked at, the newest first.
const MOST_COMMITS: usize = 500;

/// How long commits are looked at; a person waits.
const LONGEST: Duration = Duration::from_secs(20);

const SECONDS_OF_DAY: i64 = 24 * 60 * 60;

/// What the commits would have met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Replayed {
    /// How many commits there are.
    pub(crate) commits: usize,
    /// How many of them touch a file that is examined.
    pub(crate) touching: usize,
    /// How many records the gate would have judged.
    pub(crate) records: usize,
    /// How many of them it would have blocked.
    pub(crate) blocked: usize,
    /// How many commits it would have stopped.
    pub(crate) stopped: usize,
    /// Older commits of the time were left out: there are many, or they take long.
    pub(crate) is_cut: bool,
}

/// Judges each commit of the last `days` before `now`, under `config`, against its parents, as the hook would have on its day.
///
/// # Errors
/// When the history cannot be read.
pub(crate) fn replay(
    place: &RepoLocation,
    config: &Config,
    (now, days): (Timestamp, i64),
) -> Result<Replayed, CourseError> {
    let since = Since::Moment(now.as_second() - days * SECONDS_OF_DAY);
    let limit = Limits::default().file_bytes;
    let Some(past) = Past::read(place, None, since, MOST_COMMITS, limit)? else { return Ok(Replayed::default()) };
    let walk = Walk::over(past)?;
    let playbook = Playbook::with(&config.playbook);
    let gate = Gate::new(config, &playbook, &mut Censuses::default());
    let start = Instant::now();
    let in_time = || start.elapsed() <= LONGEST;
    let tallies = walk.each(&Unseen, in_time, |number| gate.judge(&walk, number, &mut GateSink::default()))?;
    let is_cut = walk.past.depth != Depth::Whole || tallies.len() < walk.changes.len();
    let mut replayed = Replayed { commits: tallies.len(), is_cut, ..Replayed::default() };
    for tally in tallies.into_iter().flatten() {
        replayed.touching += 1;
        replayed.records += tally.summary.records;
        replayed.blocked += tally.summary.blocked;
        replayed.stopped += usize::from(tally.is_blocked());
    }
    Ok(replayed)
}

/// Progress that nobody sees.
struct Unseen;

impl Progress for Unseen {
    fn examined(&self, _done: usize, _total: usize) {}
}
