//! Records as rows of tables, and the table of those to correct.

use super::labels::Labels;
use super::names::{Name, Names, cut};
use super::seen::{Place, Seen, SourceNumber};
use super::top::Top;
use crate::day::Today;
use crate::finding::Severity;
use crate::grade::Grade;
use crate::report::overview::model::{Cut, Note, NoteFault};
use jiff::civil::Date;

/// At most so many notes to correct are listed.
const MOST: usize = 1000;

/// No note is longer in a table, in characters.
const LONGEST_NOTE: usize = 400;

/// No message, reason or other text is longer in a table, in characters.
pub(super) const LONGEST_TEXT: usize = 200;

/// At most so many faults of a record are told.
const MOST_FAULTS: usize = 5;

/// The names that rows hold as numbers.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) customers: Names,
    pub(super) workloads: Names,
    pub(super) statuses: Names,
    pub(super) owners: Names,
    current: Subject,
}

impl Table {
    /// A table of no record.
    pub(super) fn new() -> Self {
        Self { customers: Names::of_customers(), ..Self::default() }
    }
}

/// Whom and what a record is about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Subject {
    pub(super) customer: Option<Name>,
    pub(super) workload: Option<Name>,
    pub(super) status: Option<Name>,
    pub(super) owner: Option<Name>,
}

/// A record kept for a table.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    source: SourceNumber,
    path: String,
    line: usize,
    subject: Subject,
    grade: Grade,
    blocked: bool,
    refreshed: Option<Date>,
    note: Option<String>,
    reason_words: Option<String>,
    faults: Vec<NoteFault>,
}

impl Table {
    /// Counts the names of a record; what is kept next is this record.
    pub(super) fn begin(&mut self, record: &Seen<'_>) -> Subject {
        self.current = Subject {
            customer: self.customers.number(record.customer),
            workload: self.workloads.number(record.workload),
            status: self.statuses.number(record.status),
            owner: self.owners.number(record.owner),
        };
        self.current
    }

    /// The record that was begun, for a table.
    pub(super) fn keep(&self, record: &Seen<'_>) -> Kept {
        let mut findings: Vec<_> = record.counted().filter(|finding| finding.severity > Severity::Info).collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let fault = |finding: &&super::seen::SeenFinding<'_>| NoteFault {
            rule: finding.rule.to_owned(),
            severity: finding.severity,
            message: cut(finding.message, LONGEST_TEXT),
        };
        Kept {
            source: record.source,
            path: record.path.to_owned(),
            line: record.line,
            subject: self.current,
            grade: record.grade,
            blocked: record.blocked,
            refreshed: record.refreshed,
            note: record.note.map(|note| cut(note.trim(), LONGEST_NOTE)),
            reason_words: record.reason_words.map(|words| cut(words, LONGEST_TEXT)),
            faults: findings.iter().take(MOST_FAULTS).map(fault).collect(),
        }
    }

    /// The row of a kept record.
    pub(super) fn row(&self, kept: Kept, today: Today, labels: &Labels) -> Note {
        let shown = |names: &Names, name: Option<Name>| name.map(|name| names.shown(name).to_owned());
        let Subject { customer, workload, status, owner } = kept.subject;
        Note {
            path: labels.path(kept.source, kept.path),
            line: kept.line,
            customer: shown(&self.customers, customer),
            workload: shown(&self.workloads, workload),
            status: shown(&self.statuses, status),
            owner: shown(&self.owners, owner),
            grade: kept.grade,
            blocked: kept.blocked,
            refreshed: kept.refreshed.map(|day| day.to_string()),
            age_days: kept.refreshed.map(|day| today.days_since(day)),
            note: kept.note,
            reason_words: kept.reason_words,
            faults: kept.faults,
        }
    }
}

/// The notes to correct.
#[derive(Debug)]
pub(super) struct ToCorrect(Top<(Rank, Option<Date>, Place), Kept>);

/// What is corrected first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Blocked,
    Poor,
    Marginal,
}

impl ToCorrect {
    pub(super) fn new() -> Self {
        Self(Top::new(MOST))
    }

    /// Takes a record that is to be corrected.
    pub(super) fn add(&mut self, record: &Seen<'_>, table: &Table) {
        let rank = match (record.blocked, record.grade) {
            (true, _) => Rank::Blocked,
            (false, Grade::Poor) => Rank::Poor,
            (false, Grade::Marginal) => Rank::Marginal,
            (false, Grade::Great) => return,
        };
        // What has no date comes before everything that has one.
        self.0.offer((rank, record.refreshed, record.place()), || table.keep(record));
    }

    /// The table.
    pub(super) fn finish(self, row: impl Fn(Kept) -> Note) -> Cut<Note> {
        self.0.finish(row)
    }
}
