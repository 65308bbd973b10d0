//! The parts of a JSON report that an overview is made of, as they are read. Keys that are not named here are passed over:
//! a later version 1 may have more.

use crate::finding::Severity;
use crate::grade::Grade;
use crate::overview::seen::SeenWaiver;
use crate::playbook::StatusKind;
use crate::report::model::WaiverScope;
use crate::rules::WaiverEffect;
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A record. What version 1 has had from the beginning must be there.
#[derive(Debug, Deserialize)]
pub(in crate::overview) struct JsonRecord {
    pub(in crate::overview) path: String,
    pub(in crate::overview) index: usize,
    pub(in crate::overview) line: usize,
    pub(in crate::overview) customer: Option<String>,
    pub(in crate::overview) workload: Option<String>,
    #[serde(default)]
    pub(in crate::overview) workload_name: Option<String>,
    pub(in crate::overview) status: Option<String>,
    #[serde(default)]
    pub(in crate::overview) status_name: Option<String>,
    #[serde(default)]
    pub(in crate::overview) status_kind: Option<StatusKind>,
    pub(in crate::overview) grade: Grade,
    pub(in crate::overview) blocked: bool,
    pub(in crate::overview) reading: JsonReading,
    #[serde(default)]
    pub(in crate::overview) owner: Option<String>,
    #[serde(default)]
    pub(in crate::overview) code_owners: Vec<String>,
    #[serde(default)]
    pub(in crate::overview) refreshed: Option<String>,
    pub(in crate::overview) findings: Vec<JsonFinding>,
    #[serde(default)]
    pub(in crate::overview) note: Option<String>,
    /// Nothing in reports of versions that did not tell them.
    #[serde(default)]
    pub(in crate::overview) waivers: Option<Vec<JsonWaiver>>,
}

/// What the reader found in the note.
#[derive(Debug, Deserialize)]
pub(in crate::overview) struct JsonReading {
    #[serde(default = "unknown", deserialize_with = "name")]
    pub(in crate::overview) reason_kind: String,
    #[serde(default)]
    pub(in crate::overview) reason_kind_text: Option<String>,
}

/// A finding.
#[derive(Debug, Deserialize)]
pub(in crate::overview) struct JsonFinding {
    #[serde(deserialize_with = "name")]
    pub(in crate::overview) rule: String,
    pub(in crate::overview) severity: Severity,
    pub(in crate::overview) message: String,
    pub(in crate::overview) waived: bool,
    pub(in crate::overview) line: usize,
}

/// A waiver.
#[derive(Debug, Deserialize)]
pub(in crate::overview) struct JsonWaiver {
    line: usize,
    rule: Option<String>,
    reason: Option<String>,
    #[serde(deserialize_with = "day")]
    until: Option<Date>,
    scope: WaiverScope,
    effect: WaiverEffect,
}

impl JsonWaiver {
    pub(in crate::overview) fn seen(&self) -> SeenWaiver<'_> {
        let Self { line, rule, reason, until, scope, effect } = self;
        let (rule, reason) = (rule.as_deref(), reason.as_deref());
        SeenWaiver { line: *line, rule, reason, until: *until, scope: *scope, effect: *effect }
    }
}

/// The findings of a file that belong to no record.
#[derive(Debug, Deserialize)]
pub(in crate::overview) struct JsonFile {
    pub(in crate::overview) path: String,
    pub(in crate::overview) findings: Vec<JsonFinding>,
}

/// The counts of the report that cannot be counted anew from the rest.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct JsonSummary {
    pub(super) files: usize,
    pub(super) skipped: usize,
    pub(super) records: usize,
}

/// Which part of a run the report is.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct JsonShard {
    pub(super) index: u32,
    pub(super) count: u32,
}

/// Who wrote the report.
#[derive(Debug, Deserialize)]
pub(super) struct JsonTool {
    pub(super) name: String,
}

fn unknown() -> String {
    crate::reading::ReasonKind::UNKNOWN.to_owned()
}

/// No name of a rule or of a kind of reason is longer, in bytes.
const LONGEST_NAME: usize = 64;

/// The name of a rule or of a kind of reason: small letters and hyphens.
fn name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_name && (1..=LONGEST_NAME).contains(&name.len()) {
        return Ok(name);
    }
    Err(D::Error::custom("a rule or kind of reason has no name of small letters and hyphens"))
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let day = Option::<String>::deserialize(deserializer)?;
    day.map(|day| day.parse().map_err(|_| D::Error::custom("a waiver ends on a day that does not exist"))).transpose()
}
