//! Takes the records of a run, or of several, and makes the overview.

use super::ages::AgeCounts;
use super::faults::Faults;
use super::groups::Groups;
use super::labels::Labels;
use super::matrix::MatrixCounts;
use super::names::{Names, cut};
use super::notes::{Kept, LONGEST_TEXT, Table, ToCorrect};
use super::reasons::ReasonCounts;
use super::seen::{Place, Seen, SeenFinding, SourceNumber};
use super::top::Top;
use super::waivers::WaiverCounts;
use crate::day::Today;
use crate::finding::Severity;
use crate::grade::Grade;
use crate::playbook::StatusKind;
use crate::report::Sink;
use crate::report::model::{FileReport, Summary, Tool};
use crate::report::overview::model::{FileFinding, Origin, Overview};
use crate::report::tally::{Tally, count};
use crate::rules::file::unreadable;
use crate::source::shard::Shard;
use std::cmp::Reverse;
use std::io;

/// At most so many findings about files are listed.
const MOST_FILE_FINDINGS: usize = 500;

/// Takes what runs find and keeps what the overview tells.
#[derive(Debug)]
pub(crate) struct Collector {
    today: Today,
    pub(super) labels: Labels,
    pub(super) summary: Summary,
    pub(super) remarks: Vec<String>,
    /// The parts of runs that the merged reports are.
    pub(super) shards: Vec<Shard>,
    unreadable: usize,
    /// What the figures cover, as far as it is known.
    pub(super) coverage: Coverage,
    table: Table,
    code_owners: Names,
    by_status: Groups,
    by_workload: Groups,
    by_customer: Groups,
    by_owner: Groups,
    by_code_owners: Groups,
    matrix: MatrixCounts,
    faults: Faults,
    ages: AgeCounts,
    waivers: WaiverCounts,
    reasons: ReasonCounts,
    to_correct: ToCorrect,
    file_findings: Top<(Reverse<Severity>, Place), KeptFinding>,
}

/// Whether the figures cover all that they should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// They do.
    Whole,
    /// Something is missing, and a remark says what.
    Partial,
}

/// A finding about a file, kept for the table.
#[derive(Debug)]
struct KeptFinding {
    source: SourceNumber,
    path: String,
    line: usize,
    rule: String,
    severity: Severity,
    message: String,
}

impl Collector {
    /// A collector on the day from which ages and remaining days count.
    pub(crate) fn new(today: Today) -> Self {
        Self {
            today,
            labels: Labels::default(),
            summary: Summary::default(),
            remarks: Vec::new(),
            shards: Vec::new(),
            unreadable: 0,
            coverage: Coverage::Whole,
            table: Table::new(),
            code_owners: Names::default(),
            by_status: Groups::default(),
            by_workload: Groups::default(),
            by_customer: Groups::default(),
            by_owner: Groups::default(),
            by_code_owners: Groups::default(),
            matrix: MatrixCounts::default(),
            faults: Faults::default(),
            ages: AgeCounts::new(),
            waivers: WaiverCounts::new(today),
            reasons: ReasonCounts::default(),
            to_correct: ToCorrect::new(),
            file_findings: Top::new(MOST_FILE_FINDINGS),
        }
    }

    /// Takes a record.
    pub(super) fn record(&mut self, record: &Seen<'_>) {
        let summary = &mut self.summary;
        summary.records += 1;
        match record.grade {
            Grade::Great => summary.great += 1,
            Grade::Marginal => summary.marginal += 1,
            Grade::Poor => summary.poor += 1,
        }
        summary.blocked += usize::from(record.blocked);
        summary.waived += record.findings.iter().filter(|finding| finding.waived).count();
        let subject = self.table.begin(record);
        let order = order(record.status_kind);
        self.by_status.add_in_order(subject.status, order, record);
        self.by_workload.add(subject.workload, record);
        self.by_customer.add(subject.customer, record);
        self.by_owner.add(subject.owner, record);
        let code_owners = record.code_owners.join(", ");
        self.by_code_owners.add(self.code_owners.number(Some(&code_owners)), record);
        self.matrix.add(record, subject, order, &self.table.statuses);
        self.faults.add(&record.findings);
        self.ages.add(record, self.today, &self.table);
        self.waivers.add(record);
        self.reasons.add(record, subject, &self.table);
        self.to_correct.add(record, &self.table);
    }

    /// Takes the findings of a file that belong to no record.
    pub(super) fn file_findings(&mut self, source: SourceNumber, path: &str, findings: &[SeenFinding<'_>]) {
        self.summary.blocked += usize::from(findings.iter().any(|finding| finding.severity == Severity::Error));
        self.unreadable += usize::from(findings.iter().any(|finding| finding.rule == unreadable::META.name));
        self.faults.add(findings);
        for (index, finding) in findings.iter().enumerate() {
            let place = Place { path: path.to_owned(), line: finding.line, index, source };
            self.file_findings.offer((Reverse(finding.severity), place), || KeptFinding {
                source,
                path: path.to_owned(),
                line: finding.line,
                rule: finding.rule.to_owned(),
                severity: finding.severity,
                message: cut(finding.message, LONGEST_TEXT),
            });
        }
    }

    /// Whether there was no record.
    pub(crate) fn is_without_records(&self) -> bool {
        self.summary.records == 0
    }

    /// Whether the figures cover all records.
    pub(crate) fn coverage(&self) -> Coverage {
        self.coverage
    }

    /// Makes the overview.
    pub(crate) fn finish(self, source: Origin) -> Overview {
        let Self { today, labels, table, mut remarks, .. } = self;
        if self.unreadable > 0 {
            let files = count(self.unreadable, "file");
            let text =
                format!("{files} could not be read, or not as a whole; what is not read is in none of the figures.");
            remarks.insert(0, text);
        }
        let row = |kept: Kept| table.row(kept, today, &labels);
        let file_finding = |kept: KeptFinding| FileFinding {
            path: labels.path(kept.source, kept.path),
            line: kept.line,
            rule: kept.rule,
            severity: kept.severity,
            message: kept.message,
        };
        let by_code_owners = match self.by_code_owners.have_names() {
            true => self.by_code_owners.table(&self.code_owners),
            false => Default::default(),
        };
        Overview {
            version: 1,
            tool: Tool::THIS,
            source,
            day: today.proposed().to_string(),
            summary: self.summary,
            remarks,
            to_correct: self.to_correct.finish(row),
            reasons: self.reasons.view(&table.workloads, row),
            matrix: self.matrix.view(&table.customers, &table.workloads, &table.statuses),
            by_status: self.by_status.table(&table.statuses),
            by_workload: self.by_workload.table(&table.workloads),
            by_customer: self.by_customer.table(&table.customers),
            by_owner: self.by_owner.table(&table.owners),
            by_code_owners,
            faults: self.faults.table(),
            ages: self.ages.view(row),
            waivers: self.waivers.view(&labels),
            file_findings: self.file_findings.finish(file_finding),
            course: None,
        }
    }
}

/// The place of a status among others: that of what it means in the guidance.
fn order(kind: Option<StatusKind>) -> u8 {
    let known = StatusKind::NAMES.iter().zip(0..).find(|((known, _), _)| Some(*known) == kind);
    known.map_or(u8::MAX, |(_, order)| order)
}

impl Sink for Collector {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        if !file.findings.is_empty() {
            let findings: Vec<SeenFinding<'_>> = file.findings.iter().map(SeenFinding::of_run).collect();
            self.file_findings(0, &file.path, &findings);
        }
        file.records.iter().for_each(|record| self.record(&Seen::of_run(record)));
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.summary.files += tally.summary.files;
        self.summary.skipped += tally.summary.skipped;
        Ok(())
    }
}
