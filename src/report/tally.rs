//! The counts of a run and the one line that says them.

use super::human::{Idle, Look, Verbosity};
use super::model::{FileReport, SkipReason, Summary};
use crate::finding::Severity;
use crate::grade::Grade;
use crate::source::Extent;
use crate::source::shard::Shard;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Counts what a run examined, file by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The counts of the JSON report.
    pub summary: Summary,
    /// How many files were skipped, by reason.
    pub skipped: BTreeMap<SkipReason, usize>,
    /// How much of the files that the run does not judge was searched for duplicates of the records that it judges.
    pub extent: Extent,
    /// Which of several parts of a run it counts; nothing for the whole.
    pub shard: Option<Shard>,
    /// How many records are blocked by their notes; the others that are blocked have an error beside the note.
    blocked_by_note: usize,
    /// Those of them whose note is not poor.
    blocked_but_not_poor: usize,
}

impl Tally {
    /// The counts of a run that has examined no file yet, and that searched so much of the files it does not judge.
    #[must_use]
    pub fn of(extent: Extent) -> Self {
        Self { extent, ..Self::default() }
    }

    /// The same counts, of one of several parts of a run.
    pub(crate) fn of_part(self, shard: Option<Shard>) -> Self {
        Self { shard, ..self }
    }

    /// Counts one file.
    pub fn add(&mut self, file: &FileReport) {
        let summary = &mut self.summary;
        summary.files += 1;
        if let Some(reason) = file.skipped {
            summary.skipped += 1;
            *self.skipped.entry(reason).or_default() += 1;
        }
        for record in &file.records {
            summary.records += 1;
            match record.grade {
                Grade::Great => summary.great += 1,
                Grade::Marginal => summary.marginal += 1,
                Grade::Poor => summary.poor += 1,
            }
            summary.blocked += usize::from(record.blocked);
            self.blocked_by_note += usize::from(record.blocked_by_note);
            self.blocked_but_not_poor += usize::from(record.blocked_by_note && record.grade != Grade::Poor);
            summary.waived += record.findings.iter().filter(|finding| finding.waived).count();
        }
        let blocks = file.findings.iter().any(|finding| finding.severity == Severity::Error);
        summary.blocked += usize::from(blocks);
    }

    /// Whether anything may not be committed.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.summary.blocked > 0
    }

    /// Whether no file of the run has anything to do with notes. Another repository at the place of a note has.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.summary.files == self.skipped(SkipReason::NoRecord) + self.skipped(SkipReason::Configuration)
    }

    /// How many files could hold notes: all but the configuration and what belongs to another repository.
    #[must_use]
    pub fn note_files(&self) -> usize {
        let others = self.skipped(SkipReason::Configuration) + self.skipped(SkipReason::OtherRepository);
        self.summary.files.saturating_sub(others)
    }

    fn skipped(&self, reason: SkipReason) -> usize {
        self.skipped.get(&reason).copied().unwrap_or_default()
    }

    /// Why more is blocked than there are poor notes, as a sentence: `Blocked: 3 for the note, 1 for another error.`
    /// Nothing when poor notes are blocked and nothing else.
    #[must_use]
    pub fn why_blocked(&self) -> Option<String> {
        let by_note = self.blocked_by_note;
        match self.summary.blocked.saturating_sub(by_note) {
            0 if self.blocked_but_not_poor == 0 => None,
            0 => Some(format!("Blocked: {by_note} for the note.")),
            1 => Some(format!("Blocked: {by_note} for the note, 1 for another error.")),
            others => Some(format!("Blocked: {by_note} for the note, {others} for other errors.")),
        }
    }

    /// Writes what ends a report that people read: why more is blocked than there are poor notes, and the line of counts.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write_end(&self, out: &mut impl Write, look: Look) -> io::Result<()> {
        let is_silent = look.idle == Idle::Silent && look.verbosity < Verbosity::Verbose;
        if let Some(why) = self.why_blocked() {
            writeln!(out, "{why}")?;
        }
        if !(is_silent && self.is_idle()) {
            writeln!(out, "{}", self.line())?;
        }
        Ok(())
    }

    /// The line that ends every run, without a line break:
    /// `3 files (1 skipped: 1 without a record), 4 records: 2 great, 1 marginal, 1 poor; 1 blocked, 0 waived`.
    #[must_use]
    pub fn line(&self) -> String {
        let reasons: Vec<String> =
            self.skipped.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect();
        let reasons = if reasons.is_empty() { String::new() } else { format!(": {}", reasons.join(", ")) };
        line_of(&self.summary, &reasons)
    }
}

/// The same line for counts alone; `reasons` follows the number of files that were skipped.
pub(super) fn line_of(summary: &Summary, reasons: &str) -> String {
    let Summary { files, skipped, records, great, marginal, poor, blocked, waived } = *summary;
    let skipped = if skipped == 0 { String::new() } else { format!(" ({skipped} skipped{reasons})") };
    format!(
        "{}{skipped}, {}: {great} great, {marginal} marginal, {poor} poor; {blocked} blocked, {waived} waived",
        count(files, "file"),
        count(records, "record"),
    )
}

/// Whether `line` is one that [`Tally::line`] makes.
pub(super) fn is_line(line: &str) -> bool {
    let numbered = |text: &str, words: &[&str]| {
        let parts: Vec<&str> = text.split(", ").collect();
        parts.len() == words.len()
            && parts.iter().zip(words).all(|(part, word)| {
                part.split_once(' ').is_some_and(|(number, rest)| number.parse::<usize>().is_ok() && rest == *word)
            })
    };
    let counts = line.trim_end().rsplit_once(": ").and_then(|(_, counts)| counts.split_once("; "));
    counts.is_some_and(|(grades, verdicts)| {
        numbered(grades, &["great", "marginal", "poor"]) && numbered(verdicts, &["blocked", "waived"])
    })
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_and_says_why_files_were_skipped() {
        let mut tally = Tally::default();
        for skipped in [None, Some(SkipReason::NoRecord), Some(SkipReason::NoRecord), Some(SkipReason::Deleted)] {
            tally.add(&FileReport { path: String::new(), records: Vec::new(), findings: Vec::new(), skipped });
        }
        assert_eq!(
            tally.line(),
            "4 files (3 skipped: 2 without a record, 1 deleted), 0 records: 0 great, 0 marginal, 0 poor; \
             0 blocked, 0 waived"
        );
    }
}
