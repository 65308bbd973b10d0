//! What the writer of a file is told while the file is being written: what its records hold, what is read of a note, and
//! what could be put there.

use super::Engine;
use crate::emptiness::help;
use crate::reading::ReadingContext;
use crate::reading::trace::{self, Summary};
use crate::record::{FileReading, NoteRecord};
use crate::remedy;
use crate::rules::refresh::refresh_missing;
use crate::rules::{Case, read_note};
use crate::source::NotePath;

impl Engine<'_> {
    /// The records of a file, as the rules see them.
    pub(crate) fn records_of(&self, path: &NotePath, bytes: Vec<u8>) -> FileReading {
        self.read(path, bytes)
    }

    /// What the reader makes of the note of `record`; nothing where it has none.
    pub(crate) fn summary_of(&self, record: &NoteRecord) -> Option<Summary> {
        let note = record.note.value().filter(|note| !note.trim().is_empty())?;
        let heading = record.heading();
        let context = ReadingContext { customer: heading.customer, workload: heading.workload };
        Some(trace::summary(note, context, self.playbook))
    }

    /// A note by the guidance's template for the status of `record`, with what the record says already.
    pub(crate) fn template_for(&self, path: &NotePath, record: &NoteRecord) -> Option<String> {
        self.at(path, record, |case| remedy::with_own_reason(case).or_else(|| remedy::template(case)))
    }

    /// A further entry of the refresh summary of `record`, in the layout of the file, without a line end at its end.
    pub(crate) fn entry_for(&self, path: &NotePath, record: &NoteRecord) -> String {
        self.at(path, record, |case| refresh_missing::entry_block(case, help::WHAT))
    }

    /// A refresh summary for `record`, key included, in the layout of the file, without a line end at its end.
    pub(crate) fn log_for(&self, path: &NotePath, record: &NoteRecord) -> String {
        self.at(path, record, refresh_missing::summary_block)
    }

    fn at<T>(&self, path: &NotePath, record: &NoteRecord, ask: impl FnOnce(&Case<'_>) -> T) -> T {
        let reading = read_note(record, self.playbook);
        let rules = self.config.rules_of(path);
        ask(&self.checks(&rules).case(record, &reading))
    }
}
