//! Drives the stages over all files of a run: source → yaml → record → reading → rules → waivers → grade → report.
//!
//! Files are examined on all cores in batches and reported in the order of their paths. Beside one batch the run keeps
//! the list of paths, a fingerprint of each note, and, when it looks at history, the records before the change; so its
//! memory does not grow with the contents of the files.

mod assemble;
mod compare;
mod desk;
mod judge;
mod lone;
mod place;
mod redact;
pub(crate) mod renewal;
mod twins;
mod worth;
pub(crate) mod writing;

pub(crate) use judge::{refusal_help, refusal_message};
pub(crate) use lone::LoneNote;
pub(crate) use redact::{pseudonym, redacted_path};
pub(crate) use worth::Worth;

use crate::config::{Config, FileRules};
use crate::day::Today;
use crate::edit::Editor;
use crate::grade::FailOn;
use crate::playbook::Playbook;
use crate::record::NoteRecord;
use crate::record::history::BaseRecords;
use crate::record::identity::Identities;
use crate::report::Sink;
use crate::report::model::FileReport;
use crate::report::tally::Tally;
use crate::rules::note::copied_note::{Fingerprint, Fingerprinter, Notes};
use crate::rules::record::duplicate_record;
use crate::rules::refresh::refresh_rewritten;
use crate::source::{Candidate, Content, Extent, Load, NotePath, Source, SourceError};
use crate::workers::{FEW, Workers};
use crate::writer::Writer;
use crate::yaml::Limits;
use compare::Examined;
use judge::{ContextRecord, Drafts};
use std::io;
use twins::{Duplicates, Present, Roll, Seen};

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
    /// Whether the report tells what notes were before the change.
    pub notes_before: NotesBefore,
    /// Who writes the records, where that is known: help names them in a new entry of the refresh summary.
    pub writer: Option<&'a Writer>,
}

/// Whether a report tells what a note was before the change, and what it was worth; that is one more note to grade for
/// each that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NotesBefore {
    /// Nothing asks for it.
    #[default]
    LeftOut,
    /// It does.
    Told,
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
struct RunContext {
    base: BaseRecords,
    fingerprinter: Fingerprinter,
    /// What a run over a change says about records that are there twice.
    duplicates: Duplicates,
    workers: Workers,
}

/// What a run learns from the files that it has judged, to compare the next ones with.
#[derive(Default)]
struct Learnt {
    notes: Notes,
    seen: Seen,
}

/// What a run over a change knows of it.
struct History {
    base: BaseRecords,
    roll: Roll,
    /// How much of the untouched files was searched for duplicates.
    extent: Extent,
}

/// Told how far a run is.
pub trait Progress {
    /// `done` of `total` files are examined.
    fn examined(&self, done: usize, total: usize);
}

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The source could not be examined as a whole.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The report could not be written.
    #[error("the report could not be written: {0}")]
    Report(#[from] io::Error),
}

impl RunContext {
    /// What is known where there is no history.
    fn without_history(playbook: &Playbook) -> Self {
        Self {
            base: BaseRecords::new(0, Identities::new(playbook.workload_spellings())),
            fingerprinter: Fingerprinter::new(playbook),
            duplicates: Duplicates::default(),
            workers: Workers::default(),
        }
    }
}

impl Engine<'_> {
    /// An editor of files for whose records `rules` hold ([`Config::rules_of`]), which proves its edits by them.
    #[must_use]
    pub fn editor<'c>(&'c self, rules: &'c FileRules<'_>) -> Editor<'c> {
        Editor::new(self.checks(rules), self.limits.clone(), self.fail_on)
    }

    /// Examines all files of `source` and hands what it finds to `sink`, in the order of their paths.
    ///
    /// # Errors
    /// When the source as a whole cannot be examined, or the report cannot be written.
    pub fn run(&self, source: &dyn Source, sink: &mut dyn Sink, progress: &dyn Progress) -> Result<Tally, RunError> {
        let paths = source.paths()?;
        if paths.is_empty() {
            // Most commits touch no note; what would be built for them costs more than all the rest.
            let tally = Tally::default().of_part(source.shard());
            sink.finish(&tally)?;
            return Ok(tally);
        }
        source.prepare(&paths)?;
        let workers = Workers::default();
        let History { base, mut roll, extent } = self.history(source, &paths, &workers)?;
        let fingerprinter = Fingerprinter::new(self.playbook);
        let mut known = RunContext { base, fingerprinter, duplicates: Duplicates::default(), workers };
        let mut learnt = Learnt::default();
        if source.sides() > 0 {
            self.learn_untouched(source, &paths, &known, &mut learnt.notes, &mut roll)?;
            if self.config.is_on_somewhere(duplicate_record::META.name) {
                known.duplicates = roll.duplicates(&known.base, self.scope, self.playbook);
            }
        }
        let mut tally = Tally::of(extent).of_part(source.shard());
        let mut done = 0;
        for batch in paths.chunks(BATCH) {
            for report in self.examine(source, batch, &known, &mut learnt)? {
                tally.add(&report);
                sink.file(&report)?;
            }
            done += batch.len();
            progress.examined(done, paths.len());
        }
        sink.finish(&tally)?;
        Ok(tally)
    }

    /// The reports of those files of a batch that the run judges.
    fn examine(
        &self,
        source: &dyn Source,
        batch: &[NotePath],
        known: &RunContext,
        learnt: &mut Learnt,
    ) -> Result<Vec<FileReport>, SourceError> {
        let files = load_each(source, batch, &known.workers, |candidate| self.examined(source, candidate, known))?;
        let mut judged = Vec::with_capacity(files.len());
        for file in files {
            match file {
                Examined::Judged(mut file) => {
                    self.compare(&mut file, known, learnt);
                    judged.push(file);
                }
                Examined::Beside(records) => self.learn(records, known, learnt),
            }
        }
        Ok(known.workers.map(judged, |file| self.assemble(file)))
    }

    /// The records before the change and after it; without sides there are none and nothing is read.
    fn history(&self, source: &dyn Source, paths: &[NotePath], workers: &Workers) -> Result<History, SourceError> {
        let identities = Identities::new(self.playbook.workload_spellings());
        let mut base = BaseRecords::new(source.sides(), identities);
        if self.config.is_on_somewhere(refresh_rewritten::META.name) {
            base = base.keeping_logs();
        }
        let mut roll = Roll::default();
        if source.sides() == 0 {
            return Ok(History { base, roll, extent: Extent::Whole });
        }
        for batch in paths.chunks(BATCH) {
            let files = load_each(source, batch, workers, |candidate| {
                let path = candidate.path;
                let sides: Vec<_> = candidate.before.into_iter().map(|side| self.records(&path, side)).collect();
                let shared: Vec<_> =
                    candidate.shared.into_iter().flat_map(|content| self.records(&path, content)).collect();
                let present = self.present(&base, &path, candidate.after);
                (path, sides, shared, present)
            })?;
            for (path, sides, shared, present) in files {
                base.add_shared(&path, shared);
                for (side, records) in sides.into_iter().enumerate() {
                    base.add(side, &path, records);
                }
                for present in present {
                    base.add_after(present.identity.clone());
                    roll.add(present);
                }
            }
        }
        let extent = self.look_elsewhere(source, &mut base, &mut roll, workers)?;
        Ok(History { base, roll, extent })
    }

    /// The records of a touched file after the change.
    fn present(&self, base: &BaseRecords, path: &NotePath, after: Content) -> Vec<Present> {
        let Content::Bytes(bytes) = after else { return Vec::new() };
        let file = self.read(path, bytes);
        file.records.iter().filter_map(|record| Present::new(base, path, record, &file.text, self.playbook)).collect()
    }

    /// Looks in the untouched files for records with the identities that the change adds: a record that was copied from
    /// there is not new.
    fn look_elsewhere(
        &self,
        source: &dyn Source,
        base: &mut BaseRecords,
        roll: &mut Roll,
        workers: &Workers,
    ) -> Result<Extent, SourceError> {
        let found = source.elsewhere(&roll.sought(base, self.playbook))?;
        for batch in found.files.chunks(BATCH) {
            let files = load_each(source, batch, workers, |candidate| {
                let Content::Bytes(bytes) = candidate.after else { return Vec::new() };
                let file = self.read(&candidate.path, bytes);
                let known = |record: NoteRecord| {
                    let identity = base.identity(&candidate.path, &record);
                    let spot = twins::spot(&candidate.path, &record, &file.text);
                    roll.seeks(&identity).then_some((identity, spot, record))
                };
                file.records.into_iter().filter_map(known).collect()
            })?;
            for (identity, spot, record) in files.into_iter().flatten() {
                base.add_untouched(&spot.path, &record);
                if twins::counts(&record, self.playbook) {
                    roll.add_untouched(identity, spot);
                }
            }
        }
        Ok(found.extent)
    }

    /// Learns the notes that this run does not judge, so that a judged record is compared with those that stood there
    /// before, wherever their files come in the order.
    fn learn_untouched(
        &self,
        source: &dyn Source,
        paths: &[NotePath],
        known: &RunContext,
        notes: &mut Notes,
        roll: &mut Roll,
    ) -> Result<(), SourceError> {
        let judged = if self.compares_notes() { self.learn_unjudged(source, paths, known, notes)? } else { None };
        // The customers of a few files are few, and most files beside them are about others: those need no parsing.
        let needles = if paths.len() <= FEW { roll.needles() } else { None };
        let may_matter = |file: &Candidate| match (&needles, &file.after) {
            (Some(needles), Content::Bytes(bytes)) => needles.may_be_in(bytes),
            _ => true,
        };
        for batch in source.context()?.chunks(BATCH) {
            let records = load_each(source, batch, &known.workers, |file| match may_matter(&file) {
                true => self.context_records(file, known, judged.as_deref()),
                false => Vec::new(),
            })?;
            for ContextRecord { identity, spot, fingerprint } in records.into_iter().flatten() {
                if let Some(spot) = spot {
                    roll.add_untouched(identity, spot);
                }
                fingerprint.into_iter().for_each(|fingerprint| notes.learn(fingerprint));
            }
        }
        Ok(())
    }

    /// Learns the notes beside the judged ones in the files of the change. Returns what the judged ones look like, where
    /// they are few.
    fn learn_unjudged(
        &self,
        source: &dyn Source,
        paths: &[NotePath],
        known: &RunContext,
        notes: &mut Notes,
    ) -> Result<Option<Vec<Fingerprint>>, SourceError> {
        // Kept for the few files of a commit; of a long run they would be as many as its notes.
        let mut judged = (paths.len() <= FEW).then(Vec::new);
        for batch in paths.chunks(BATCH) {
            let drafts = if judged.is_some() { Drafts::Kept } else { Drafts::LeftOut };
            let fingerprints =
                load_each(source, batch, &known.workers, |candidate| self.fingerprints(candidate, known, drafts))?;
            for (fingerprint, is_judged) in fingerprints.into_iter().flatten() {
                match &mut judged {
                    Some(judged) if is_judged => judged.push(fingerprint),
                    _ => notes.learn(fingerprint),
                }
            }
        }
        Ok(judged)
    }

    /// The records that `content` holds.
    fn records(&self, path: &NotePath, content: Content) -> Vec<NoteRecord> {
        match content {
            Content::Bytes(bytes) => self.read(path, bytes).records,
            Content::Absent | Content::Refused(_) | Content::SetAside(_) => Vec::new(),
        }
    }
}

/// Applies `work` to each file of `batch`, on all cores where there are many, and keeps the order.
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
