//! The counts of a run and the one line that says them.

use super::model::{FileReport, SkipReason, Summary};
use crate::finding::Severity;
use crate::grade::Grade;
use crate::source::Extent;
use std::collections::BTreeMap;

/// Counts what a run examined, file by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The counts of the JSON report.
    pub summary: Summary,
    /// How many files were skipped, by reason.
    pub skipped: BTreeMap<SkipReason, usize>,
    /// How much of the files that the run does not judge was searched for duplicates of the records that it judges.
    pub extent: Extent,
}

impl Tally {
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

    /// The line that ends every run, without a line break:
    /// `3 files (1 skipped: 1 without a record), 4 records: 2 great, 1 marginal, 1 poor; 1 blocked, 0 waived`.
    #[must_use]
    pub fn line(&self) -> String {
        let Summary { files, records, great, marginal, poor, blocked, waived, .. } = self.summary;
        let skipped = if self.skipped.is_empty() {
            String::new()
        } else {
            let reasons: Vec<String> =
                self.skipped.iter().map(|(reason, count)| format!("{count} {}", reason.words())).collect();
            format!(" ({} skipped: {})", self.summary.skipped, reasons.join(", "))
        };
        format!(
            "{}{skipped}, {}: {great} great, {marginal} marginal, {poor} poor; {blocked} blocked, {waived} waived",
            count(files, "file"),
            count(records, "record"),
        )
    }
}

/// `1 file`, `2 files`.
fn count(number: usize, noun: &str) -> String {
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
