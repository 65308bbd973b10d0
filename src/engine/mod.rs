//! Drives the stages over all files of a run: source → yaml → record → reading → rules → waivers → grade → report.
//!
//! Files are examined on all cores in batches and reported in the order of their paths. Beside one batch the run keeps
//! the list of paths, a fingerprint of each note, and, when it looks at history, the records before the change; so its
//! memory does not grow with the contents of the files.

mod assemble;
mod judge;
mod lone;
mod place;
mod redact;
mod workers;

pub use lone::LoneNote;
pub use redact::{pseudonym, redacted_path};

use crate::config::Config;
use crate::day::Today;
use crate::grade::FailOn;
use crate::playbook::Playbook;
use crate::record::history::Past;
use crate::report::Sink;
use crate::report::model::FileReport;
use crate::report::tally::Tally;
use crate::rules::copied_note::{self, Notes, Printer};
use crate::source::{Candidate, Content, Load, NotePath, Source, SourceError};
use crate::yaml::Limits;
use judge::JudgedFile;
use std::io;
use workers::Workers;

/// How many files are held in memory at a time.
const BATCH: usize = 256;

/// Everything a run needs to know beside its files.
#[derive(Debug)]
pub struct Engine<'a> {
    /// What the team sets.
    pub config: &'a Config,
    /// The guidance.
    pub playbook: &'a Playbook,
    /// The day of the run.
    pub today: Today,
    /// How much of a file is read before it is refused.
    pub limits: Limits,
    /// From which grade on a note is blocked.
    pub fail_on: FailOn,
    /// Which records are judged.
    pub scope: Scope,
    /// Whether the report may hold the text of notes.
    pub note_text: NoteText,
}

/// Which records of a file are judged when the run looks at history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Those that the change wrote.
    #[default]
    Changed,
    /// All of them.
    All,
}

/// Whether a report may hold the text of notes, and tell who they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoteText {
    /// It may.
    #[default]
    Shown,
    /// Only rules, lines and grades; pseudonyms stand in for customers and files.
    Redacted,
}

/// What a run knows before it judges the first file.
struct Known {
    past: Past,
    printer: Printer,
    workers: Workers,
}

/// Told how far a run is.
pub trait Progress {
    /// `done` of `total` files are examined.
    fn examined(&self, done: usize, total: usize);
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The source could not be examined as a whole.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The report could not be written.
    #[error("the report could not be written: {0}")]
    Report(#[from] io::Error),
}

impl Engine<'_> {
    /// Examines all files of `source` and hands what it finds to `sink`, in the order of their paths.
    ///
    /// # Errors
    /// When the source as a whole cannot be examined, or the report cannot be written.
    pub fn run(&self, source: &dyn Source, sink: &mut dyn Sink, progress: &dyn Progress) -> Result<Tally, RunError> {
        let paths = source.paths()?;
        let workers = Workers::default();
        let past = self.past(source, &paths, &workers)?;
        let known = Known { past, printer: Printer::new(self.playbook), workers };
        let mut notes = Notes::default();
        if source.sides() > 0 {
            self.learn_untouched(source, &paths, &known, &mut notes)?;
        }
        let mut tally = Tally::default();
        let mut done = 0;
        for batch in paths.chunks(BATCH) {
            for report in self.examine(source, batch, &known, &mut notes)? {
                tally.add(&report);
                sink.file(&report)?;
            }
            done += batch.len();
            progress.examined(done, paths.len());
        }
        sink.finish(&tally)?;
        Ok(tally)
    }

    /// The reports of one batch of files.
    fn examine(
        &self,
        source: &dyn Source,
        batch: &[NotePath],
        known: &Known,
        notes: &mut Notes,
    ) -> Result<Vec<FileReport>, SourceError> {
        let mut files = load_each(source, batch, &known.workers, |candidate| self.judge(candidate, known))?;
        if self.config.levels.is_on(copied_note::META.name) {
            for file in &mut files {
                self.compare_notes(file, notes);
            }
        }
        Ok(known.workers.map(files, |file| self.assemble(file)))
    }

    /// The records before the change, and whom those after it speak about; without sides there are none and nothing is read.
    fn past(&self, source: &dyn Source, paths: &[NotePath], workers: &Workers) -> Result<Past, SourceError> {
        let mut past = Past::new(source.sides());
        if source.sides() == 0 {
            return Ok(past);
        }
        for batch in paths.chunks(BATCH) {
            let sides = load_each(source, batch, workers, |candidate| {
                let path = candidate.path;
                let sides: Vec<_> = candidate.before.into_iter().map(|side| self.records(&path, side)).collect();
                let after = self.records(&path, candidate.after);
                (path, sides, after)
            })?;
            for (path, sides, after) in sides {
                past.add_after(&path, &after);
                for (side, records) in sides.into_iter().enumerate() {
                    past.add(side, &path, records);
                }
            }
        }
        Ok(past)
    }

    /// Learns the notes that this run does not judge, so that a judged record is compared with those that stood there
    /// before, wherever their files come in the order.
    fn learn_untouched(
        &self,
        source: &dyn Source,
        paths: &[NotePath],
        known: &Known,
        notes: &mut Notes,
    ) -> Result<(), SourceError> {
        let learn = |notes: &mut Notes, batch: &[NotePath], is_context: bool| -> Result<(), SourceError> {
            let files = load_each(source, batch, &known.workers, |candidate| self.judge(candidate, known))?;
            for record in files.into_iter().flat_map(|file| file.records) {
                // The past holds the files of the run alone, so to it every record beside them is new.
                if let (Some(print), true) = (record.print, is_context || !record.is_judged) {
                    notes.learn(print);
                }
            }
            Ok(())
        };
        paths.chunks(BATCH).try_for_each(|batch| learn(notes, batch, false))?;
        source.context()?.chunks(BATCH).try_for_each(|batch| learn(notes, batch, true))
    }

    /// The records that `content` holds.
    fn records(&self, path: &NotePath, content: Content) -> Vec<crate::record::NoteRecord> {
        match content {
            Content::Bytes(bytes) => self.read(path, bytes).records,
            Content::Absent | Content::Refused(_) => Vec::new(),
        }
    }

    /// Adds a finding to each judged record whose note stands on another workload of the customer already.
    fn compare_notes(&self, file: &mut JudgedFile, notes: &mut Notes) {
        for record in file.records.iter_mut().filter(|record| record.is_judged) {
            let Some(print) = record.print.take() else { continue };
            if let Some(finding) = notes.compare(print) {
                record.findings.extend(self.weighed(finding));
            }
        }
    }
}

/// Applies `work` to each file of `batch`, on all cores, and keeps the order.
fn load_each<T: Send>(
    source: &dyn Source,
    batch: &[NotePath],
    workers: &Workers,
    work: impl Fn(Candidate) -> T + Sync + Send,
) -> Result<Vec<T>, SourceError> {
    let load = |loader: &mut Result<Box<dyn Load + '_>, SourceError>, path: &NotePath| match loader {
        Ok(loader) => {
            let candidate = loader.load(path);
            candidate.lost_object().map_or_else(|| Ok(work(candidate)), Err)
        }
        Err(error) => Err(error.clone()),
    };
    workers.try_map(batch, || source.loader(), load)
}
