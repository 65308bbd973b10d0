//! The state of all notes, as `notegate report` tells it: frozen types, apart from the types inside.
//!
//! The JSON of `notegate report` is these types, version 1: adding a key is allowed, renaming or removing one needs a new
//! version. Texts are as in the files, cut to a greatest length; who writes them to a stream escapes them. Lines count
//! from 1, and days are written as in `2020-03-27`.

use super::course::Course;
use crate::finding::Severity;
use crate::grade::Grade;
use crate::report::model::{Summary, Tool};
use crate::rules::WaiverEffect;
use schemars::JsonSchema;
use serde::Serialize;

/// The state of all notes, version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "notegate overview of notes, version 1")]
#[non_exhaustive]
pub struct Overview {
    /// The version of this format: 1.
    pub version: u32,
    /// Who wrote the overview.
    pub tool: Tool,
    /// What was examined.
    pub source: Origin,
    /// The day from which ages and remaining days count.
    pub day: String,
    /// What the run examined and found.
    pub summary: Summary,
    /// What a reader has to know of how complete this is; nothing where everything was examined.
    pub remarks: Vec<String>,
    /// The notes to correct: poor ones and other blocked records first, then marginal ones; of each the oldest first.
    pub to_correct: Cut<Note>,
    /// Why customers are blocked or have no intent.
    pub reasons: Reasons,
    /// Which customer has a record of which workload.
    pub matrix: Matrix,
    /// The grades by status.
    pub by_status: Cut<Group>,
    /// The grades by workload.
    pub by_workload: Cut<Group>,
    /// The grades by customer.
    pub by_customer: Cut<Group>,
    /// The grades by owner, as `owner` of the JSON report says it.
    pub by_owner: Cut<Group>,
    /// The grades by the owners in `CODEOWNERS`; empty where there is no such file.
    pub by_code_owners: Cut<Group>,
    /// What is wrong, the commonest first.
    pub faults: Vec<Fault>,
    /// How long ago the notes were refreshed.
    pub ages: Ages,
    /// The waivers, and when they end.
    pub waivers: Waivers,
    /// Findings about files as a whole, such as those that could not be read.
    pub file_findings: Cut<FileFinding>,
    /// The course over the history of git; nothing where nobody asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
}

/// The first rows of a table that may be long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Cut<T> {
    /// The first rows.
    pub rows: Vec<T>,
    /// How many more there are.
    pub left_out: usize,
}

impl<T> Default for Cut<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), left_out: 0 }
    }
}

impl<T> Cut<T> {
    /// How many rows there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.rows.len() + self.left_out
    }
}

/// What an overview was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// The files as they lie there.
    WorkTree,
    /// A commit.
    Commit {
        /// As it was named.
        name: String,
    },
    /// The JSON reports of several runs.
    Reports {
        /// In the order of their labels.
        inputs: Vec<Input>,
    },
}

/// A JSON report that was merged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Input {
    /// What tells it from the others.
    pub label: String,
    /// How many records it has.
    pub records: usize,
}

/// The grades of the records that have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Group {
    /// What they have in common; nothing for the records that name none.
    pub name: Option<String>,
    /// How many there are.
    pub records: usize,
    /// Those of them with a great note.
    pub great: usize,
    /// With a marginal note.
    pub marginal: usize,
    /// With a poor note.
    pub poor: usize,
    /// Those that may not be committed.
    pub blocked: usize,
    /// The oldest of the days on which their refresh summaries were last added to.
    pub oldest: Option<String>,
}

/// A record, as tables show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Note {
    /// The file. Where reports of several repositories have the same path, the label of the report stands before it.
    pub path: String,
    /// The line on which the record starts.
    pub line: usize,
    /// The customer, when the record names one.
    pub customer: Option<String>,
    /// The workload, under its usual name where the playbook knows it.
    pub workload: Option<String>,
    /// The status, under its usual name where the playbook knows it.
    pub status: Option<String>,
    /// Whose record it is.
    pub owner: Option<String>,
    /// The grade of the note.
    pub grade: Grade,
    /// Whether the record may not be committed.
    pub blocked: bool,
    /// The date of the newest entry of the refresh summary.
    pub refreshed: Option<String>,
    /// How many days ago that was.
    pub age_days: Option<i32>,
    /// The note, cut where it is long; nothing where the report does not tell it.
    pub note: Option<String>,
    /// The words that tell the kind of its reason.
    pub reason_words: Option<String>,
    /// What is wrong with the record, the worst first; what a waiver sets aside is left out.
    pub faults: Vec<NoteFault>,
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct NoteFault {
    /// The rule.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, cut where it is long.
    pub message: String,
}

/// How often a rule finds something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Fault {
    /// The rule.
    pub rule: String,
    /// What it reports; nothing for a rule that this program does not know.
    pub summary: Option<String>,
    /// The most that one of its findings weighs.
    pub severity: Severity,
    /// In how many records, or files outside of records, it finds something that counts.
    pub records: usize,
    /// Its findings that count.
    pub findings: usize,
    /// Its findings that a waiver sets aside.
    pub waived: usize,
}

/// How long ago the notes were refreshed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Ages {
    /// How many notes are of which age, the youngest first.
    pub spans: Vec<AgeSpan>,
    /// Records whose refresh summary has no date that can be read.
    pub undated: usize,
    /// Records that `refresh-stale` reports: older than the configuration allows.
    pub stale: usize,
    /// The notes that were refreshed longest ago.
    pub oldest: Cut<Note>,
}

/// How many notes are of an age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct AgeSpan {
    /// The least age, in days.
    pub from_days: i32,
    /// The greatest age, in days; nothing for any.
    pub to_days: Option<i32>,
    /// How many notes.
    pub records: usize,
}

/// The waivers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Waivers {
    /// Those that set findings aside.
    pub in_force: usize,
    /// Those of them that end in the month of the day of the overview.
    pub ending_this_month: usize,
    /// Those that have nothing to set aside.
    pub unused: usize,
    /// Those that are over.
    pub expired: usize,
    /// Those with an error.
    pub invalid: usize,
    /// All of them; what ends first comes first, what has no end last.
    pub list: Cut<ListedWaiver>,
}

/// A waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ListedWaiver {
    /// The file, as in [`Note::path`].
    pub path: String,
    /// The line on which the waiver starts.
    pub line: usize,
    /// The customer, when the record names one.
    pub customer: Option<String>,
    /// The workload; nothing for a waiver that is for all records of a customer.
    pub workload: Option<String>,
    /// The rule that it names, as written.
    pub rule: Option<String>,
    /// Why, as written, cut where it is long.
    pub reason: Option<String>,
    /// What it does on the day of the overview.
    pub effect: WaiverEffect,
    /// Its last day; nothing for one without end.
    pub until: Option<String>,
    /// How many days are left until the last one; negative for one that is over.
    pub days_left: Option<i32>,
}

/// Why customers are blocked or have no intent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Reasons {
    /// Records that are Blocked or No Intent, by what their status means.
    pub records: usize,
    /// The workloads with the most of them.
    pub workloads: Vec<String>,
    /// How many workloads more there are.
    pub workloads_left_out: usize,
    /// The kinds of reason that occur, the commonest first; `unknown`, where the note does not tell, comes last.
    pub kinds: Vec<Reason>,
}

/// One kind of reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Reason {
    /// Its name in the playbook, or `unknown`.
    pub kind: String,
    /// What it means; nothing for one that this program does not know.
    pub means: Option<String>,
    /// How many records have it.
    pub records: usize,
    /// Those of them that are blocked by it.
    pub blocked: usize,
    /// Those of them whose customer has no intent because of it.
    pub no_intent: usize,
    /// How many customers name it.
    pub customers: usize,
    /// For which workloads, the commonest first.
    pub workloads: Cut<Count>,
    /// How many records have it for each of [`Reasons::workloads`].
    pub by_workload: Vec<usize>,
    /// Their notes, by customer and workload.
    pub notes: Cut<Note>,
}

/// How often something occurs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Count {
    /// What; nothing for records that do not name it.
    pub name: Option<String>,
    /// In how many records.
    pub records: usize,
}

/// Which customer has a record of which workload.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Matrix {
    /// The workloads that have a column, the commonest first.
    pub workloads: Vec<String>,
    /// How many workloads have none.
    pub workloads_left_out: usize,
    /// The customers, by name; of many those with the most notes to correct.
    pub customers: Cut<MatrixRow>,
    /// The customers without a record, for each workload that has a column.
    pub gaps: Vec<Gap>,
}

/// The records of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct MatrixRow {
    /// The customer.
    pub customer: String,
    /// A cell for each workload that has a column; nothing where there is no record.
    pub cells: Vec<Option<Cell>>,
}

/// The records of one customer and one workload: one, unless somebody wrote another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Cell {
    /// How many there are.
    pub records: usize,
    /// The status of the worst of them.
    pub status: Option<String>,
    /// The worst grade of their notes.
    pub grade: Grade,
}

/// The customers that have no record of a workload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Gap {
    /// The workload.
    pub workload: String,
    /// The customers, by name.
    pub customers: Cut<String>,
}

/// A finding about a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FileFinding {
    /// The file, as in [`Note::path`].
    pub path: String,
    /// The line.
    pub line: usize,
    /// The rule.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, cut where it is long.
    pub message: String,
}
