//! What the commits of a while ago would have met.

use crate::config::{Config, Level};
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Progress, RunError, Scope};
use crate::playbook::Playbook;
use crate::report::Sink;
use crate::report::model::FileReport;
use crate::report::tally::Tally;
use crate::rules::note::copied_note;
use crate::source::git::{self, LoggedCommit, RepoLocation};
use crate::source::{Selected, Source, SourceError, range};
use crate::yaml::Limits;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io;
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
) -> Result<Replayed, ReplayError> {
    let mut repository = git::open(place)?;
    let Some(head) = repository.head()? else { return Ok(Replayed::default()) };
    let commits = repository.recent(&head, now.as_second() - days * SECONDS_OF_DAY, MOST_COMMITS + 1)?;
    let is_cut = commits.len() > MOST_COMMITS;
    let mut replayed = Replayed { is_cut, ..Replayed::default() };
    let playbook = Playbook::with(&config.playbook);
    let mut config = config.clone();
    // It blocks nothing, and looks at many files beside the change for each commit.
    config.levels.set(copied_note::META.name, Level::Off);
    let start = Instant::now();
    for commit in commits.iter().take(MOST_COMMITS) {
        if start.elapsed() > LONGEST {
            replayed.is_cut = true;
            break;
        }
        replayed.commits += 1;
        if let Some(tally) = judge(place, &config, &playbook, commit)? {
            replayed.touching += 1;
            replayed.records += tally.summary.records;
            replayed.blocked += tally.summary.blocked;
            replayed.stopped += usize::from(tally.is_blocked());
        }
    }
    Ok(replayed)
}

/// What went wrong with looking back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplayError {
    /// The history could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A commit could not be judged.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Judges one commit; nothing when it touches no file that is examined.
fn judge(
    place: &RepoLocation,
    config: &Config,
    playbook: &Playbook,
    commit: &LoggedCommit,
) -> Result<Option<Tally>, ReplayError> {
    let limits = Limits::default();
    let changes = range::since(git::open(place)?, place, &commit.parents, commit.id.clone(), limits.file_bytes)?;
    let source = Selected::new(&changes, &config.files);
    if source.paths()?.is_empty() {
        return Ok(None);
    }
    let time = Timestamp::from_second(commit.seconds).unwrap_or_default();
    let engine = Engine {
        config,
        playbook,
        today: Today::fixed(time.to_zoned(TimeZone::UTC).date()),
        limits,
        fail_on: config.fail_on,
        scope: Scope::Changed,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    Ok(Some(engine.run(&source, &mut Nowhere, &Nowhere)?))
}

/// A report that nobody reads, and progress that nobody sees.
struct Nowhere;

impl Sink for Nowhere {
    fn file(&mut self, _file: &FileReport) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

impl Progress for Nowhere {
    fn examined(&self, _done: usize, _total: usize) {}
}
