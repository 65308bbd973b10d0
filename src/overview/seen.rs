//! What an overview takes of a record, whether a run found it or a JSON report tells it.

use super::merge::json::{JsonFinding, JsonRecord};
use crate::finding::Severity;
use crate::grade::Grade;
use crate::playbook::{Playbook, StatusKind};
use crate::report::model::{FindingReport, RecordReport, WaiverScope};
use crate::rules::WaiverEffect;
use jiff::civil::Date;

/// Which of the merged reports a record comes from; of a run, the first.
pub(super) type SourceNumber = u32;

/// A record.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) source: SourceNumber,
    pub(super) path: &'a str,
    pub(super) line: usize,
    pub(super) index: usize,
    pub(super) customer: Option<&'a str>,
    /// Under its usual name where the playbook knows it.
    pub(super) workload: Option<&'a str>,
    /// Under its usual name where the playbook knows it.
    pub(super) status: Option<&'a str>,
    pub(super) status_kind: Option<StatusKind>,
    pub(super) owner: Option<&'a str>,
    pub(super) code_owners: &'a [String],
    pub(super) grade: Grade,
    pub(super) blocked: bool,
    pub(super) refreshed: Option<Date>,
    pub(super) note: Option<&'a str>,
    pub(super) reason_kind: &'a str,
    pub(super) reason_words: Option<&'a str>,
    pub(super) findings: Vec<SeenFinding<'a>>,
    pub(super) waivers: Vec<SeenWaiver<'a>>,
}

/// A finding of a record or of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeenFinding<'a> {
    pub(super) rule: &'a str,
    pub(super) severity: Severity,
    pub(super) message: &'a str,
    pub(super) waived: bool,
    pub(super) line: usize,
}

/// A waiver of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeenWaiver<'a> {
    pub(super) line: usize,
    pub(super) rule: Option<&'a str>,
    pub(super) reason: Option<&'a str>,
    pub(super) until: Option<Date>,
    pub(super) scope: WaiverScope,
    pub(super) effect: WaiverEffect,
}

impl<'a> Seen<'a> {
    /// A record that a run found.
    pub(super) fn of_run(record: &'a RecordReport) -> Self {
        let waiver = |waiver: &'a crate::report::model::RecordWaiver| SeenWaiver {
            line: waiver.line,
            rule: waiver.rule.as_deref(),
            reason: waiver.reason.as_deref(),
            until: waiver.until,
            scope: waiver.scope,
            effect: waiver.effect,
        };
        Self {
            source: 0,
            path: &record.path,
            line: record.line,
            index: record.index,
            customer: record.customer.as_deref(),
            workload: record.workload_name.as_deref().or(record.workload.as_deref()),
            status: record.status_name.as_deref().or(record.status.as_deref()),
            status_kind: record.status_kind,
            owner: record.owner.as_deref(),
            code_owners: &record.code_owners,
            grade: record.grade,
            blocked: record.blocked,
            refreshed: record.refreshed.as_deref().and_then(|day| day.parse().ok()),
            note: record.note.as_deref(),
            reason_kind: record.reading.reason_kind,
            reason_words: record.reading.reason_kind_text.as_deref(),
            findings: record.findings.iter().map(SeenFinding::of_run).collect(),
            waivers: record.waivers.iter().map(waiver).collect(),
        }
    }

    /// A record that a JSON report tells. Reports that were written before they told the usual names get those of
    /// `playbook`.
    pub(super) fn of_json(record: &'a JsonRecord, source: SourceNumber, playbook: &'a Playbook) -> Self {
        let status = record.status.as_deref();
        let known = status.filter(|_| record.status_kind.is_none()).and_then(|status| playbook.status(status));
        let workload = record.workload.as_deref();
        let index = workload.filter(|_| record.workload_name.is_none()).and_then(|name| playbook.workload(name));
        Self {
            source,
            path: &record.path,
            line: record.line,
            index: record.index,
            customer: record.customer.as_deref(),
            workload: record.workload_name.as_deref().or_else(|| Some(playbook.workload_name(index?))).or(workload),
            status: record.status_name.as_deref().or_else(|| Some(&*known?.name)).or(status),
            status_kind: record.status_kind.or_else(|| Some(known?.kind)),
            owner: record.owner.as_deref(),
            code_owners: &record.code_owners,
            grade: record.grade,
            blocked: record.blocked,
            refreshed: record.refreshed.as_deref().and_then(|day| day.parse().ok()),
            note: record.note.as_deref(),
            reason_kind: &record.reading.reason_kind,
            reason_words: record.reading.reason_kind_text.as_deref(),
            findings: record.findings.iter().map(SeenFinding::of_json).collect(),
            waivers: record.waivers.iter().flatten().map(|waiver| waiver.seen()).collect(),
        }
    }

    /// Its findings that no waiver sets aside.
    pub(super) fn counted(&self) -> impl Iterator<Item = &SeenFinding<'a>> {
        self.findings.iter().filter(|finding| !finding.waived)
    }

    /// Where it is, for sorting.
    pub(super) fn place(&self) -> Place {
        Place { path: self.path.to_owned(), line: self.line, index: self.index, source: self.source }
    }
}

impl<'a> SeenFinding<'a> {
    pub(super) fn of_run(finding: &'a FindingReport) -> Self {
        let FindingReport { rule, severity, ref message, waived, line, .. } = *finding;
        Self { rule, severity, message, waived, line }
    }

    pub(super) fn of_json(finding: &'a JsonFinding) -> Self {
        let JsonFinding { ref rule, severity, ref message, waived, line } = *finding;
        Self { rule, severity, message, waived, line }
    }
}

/// Where a record or a finding is. No two records have the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) index: usize,
    pub(super) source: SourceNumber,
}
