//! The course of the notes over the history of git, as `notegate report --since` tells it.
//!
//! These types are frozen like those of [`super::model`]. Who walks the history fills them; the renderers show them.

use super::model::Cut;
use crate::grade::Grade;
use schemars::JsonSchema;
use serde::Serialize;

/// The course since a day or a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Course {
    /// The day or the commit, as it was asked for.
    pub since: String,
    /// What a reader has to know of how far the history reaches.
    pub remarks: Vec<String>,
    /// The grades at points in time, the earliest first; a bounded number.
    pub points: Vec<CoursePoint>,
    /// Records whose note has a better grade now than before.
    pub better: Cut<CourseChange>,
    /// Records whose note has a worse grade now than before.
    pub worse: Cut<CourseChange>,
    /// Records that were not there then.
    pub added: Cut<CourseChange>,
    /// Records that are not there any more.
    pub removed: Cut<CourseChange>,
    /// Commits that brought records that the gate would have blocked, the latest first.
    pub round_the_hook: Cut<Bypass>,
}

/// How many notes had which grade at a point in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct CoursePoint {
    /// The day.
    pub day: String,
    /// The commit; nothing for the files as they lie there.
    pub commit: Option<String>,
    /// Great notes.
    pub great: usize,
    /// Marginal notes.
    pub marginal: usize,
    /// Poor notes.
    pub poor: usize,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct CourseChange {
    /// The file that the record is in, or was in last.
    pub path: String,
    /// The line on which it starts there.
    pub line: usize,
    /// The customer, when the record names one.
    pub customer: Option<String>,
    /// The workload, when the record names one.
    pub workload: Option<String>,
    /// The grade then; nothing for a record that was not there.
    pub before: Option<Grade>,
    /// The grade now; nothing for a record that is not there any more.
    pub after: Option<Grade>,
}

/// A commit that brought records that the gate would have blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Bypass {
    /// The id of the commit.
    pub commit: String,
    /// Its day.
    pub day: String,
    /// Its author, by name.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
    /// The records, with the rules that would have blocked them; of very many the first.
    pub records: Vec<BypassedRecord>,
    /// How many more there are.
    pub records_left_out: usize,
}

/// A record that came round the hook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct BypassedRecord {
    /// The file.
    pub path: String,
    /// The line on which the record starts.
    pub line: usize,
    /// The customer, when the record names one.
    pub customer: Option<String>,
    /// The workload, when the record names one.
    pub workload: Option<String>,
    /// The grade of its note then.
    pub grade: Grade,
    /// The rules whose errors would have blocked it.
    pub rules: Vec<String>,
}
