//! The proof of an edit: what is read back is what was there, with exactly the change that was asked for.

use super::error::{EditError, EditErrorKind};
use super::splice::{Splice, apply, is_same_outside};
use super::tree::Documents;
use super::{Aim, Editor, Original};
use crate::finding::Severity;
use crate::grade::{Grade, Verdict};
use crate::record::history::says;
use crate::record::{FileReading, NoteRecord};
use crate::rules::grade_of;
use crate::text::ByteSpan;
use crate::yaml;

/// What an edit is said to do.
pub(super) struct Claim<'a> {
    pub(super) splices: &'a [Splice],
    /// What the file says afterwards.
    pub(super) expected: &'a Documents,
    /// The bytes that it may touch, in order.
    pub(super) extents: &'a [ByteSpan],
}

impl Editor<'_> {
    /// The file after the edit, read again.
    ///
    /// # Errors
    /// When it does not say what it should, or a byte changed elsewhere.
    pub(super) fn prove(&self, original: &Original, claim: &Claim<'_>) -> Result<FileReading, EditError> {
        let unproven = |what| EditError::new(EditErrorKind::Unproven(what));
        let before = original.text().as_str();
        let after = apply(before, claim.splices).ok_or_else(|| unproven("the same place twice"))?;
        if !is_same_outside(before, &after, claim.splices, claim.extents) {
            return Err(unproven("bytes outside the record"));
        }
        let reading = self.read(after.into_bytes(), original.selection);
        if !reading.errors.is_empty() {
            return Err(unproven("the file so that it cannot be read"));
        }
        let parsed = yaml::parse(&reading.text, &self.limits);
        if self.documents(&parsed.documents)? != *claim.expected {
            return Err(unproven("something else in the file"));
        }
        if reading.unexpected.len() > original.reading.unexpected.len() {
            return Err(unproven("what is read as a record"));
        }
        Ok(reading)
    }

    /// Proves that the records of the file are the same ones, that those which were not `touched` say the same, and that
    /// those which were are judged no worse. A record that gets a field under its right name shows what was wrong with it
    /// all along.
    pub(super) fn prove_not_worse(
        &self,
        original: &Original,
        reading: &FileReading,
        touched: &[usize],
        renames: bool,
    ) -> Result<(), EditError> {
        let unproven = |what| Err(EditError::new(EditErrorKind::Unproven(what)));
        let before = &original.reading.records;
        if before.len() != reading.records.len() {
            return unproven("what is read as a record");
        }
        for (old, new) in before.iter().zip(&reading.records) {
            let is_touched = touched.binary_search(&old.index).is_ok();
            if !is_touched && !is_same(old, new) {
                return unproven("another record");
            }
            if is_touched && self.aim == Aim::NotWorse && self.is_worse(old, new, renames) {
                return Err(EditError::at(EditErrorKind::Worse, old.span, original.text()));
            }
        }
        Ok(())
    }

    fn is_worse(&self, old: &NoteRecord, new: &NoteRecord, renames: bool) -> bool {
        if self.is_read_alike(old, new) && self.worst_of_fields(new) <= self.worst_of_fields(old) {
            return false;
        }
        let ((old_grade, old_verdict), (new_grade, new_verdict)) = (self.judged(old), self.judged(new));
        let is_blocked_anew = old_verdict == Verdict::Passed && new_verdict == Verdict::Blocked;
        is_blocked_anew || new_grade > old_grade && !(renames && old_verdict == Verdict::Blocked)
    }

    /// Whether the rules about the text of a note find the same in both records, since they see the same.
    fn is_read_alike(&self, old: &NoteRecord, new: &NoteRecord) -> bool {
        let status = |record: &NoteRecord| {
            let written = record.status.value()?;
            self.checks.playbook.status(written).map(|status| status.name.clone())
        };
        let words = |record: &NoteRecord| {
            [&record.customer, &record.workload, &record.note].map(|field| field.value().cloned())
        };
        let is_one_status =
            old.status.value() == new.status.value() || status(old).is_some() && status(old) == status(new);
        is_one_status && old.note.value().is_some() && words(old) == words(new)
    }

    fn worst_of_fields(&self, record: &NoteRecord) -> Option<Severity> {
        self.checks.check_fields(record).0.iter().map(|finding| finding.severity).max()
    }

    fn judged(&self, record: &NoteRecord) -> (Grade, Verdict) {
        let findings = self.checks.check_note(record, &[]).findings;
        let grade = grade_of(record, &findings);
        let worst: Option<Severity> = findings.iter().map(|finding| finding.severity).max();
        (grade, Verdict::of(grade, worst, self.fail_on))
    }
}

/// Whether two readings of a record say the same.
pub(super) fn is_same(old: &NoteRecord, new: &NoteRecord) -> bool {
    old.heading() == new.heading() && old.problems.len() == new.problems.len() && says(old) == says(new)
}
