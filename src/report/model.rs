//! What a run hands to the reports: frozen types of their own, apart from the types inside.
//!
//! The serialised part of these types is the JSON report, version 1: adding a key is allowed, renaming or removing one
//! needs a new version. Lines and columns count from 1, columns in characters.

use crate::finding::{Fix, Severity};
use crate::grade::Grade;
use crate::playbook::StatusKind;
use crate::reading::Polarity;
use crate::rules::{Confidence, WaiverEffect};
use crate::source::shard::Shard;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use std::ops::Range;

/// The whole JSON report, version 1. The report is written piece by piece; this type states its shape.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "notegate report, version 1")]
#[non_exhaustive]
pub struct Report {
    /// The version of this format: 1.
    pub version: u32,
    /// Who wrote the report.
    pub tool: Tool,
    /// Every record judged, sorted by path and place.
    pub records: Vec<RecordReport>,
    /// Findings that belong to no record, by file.
    pub files: Vec<FileFindings>,
    /// Which of the parts of a run the report is, with `--shard`; left out for a run over everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<ShardReport>,
    /// What the run examined and found.
    pub summary: Summary,
}

/// One of several parts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ShardReport {
    /// Which part it is, counted from 1.
    pub index: u32,
    /// How many parts there are.
    pub count: u32,
}

impl From<Shard> for ShardReport {
    fn from(shard: Shard) -> Self {
        Self { index: shard.number(), count: shard.count() }
    }
}

/// The program that wrote a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Tool {
    /// `notegate`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Tool {
    /// This program.
    pub const THIS: Self = Self { name: "notegate", version: env!("CARGO_PKG_VERSION") };
}

/// One record judged.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RecordReport {
    /// The file, relative to the root of the run, or to the current folder where that lies outside of the
    /// repository, with `/` between its parts.
    pub path: String,
    /// Which record of its file, counted from 0.
    pub index: usize,
    /// The line on which the record starts.
    pub line: usize,
    /// The customer, when the record names one.
    pub customer: Option<String>,
    /// The workload, when the record names one.
    pub workload: Option<String>,
    /// The usual name of the workload, where the playbook knows it.
    pub workload_name: Option<String>,
    /// The status as written, when there is one.
    pub status: Option<String>,
    /// The usual name of the status, where the playbook knows it.
    pub status_name: Option<String>,
    /// What the status means, where the playbook knows it.
    pub status_kind: Option<StatusKind>,
    /// The grade of the note. A waiver does not change it.
    pub grade: Grade,
    /// Whether the record may not be committed.
    pub blocked: bool,
    /// Whether its note alone would block it, waivers considered. For the report for people; not part of the JSON report.
    #[serde(skip)]
    pub blocked_by_note: bool,
    /// Whether a judged field differs from every state before the change; true when the run looks at no history.
    pub changed: bool,
    /// What the reader found in the note.
    pub reading: ReadingReport,
    /// How sure the verdict on the note is: low where the rules and the second reader do not agree.
    pub confidence: Confidence,
    /// Whose record it is: what its own key `owner` says, else who made the newest entry of the refresh summary, else
    /// the first owner of the file in `CODEOWNERS`.
    pub owner: Option<String>,
    /// The owners of the file in `CODEOWNERS`, in its order; empty where there is no such file or no pattern matches.
    pub code_owners: Vec<String>,
    /// The date of the newest entry of the refresh summary, as in `2020-03-27`.
    pub refreshed: Option<String>,
    /// What the rules found, by position.
    pub findings: Vec<FindingReport>,
    /// Whom the record is about, however the names are written; not part of the JSON report.
    #[serde(skip)]
    pub identity: String,
    /// The note, when there is one and the report may hold its text.
    pub note: Option<String>,
    /// The note before the change; not part of the JSON report.
    #[serde(skip)]
    pub before: Option<BeforeReport>,
    /// Its waivers, in their order; none where the report is redacted.
    pub waivers: Vec<RecordWaiver>,
}

/// A waiver of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct RecordWaiver {
    /// The line on which it starts.
    pub line: usize,
    /// The rule that it names, as written.
    pub rule: Option<String>,
    /// Why, as written.
    pub reason: Option<String>,
    /// Its last day, as in `2026-12-31`; nothing where there is none, or none that can be read.
    #[serde(serialize_with = "as_text")]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// Whether it is written beside `entitlements`, for all of them.
    pub scope: WaiverScope,
    /// What it does.
    pub effect: WaiverEffect,
    /// What is wrong with it, one sentence each.
    pub errors: Vec<String>,
}

/// A day as it is written everywhere.
fn as_text<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

/// For which records a waiver is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WaiverScope {
    /// The one that it stands in.
    Record,
    /// All entitlements of a customer.
    Customer,
}

/// The note of a record before the change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BeforeReport {
    /// The note; empty where the record had none.
    pub note: String,
    /// What it is worth by the rules of this run, without those that compare it with other records.
    pub grade: Grade,
}

/// The waiver that sets a finding aside.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaiverReport {
    /// Why.
    pub reason: String,
    /// The last day on which it holds, as in `2026-12-31`; nothing for one without end.
    pub until: Option<String>,
}

/// What the reader found in a note.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct ReadingReport {
    /// Whether the customer will use the service.
    pub intent: Polarity,
    /// The words that say so.
    pub intent_text: Option<String>,
    /// The words that say why.
    pub reason_text: Option<String>,
    /// Which kind of reason it is, by its name in the playbook (`infrastructure`, `competitor` …); `unknown` where the
    /// note does not tell.
    pub reason_kind: &'static str,
    /// The words that tell the kind.
    pub reason_kind_text: Option<String>,
    /// What the reason names: products, numbers, laws, technical terms.
    pub specifics: Vec<String>,
}

/// One finding.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FindingReport {
    /// The rule, as in `notegate rules`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What the writer can do.
    pub help: Option<String>,
    /// Whether a waiver of the record sets it aside.
    pub waived: bool,
    /// First line.
    pub line: usize,
    /// First column, in characters.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// One past the last column, in characters.
    pub end_column: usize,
    /// The lines to show to people; not part of the JSON report.
    #[serde(skip)]
    pub excerpt: Option<Excerpt>,
    /// Which command takes it away without a person's words; not part of the JSON report.
    #[serde(skip)]
    pub mended_by: Option<MendedBy>,
    /// The paths of the files that the message names, in its order; not part of the JSON report.
    #[serde(skip)]
    pub named_paths: Vec<String>,
    /// What takes it away without anybody's words; not part of the JSON report.
    #[serde(skip)]
    pub fix: Option<Fix>,
    /// Where it points, for programs that hold the text of the file; not part of the JSON report.
    #[serde(skip)]
    pub places: Places,
    /// The waiver behind `waived`; not part of the JSON report, and nothing where the report is redacted.
    #[serde(skip)]
    pub waiver: Option<WaiverReport>,
}

/// The places of a finding, in bytes of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Places {
    /// What it is about.
    pub main: Range<usize>,
    /// What else is worth seeing, each with a short label that may quote the note.
    pub related: Vec<(Range<usize>, String)>,
}

/// A command that changes a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MendedBy {
    /// `notegate fix`
    Fix,
    /// `notegate refresh`
    Refresh,
}

/// The findings of one file that belong to no record.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct FileFindings {
    /// The file, relative to the root of the run, or to the current folder where that lies outside of the
    /// repository, with `/` between its parts.
    pub path: String,
    /// The findings, by position.
    pub findings: Vec<FindingReport>,
}

/// The counts of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[non_exhaustive]
pub struct Summary {
    /// Files looked at, those skipped included.
    pub files: usize,
    /// Files looked at that hold nothing to judge.
    pub skipped: usize,
    /// Records judged.
    pub records: usize,
    /// Records with a great note.
    pub great: usize,
    /// Records with a marginal note.
    pub marginal: usize,
    /// Records with a poor note.
    pub poor: usize,
    /// Records, and files with findings of their own, that may not be committed.
    pub blocked: usize,
    /// Findings that a waiver sets aside.
    pub waived: usize,
}

/// Lines of a file with the parts to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt {
    /// The number of the first line.
    pub first_line: usize,
    /// Whole lines of the file, as they are: who prints them escapes them.
    pub text: String,
    /// The parts to underline; byte ranges of `text` on character boundaries.
    pub marks: Vec<Mark>,
}

/// A part of an excerpt to underline.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mark {
    /// Bytes of the excerpt's text.
    pub range: Range<usize>,
    /// Whether it is what the finding is about.
    pub kind: MarkKind,
    /// A few words to write at it.
    pub label: Option<String>,
}

/// What a mark points out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarkKind {
    /// What the finding is about.
    Finding,
    /// Something beside it worth seeing.
    Context,
}

/// Why nothing in a file was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SkipReason {
    /// It holds no record.
    NoRecord,
    /// None of its records changed.
    Unchanged,
    /// The change deletes it.
    Deleted,
    /// It is a submodule or a nested repository, whose notes belong to it.
    OtherRepository,
    /// It is the configuration.
    Configuration,
}

impl SkipReason {
    /// The reason in words that follow a number: "3 without a record".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoRecord => "without a record",
            Self::Unchanged => "unchanged",
            Self::Deleted => "deleted",
            Self::OtherRepository => "belonging to another repository",
            Self::Configuration => "holding the configuration",
        }
    }
}

/// What a run found in one file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FileReport {
    /// The file, relative to the root of the run, or to the current folder where that lies outside of the
    /// repository, with `/` between its parts. May hold any character.
    pub path: String,
    /// The records judged, by position.
    pub records: Vec<RecordReport>,
    /// Findings that belong to no record, by position.
    pub findings: Vec<FindingReport>,
    /// Set when nothing in the file was judged.
    pub skipped: Option<SkipReason>,
}
