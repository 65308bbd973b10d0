//! One finding with what stands around it, for formats that are lists of findings.

use super::escape;
use super::model::{FileReport, FindingReport, RecordReport};

/// A finding, the file that it is in, and the record that it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'a> {
    /// As in [`FileReport::path`].
    pub(super) path: &'a str,
    /// Nothing for a finding about the file as a whole.
    pub(super) record: Option<&'a RecordReport>,
    pub(super) finding: &'a FindingReport,
}

/// Every finding of a file, by its place.
pub(super) fn entries(file: &FileReport) -> Vec<Entry<'_>> {
    let path = file.path.as_str();
    let own = file.findings.iter().map(|finding| Entry { path, record: None, finding });
    let of_records = file
        .records
        .iter()
        .flat_map(|record| record.findings.iter().map(move |finding| Entry { path, record: Some(record), finding }));
    let mut entries: Vec<Entry<'_>> = own.chain(of_records).collect();
    entries.sort_by_key(|entry| (entry.finding.line, entry.finding.column));
    entries
}

/// Who and what a record is about, in one line: `Contoso · Exchange Online`. Where it names neither, its number.
pub(super) fn subject(record: &RecordReport) -> String {
    let names: Vec<_> =
        [&record.customer, &record.workload].into_iter().flatten().map(|name| escape::line(name)).collect();
    if names.iter().all(|name| name.trim().is_empty()) {
        return format!("record {}", record.index + 1);
    }
    names.join(" · ")
}

impl Entry<'_> {
    /// Whether it is about something that is blocked: the record, or the file by this very finding.
    pub(super) fn is_blocked(&self) -> bool {
        match self.record {
            Some(record) => record.blocked,
            None => self.finding.severity == crate::finding::Severity::Error,
        }
    }
}
